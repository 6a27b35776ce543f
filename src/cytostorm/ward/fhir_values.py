"""What FHIR's elements say: codes, values with their limits and units, and times."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.cells import number_in, word_in
from cytostorm.ward.fhir_codes import UCUM
from cytostorm.ward.fhir_units import converted

Resource = dict[str, Any]
LIMITS = {"": "", "<": "<", "<=": "<", ">": ">", ">=": ">"}
_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
YES_NO = {"373066001": "yes", "LA33-6": "yes", "373067005": "no", "LA32-8": "no"}
"""Yes and no of SNOMED CT and LOINC."""


@dataclass(frozen=True)
class Value:
    """A value in the fact's unit, its limit ("", "<", ">"), a remark, and whether its number was changed."""

    number: float
    limit: str = ""
    note: str = ""
    changed: bool = False


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


def value_of(fact: Fact, holder: Resource) -> Value:
    """Return the value of an observation or a component.

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
        return Value(_word(fact, kind, value))
    if kind == "valueQuantity":
        return quantity(fact, branch(holder, kind))
    if kind == "valueInteger":
        return quantity(fact, {"value": value})
    if kind != "valueString" or not isinstance(value, str):
        raise NotReadError(fact.name, value, "no number")
    cell = number_in(value)
    if cell.wrong:
        raise NotReadError(fact.name, value, cell.wrong)
    return quantity(fact, {"value": cell.value, "comparator": cell.limit, "unit": cell.unit})


def quantity(fact: Fact, said: Resource) -> Value:
    """Return the value of a quantity.

    Raises NotReadError if there is no finite number, its unit is missing or of another kind, or it is
    impossible.
    """
    number, sign = said.get("value"), said.get("comparator", "")
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not -1e300 < number < 1e300:
        raise NotReadError(fact.name, number, "no finite number")
    if not isinstance(sign, str) or sign not in LIMITS:
        raise NotReadError(fact.name, sign, "comparator is none of <, <=, >=, >")
    unit = (text_of(said, "code") if said.get("system", UCUM) == UCUM else "") or text_of(said, "unit")
    written = f"{sign}{number} {unit}".strip()
    if not unit and fact.unit:
        raise NotReadError(fact.name, written, "no unit is given")
    try:
        value = converted(fact, float(number), unit)
    except InputError as error:
        raise NotReadError(fact.name, written, f"{error.thing}; expected {error.expected}") from None
    low, high = fact.possible
    if not low <= value <= high or not math.isfinite(value):
        raise NotReadError(fact.name, written, f"impossible: not {low:g} to {high:g} {fact.unit}".strip())
    note = f"{sign} as written" if sign not in ("", "<", ">") else ""
    return Value(value, LIMITS[sign], note, changed=value != number)


def _word(fact: Fact, kind: str, value: object) -> float:
    """Return the place of a word, or of yes and no."""
    said: list[str] = []
    if kind == "valueBoolean" and isinstance(value, bool):
        said = ["yes" if value else "no"]
    elif kind == "valueString" and isinstance(value, str):
        said = [value]
    elif kind == "valueCodeableConcept" and isinstance(value, dict):
        said = [text_of(value, "text"), *(text_of(c, "display") for c in branches(value, "coding"))]
        said += [YES_NO[code] for _, code in codings(value) if code in YES_NO]
    cells = [word_in(text, fact) for text in said if text]
    found = {cell.value for cell in cells if not cell.wrong}
    if len(found) != 1:
        raise NotReadError(fact.name, value, "none of the words " + ", ".join(fact.words))
    return found.pop()
