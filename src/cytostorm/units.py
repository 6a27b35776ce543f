"""The one door to units: what comes in gets a unit, what goes below is a float.

Below this file every number is a float in one coherent system, so that no equation holds a factor:
hour, litre, nanogram (ng/L is pg/mL), million cells (10^6/L is cells/uL), nanomole, degree Celsius,
mmHg, beat. Body weight in kilograms is a dimension of its own: a dose in ng is not a dose in ng/kg,
and mixing them up is an error. Temperatures and their differences are both in degC.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cytostorm.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pint

_DEFINITIONS = """
f- = 1e-15
d- = 0.1
k- = 1e3
p- = 1e-12
n- = 1e-9
u- = 1e-6 = µ-
m- = 1e-3
M- = 1e6
G- = 1e9
nanogram = [mass] = ng
g = 1e9 nanogram
kilogram = [body_weight] = kg
liter = [volume] = L = l
hour = [time] = h
minute = hour / 60 = min
second = hour / 3600 = s
day = 24 hour = d
week = 168 hour
megacell = [cells] = Mcell
cell = 1e-6 megacell = cells
nanomole = [substance] = nmol
mol = 1e9 nanomole
degC = [temperature]
mmHg = [pressure]
Pa = 0.00750061682704 mmHg
cmH2O = 98.0665 Pa
beat = [beats] = beats
bpm = beat / minute
square_meter = [body_surface] = m2
unit_of_activity = [activity] = U = IU
year = [age]
centimeter = [length] = cm
dimensionless_unit = []
percent = 0.01
"""

_COUNTS = {"10^9/L": "Gcell/L", "10^6/L": "Mcell/L", "10^3/uL": "Gcell/L", "10^12/L": "Mcell/uL"}
"""Ward shorthand for cell counts, which writes the number and leaves the cells out."""
_QUANTITY = re.compile(r"^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")
_UNIT_TEXT = re.compile(r"^[A-Za-z0-9_µ%*/^()\s.+-]*$")
_POWER = re.compile(r"\^|\*\*")
_SMALL_POWER = re.compile(r"(?:[A-Za-zµ%]|\b10)\s*(?:\^|\*\*)\s*-?\d(?!\s*(?:[\d.(^]|\*\*))")
"""A power of one digit: towers such as 9^9^9^9 would keep a reader of units busy for ever."""
MAX_TEXT = 200
"""Longest unit or quantity text read, in characters."""


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Any]:
    import pint

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, cache_folder=None)
    registry.load_definitions([line for line in _DEFINITIONS.splitlines() if line.strip()])
    return registry


@lru_cache(maxsize=4096)
def _parse(unit: str) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Return the factor to the coherent system and the dimension of a unit."""
    unit = _COUNTS.get(unit.strip(), unit)
    if len(_POWER.findall(unit)) != len(_SMALL_POWER.findall(unit)):
        raise InputError(
            f"unit {unit[:60]!r} holds a power that no unit has",
            "powers of one digit, such as m^2",
            "write it out",
        )
    if len(unit) > MAX_TEXT or not _UNIT_TEXT.match(unit):
        raise InputError(
            f"unit {unit[:60]!r} cannot be read",
            "units such as 'pg/mL', 'ng/kg', '1/h', 'cells/uL', 'degC'",
            "write a product of powers of known units, with / and ^",
        )
    text = unit.strip().replace("%", "percent").replace("^", "**")
    if text in ("", "1", "-"):
        return 1.0, ()
    registry = _registry()
    try:
        inverse = text.startswith("1/")
        unit_read: Any = registry.parse_units(text[2:] if inverse else text)
        root = (1.0 * unit_read ** (-1 if inverse else 1)).to_root_units()
    except Exception as error:
        names = re.findall(r"[A-Za-zµ_]+", text)
        unknown = [n for n in names if not _known(n)]
        hint = did_you_mean(unknown[0], sorted(known_units())) if unknown else "check powers and signs"
        raise InputError(f"unit {unit!r} cannot be read", "a unit the package knows", hint) from error
    dims = tuple(sorted((str(k).strip("[]"), float(v)) for k, v in root.dimensionality.items()))
    return float(root.magnitude), dims


