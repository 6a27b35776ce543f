"""Which syndrome a patient's findings are consistent with, by cause; research and education only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.definition import Definition
from cytostorm.criteria.facts import Fact
from cytostorm.criteria.given import numbers
from cytostorm.dataset import DISCLAIMER
from cytostorm.ward.context import Context, read_context
from cytostorm.ward.context_terms import INFECTION
from cytostorm.ward.findings import findings, moves
from cytostorm.ward.patient import Patient
from cytostorm.ward.settling import settling, tried, unknown_tests
from cytostorm.ward.standing import (
    CONSISTENT,
    FITS,
    INFANT,
    NOT_MET,
    OPEN,
    Standing,
    cause_twin,
    criteria_of,
    kind_of_age,
    standings,
)  # fmt: skip
from cytostorm.ward.supposing import AS_HE_IS, Supposed, Supposition, all_facts
from cytostorm.ward.syndromes import BESIDE, CANDIDATES, Candidate

SCORES = tuple(
    dict.fromkeys(
        name
        for c in (*(c for one in CANDIDATES for c in one.criteria), *BESIDE)
        for name in (c.score, c.shown)
        if name
    )
)
"""The definitions that are read."""
FACTS = all_facts(SCORES)
SHOWN = (CONSISTENT, OPEN, FITS)


def what_is_asked() -> Definition:
    """Return a definition that asks for all that these definitions ask for, so that facts can be read."""
    every = [f for score in SCORES for f in find(score).facts]
    facts = []
    for name, fact in FACTS.items():
        same = [f for f in every if f.name == name]
        spelled = {word for f in same for word in f.spelled if word not in FACTS}
        possible = min(f.possible[0] for f in same), max(f.possible[1] for f in same)
        facts.append(replace(fact, spelled=tuple(sorted(spelled)), possible=possible))
    return Definition("the differential", "", "", tuple(facts), (), ())


def differential(
    labs: Mapping[str, object], context: Iterable[str] = (), day: float | None = None
) -> dict[str, Any]:
    """Return which syndrome findings are consistent with, by cause.

    labs : facts as `cytostorm score` takes them: ferritin_ug_L=12000, temp_C=39.6, splenomegaly="yes".
    context : what is known beside: "sJIA", "CAR-T on day 0", "no infection". day : the day of the labs, by
        the same count.
    Returns what `tell` returns. Raises InputError if a fact or a word of the context cannot be read, or two
    contradict each other.
    """
    return tell(Patient.of_numbers(numbers(what_is_asked(), labs)), read_context(context, day))


def differential_of(
    table: pd.DataFrame, patient: str, context: Iterable[str] = (), day: int | None = None
) -> dict[str, Any]:
    """Return the same of one patient of a long table on a day, the last one if none is named.

    table : a long table, as read_table returns; values count as far back as each definition looks.
    Raises InputError as `differential`, and if there is no such patient or day.
    """
    one = Patient.of_table(table, patient, day)
    return tell(one, read_context(context, float(one.day)))


@dataclass(frozen=True)
class _Graded:
    """A patient as he is, with each test known, and with each number moved a little; and how all stands."""

    supposed: Supposed
    standing: list[dict[str, Standing]]
    tests: list[Fact]
    moved: range


def tell(patient: Patient, context: Context) -> dict[str, Any]:
    """Return how every syndrome stands, what is met, near and unknown, and the test that settles most.

    named, open : syndromes by name. headline : the same in words. candidates : of each its standing, and
    items of its criteria if it is consistent or open. settles : the one test, or None. beside : what goes
    with it. interference : what treatments make hard to read. disclaimer : what it is not for.
    """
    age = patient.last("age")
    if age is not None and age < INFANT and "infant" not in context.names:
        context = replace(context, told=(*context.told, *read_context(["infant"]).told))
    patient = patient.told(context.facts())
    who = kind_of_age(age)
    first = _graded(patient, context, who).standing[0]
    shown = [c for c in CANDIDATES if first[c.name].word in SHOWN]
    scores = _scores(shown, who, patient)
    tests = unknown_tests(
        Supposed(patient, [AS_HE_IS]), scores, genes=first["primary HLH"].word in SHOWN,
        suspected=not context.infection_found and patient.last("infection") == 1,
    )  # fmt: skip
    graded = _graded(patient, context, who, tests, moves(patient, FACTS))
    leads = [(s, find(s).answers[0].name) for s in scores]
    best = settling(tests, 1, graded.supposed, graded.standing, leads)
    standing = graded.standing[0]
    told: dict[str, Any] = {
        "disclaimer": DISCLAIMER,
        "day": context.day,
        "context": [str(t) for t in context.told],
        "headline": headline(standing, context),
        "named": [c for c, s in standing.items() if s.word == CONSISTENT],
        "open": [c for c, s in standing.items() if s.word in (OPEN, FITS)],
        "candidates": [_candidate(c, graded, who, context) for c in CANDIDATES],
        "settles": None,
        "beside": [b for b in (_beside(graded.supposed, c.score, c.parts) for c in BESIDE) if b],
        "interference": [
            {"drug": t.word, "day": t.day, "says": t.term.says}
            for t in context.told if t.term.says and not t.denied
        ],
        "remarks": [
            *(["age is not known: criteria of adults are asked"] if age is None else []),
            *(f"{t} is after day {context.day:g}: not counted" for t in context.later),
        ],
    }  # fmt: skip
    if best is not None:
        told["settles"] = {
            "fact": best.fact.name, "name": best.name, "unit": best.fact.unit,
            "if_normal": best.if_normal, "if_worst": best.if_worst,
        }  # fmt: skip
    return told


def headline(standing: Mapping[str, Standing], context: Context) -> str:
    """Return what the findings are consistent with, as a sentence."""
    by_name = {c.name: c for c in CANDIDATES}
    words = {w: [c for c, s in standing.items() if s.word == w] for w in (CONSISTENT, OPEN, FITS)}
    said = []
    if words[CONSISTENT]:
        said.append("consistent with " + " and ".join(_full(by_name[c]) for c in words[CONSISTENT]))
    if words[OPEN]:
        said.append("open: " + ", ".join(_full(by_name[c]) for c in words[OPEN]))
    if words[FITS]:
        said.append("would fit, but no cause is told: " + ", ".join(_full(by_name[c]) for c in words[FITS]))
    if not said:
        infected = context.of_kind(INFECTION)
        return "no criteria of these syndromes are met" + (
            f": {infected[0].word} without a storm, as far as is known" if infected else ""
        )
    return "; ".join(said)


def _full(candidate: Candidate) -> str:
    return f"{candidate.name} ({candidate.group}, cause: {candidate.cause})"


def _scores(shown: list[Candidate], who: str, patient: Patient) -> list[str]:
    """Return the scores whose items are told of some syndromes."""
    known = set(patient.readings["analyte"])
    out: dict[str, None] = {}
    for c in (c for candidate in shown for c in criteria_of(candidate, who)):
        out[c.score] = None
        if c.shown and "sofa" not in known:
            out[c.shown] = None
    return list(out)


def _graded(
    patient: Patient,
    context: Context,
    who: str,
    tests: Sequence[Fact] = (),
    moved: Sequence[Supposition] = (),
) -> _Graded:
    suppositions = [AS_HE_IS, *tried(tests), *moved]
    own = dict(zip(patient.readings["analyte"], patient.readings["value"], strict=True))
    supposed = Supposed(patient, suppositions)
    twins = Supposed(patient, [cause_twin(s, own) for s in suppositions])
    facts = [own | dict(s.known) for s in suppositions]
    standing = standings(supposed, twins, facts, context, who)
    return _Graded(supposed, standing, list(tests), range(len(suppositions) - len(moved), len(suppositions)))


def _candidate(candidate: Candidate, graded: _Graded, who: str, context: Context) -> dict[str, Any]:
    """Return all that is told of one syndrome."""
    standing = graded.standing[0][candidate.name]
    told: dict[str, Any] = {
        "name": candidate.name, "label": candidate.label, "group": candidate.group, "cause": candidate.cause,
        "told": [str(t) for t in context.told if t.term.name in candidate.causes and not t.denied],
        "standing": standing.word, "why": standing.why, "criteria": [],
    }  # fmt: skip
    if standing.word not in (*SHOWN, NOT_MET):
        return told
    blurred = frozenset(fact for t in context.told if not t.denied for fact in t.term.blurs)
    told["criteria"] = [
        findings(score, graded.supposed, graded.moved, FACTS, blurred)
        for score in _scores([candidate], who, graded.supposed.patient)
    ]
    return told


def _beside(supposed: Supposed, score: str, parts: tuple[str, ...]) -> dict[str, Any] | None:
    """Return what goes with a syndrome, if it is there."""
    low, high = supposed[score]
    if not all(low[p][0] > 0 for p in parts):
        return None
    part = next(p for p in find(score).answers if p.name == parts[0])
    return {
        "score": score, "label": find(score).label, "part": parts[0],
        "low": part.told(float(low[parts[0]][0])), "high": part.told(float(high[parts[0]][0])),
    }  # fmt: skip
