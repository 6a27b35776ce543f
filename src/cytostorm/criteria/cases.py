"""Cases whose answers are known, held against the definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.definition import Definition
from cytostorm.criteria.evaluate import Graded, evaluate
from cytostorm.criteria.given import numbers
from cytostorm.errors import InputError

SAME = 1e-9
"""How far two numbers may be apart and still agree."""


def compared(cases: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many of some cases agree, and where the others differ.

    cases : each with `score`, `input` (facts by name, as people write them), `expected` (parts by name, or a
    pair for parts that end in _low and _high), and perhaps `id`. The lower answer is compared.
    What cannot be graded is a disagreement that says why.
    Raises InputError if a case lacks one of these.
    """
    differing: list[dict[str, Any]] = []
    agree = 0
    for place, case in enumerate(cases):
        found = list(_differences(_whole(case, place), place))
        agree += not found
        differing += found
    return {"cases": len(cases), "agree": agree, "disagreements": differing}


def _whole(case: Any, place: int) -> Mapping[str, Any]:
    """Return a case that has all it needs."""
    wanted = (("score", str), ("input", Mapping), ("expected", Mapping))
    if not isinstance(case, Mapping) or not all(isinstance(case.get(k), kind) for k, kind in wanted):
        raise InputError(
            f"case {place} is incomplete",
            "an object with score, input and expected",
            "complete it, or leave it out",
        )
    return case


def _differences(case: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
    """Return where a case differs from its definition's lower answer."""
    told = {"id": case.get("id", place), "score": case["score"]}
    try:
        definition = find(case["score"])
        graded = evaluate(definition, {k: [v] for k, v in numbers(definition, case["input"]).items()})
    except InputError as error:
        return [{**told, "part": None, "expected": dict(case["expected"]), "got": None, "reason": str(error)}]
    out = []
    for name, expected in case["expected"].items():
        got = _got(definition, graded, name)
        if not _agrees(expected, got):
            out.append({**told, "part": name, "expected": expected, "got": got})
    return out


def _got(definition: Definition, graded: Graded, name: str) -> Any:
    """Return the lower answer of a part, or of the two that are its ends; None if there is none."""
    parts = {p.name: p for p in definition.parts}
    ends = [f"{name}_low", f"{name}_high"]
    if name in parts:
        return parts[name].told(float(graded.low[name][0]))
    return [parts[n].told(float(graded.low[n][0])) for n in ends] if set(ends) <= set(parts) else None


def _agrees(expected: Any, got: Any) -> bool:
    """Return whether two answers are the same; a yes is no 1."""
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(_agrees, expected, got))
    numeric = [isinstance(x, int | float) and not isinstance(x, bool) for x in (expected, got)]
    if all(numeric):
        return abs(expected - got) <= SAME * max(1.0, abs(expected))
    return type(expected) is type(got) and bool(expected == got)
