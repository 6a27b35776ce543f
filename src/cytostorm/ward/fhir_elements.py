"""The elements of FHIR resources that are written: codes, quantities, words and reference ranges."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.ward.analyte import Analyte, ucum
from cytostorm.ward.fhir_codes import ABSENT, ANALYTE, LOINC, UCUM, exchange
from cytostorm.ward.fhir_units import converted, exchanged

Resource = dict[str, Any]
LIMITS = ("", "<", ">")


def finite(said: Any, name: str) -> float:
    """Return a finite number, or raise InputError with the name of what it is."""
    try:
        read = float(said)
    except (TypeError, ValueError):
        read = math.nan
    if not math.isfinite(read):
        raise InputError(f"{name} is {said!r}", "a finite number", "leave the row out if it is unknown")
    return read


def token(name: str) -> str:
    """Return a name as FHIR's codes allow it, or raise InputError: words with single blanks between them."""
    if not name or " ".join(name.split()) != name:
        raise InputError(f"name {name!r}", "words with single blanks between them", "rename it")
    return name


def code_of(name: str, analyte: Analyte | None) -> Resource:
    """Return what was measured: LOINC where one is known, and this package's own name."""
    loinc = exchange(analyte)[0] if analyte else ""
    coding = [{"system": LOINC, "code": loinc}] if loinc else []
    return {
        "coding": [*coding, {"system": ANALYTE, "code": token(name)}],
        "text": analyte.label if analyte else name,
    }


def value(row: Mapping[str, Any], amount: float, analyte: Analyte | None) -> Resource:
    """Return a row's value: a quantity with its limit, yes or no, or a word.

    Raises InputError if the limit, the unit or the word's place is none.
    """
    limit, unit = str(row["limit"]), str(row["unit"])
    if limit not in LIMITS:
        raise InputError(f"limit {limit!r} of {row['analyte']}", "'', '<' or '>'", "mend the table")
    if analyte is None:
        return {"valueQuantity": quantity(amount, unit, limit)}
    fact = analyte.fact
    if fact.is_number:
        code = exchange(analyte)[1]
        ours = amount if unit == fact.unit else converted(fact, amount, unit)
        return {"valueQuantity": quantity(exchanged(fact, ours, code), code, limit, code)}
    if limit or amount not in range(len(fact.words)):
        raise InputError(f"{fact.name} is {limit}{amount:g}", f"a place in {fact.words}", "mend the table")
    word = fact.words[int(amount)]
    return (
        {"valueBoolean": word == "yes"}
        if fact.words == ("no", "yes")
        else {"valueCodeableConcept": {"text": word}}
    )


def quantity(amount: float, unit: str, limit: str = "", code: str = "") -> Resource:
    """Return a quantity; without a code if its unit is none that UCUM knows."""
    written: Resource = {"value": amount, "unit": unit} | ({"comparator": limit} if limit else {})
    if not code:
        try:
            units.dimension(unit)
        except InputError:
            return written
    return written | {"system": UCUM, "code": code or ucum(unit)}


def points(said: Any) -> Resource:
    """Return a number of points; FHIR has a name for a bound that is infinite or undefined."""
    read = float(said)
    if math.isfinite(read):
        return {"valueQuantity": {"value": read, "unit": "points", "system": UCUM, "code": "{score}"}}
    name = "not-a-number" if math.isnan(read) else "positive-infinity" if read > 0 else "negative-infinity"
    return {"dataAbsentReason": {"coding": [{"system": ABSENT, "code": name}]}}


def reference_range(analyte: Analyte, age: float, sex: str) -> Resource:
    """Return the usual range of a person; nothing if none is known.

    age : years. sex : "male", "female", or empty for unknown.
    """
    usual = analyte.range(age, sex)
    code = exchange(analyte)[1]
    ends = {
        name: quantity(exchanged(analyte.fact, end, code), code, "", code)
        for name, end in (("low", usual.low), ("high", usual.high))
        if math.isfinite(end)
    }
    if not ends:
        return {}
    ages = {
        name: quantity(age, "year")
        for name, age in zip(("low", "high"), usual.ages, strict=True)
        if math.isfinite(age)
    }
    applies = {"appliesTo": [{"text": usual.sex}]} if usual.sex else {}
    return {"referenceRange": [ends | applies | {"age": ages, "text": usual.note}]}
