"""SBML says what the model says: every number, every equation, every dose."""

from __future__ import annotations

import re
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
import sympy

import cytostorm as cs
from cytostorm.formats.sbml_doses import moments
from cytostorm.model import compose
from tests import toys

CORE = "{http://www.sbml.org/sbml/level3/version2/core}"
WORDS = MappingProxyType({
    "forced": toys.forced, "loop": toys.loop, "cells": toys.cells,
    "absorbed": toys.absorbed, "one": toys.one_compartment,
})  # fmt: skip


def read(text):
    return ET.fromstring(text).find(f"{CORE}model")


def ids(model, kind):
    return {e.get("name"): e for e in model.iter(CORE + kind) if e.get("name")}


def surface():
    """A drug given per kg and per m2 to a person whose surface follows from the weight."""
    person = cs.Module("person", "person", "a person")
    weight = toys.number(person, "weight", 80.0, "kg")
    ratio = toys.number(person, "ratio", 0.025, "m2/kg")
    person.observable("surface", ratio * weight, "m2", "body surface")
    m = cs.Module("toy", "drug", "a drug")
    amount = m.species("amount", "mg", "drug in the body")
    m.remove(amount, "elimination", toys.number(m, "rate", 0.3, "1/h") * amount)
    m.route("iv", amount, "vein", bioavailability=toys.number(m, "share", 0.5, "1"))
    return compose(m, person)


def growing():
    """A person whose surface is a state."""
    person = cs.Module("person", "person", "a person")
    size = person.species("size", "m2", "surface that grows", initial=toys.number(person, "start", 1.0, "m2"))
    person.produce(size, "growth", toys.number(person, "rate", 0.1, "m2/h"))
    person.observable("surface", size, "m2", "body surface")
    m = cs.Module("toy", "drug", "a drug")
    amount = m.species("amount", "mg", "drug in the body")
    m.route("iv", amount, "vein")
    return compose(m, person)


@pytest.mark.parametrize("name", WORDS)
def test_every_quantity_and_process_is_there(name):
    model = WORDS[name]()
    written = read(cs.to_sbml(model))
    assert set(ids(written, "species")) == {s.name for s in model.species}
    others = (*model.parameters, *model.observables, *model.inputs, *model.sockets)
    assert set(ids(written, "parameter")) == {q.name for q in others}
    assert set(ids(written, "reaction")) == {p.full for p in model.processes}
    every = [e.get("id") for e in written.iter() if e.get("id")]
    assert len(set(every)) == len(every)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) for name in every)
    for full, element in (ids(written, "species") | ids(written, "parameter")).items():
        assert element.get("id").replace("__", ".") == full


def test_numbers_are_exact():
    model = cs.model_for("endotoxin")
    written = ids(read(cs.to_sbml(model)), "parameter")
    for p in model.parameters:
        assert float(written[p.name].get("value")) == model.values[p]
        assert written[p.name].get("constant") == "true"


def test_notes_say_label_unit_source_and_what_it_is_not_for():
    text = cs.to_sbml(cs.model_for("endotoxin"))
    assert text.isascii()
    for words in (
        "For research and education only, never for the care of a patient.",
        "<p>body weight [kg]</p>",
        "<p>Source: assumed (typical of young volunteers; doses are per kg)</p>",
        "<p>heart rate [beat/h]; cytostorm shows it in bpm</p>",
    ):
        assert words in text
    assert 'timeUnits="hour"' in text


def test_text_of_others_is_text():
    m = cs.Module("toy", "drug", "<script> & co")
    k = m.parameter("k", 1.0, "1/h", "a]]>\x00<b>&amp;", source='"><x/>', note="é & \ud800 more")
    x = m.species("x", "mg", "<x>")
    m.remove(x, "loss <i> of & \x01", k * x)
    written = read(cs.to_sbml(compose(m, name="my model: 1 < 2")))
    assert written.get("id") == "my_model_1_2"
    assert written.get("name") == "my model: 1 < 2"
    notes = "".join(ids(written, "parameter")["toy.k"].itertext())
    assert "a]]><b>&amp; [1/h]" in notes
    assert '"><x/> (é &  more)' in notes


