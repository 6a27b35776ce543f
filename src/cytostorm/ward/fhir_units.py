"""Units as FHIR writes them, in UCUM, and numbers from one to the other."""

from __future__ import annotations

import re
from dataclasses import replace

from cytostorm import units
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.spelling import equivalents, unit_of

_ANNOTATION = re.compile(r"\{[^{}]*\}")
_PER_VOLUME = re.compile(r"^/([mudn]?[lL])$")
_SINGLY_CHARGED = {"sodium", "potassium", "chloride", "bicarbonate", "anion_gap"}
_OFFSET = {
    "[degf]": (32.0, 1.8),
    "degf": (32.0, 1.8),
    "°f": (32.0, 1.8),
    "f": (32.0, 1.8),
    "k": (273.15, 1.0),
}


def from_ucum(code: str) -> str:
    """Return a unit of UCUM, or one as people print it, as this package writes it.

    Raises InputError if it cannot be read.

    >>> from_ucum("10*3/uL"), from_ucum("mm[Hg]"), from_ucum("/uL"), from_ucum("ug/mL{FEU}")
    ('10^9/L', 'mmHg', 'cells/uL', 'ug/mL')
    """
    text = (
        _ANNOTATION.sub("", code.strip()).replace("[IU]", "IU").replace("[iU]", "IU").replace("[H2O]", "H2O")
    )
    if code.strip().endswith("}"):
        text = text.removesuffix("/")  # the last divisor is an annotation, as {1.73_m2}
    volume = _PER_VOLUME.match(text)
    if volume:
        return f"cells/{volume[1][:-1]}L"
    if text in ("", "[pH]"):
        return ""
    found = unit_of(text)
    if found is None:
        raise InputError(f"unit {code[:60]!r} cannot be read", "a unit of UCUM", "check the unit")
    return found


def converted(fact: Fact, value: float, code: str) -> float:
    """Return a number with a UCUM unit in the fact's unit.

    Raises InputError if the unit is unknown or measures something else.
    """
    if code == fact.unit:
        return value
    plain = _ANNOTATION.sub("", code).strip().lower()
    if fact.unit == "degC" and plain in _OFFSET:
        zero, size = _OFFSET[plain]
        return float(f"{(value - zero) / size:.12g}")
    if fact.name == "d_dimer" and equivalents(code) == "DDU":
        raise InputError(
            "d_dimer in D-dimer units", "fibrinogen equivalents (FEU)", "use the kit's own factor"
        )
    if fact.name in _SINGLY_CHARGED:
        code = code.replace("mEq", "meq").replace("meq", "mmol")
    unit = from_ucum(code)
    # 12 digits, as of tables: limits of scores are met, and mass to moles and back is the same number
    return value if _same(unit, fact.unit) else float(f"{fact.converted(value, unit):.12g}")


def exchanged(fact: Fact, value: float, code: str) -> float:
    """Return a number in the fact's unit in a UCUM unit; the way back of `converted`.

    Raises InputError if the unit is unknown or measures something else.
    """
    there = from_ucum(code)
    return value if _same(there, fact.unit) else replace(fact, unit=there).converted(value, fact.unit)


def _same(one: str, other: str) -> bool:
    """Return whether two units are one by two names."""
    return one == other or (units.same_dimension(one, other) and units.factor(one) == units.factor(other))
