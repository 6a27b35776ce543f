"""How tables write names and units, and what is meant."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cytostorm import units
from cytostorm.criteria.given import UNITS
from cytostorm.errors import InputError

LONGEST = 200
"""Letters of a heading or a unit that are read."""
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "ß": "beta"})
_BRACKETS = re.compile(r"^(?P<name>.*\S)\s*[(\[]\s*(?P<unit>[^()\[\]]*)\s*[)\]]\s*$")
_COUNTED = re.compile(
    r"^(?:x|×|\*)?\s*10(?:\^|\*|\*\*|e|E)?\s*(?P<power>[3691]2?)\s*(?:cells|cell)?\s*/\s*(?P<per>[mud]?[Ll])$"
)
_BRACES = re.compile(r"\{[^{}]*\}")
_UNITS = {
    "iu/l": "U/L", "u/l": "U/L", "iu/ml": "U/mL", "u/ml": "U/mL", "miu/ml": "mU/mL", "k/ul": "10^9/L",
    "k/mm3": "10^9/L",
    "thou/ul": "10^9/L", "g/l": "g/L", "giga/l": "10^9/L", "m/ul": "10^12/L", "/ul": "cells/uL",
    "/mm3": "cells/uL", "1/ul": "cells/uL",
    "cells/mm3": "cells/uL", "/min": "1/min", "bpm": "1/min", "beats/min": "1/min", "breaths/min": "1/min",
    "sec": "s", "secs": "s",
    "seconds": "s", "c": "degC", "cel": "degC", "°c": "degC", "degc": "degC", "celsius": "degC",
    "f": "degF", "°f": "degF",
    "[degf]": "degF", "degf": "degF", "mm[hg]": "mmHg", "mmhg": "mmHg", "kpa": "kPa", "percent": "%",
    "pct": "%",
    "a": "year",
    "y": "year", "yr": "year", "years": "year", "yrs": "year", "ratio": "", "{inr}": "", "inr": "",
    "score": "", "{score}": "",
    "1": "", "-": "", "none": "", "fl": "fL", "hr": "h", "hrs": "h", "hours": "h", "hour": "h",
    "days": "day", "d": "day",
    "wk": "week", "weeks": "week", "mcg/kg/min": "ug/kg/min", "gamma/kg/min": "ug/kg/min", "mm/h": "mm/h",
    "fraction": "",
    "ml/min/1.73m2": "mL/min", "ml/min/1.73 m2": "mL/min", "ml/min/1.73m^2": "mL/min",
    "ml/min/{1.73_m2}": "mL/min", "ml/min/{1.73m2}": "mL/min", "ml/min/1.73.m2": "mL/min", "pg": "pg",
    "ug/dl": "ug/dL",
}  # fmt: skip
"""Units as wards write them, in lower case."""
_CASED = ("g/dL", "mg/dL", "g/L", "mg/L", "ug/L", "ng/L", "pg/L", "mg/mL", "ug/mL", "ng/mL", "pg/mL",
          "mmol/L", "umol/L",
          "nmol/L", "pmol/L", "mL", "mL/min", "mL/h", "L/min", "mL/kg/h", "cells/uL", "kg", "h", "s",
          "min", "year", "week",
          "mmHg", "cmH2O", "ug/kg/min", "%")  # fmt: skip
_UNITS |= {u.lower(): u for u in _CASED}


def plain(text: str) -> str:
    """Return a name without capitals, signs and doubled spaces, so that spellings compare.

    >>> plain("Hypersensitive cardiac troponinI"), plain(" D-D dimer "), plain("Tumor necrosis factorα")
    ('hypersensitive cardiac troponini', 'd d dimer', 'tumor necrosis factoralpha')
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).lower().translate(_GREEK)
    kept = "".join(c if c.isalnum() or c in "%#" else " " for c in folded)
    return " ".join(kept.split())


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str | None:
    """Return the unit that a text means, as this package writes it; None if it means none.

    >>> unit_of("×10⁹/L"), unit_of("ug/ml"), unit_of("IU/L"), unit_of("ug/mL FEU"), unit_of("cows")
    ('10^9/L', 'ug/mL', 'U/L', 'ug/mL', None)
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).strip().replace("μ", "u").replace("µ", "u")
    folded = _BRACES.sub("", folded) if folded.lower() not in _UNITS else folded
    folded = re.sub(r"\s*\b(FEU|DDU)\b\s*", "", folded, flags=re.IGNORECASE).strip()
    found = _UNITS.get(folded.lower().replace(" ", ""), _UNITS.get(folded.lower()))
    if found is not None:
        return found
    counted = _COUNTED.match(folded)
    if counted:
        power = int(counted["power"]) + {"l": 0, "ml": 3, "dl": 1, "ul": 6}[counted["per"].lower()]
        return {9: "10^9/L", 12: "10^12/L", 6: "10^6/L"}.get(power)
    try:
        units.dimension(folded)
    except InputError:
        return None
    return folded


def equivalents(text: str) -> str:
    """Return in what a D-dimer is told, "FEU" or "DDU", if a text says so; else an empty text."""
    found = re.search(r"(?<![A-Za-z])(FEU|DDU)(?![A-Za-z])", text, flags=re.IGNORECASE)
    return found[1].upper() if found else ""


def split_unit(heading: str) -> tuple[str, str | None]:
    """Return the name and the unit that a heading holds; None if it holds no unit.

    >>> split_unit("CRP (mg/L)"), split_unit("ferritin_ug_L"), split_unit("Serum sodium, mmol/L")
    (('CRP', 'mg/L'), ('ferritin', 'ug/L'), ('Serum sodium', 'mmol/L'))
    """
    heading = heading[:LONGEST].strip()
    bracketed = _BRACKETS.match(heading)
    if bracketed and unit_of(bracketed["unit"]) is not None:
        return bracketed["name"], bracketed["unit"]
    for sign in (",", " in ", ";"):
        name, found, unit = heading.rpartition(sign)
        if found and name.strip() and unit.strip() and unit_of(unit) is not None:
            return name.strip(), unit.strip()
    for ending, unit in UNITS.items():
        if heading.endswith("_" + ending):
            return heading.removesuffix("_" + ending), unit
    return heading, None
