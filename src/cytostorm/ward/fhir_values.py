"""What FHIR's elements say: codes, values with their limits and units, and times."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from cytostorm.criteria.facts import Fact
from cytostorm.criteria.given import NO, YES
from cytostorm.errors import InputError
from cytostorm.ward.fhir_codes import UCUM
from cytostorm.ward.fhir_units import converted

Resource = dict[str, Any]
LIMITS = {"": "", "<": "<", "<=": "<", "≤": "<", ">": ">", ">=": ">", "≥": ">"}
_WRITTEN = re.compile(r"^\s*(<=|>=|[<>≤≥])?\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*([^\s\d.,;].*)?$")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
_YES_CODES, _NO_CODES = {"373066001", "LA33-6"}, {"373067005", "LA32-8"}
"""Yes and no of SNOMED CT and LOINC."""


class NotReadError(Exception):
    """An entry, or a part of one, of which nothing can be read; says the column, the value and why."""

    def __init__(self, column: str, value: object, reason: str) -> None:
        self.column, self.value, self.reason = column, shown(value), reason
        super().__init__(reason)


def shown(value: object) -> str:
    """Return a value as a short text."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def branch(parent: object, *names: str) -> Resource:
    """Return the object at the end of a path of names; empty if there is none."""
    for name in names:
        parent = parent.get(name) if isinstance(parent, dict) else None
    return parent if isinstance(parent, dict) else {}


def branches(parent: Resource, name: str) -> list[Resource]:
    """Return the objects of a list; empty if there is none."""
    found = parent.get(name)
    return [x for x in found if isinstance(x, dict)] if isinstance(found, list) else []


def text_of(parent: Resource, name: str) -> str:
    """Return a text; empty if there is none."""
    found = parent.get(name)
    return found if isinstance(found, str) else ""


def codings(concept: Resource) -> Iterator[tuple[str, str]]:
    """Yield (system, code) of each coding of a concept."""
    for coding in branches(concept, "coding"):
        yield text_of(coding, "system"), text_of(coding, "code")


def concept_text(concept: Resource) -> str:
    """Return what a concept is called: its text, or the name or code of its first coding."""
    first = next(iter(branches(concept, "coding")), {})
    return text_of(concept, "text") or text_of(first, "display") or text_of(first, "code")


def notes(resource: Resource) -> str:
    """Return a resource's remarks."""
    return "; ".join(text for n in branches(resource, "note") if (text := text_of(n, "text")))


def moment(resource: Resource) -> tuple[datetime, str]:
    """Return when a resource happened, and what is uncertain about it.

    Raises NotReadError if it says no time, or only a month or a year.
    """
    said = (
        resource.get("effectiveDateTime")
        or resource.get("effectiveInstant")
        or branch(resource, "effectivePeriod").get("start")
    )
    return point(said)


def point(said: object) -> tuple[datetime, str]:
    """Return a FHIR dateTime, and what is uncertain about it: the hour or the zone.

    Raises NotReadError if it is none, or only a month or a year.
    """
    if not isinstance(said, str):
        raise NotReadError("time", said, "no time is given")
    try:
        read = datetime.fromisoformat(said) if len(said) >= 10 else None
        if read is not None and read.tzinfo:
            return read.astimezone(UTC), ""
    except (ValueError, OverflowError):
        read = None
    if read is None:
        raise NotReadError("time", said, "no date with day, month and year")
    return read.replace(tzinfo=UTC), "hour unknown" if _DATE.match(
        said
    ) else "time zone unknown, taken as UTC"


def value_of(fact: Fact, holder: Resource) -> tuple[float, str, str]:
    """Return (value in the fact's unit, limit, note) of an observation or a component.

    Raises NotReadError if it has no value, or one that cannot be the fact's.
    """
    kinds = [k for k in holder if k.startswith("value")]
    if not kinds:
        absent = branch(holder, "dataAbsentReason")
        raise NotReadError(fact.name, "", f"absent: {concept_text(absent)}" if absent else "no value")
    if len(kinds) > 1:
        raise NotReadError(fact.name, ", ".join(kinds), "several values at once")
    kind, value = kinds[0], holder[kinds[0]]
    if not fact.is_number:
        return _word(fact, kind, value), "", ""
    if kind == "valueQuantity":
        return quantity(fact, branch(holder, kind))
    if kind == "valueInteger":
        return quantity(fact, {"value": value})
    written = (
        _WRITTEN.match(value)
        if kind == "valueString" and isinstance(value, str) and len(value) < 200
        else None
    )
    if written is None:
        raise NotReadError(fact.name, value, "no number")
    return quantity(
        fact, {"value": float(written[2]), "comparator": written[1] or "", "unit": written[3] or ""}
    )


def quantity(fact: Fact, said: Resource) -> tuple[float, str, str]:
    """Return (value in the fact's unit, limit, note) of a quantity.

    Raises NotReadError if there is no finite number, its unit is missing or of another kind, or it is
    impossible.
    """
    number, sign = said.get("value"), said.get("comparator", "")
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not -1e300 < number < 1e300:
        raise NotReadError(fact.name, number, "no finite number")
    if not isinstance(sign, str) or sign not in LIMITS:
        raise NotReadError(fact.name, sign, "comparator is none of <, <=, >=, >")
    coded = text_of(said, "code") if said.get("system", UCUM) == UCUM else ""
    unit = coded or text_of(said, "unit")
    if not unit and fact.unit:
        raise NotReadError(fact.name, number, "no unit is given")
    try:
        value = converted(fact, float(number), unit)
    except InputError as error:
        raise NotReadError(
            fact.name, f"{number} {unit}", f"{error.thing}; expected {error.expected}"
        ) from None
    low, high = fact.possible
    if not low <= value <= high or not math.isfinite(value):
        raise NotReadError(
            fact.name, f"{number} {unit}".strip(), f"impossible: not {low:g} to {high:g} {fact.unit}".strip()
        )
    return value, LIMITS[sign], f"{sign} as written" if sign not in ("", "<", ">") else ""


def _word(fact: Fact, kind: str, value: object) -> float:
    """Return the place of a word, or of yes and no."""
    yes_no = fact.words == ("no", "yes")
    if kind == "valueBoolean" and isinstance(value, bool) and yes_no:
        return float(value)
    said = {value.strip().lower()} if kind == "valueString" and isinstance(value, str) else set()
    if kind == "valueCodeableConcept" and isinstance(value, dict):
        said = {text_of(value, "text").lower()} | {
            text_of(c, "display").lower() for c in branches(value, "coding")
        }
        said |= {"yes" for _, code in codings(value) if code in _YES_CODES}
        said |= {"no" for _, code in codings(value) if code in _NO_CODES}
    if yes_no:
        said = {"yes" if s in YES else "no" if s in NO else s for s in said}
    found = {w for w in fact.words if w.lower() in said}
    if len(found) != 1:
        raise NotReadError(fact.name, value, "none of the words " + ", ".join(fact.words))
    return fact.code(found.pop())
