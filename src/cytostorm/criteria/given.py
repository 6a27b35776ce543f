"""What people write of a patient, such as ferritin_ug_L = 7000, as the numbers a definition asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping

from cytostorm.criteria.definition import Definition
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError, did_you_mean

FAHRENHEIT = "degF"
UNITS = {
    "1e9_L": "10^9/L", "per_uL": "cell/uL", "g_dL": "g/dL", "g_L": "g/L", "mg_dL": "mg/dL", "mg_L": "mg/L",
    "ug_L": "ug/L", "ug_mL": "ug/mL", "ng_mL": "ng/mL", "ng_L": "ng/L", "pg_mL": "pg/mL", "mmol_L": "mmol/L",
    "umol_L": "umol/L", "U_L": "U/L", "U_mL": "U/mL", "C": "degC", "F": FAHRENHEIT, "mmHg": "mmHg",
    "kPa": "kPa", "pct": "%",
    "y": "year", "months": "month", "weeks": "week", "ug_kg_min": "ug/kg/min", "mL_kg_h": "mL/kg/h",
    "L_min": "L/min", "mL_24h": "mL", "s": "s", "h": "h", "hours": "h", "days": "day", "cmH2O": "cmH2O",
    "kg": "kg",
}  # fmt: skip
"""How a unit is written behind a name."""
YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
UNKNOWN = {"", "unknown", "na", "nan", "none known"}


def numbers(definition: Definition, given: Mapping[str, object]) -> dict[str, float]:
    """Return the facts that are known, by name, in their units; what is None or 'unknown' is left out.

    given : values by the fact's name, or another name it is spelled, with or without a unit behind:
    ferritin_ug_L, hb_g_dL, plt. Texts are read as numbers or words.
    Raises InputError if a name, a unit, a word or a number cannot be read or is impossible.
    """
    out: dict[str, float] = {}
    for name, value in given.items():
        fact, unit = find_fact(definition, name)
        if value is None or (
            isinstance(value, str) and value.strip().lower() in UNKNOWN and value not in fact.words
        ):
            continue
        if fact.name in out:
            raise InputError(f"{fact.name} is given twice", "one value for each", f"leave {name} out")
        out[fact.name] = _number(fact, unit, value) if fact.is_number else _word(fact, value)
    return out


def find_fact(definition: Definition, name: str) -> tuple[Fact, str]:
    """Return the fact that a name means and the unit that is written behind it.

    Raises InputError if the definition asks for nothing of that name.
    """
    by_name = {spelled: fact for fact in definition.facts for spelled in (*fact.spelled, fact.name)}
    if name in by_name:
        return by_name[name], by_name[name].unit
    for ending, unit in UNITS.items():
        base = name.removesuffix("_" + ending)
        warm = unit != FAHRENHEIT or (base in by_name and by_name[base].unit == "degC")
        if base != name and base in by_name and warm:
            return by_name[base], unit
    raise InputError(
        f"{definition.name} does not ask for {name!r}",
        "a fact it asks for",
        did_you_mean(name, sorted(by_name)),
    )


def _number(fact: Fact, unit: str, value: object) -> float:
    """Return a number in the fact's unit."""
    try:
        read = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        read = math.nan
    if not math.isfinite(read):
        raise InputError(
            f"{fact.name} is {value!r}",
            f"a finite number {f'in {unit}' if unit else 'without a unit'}",
            _alone(value),
        )
    converted = (read - 32) / 1.8 if unit == FAHRENHEIT else fact.converted(read, unit)
    number = round(float(f"{converted:.12g}"), 9)  # or 684 ng/mL were a trifle more than 684 ug/L
    low, high = fact.possible
    if not low <= number <= high:
        raise InputError(
            f"{fact.name} is {number:g} {fact.unit}".rstrip(),
            f"{low:g} to {high:g} {fact.unit}".rstrip(),
            "check the number and its unit",
        )
    return number


def _alone(value: object) -> str:
    """Return how a text should be written that is no plain number."""
    comma = str(value).replace(",", ".", 1)
    try:
        float(comma)
    except ValueError:
        return "write the number alone; a unit may stand behind the name, as in hb_g_dL=8"
    return f"write decimals with a point: {comma}"


def _word(fact: Fact, value: object) -> float:
    """Return the number that stands for a word, or for yes and no."""
    text = str(value).strip()
    if fact.words == ("no", "yes"):
        text = "yes" if text.lower() in YES else "no" if text.lower() in NO else text
    return fact.code(text)
