"""Other simulators read our SBML, and compute the very same thing."""

from __future__ import annotations

import warnings
from importlib import import_module

import numpy as np
import pytest
import sympy

import cytostorm as cs
from cytostorm.model import compose
from tests import toys
from tests.formats.test_sbml import surface
from tests.toys import number

NOTHING = 1e-12
"""What stays below it is nothing: their solver is given an absolute tolerance of 1e-14."""
NEAR = 1e-6  # of the largest value; the two solvers are asked for 1e-9 and 1e-10
TIMES = np.arange(0.05, 30, 0.1)  # off the moments at which something is given
Dose = cs.Dose


def peer(name, package):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of their wrappers, not ours
            return import_module(name)
    except ImportError:
        pytest.skip(f"{package} is not installed; it belongs to the group dev: pip install {package}")


@pytest.fixture(scope="module")
def libsbml():
    return peer("libsbml", "python-libsbml")


@pytest.fixture(scope="module")
def roadrunner():
    found = peer("roadrunner", "libroadrunner")
    found.Logger.setLevel(found.Logger.LOG_ERROR)
    return found


def everything():
    """Every operation that an expression may hold."""
    m = cs.Module("all", "organ", "every operation")
    k, half, n = number(m, "k", 0.4, "1/h"), number(m, "half", 2.0, "mg"), number(m, "n", 1.3, "1")
    x = m.species("x", "mg", "falls to zero", initial=3 * half / 2)
    y = m.species("y", "mg", "rises", initial=half)
    steep = sympy.exp(-cs.time * k) + sympy.tanh(x / half) + sympy.sqrt(x / half) / (1 + (y / half) ** -n)
    late = sympy.Piecewise(
        (1, (cs.time > 4 / k) & (x < half)), (2, sympy.Or(x >= half, ~(y <= half))), (0, True)
    )
    m.observable("steep", steep + sympy.Abs(x - y) / half - sympy.log(2 + x / half), "1", "steep")
    m.score("late", late, "late", source="assumed", note="a number of a test")
    pull = m.drive("pull", "mg/h", "drive")
    push = m.gain("push", "gain")
    m.modulate(push, 1 + (x / half) ** n)
    m.modulate(push, sympy.Rational(1, 3) + sympy.Min(y / half, 2, n))
    m.stimulate(pull, k * sympy.Max(0, half - x) / 7)
    m.react("exchange", k * push * x, {x: -1, y: n / 2})
    m.remove(y, "loss", (k * y / half) ** 2 * half / k / (1 + y / half) ** 3 + 1e-3 * k * y)
    m.produce(x, "input", pull)
    m.route("iv", x, "vein", bioavailability=n / 2)
    return compose(m)


def difference(roadrunner, model, regimen=None, cohort=None, who=0):
    """Return the largest difference of any species or read-out, as a share of its largest value."""
    patient = None if cohort is None else cohort.isel(patient=who)
    engine = roadrunner.RoadRunner(cs.to_sbml(model, regimen, patient=patient))
    solver = engine.getIntegrator()
    for name, value in {"relative_tolerance": 1e-10, "absolute_tolerance": 1e-14}.items():
        solver.setValue(name, value)
    solver.setValue("maximum_num_steps", 100_000)
    quantities = {q.name: q for q in (*model.species, *model.observables)}
    engine.timeCourseSelections = ["time", *(name.replace(".", "__") for name in quantities)]
    theirs = np.array(engine.simulate(times=[0.0, *TIMES]))[1:, 1:]
    one = None if cohort is None else cohort.isel(patient=[who])
    run = cs.simulate(model, one, regimen, times=TIMES, rtol=1e-9, quantities=list(quantities))
    ours = np.array([run[name].to_numpy()[0] * q.factor for name, q in quantities.items()]).T
    assert np.isfinite(ours).all()
    scale = np.abs(ours).max(axis=0)
    assert (scale > 0).mean() > 0.4 or not model.routes  # what a trigger does not touch stays at zero
    return float((np.abs(theirs - ours).max(axis=0) / np.where(scale > NOTHING, scale, 1)).max())


def given():
    drug = Dose("toy.iv", "10 mg")
    often = Dose("toy.iv", "2 mg", time=0.1, every=0.1, count=9)
    row = Dose("toy.iv", "3 mg", time=5, duration=2, every=1.5, count=4)
    under = Dose("toy.sc", "10 mg", every=6, count=3)
    return {
        "one": (toys.one_compartment(), cs.Regimen() + drug + row),
        "tenths": (
            toys.one_compartment(),
            cs.Regimen() + often,
        ),
        "absorbed": (toys.absorbed(), cs.Regimen() + under + Dose("toy.iv", "3 mg", duration=2)),
        "surface": (surface(), cs.Regimen() + Dose("toy.iv", "2 mg/m2") + Dose("toy.iv", "3 ug/kg", time=4)),
        "all": (everything(), cs.Regimen() + Dose("all.iv", "8 mg", time=12.0, every=3, count=2)),
        "forced": (toys.forced(), None),
        "loop": (toys.loop(), None),
        "cells": (toys.cells(), None),
        "endotoxin": (
            cs.model_for("endotoxin"),
            cs.Regimen() + Dose("endotoxin.iv", "1 ng/kg", time=12, duration="2.5 h", every=1, count=3),
        ),
    }


CASES = given()


@pytest.mark.parametrize("name", CASES)
def test_roadrunner_computes_the_same(roadrunner, name):
    assert difference(roadrunner, *CASES[name]) < NEAR


def test_roadrunner_computes_the_same_for_other_people(roadrunner):
    model, regimen = CASES["endotoxin"]
    cohort = cs.sample(model, n=2, seed=11)
    assert difference(roadrunner, model, regimen, cohort, who=1) < NEAR


def test_infusions_end_at_exactly_zero(roadrunner):
    engine = roadrunner.RoadRunner(cs.to_sbml(*CASES["one"]))
    engine.timeCourseSelections = ["time", "toy__iv_rate"]
    rates = np.array(engine.simulate(times=[0.0, 5.75, 8.0, 30.0]))[:, 1]
    np.testing.assert_allclose(rates, [0, 1.5e6, 3e6, 0], rtol=1e-15)
    assert rates[-1] == 0


def test_a_long_sum_can_be_read(roadrunner):
    m = cs.Module("long", "mediator", "a drive with many plugs")
    x = m.species("x", "mg", "state")
    drive = m.drive("drive", "mg/h", "sum of many")
    for k in range(300):
        m.stimulate(drive, number(m, f"p{k}", 1.0, "mg/h"))
    m.produce(x, "production", drive)
    engine = roadrunner.RoadRunner(cs.to_sbml(compose(m)))
    assert engine.simulate(0, 1, 2)[-1, 1] == pytest.approx(3e8)


@pytest.mark.parametrize("name", CASES)
def test_libsbml_finds_no_errors(libsbml, name):
    document = libsbml.readSBMLFromString(cs.to_sbml(*CASES[name]))
    document.checkConsistency()
    faults = [document.getError(k) for k in range(document.getNumErrors())]
    errors = [f.getMessage() for f in faults if f.getSeverity() >= libsbml.LIBSBML_SEV_ERROR]
    assert not errors, errors[0]
    # what is left: units that SBML has no words for, and processes of one model in several units
    about_units = {10501, 10503, 10513, 20616, 20702, 80701, 99505, 99507, 99508}
    assert {f.getErrorId() for f in faults} <= about_units
