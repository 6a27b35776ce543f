"""What of a definition is met, what is near, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.definition import Definition, Part
from cytostorm.criteria.facts import Fact
from cytostorm.ward.patient import Patient
from cytostorm.ward.supposing import Supposed, Supposition

MARGIN = 0.1
"""Share of a number by which it may miss a limit and be near; a choice, about what assays differ by."""
STEPS = {"temperature": 0.5, "spo2": 2.0, "ph": 0.05}
"""The same in the fact's own unit, for numbers of which a tenth is too much; choices too."""
NOT_MOVED = frozenset({
    "age", "weight", "gcs", "ice", "capd", "fio2", "comorbidities", "sofa_baseline", "vasopressors",
    "vasoactives", "noradrenaline", "adrenaline", "dopamine", "phenylephrine", "flow", "peep_or_cpap",
    "onset_days", "urine_hours", "ferritin_upper", "alt_upper", "ast_upper", "ldh_upper",
    "creatinine_upper", "creatinine_baseline",
})  # fmt: skip
"""Facts that are chosen, counted or not measured."""


@dataclass(frozen=True)
class Near:
    """An item that would count for more, were a fact a little worse."""

    item: str
    fact: str
    value: float
    unit: str
    now: float
    then: float
    margin: str


def moves(patient: Patient, facts: Mapping[str, Fact]) -> list[Supposition]:
    """Return suppositions in which each measured number is a little higher, and a little lower."""
    known = sorted(set(patient.readings["analyte"]) & facts.keys() - NOT_MOVED)
    out = []
    for name in (n for n in known if facts[n].is_number):
        for sign in (1.0, -1.0):
            if name in STEPS:
                out.append(Supposition(moved=name, step=sign * STEPS[name]))
            else:
                out.append(Supposition(moved=name, share=sign * MARGIN))
    return out


def margin_of(fact: Fact) -> str:
    """Return the margin of a fact in words."""
    return f"{STEPS[fact.name]:g} {fact.unit}".rstrip() if fact.name in STEPS else f"{MARGIN:.0%}"


def near(score: str, supposed: Supposed, places: Sequence[int], facts: Mapping[str, Fact]) -> list[Near]:
    """Return the items of a score that are near, sorted by name.

    supposed : the patient as he is at place 0, and with numbers moved at `places`.
    """
    low, out = supposed[score][0], {}
    for item in find(score).items:
        for k in places:
            if low[item.name][k] > low[item.name][0]:
                fact = facts[supposed.suppositions[k].moved]
                value = supposed.patient.value(fact, score)
                if value is not None:
                    now, then = float(low[item.name][0]), float(low[item.name][k])
                    out[item.name, fact.name] = Near(
                        item.name, fact.name, value, fact.unit, now, then, margin_of(fact)
                    )
    return [out[key] for key in sorted(out)]


def findings(
    score: str, supposed: Supposed, places: Sequence[int], facts: Mapping[str, Fact], blurred: frozenset[str]
) -> dict[str, object]:
    """Return what a definition says of the patient as he is: items met, near and unknown.

    blurred : facts that a treatment makes hard to read.
    """
    definition = find(score)
    low, high = supposed[score]
    missing = {f.name for f in supposed.missing(score)}
    met, unknown = [], []
    for part in definition.items:
        asked = _asked(definition, part)
        ends = {"low": part.told(float(low[part.name][0])), "high": part.told(float(high[part.name][0]))}
        told = {
            "item": part.name, "label": part.label, **ends,
            "facts": _values(supposed.patient, score, asked), "blurred": sorted(blurred & set(asked)),
        }  # fmt: skip
        if low[part.name][0] > 0:
            met.append(told)
        if low[part.name][0] != high[part.name][0]:
            unknown.append({**told, "unknown": sorted(missing & set(asked))})
    answers = {
        p.name: {
            "label": p.label, "low": p.told(float(low[p.name][0])), "high": p.told(float(high[p.name][0])),
        }
        for p in definition.answers if np.isfinite(high[p.name][0])
    }  # fmt: skip
    return {
        "score": score, "label": definition.label, "source": definition.source,
        "confidence": definition.confidence, "answers": answers, "met": met,
        "near": [vars(n) for n in near(score, supposed, places, facts)],
        "unknown": unknown, "of": len(definition.items),
    }  # fmt: skip


def _asked(definition: Definition, part: Part) -> dict[str, Fact]:
    """Return the facts an item asks for, through the items before it too."""
    by_symbol = {f.symbol: f for f in definition.facts}
    parts = {p.symbol: p for p in definition.parts}
    found: dict[str, Fact] = {}
    for symbol in part.expression.free_symbols:
        if symbol in by_symbol:
            found[by_symbol[symbol].name] = by_symbol[symbol]
        elif symbol in parts:
            found |= _asked(definition, parts[symbol])
    return dict(sorted(found.items()))


def _values(patient: Patient, score: str, asked: Mapping[str, Fact]) -> dict[str, object]:
    """Return what is known of the facts an item asks for, with units or in words."""
    out: dict[str, object] = {}
    for name, fact in asked.items():
        value = patient.value(fact, score)
        if value is not None:
            out[name] = fact.words[int(value)] if fact.words else f"{shown(value)} {fact.unit}".rstrip()
    return out


def shown(value: float) -> str:
    """Return a value for people, as exact as it was measured.

    >>> shown(2.82263), shown(10450)
    ('2.823', '10,450')
    """
    return f"{value:,.{4 if abs(value) < 1000 else 6}g}"