def _known(name: str) -> bool:
    try:
        _registry().parse_units(name)
    except Exception:  # noqa: BLE001 - pint raises several unrelated types
        return False
    return True


def known_units() -> list[str]:
    """Return the names of the units that can be combined."""
    names = ["ng", "ug", "mg", "g", "pg", "kg", "L", "mL", "uL", "dL", "h", "min", "s", "d", "day", "week"]
    names += ["cell", "cells", "Mcell", "nmol", "pmol", "umol", "mmol", "mol", "degC", "mmHg", "kPa", "cmH2O"]
    return [*names, "beat", "bpm", "m2", "U", "IU", "year", "cm", "percent"]


def factor(unit: str) -> float:
    """Return what a value in `unit` is multiplied by to become coherent.

    >>> factor("pg/mL"), factor("1/d") * 24, factor("cells/uL")
    (1.0, 1.0, 1.0)
    """
    return _parse(unit)[0]


def dimension(unit: str) -> tuple[tuple[str, float], ...]:
    """Return the dimension of a unit as sorted (base, power) pairs; () if it has none.

    >>> dimension("pg/mL")
    (('mass', 1.0), ('volume', -1.0))
    """
    return _parse(unit)[1]


def same_dimension(one: str, other: str) -> bool:
    """Return whether two units measure the same kind of thing."""
    return dimension(one) == dimension(other)


def convert(value: float, unit: str, to: str) -> float:
    """Return `value` in another unit of the same dimension.

    Raises InputError if the units measure different things.

    >>> convert(4.2, "mg/dL", "mg/L")
    42.0
    """
    if not same_dimension(unit, to):
        raise InputError(
            f"{unit!r} cannot be converted to {to!r}",
            f"a unit of the same dimension as {to!r}",
            "check what the number measures",
        )
    if unit == to:
        return value
    return float(f"{value * factor(unit) / factor(to):.15g}")


def quantity(text: str) -> tuple[float, str]:
    """Read "2 ng/kg" as (2.0, "ng/kg").

    Raises InputError if there is no finite number or the unit is unknown.

    >>> quantity("30 min")
    (30.0, 'min')
    """
    match = _QUANTITY.match(text) if len(text) <= MAX_TEXT else None
    if not match:
        shown = text if len(text) <= 40 else text[:40] + "..."
        raise InputError(
            f"{shown!r} is not a number with a unit",
            "a finite number and a unit, such as '2 ng/kg'",
            "write the number first, then the unit",
        )
    value, unit = float(match.group(1)), match.group(2)
    if not abs(value) < 1e300:
        raise InputError(f"{text!r} is not finite", "a finite number and a unit", "check the exponent")
    dimension(unit)
    return value, unit


def name_of(dims: tuple[tuple[str, float], ...]) -> str:
    """Return a dimension as the coherent unit that carries it, for messages.

    >>> name_of(dimension("mg/L/h"))
    'ng/(L*h)'
    """
    base = {
        "mass": "ng",
        "volume": "L",
        "time": "h",
        "cells": "Mcell",
        "substance": "nmol",
        "temperature": "degC",
        "pressure": "mmHg",
        "beats": "beat",
        "body_weight": "kg",
        "body_surface": "m2",
        "activity": "U",
        "age": "year",
        "length": "cm",
    }
    order = list(base)

    def text(items: list[tuple[str, float]]) -> list[str]:
        items = sorted(items, key=lambda item: order.index(item[0]))
        return [base[d] + (f"^{abs(p):g}" if abs(p) != 1 else "") for d, p in items]

    top = text([d for d in dims if d[1] > 0])
    low = text([d for d in dims if d[1] < 0])
    if not low:
        return "*".join(top) or "1"
    return ("*".join(top) or "1") + "/" + (low[0] if len(low) == 1 else "(" + "*".join(low) + ")")
