"""Which one unknown fact would change most of what is said of a patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cytostorm.criteria.facts import Fact
from cytostorm.ward.findings import NOT_MOVED
from cytostorm.ward.standing import RANK, Standing
from cytostorm.ward.supposing import Supposed, Supposition

NOT_TESTS = NOT_MOVED | {
    "ventilation", "advanced_support", "respiratory_support", "intubated", "on_oxygen", "oxygen", "by_mask",
    "other_pressor_or_inotrope", "vasopressor", "vasopressin", "dobutamine", "ecmo_resp",
    "mech_circ_support", "rrt", "pressor_unavailable", "delirium_drug", "hypotension", "hospitalised",
    "fever_before", "fever_treated", "sofa", "sofa4", "female", "immune_cells", "symptomatic", "after_crs",
    "airway_only", "immunosuppressed", "covid_symptoms", "plasma_given", "admitted",
}  # fmt: skip
"""Facts that are treatments, history or sums: they are asked of the ward, and are no test."""
PRESUMED_TESTS = frozenset({"molecular_diagnosis"})
"""Tests whose silence means normal, and that would settle much all the same."""
NAMES = {
    "infection": "whether there is an infection: cultures, PCR, a source",
    "molecular_diagnosis": "genes of inherited HLH",
    "haemophagocytosis": "haemophagocytosis in a marrow",
    "splenomegaly": "the spleen's size, by hand or ultrasound",
    "organomegaly": "the size of liver and spleen, by hand or ultrasound",
    "sjia": "whether systemic juvenile arthritis is known or suspected",
    "covid_recent": "SARS-CoV-2 and its antibodies, and contact within 60 days",
}
"""How some facts are found."""


@dataclass(frozen=True)
class Settling:
    """An unknown fact, and how standings would change by it.

    if_normal, if_worst : the standing of each syndrome that would change, from what it is now.
    weight : how much changes between the two: standings first, then the scores' lead numbers.
    """

    fact: Fact
    name: str
    if_normal: dict[str, str]
    if_worst: dict[str, str]
    worst: float
    weight: tuple[int, float]


def unknown_tests(supposed: Supposed, scores: Sequence[str], *, genes: bool, suspected: bool) -> list[Fact]:
    """Return the tests that some scores ask for and that are not known, by name.

    genes : whether tests are asked for whose silence means normal.
    suspected : whether an infection is suspected only, so that to find or to exclude it is a test too.
    """
    found: dict[str, Fact] = {}
    own = set(supposed.patient.readings["analyte"]) - ({"infection"} if suspected else set())
    for score in scores:
        for fact in supposed.missing(score):
            found.setdefault(fact.name, fact)
        for fact in supposed.grades(score).definition.facts:
            open_ = (genes and fact.name in PRESUMED_TESTS) or (suspected and fact.name == "infection")
            if open_ and fact.name not in own:
                found.setdefault(fact.name, fact)
    return [found[name] for name in sorted(found.keys() - NOT_TESTS)]


def values_of(fact: Fact) -> tuple[float, ...]:
    """Return the normal value and the worst values of a fact."""
    return (fact.normal, *((1.0,) if fact.name in PRESUMED_TESTS else fact.worst))


def tried(tests: Sequence[Fact]) -> list[Supposition]:
    """Return a supposition for each test and each value."""
    return [Supposition(((fact.name, value),)) for fact in tests for value in values_of(fact)]


def settling(
    tests: Sequence[Fact],
    first: int,
    supposed: Supposed,
    standing: Sequence[Mapping[str, Standing]],
    leads: Sequence[tuple[str, str]],
) -> Settling | None:
    """Return the test that changes most; None if none would change anything.

    first : place of the first supposition of `tried`. standing : of every supposition.
    leads : score and part whose numbers count where standings are alike.
    """
    found, place = [], first
    for fact in tests:
        values = values_of(fact)
        bad = range(place + 1, place + len(values))
        found.append(max(
            (_one(fact, place, k, values[k - place], (supposed, standing, leads)) for k in bad),
            key=lambda s: s.weight,
        ))  # fmt: skip
        place += len(values)
    best = max(found, key=lambda s: s.weight, default=None)
    return best if best is not None and best.weight > (0, 0.0) else None


def _one(
    fact: Fact,
    normal: int,
    worst: int,
    value: float,
    of: tuple[Supposed, Sequence[Mapping[str, Standing]], Sequence[tuple[str, str]]],
) -> Settling:
    supposed, standing, leads = of
    changed = sum(
        abs(RANK.get(standing[worst][c].word, 0) - RANK.get(standing[normal][c].word, 0)) for c in standing[0]
    )
    told = [
        {c: s.word for c, s in standing[k].items() if s.word != standing[0][c].word} for k in (normal, worst)
    ]
    moved = 0.0
    for score, part in leads:
        low, high = supposed[score]
        wide = high[part][0] - low[part][0]
        if wide > 0:
            moved += sum(abs(end[part][worst] - end[part][normal]) for end in (low, high)) / wide
    return Settling(
        fact, NAMES.get(fact.name, fact.label), told[0], told[1], value, (changed, round(moved, 9))
    )
