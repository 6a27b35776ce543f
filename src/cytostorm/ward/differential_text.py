"""A differential in plain words, line by line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from cytostorm.ward.findings import shown
from cytostorm.ward.standing import CONSISTENT, DENIED, FITS, NO_CAUSE, NOT_MET, OPEN

WIDE = 110
"""Letters of a line."""


def text(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `differential` tells, in lines for people."""
    yield from _wrapped(told["headline"][:1].upper() + told["headline"][1:] + ".")
    if told["context"] or told["day"] is not None:
        day = "" if told["day"] is None else f"day {told['day']:g}; "
        yield from _wrapped(f"({day}told: {', '.join(told['context']) or 'nothing beside the facts'})")
    for standing in (CONSISTENT, OPEN, FITS):
        for one in told["candidates"]:
            if one["standing"] == standing:
                yield ""
                yield from _candidate(one)
    yield ""
    yield from _settles(told)
    for one in told["beside"]:
        yield f"Beside it: {one['label']} ({one['score']}, {_range(one)})"
    for one in told["interference"]:
        yield from _wrapped(f"After {one['drug']}: {one['says']}.")
    yield from _wrapped_each(told["remarks"])
    yield from _rest(told)
    yield told["disclaimer"]


def _candidate(one: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one syndrome."""
    told = [t for t in one["told"] if t != one["cause"]]
    cause = f"{one['group']}; cause: {', '.join([one['cause'], *told])}"
    yield from _wrapped(f"{one['name']}: {one['label'].removeprefix(one['name'] + ': ')} ({cause})")
    why = f"; {one['why']}" if one["why"] else ""
    yield from _wrapped(f"{one['standing']}{why}", "  ")
    for criterion in one["criteria"]:
        answers = ", ".join(f"{a['label']} {_range(a)}" for a in _lead(criterion))
        sure = "" if criterion["confidence"] == "read" else f", {criterion['confidence']}"
        yield from _wrapped(f"{criterion['score']} [{criterion['source']}{sure}]: {answers}", "  ")
        met = [f"{m['label']} {_values(m)}".strip() for m in criterion["met"]]
        near = [
            f"{n['item']} ({n['fact']} {shown(n['value'])} {n['unit']}".rstrip()
            + f", within {n['margin']} of a limit)"
            for n in criterion["near"]
        ]
        begun = {m["label"] for m in criterion["met"]}
        worse, unknown = (
            [
                u["label"] + (f" ({', '.join(u['unknown'])})" if set(u["unknown"]) - {u["label"]} else "")
                for u in criterion["unknown"]
                if (u["label"] in begun) == more
            ]
            for more in (True, False)
        )
        rows = (("met", met), ("near", near), ("met, and may be worse", worse), ("unknown", unknown))
        for word, found in rows:
            if found:
                yield from _wrapped(f"{word}: {', '.join(found)}", "    ")


def _lead(criterion: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the answers that people ask for: all but the bands of probability."""
    names = [n for n in criterion["answers"] if not n.startswith("prob")]
    return [criterion["answers"][n] for n in names]


def _values(item: Mapping[str, Any]) -> str:
    """Return the values behind an item, marked where a treatment makes them hard to read."""
    marked = [v + (", hard to read" if k in item["blurred"] else "") for k, v in item["facts"].items()]
    return f"({', '.join(marked)})" if marked else ""


def _settles(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the one test that would settle most."""
    best = told["settles"]
    if best is None:
        yield from _wrapped("No test that these criteria ask for and that is unknown would change anything.")
        return
    yield from _wrapped(f"One more test would settle most: {best['name']}.")
    if not (best["if_normal"] or best["if_worst"]):
        yield "  It would move the scores most; no single test would change how a syndrome stands."
        return
    for word, changes in (("If normal", best["if_normal"]), ("At its worst", best["if_worst"])):
        said = "; ".join(f"{c}: {s.removesuffix(' with')}" for c, s in changes.items())
        said = said or "no standing would change"
        yield from _wrapped(f"{word}: {said}.", "  ")


def _rest(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the syndromes that are not asked about, and why."""
    for word in (NOT_MET, NO_CAUSE, DENIED):
        names = [one["name"] for one in told["candidates"] if one["standing"] == word]
        if names:
            yield from _wrapped(f"{word[:1].upper()}{word[1:]}: {', '.join(names)}.")


def _range(one: Mapping[str, Any]) -> str:
    """Return a lower and a higher answer, once if they are the same."""
    low, high = (("yes" if v else "no") if isinstance(v, bool) else str(v) for v in (one["low"], one["high"]))
    return low if low == high else f"{low} to {high}"


def _wrapped(said: str, before: str = "") -> list[str]:
    return textwrap.wrap(said, WIDE, initial_indent=before, subsequent_indent=before + "  ") or [before]


def _wrapped_each(said: list[str]) -> Iterator[str]:
    for one in said:
        yield from _wrapped(one[:1].upper() + one[1:] + ".")
