"""The language of definitions: unknown facts, mistakes, and what text may do."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.catalogue import everything, find
from cytostorm.criteria.definition import Definition, item, steps, total
from cytostorm.criteria.evaluate import evaluate
from cytostorm.criteria.given import numbers
from cytostorm.errors import InputError
from cytostorm.library import catalogue

EVERY = pytest.mark.parametrize("definition", everything().values(), ids=list(everything()))


def one(definition, **given_as):
    return evaluate(definition, numbers(definition, given_as))


def drawn(definition, rng, n):
    """Return possible patients, with values near and far of what is normal."""
    out = {}
    for fact in definition.facts:
        if fact.words:
            out[fact.name] = rng.integers(0, len(fact.words), n).astype(float)
        else:
            low, high = fact.possible[0], min(fact.possible[1], max(*fact.worst, 4 * abs(fact.normal)))
            near = rng.uniform(low, min(high, low + 4 * abs(fact.normal) + 1), n)
            out[fact.name] = np.where(rng.random(n) < 0.5, near, rng.uniform(low, high, n))
    return out


@EVERY
def test_who_is_normal_or_unknown_has_nothing(definition):
    graded = evaluate(definition, {})
    assert not graded.complete.any()
    for part in definition.items:
        assert graded.low[part.name].max() <= 0, part.name
    assert all((graded.low[p.name] <= graded.high[p.name]).all() for p in definition.parts)


@EVERY
def test_whatever_the_unknown_is_the_higher_answer_holds_it(definition):
    rng = np.random.default_rng(5)
    whole = drawn(definition, rng, 2000)
    hidden = {name: np.where(rng.random(2000) < 0.3, np.nan, x) for name, x in whole.items()}
    # What stands in for a gas is believed, so that learning the gas may tell worse.
    for group in definition.either:
        for fact in group:
            hidden[fact.name] = whole[fact.name]
    hidden |= {fact.name: whole[fact.name] for fact in definition.facts if fact.presumed}
    truth, seen = evaluate(definition, whole), evaluate(definition, hidden)
    assert truth.complete.all()
    assert 0 < seen.complete.mean() < 1
    for part in definition.parts:
        assert (seen.low[part.name] <= seen.high[part.name]).all(), part.name
        assert (truth.low[part.name] <= seen.high[part.name]).all(), part.name
        known = seen.complete
        assert (truth.low[part.name][known] == seen.low[part.name][known]).all(), part.name


@EVERY
def test_each_definition_cites_and_says_how_sure_it_is(definition):
    assert definition.source in catalogue.references()
    assert definition.confidence in ("read", "recalled", "unverified")
    assert definition.note or definition.confidence == "read"
    assert definition.confidence != "recalled" or "recalled" in definition.note
    assert definition.window > 0
    assert definition.missing
    names = [f.name for f in definition.facts]
    assert len(set(names)) == len(names)


def test_unknown_is_normal_then_worst_and_what_is_wanted_is_named():
    graded = one(find("SOFA"), platelets=15)
    assert (graded.low["total"][0], graded.high["total"][0]) == (4, 24)
    assert not graded.complete[0]
    assert graded.known[0] == 1
    assert not graded.missing["platelets"][0]
    assert graded.missing["gcs"][0]


def test_an_unknown_gas_gives_no_points_whatever_is_breathed():
    assert one(find("SOFA"), fio2=1.0, ventilation="yes").low["resp"][0] == 0
    assert one(find("SOFA"), fio2=1.0, ventilation="yes").high["resp"][0] == 4


def test_saturation_stands_in_for_a_gas_and_then_nothing_is_missing():
    by_saturation = one(find("Global-ARDS-2023"), category="intubated", spo2=88, fio2=0.6)
    assert not by_saturation.missing["pao2"][0]
    both = one(find("Global-ARDS-2023"), category="intubated", spo2=88, fio2=0.6, pao2=150)
    assert by_saturation.low["class"][0] > both.low["class"][0]


def test_a_quotient_on_its_limit_is_on_its_limit():
    assert 1.65 / 1.1 < 1.5
    assert one(find("KDIGO-AKI"), cr=1.65, baseline_cr=1.1).low["stage"][0] == 1


@pytest.mark.parametrize(
    "given_as, words",
    [
        ({"plateletts": 3}, "did you mean 'platelets'"),
        ({"platelets": "many"}, "a finite number"),
        ({"platelets": "nan()"}, "a finite number"),
        ({"platelets": float("inf")}, "a finite number"),
        ({"platelets": -1}, "0 to 3000"),
        ({"gcs": 16}, "3 to 15"),
        ({"bilirubin_mmHg": 2}, "a unit of the same"),
        ({"plt": 3, "platelets": 4}, "given twice"),
        ({"ventilation": "perhaps"}, "one of: no, yes"),
        ({"platelets": "__import__('os').system('true')"}, "a finite number"),
    ],
)
def test_mistakes_are_named(given_as, words):
    with pytest.raises(InputError) as error:
        numbers(find("SOFA"), given_as)
    assert words in str(error.value)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.one_of(st.text(max_size=30), st.floats(), st.booleans(), st.none()))
def test_any_text_is_read_or_refused(name, value):
    try:
        found = numbers(find("SOFA"), {name: value})
    except InputError:
        return
    assert all(np.isfinite(x) for x in found.values())


def test_units_are_converted_and_mass_and_moles_where_that_is_known():
    found = numbers(find("SOFA"), {"bilirubin_mmol_L": 0.03421, "pao2_kPa": 10, "creatinine_mg_L": "10"})
    assert found["bilirubin"] == pytest.approx(2.0, rel=1e-3)
    assert found["pao2"] == pytest.approx(75.006, rel=1e-4)
    assert found["creatinine"] == pytest.approx(1.0)
    assert numbers(find("SOFA-2"), {"creatinine_umol_L": 88.4})["creatinine"] == pytest.approx(1.0, rel=1e-3)
    assert numbers(find("Phoenix"), {"age_months": 24}) == {"age": 2}


def test_columns_are_held_to_the_definition():
    for columns, words in (
        ({"ferritin": [1.0]}, "does not ask for"),
        ({"gcs": [np.inf]}, "infinite"),
        ({"gcs": [3.0, 4.0], "platelets": [1.0]}, "different lengths"),
    ):
        with pytest.raises(InputError, match=words):
            evaluate(find("SOFA"), columns)


def test_a_definition_may_use_its_own_facts_only():
    points = item("points", "points", steps((1, laboratory.crp.symbol > 3)))
    with pytest.raises(ValueError, match="none of its facts"):
        Definition("x", "x", "x", (bedside.gcs,), (points,), (total((points,)),))


def test_a_models_quantities_are_put_in():
    x = sympy.Symbol("x", real=True)
    found = find("SOFA").expression("total", {laboratory.platelets: x})
    assert [found.subs(x, n) for n in (150, 149, 99, 49, 19)] == [0, 1, 2, 3, 4]


def test_names_are_found_however_they_are_written():
    assert find("apache ii") is find("APACHE-II")
    with pytest.raises(InputError, match="no score 'SOFAA'"):
        find("SOFAA")


def test_a_choice_by_what_is_known_is_no_side_of_a_comparison():
    choice = sympy.Piecewise((laboratory.pao2.symbol, laboratory.pao2.known), (bedside.spo2.symbol, True))
    with pytest.raises(ValueError, match="make the choice an item"):
        steps((1, choice >= 60))
    assert steps((1, item("gas", "gas", choice).symbol >= 60)).free_symbols