def test_ids_that_would_clash_differ():
    one, two = cs.Module("a__b", "drug", "one"), cs.Module("a", "drug", "two")
    one.species("c", "mg", "c")
    two.species("b__c", "mg", "c")
    found = ids(read(cs.to_sbml(compose(one, two))), "species")
    assert {e.get("id") for e in found.values()} == {"a__b__c", "a__b__c_2"}


def test_one_patient():
    model = cs.model_for("endotoxin")
    cohort = cs.sample(model, n=3, seed=5)
    row = cohort.isel(patient=2)
    for patient in (row, cohort.isel(patient=[2]), {str(n): float(v) for n, v in row.data_vars.items()}):
        written = ids(read(cs.to_sbml(model, patient=patient)), "parameter")
        assert float(written["person.weight"].get("value")) == float(row["person.weight"])
    written = ids(read(cs.to_sbml(model, patient={"person.weight": "80000 kg"})), "parameter")
    assert float(written["person.weight"].get("value")) == 80000.0


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda m: cs.to_sbml(m, patient={"toy.rates": 1.0}), "toy.rates"),
        (lambda m: cs.to_sbml(m, patient={"toy.rate": [1.0, 2.0]}), "2 values"),
        (lambda m: cs.to_sbml(m, patient={"toy.rate": "3 mg"}), "a unit like '1/h'"),
        (lambda m: cs.to_sbml(m, cs.Regimen() + cs.Dose("toy.im", "1 mg")), "no route"),
        (lambda m: cs.to_sbml(m, cs.Regimen() + cs.Dose("toy.iv", "1 mL")), "an amount like 'mg'"),
        (
            lambda m: cs.to_sbml(m, cs.Regimen() + cs.Dose("toy.iv", "1 mg/kg")),
            "nobody has a 'person.weight'",
        ),
        (lambda m: cs.to_sbml(m, cs.Regimen() + cs.Rule.parse("x > 1", cs.Dose("toy.iv", "1 mg"))), "rule"),
        (lambda _: cs.to_sbml(growing(), cs.Regimen() + cs.Dose("toy.iv", "1 mg/m2")), "changes over time"),
    ],
)
def test_refusals(make, words):
    with pytest.raises(cs.InputError) as caught:
        make(toys.one_compartment())
    assert words in str(caught.value)
    assert caught.value.remedy


# --- doses -------------------------------------------------------------------------------------------


def plan(*doses, model=None):
    model = model or toys.one_compartment()
    regimen = cs.Regimen()
    for dose in doses:
        regimen += dose
    return model, moments(model, regimen)


def test_overlapping_infusions_end_at_exactly_zero():
    model, found = plan(cs.Dose("toy.iv", "3 mg", duration=3, every=1.5, count=4))
    (infusion,) = model.inputs
    assert [m.time for m in found] == [0.0, 1.5, 3.0, 4.5, 6.0, 7.5]
    assert [float(m.rates[infusion]) for m in found] == [1e6, 2e6, 2e6, 2e6, 1e6, 0.0]
    assert found[-1].rates[infusion] == 0


def test_moments_that_are_one():
    model, found = plan(
        cs.Dose("toy.iv", "1 mg", every=0.1, count=4),
        cs.Dose("toy.iv", "1 mg", time=0.3),
        cs.Dose("toy.iv", "1 mg", time=0.3, duration=1e-10),
        cs.Dose("toy.iv", "0 mg", time=9),
    )
    assert [m.time for m in found] == pytest.approx([0.0, 0.1, 0.2, 0.3], abs=1e-9)
    assert found[-1].boluses[model.species[0]] == sympy.Float(3e6)


def test_amounts_follow_the_person_and_the_share():
    model, (moment,) = plan(cs.Dose("toy.iv", "2 mg/m2"), cs.Dose("toy.iv", "3 ug/kg"), model=surface())
    names = model.names
    (amount,) = moment.boluses.values()
    person = 2e6 * names["person.surface"] + 3e3 * names["person.weight"]
    assert sympy.expand(amount - person * names["toy.share"]) == 0


def test_thousands_of_doses_take_no_time():
    _, found = plan(cs.Dose("toy.iv", "1 mg", duration=0.5, every=1, count=2000))
    assert len(found) == 4000
