"""Units as FHIR writes them, in UCUM, and as this package reads them."""

from __future__ import annotations

import re
from dataclasses import replace

from cytostorm import units
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError

_OURS = {
    "degC": "Cel", "mmHg": "mm[Hg]", "cmH2O": "cm[H2O]", "IU": "[IU]", "year": "a", "week": "wk", "day": "d",
    "beat": "{beats}", "cell": "{cells}", "cells": "{cells}", "µg": "ug",
}  # fmt: skip
_THEIRS = {
    "Cel": "degC", "a": "year", "wk": "week", "d": "day", "l": "L", "dl": "dL", "ml": "mL", "ul": "uL",
}  # fmt: skip
_PRINTED = {
    "°C": "Cel", "C": "Cel", "mmHg": "mm[Hg]", "cmH2O": "cm[H2O]", "IU/L": "[IU]/L", "IU/mL": "[IU]/mL", "bpm": "/min",
    "breaths/min": "/min", "beats/min": "/min", "years": "a", "year": "a", "y": "a", "°F": "[degF]", "F": "[degF]",
    "mEq/L": "meq/L", "K/uL": "10*3/uL",
}  # fmt: skip
"""How units are printed by those who give no code."""
_NAME = re.compile(r"[A-Za-zµ]+\d?")
_COUNT = re.compile(r"^(?:x\s*)?10(?:\*|\^|[eE])(\d{1,2})/(\w+)$")
_ANNOTATION = re.compile(r"\{[^{}]*\}")
_VOLUME = re.compile(r"^[mudnc]?[lL]$")
_SINGLY_CHARGED = {"sodium", "potassium", "chloride", "bicarbonate", "anion_gap"}


def to_ucum(unit: str) -> str:
    """Return a unit of this package in UCUM; "1" for a plain number.

    >>> to_ucum("10^9/L"), to_ucum("ug/kg/min"), to_ucum("1/min"), to_ucum("degC"), to_ucum("")
    ('10*9/L', 'ug/kg/min', '/min', 'Cel', '1')
    """
    text = unit.strip()
    if text in ("", "1"):
        return "1"
    count = _COUNT.match(text)
    if count:
        return f"10*{count[1]}/{count[2]}"
    text = re.sub(r"\^|\*\*", "", text).replace("*", ".")
    text = _NAME.sub(lambda m: _OURS.get(m[0], m[0]), text)
    return text.removeprefix("1") if text.startswith("1/") else text


def from_ucum(code: str) -> tuple[float, str]:
    """Return (factor, unit): a number in UCUM's unit times the factor is in the unit of this package.

    Raises InputError if the unit cannot be read. [degF] and K are shifted, not multiplied: see `converted`.

    >>> from_ucum("10*3/uL"), from_ucum("mm[Hg]"), from_ucum("/uL"), from_ucum("ug/mL{FEU}")
    ((1.0, '10^3/uL'), (1.0, 'mmHg'), (1.0, 'cells/uL'), (1.0, 'ug/mL'))
    """
    text = _ANNOTATION.sub("", code.strip())
    text = _PRINTED.get(text, text)
    if text in ("", "1", "[pH]"):
        return 1.0, ""
    count = _COUNT.match(text)
    if count:
        power, volume = int(count[1]), _THEIRS.get(count[2], count[2])
        known = f"10^{power}/{volume}"
        return (1.0, known) if (power, volume) in ((9, "L"), (6, "L"), (3, "uL")) else (
            10.0**power, f"cells/{volume}"
        )  # fmt: skip
    if text.startswith("/"):
        text = ("cells" if _VOLUME.match(text[1:]) else "1") + text
    text = text.replace("[Hg]", "Hg").replace("[H2O]", "H2O").replace("[IU]", "IU").replace("[iU]", "IU")
    text = _NAME.sub(lambda m: _THEIRS.get(m[0], m[0]), text.replace(".", "*"))
    units.dimension(text)
    return 1.0, text


def converted(fact: Fact, value: float, code: str) -> float:
    """Return a number with a UCUM unit in the fact's unit.

    Raises InputError if the unit is unknown or measures something else.
    """
    if "DDU" in code:
        raise InputError(f"{fact.name} in {code}", "fibrinogen equivalents (FEU)", "use the kit's own factor")
    if fact.unit == "degC" and _ANNOTATION.sub("", code.strip()) in ("[degF]", "K", "°F", "F"):
        degrees = value - 273.15 if code.strip() == "K" else (value - 32) / 1.8
        return float(f"{degrees:.12g}")
    if fact.name in _SINGLY_CHARGED:
        code = code.replace("mEq", "meq").replace("meq", "mmol")
    factor, unit = from_ucum(code)
    if unit == fact.unit:
        return value
    if units.same_dimension(unit, fact.unit) and units.factor(unit) * factor == units.factor(fact.unit):
        return value
    return fact.converted(value if factor == 1 else value * factor, unit)


def exchanged(fact: Fact, value: float, code: str) -> float:
    """Return a number in the fact's unit in a UCUM unit, to 15 digits; the way back of `converted`.

    Raises InputError if the unit is unknown or measures something else.
    """
    factor, unit = from_ucum(code)
    if unit == fact.unit:
        return value
    if units.same_dimension(unit, fact.unit) and units.factor(unit) * factor == units.factor(fact.unit):
        return value
    there = replace(fact, unit=unit).converted(value, fact.unit)
    return there if factor == 1 else float(f"{there / factor:.15g}")
