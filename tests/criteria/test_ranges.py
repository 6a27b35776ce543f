"""The lower and the higher answer hold what would be said if all were known."""

import numpy as np
import pytest

from cytostorm.criteria import catalogue
from cytostorm.criteria.evaluate import evaluate
from cytostorm.library.catalogue import references

SCORES = [
    "ASTCT-CRS-2019", "ASTCT-ICANS-2019", "CTCAE-v5-CRS", "Lee-2014-CRS", "Penn-CRS", "HLH-2004", "MAS-2016",
    "IEC-HS-2023", "cHIS", "Caricchio-COVID-CS", "4C-Mortality", "WHO-CPS", "EASIX", "CAR-HEMATOTOX",
    "MIS-C-2023",
]  # fmt: skip
PATIENTS = 400


def column(fact, rng):
    """Return numbers of a fact, between its normal and its worst, or one of its words."""
    if not fact.is_number:
        return rng.integers(0, len(fact.words), PATIENTS).astype(float)
    worst = rng.choice(np.array(fact.worst), PATIENTS)
    return fact.normal + rng.uniform(0, 1, PATIENTS) ** 4 * (worst - fact.normal)


@pytest.mark.parametrize("name", SCORES)
def test_answers_lie_between_the_lower_and_the_higher(name):
    definition, rng = catalogue.find(name), np.random.default_rng(1)
    whole = {fact.name: column(fact, rng) for fact in definition.facts}
    whole |= {fact.name: np.full(PATIENTS, fact.normal) for fact in definition.facts if fact.presumed}
    if "capd" in whole:  # which of the two is asked for is no question of better or worse
        whole["age"] = np.full(PATIENTS, 40.0)
    if "fio2" in whole:
        whole["fio2"] = np.where(whole["oxygen"] == 0, 0.21, whole["fio2"])
    full = evaluate(definition, whole)
    assert full.complete.all()
    together = {fact.name for group in definition.either for fact in group}
    holes = dict(whole)
    for fact in definition.facts:
        if fact.name not in together and not fact.presumed:
            holes[fact.name] = np.where(rng.random(PATIENTS) < 0.3, np.nan, whole[fact.name])
    found = evaluate(definition, holes)
    for part in definition.parts:
        assert (found.low[part.name] <= full.low[part.name] + 1e-9).all(), part.name
        assert (found.high[part.name] >= full.high[part.name] - 1e-9).all(), part.name


@pytest.mark.parametrize("name", SCORES)
def test_low_is_never_above_high_and_all_is_finite_that_has_a_limit(name):
    definition, rng = catalogue.find(name), np.random.default_rng(2)
    columns = {
        fact.name: np.where(rng.random(PATIENTS) < 0.5, np.nan, column(fact, rng))
        for fact in definition.facts
    }
    found = evaluate(definition, columns)
    for part in definition.parts:
        low, high = found.low[part.name], found.high[part.name]
        assert np.isfinite(low).all()
        unlimited = np.any([np.zeros(PATIENTS, bool), *(np.isnan(columns[f.name]) for f in part.endless)], 0)
        assert np.array_equal(high == np.inf, unlimited)
        assert (low <= high).all(), part.name
    assert (found.settled <= len(definition.items)).all()


@pytest.mark.parametrize("name", SCORES)
def test_each_says_where_it_is_from_and_for_whom(name):
    definition = catalogue.find(name)
    assert definition.source in references()
    assert definition.note
    assert definition.about
    assert definition.confidence in {"read", "recalled", "unverified"}
