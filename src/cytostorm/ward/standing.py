"""How each syndrome stands under each supposition: consistent, open, or not."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cytostorm.criteria.catalogue import find
from cytostorm.ward.context import Context
from cytostorm.ward.context_terms import THERAPY
from cytostorm.ward.supposing import Supposed, Supposition
from cytostorm.ward.syndromes import ADULT, CANDIDATES, CHILD, LIKE_HLH, RIVALS, Candidate, Criterion

CONSISTENT, OPEN, FITS, NOT_MET, NO_CAUSE, DENIED = (
    "consistent with", "open", "fits, cause not told", "criteria not met", "no cause told", "cause denied",
)  # fmt: skip
RANK = {CONSISTENT: 3, OPEN: 2, FITS: 1}
"""How much a standing weighs; what is not listed weighs nothing."""
LATE = 14.0
"""Days after a therapy beyond which release begins rarely: of 475 patients after three products of CAR T
cells, in none [Ahmed2024]. Taken for antibodies too, of which it was not measured."""
NOT_SUPPOSED = frozenset({"molecular_diagnosis", "sjia"})
"""Causes that are not taken as there: a mutation would meet HLH-2004 by itself, and MAS-2016 is made for
known or suspected arthritis only, so that other criteria must raise the question."""
INFANT = 1.0
"""Years of age below which a child is an infant, by the word's meaning."""


@dataclass(frozen=True)
class Standing:
    """How a syndrome stands, and why if that is not plain from its criteria."""

    word: str
    why: str = ""


def kind_of_age(age: float | None) -> str:
    """Return whether criteria of adults or of children are asked; of adults if the age is unknown."""
    grown = find("Phoenix").fact("age").possible[1]
    return CHILD if age is not None and age < grown else ADULT


def criteria_of(candidate: Candidate, who: str) -> list[Criterion]:
    """Return the criteria of a syndrome that are made for an adult or a child."""
    return [c for c in candidate.criteria if c.who in ("", who)]


def cause_twin(supposition: Supposition, known: Container[str]) -> Supposition:
    """Return the same with every cause of which nothing is known taken as there.

    So it is seen whether a syndrome would fit were its cause known.
    """
    causes = {f for c in CANDIDATES if c.asked for f in c.cause_facts if f not in known}
    return supposition.also(dict.fromkeys(causes - NOT_SUPPOSED, 1.0))


def standings(
    supposed: Supposed, twins: Supposed, facts: Sequence[Mapping[str, float]], context: Context, who: str
) -> list[dict[str, Standing]]:
    """Return how each syndrome stands, by its name, under each of n suppositions.

    supposed : the patient under them. twins : under the same, with every cause there.
    facts : (n) what is known of each, the supposed included. who : "adult" or "child".
    """
    reached = {
        (c.name, twin): _reached(c, graded, who)
        for c in CANDIDATES
        for twin, graded in ((False, supposed), (True, twins))
    }
    out = []
    for k, known in enumerate(facts):
        plain = {c.name: _one(c, known, context, reached, k) for c in CANDIDATES}
        plain = {c.name: _asked(c, plain[c.name], who) for c in CANDIDATES}
        infected = context.infection_found or dict(supposed.suppositions[k].known).get("infection", 0) > 0
        out.append(_beside(_timely(_explained(plain), context), infected=infected))
    return out


def _reached(candidate: Candidate, graded: Supposed, who: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (n) whether any of its criteria is met, and could be met."""
    ends = []
    for end in (0, 1):
        any_of = [
            np.logical_and.reduce([graded[c.score][end][part] > 0 for part in c.parts])
            for c in criteria_of(candidate, who)
        ]
        ends.append(np.logical_or.reduce(any_of))
    return ends[0], ends[1]


def cause_told(candidate: Candidate, known: Mapping[str, float], context: Context) -> bool | None:
    """Return whether its cause is told; None if nothing is said of it, False if it is denied."""
    terms = [t.term for t in context.told if t.term.name in candidate.causes and not t.denied]
    if any(all(known.get(f, 1) > 0 for f in term.facts) for term in terms):
        return True
    if any(known.get(f, 0) > 0 for f in candidate.cause_facts):
        return True
    denied = candidate.causes <= context.denied or any(known.get(f, 1) == 0 for f in candidate.cause_facts)
    return False if denied else None


def _one(
    candidate: Candidate,
    known: Mapping[str, float],
    context: Context,
    reached: Mapping[tuple[str, bool], tuple[np.ndarray, np.ndarray]],
    k: int,
) -> Standing:
    told = cause_told(candidate, known, context)
    if told is False:
        return Standing(DENIED)
    met, could = (bool(end[k]) for end in reached[candidate.name, told is None])
    if told:
        return Standing(CONSISTENT if met else OPEN if could else NOT_MET)
    return Standing(FITS if met else NO_CAUSE)


def _asked(candidate: Candidate, standing: Standing, who: str) -> Standing:
    """Return a standing; a syndrome is not asked for where its cause would have been told."""
    return standing if standing.word != FITS or candidate.asked in (True, who) else Standing(NO_CAUSE)


def _explained(found: dict[str, Standing]) -> dict[str, Standing]:
    """Return standings where one syndrome like HLH whose cause is told leaves no question of others."""
    alike = {c: found[c].word for c in LIKE_HLH}
    if CONSISTENT not in alike.values():
        return found
    keep = "" if alike["primary HLH"] == CONSISTENT else "primary HLH"
    return found | {c: Standing(NO_CAUSE) for c, word in alike.items() if word == FITS and c != keep}


def _timely(found: dict[str, Standing], context: Context) -> dict[str, Standing]:
    """Return standings where release that begins long after every therapy is open only."""
    given = [t.day for t in context.of_kind(THERAPY)]
    begun = [t.day for t in context.told if t.term.name == "CRS" and t.day is not None]
    onset = min(begun) if begun else context.day
    days = [onset - day for day in given if day is not None and onset is not None]
    late = bool(days) and len(days) == len(given) and min(days) > LATE
    if late and found["CRS"].word == CONSISTENT:
        found["CRS"] = Standing(
            OPEN, f"{min(days):g} days after the last therapy; beyond {LATE:g} days release begins rarely"
        )
    return found


def _beside(found: dict[str, Standing], *, infected: bool) -> dict[str, Standing]:
    """Return standings where two that would explain the same findings stay open.

    infected : whether an infection is found, not only suspected.
    """
    out = dict(found)
    for first, second, why in RIVALS:
        if found[first].word != CONSISTENT or found[second].word != CONSISTENT:
            continue
        out[second] = Standing(OPEN, f"{first} is consistent too: {why}")
        if first == "sepsis" and not infected:
            out[first] = Standing(OPEN, f"the infection is only suspected, and {second} is consistent too")
    return out
