"""Whatever lies in library/regimens and library/protocols can be given, is sourced, and is within limits."""

from __future__ import annotations

import pytest

from cytostorm.formulary import protocol, protocols, regimen, regimens
from cytostorm.formulary.fields import UNSOURCED
from cytostorm.formulary.limits import refusals, unchecked
from cytostorm.formulary.reading import drugs
from cytostorm.formulary.regimens import found
from cytostorm.library import catalogue
from cytostorm.model import Model, Regimen, compose
from cytostorm.model.dose import check_dose
from cytostorm.model.rule import quantity_of

HERE = [r.name for r in regimens() if r.here]
PROTOCOLS = [p for p in protocols() if len(p.lacks) < len({s.give.split(",")[0] for s in p.entry.step})]
WANTED = {
    "tocilizumab, CAR-T CRS label", "tocilizumab, COVID-19 label", "tocilizumab, RA", "siltuximab, Castleman",
    "siltuximab, CRS off label", "anakinra, RA", "anakinra, MAS high dose", "anakinra, COVID-19 (SAVE-MORE)",
    "baricitinib, COVID-19 label", "emapalumab, primary HLH", "emapalumab, MAS", "dexamethasone, COVID-19",
    "dexamethasone, HLH-94", "dexamethasone, CRS", "methylprednisolone, pulse", "sarilumab, COVID-19 400 mg",
}  # fmt: skip


@pytest.fixture(scope="module")
def ward() -> Model:
    """One body with all drugs of all regimens in it."""
    routes = sorted({d.route for name in HERE for d in regimen(name).given})
    return catalogue.composed_for("endotoxin", routes)


def test_what_was_promised_is_there() -> None:
    assert set(HERE) >= WANTED


def test_each_number_says_where_it_is_from() -> None:
    said = [r.entry for r in regimens()] + [p.entry for p in protocols()]
    said += [limit for file in drugs().values() for limit in file.limit.values()]
    for entry in said:
        assert entry.source in UNSOURCED or entry.source in catalogue.references(), entry
        assert (entry.source == "recalled") <= (entry.confidence == "recalled"), entry


def test_each_regimen_can_be_given_within_its_limits(ward: Model) -> None:
    for name in HERE:
        plan = regimen(name, "2 d")
        for dose in plan.given:
            check_dose(ward, dose)
        for gate in plan.gates:
            assert gate.when is None or [quantity_of(ward, c) for c in gate.when.when], name
        assert [r.thing for r in refusals(ward, plan)] == [], name
        assert len(unchecked(ward, plan)) == sum(gate.when is None for gate in plan.gates), name


def test_regimens_are_usual_after_triggers_that_exist_one_of_each_drug() -> None:
    for drug, file in drugs().items():
        usual = [trigger for entry in file.regimen for trigger in entry.triggers]
        assert set(usual) <= set(catalogue.recipes()), drug
        assert len(set(usual)) == len(usual), drug


def test_each_rule_looks_at_what_a_ward_measures(ward: Model) -> None:
    plans: list[Regimen] = [regimen(name) for name in HERE] + [protocol(p.name) for p in PROTOCOLS]
    for plan in plans:
        for rule in plan.rules:
            assert all(quantity_of(ward, condition) for condition in rule.when)


def test_protocols_name_regimens_and_triggers_that_exist() -> None:
    for p in protocols():
        assert set(p.entry.triggers) <= set(catalogue.recipes()), p.name
        for step in p.entry.step:
            assert any(not part.when for part in found(step.give)[1].give), step.give


def test_every_drug_and_support_that_is_given_has_its_limits() -> None:
    """And whatever has limits is in the library."""
    given = {m.name for m in catalogue.modules().values() if m.kind in ("drug", "support") and m.routes}
    assert set(drugs()) == given


@pytest.mark.parametrize("drug", sorted(drugs()))
def test_limits_hold_for_ways_in_that_the_drug_has(drug: str) -> None:
    """Of drugs in the library; each way into the body has its limit, and regimens use no other."""
    file = drugs()[drug]
    assert {part.route for entry in file.regimen for part in entry.give} <= set(file.limit)
    if drug in catalogue.modules():
        assert set(compose(catalogue.find(drug)).modules) >= {catalogue.find(drug)}
        assert set(catalogue.find(drug).routes) <= set(file.limit)
