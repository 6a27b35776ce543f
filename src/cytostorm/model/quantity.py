"""Symbols that know what they are: unit, label, owner, and where their number comes from."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING, Any, Self

import sympy

from cytostorm import units
from cytostorm.errors import ModelError

if TYPE_CHECKING:
    from cytostorm.model.module import Module
    from cytostorm.model.spread import Spread

NAME = re.compile(r"^[a-z][a-z0-9_]{0,47}$")
_serial = itertools.count()


class Quantity(sympy.Symbol):
    """A symbol with a unit, a label and the module that owns it.

    It behaves in every expression as a SymPy symbol. Its name is "module.name". Two modules
    with one name never share a symbol, so a clash is seen and not merged.
    """

    unit: str
    label: str
    owner: Module | None
    short: str
    kind = "quantity"

    def __new__(cls, owner: Module | None, name: str, unit: str, label: str) -> Self:
        """Make the symbol; the owner's name is put before its own."""
        if not NAME.match(name):
            raise ModelError(
                f"name {name!r} of a {cls.kind} cannot be used",
                "a lower-case letter, then at most 47 lower-case letters, digits or _",
                "rename it in the field's letters, such as 'il6' or 'half_life'",
            )
        full = f"{owner.name}.{name}" if owner is not None else name
        symbol = sympy.Symbol.__xnew__(cls, full, real=True)
        symbol.unit, symbol.label, symbol.owner, symbol.short = unit, label, owner, name
        symbol._serial = next(_serial)  # noqa: SLF001 - our own attribute
        units.dimension(unit)
        return symbol

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.name, self._serial)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Refuse to be pickled: a model travels as text and fingerprint."""
        raise TypeError(f"{self.name} cannot be pickled; send the model's text and fingerprint")

    @property
    def dimension(self) -> tuple[tuple[str, float], ...]:
        """Dimension as (base, power) pairs."""
        return units.dimension(self.unit)

    @property
    def factor(self) -> float:
        """What a value in `unit` is multiplied by to become coherent."""
        return units.factor(self.unit)


class Species(Quantity):
    """A state: what the processes change.

    initial : expression of parameters, same dimension; the value before the trigger.
    within : lowest and highest value that makes sense, in `unit`; None for any.
    scale : size, in coherent units, below which differences do not matter.
    signed : may be negative: a difference, a charge, a tangent; all others are held at zero or above.
    """

    kind = "species"
    signed: bool = False
    initial: sympy.Expr
    within: tuple[float, float] | None
    scale: float


class Parameter(Quantity):
    """A number of the mechanism, with unit, spread and source; `value` is in `unit`.

    covariate : True if it describes the person and not the mechanism (weight, age).
    usual : lowest and highest value for which the mechanism was made, in `unit`; None for any.
    """

    kind = "parameter"
    value: float
    source: str
    note: str
    spread: Spread | None
    covariate: bool
    usual: tuple[float, float] | None


class Gain(Quantity):
    """A socket that others multiply; neutral 1. Plugs act independently (their product)."""

    kind = "gain"


class Drive(Quantity):
    """A socket that others add to; neutral 0. Plugs act at one site (their sum)."""

    kind = "drive"


class Input(Quantity):
    """The rate at which a route delivers at this moment; set by the dosing schedule, never by a module."""

    kind = "input"


class Time(Quantity):
    """Time since the trigger."""

    kind = "time"


time = Time(None, "time", "h", "time since the trigger")
"""Time since the trigger, in hours; for terms that depend on time itself."""

UNSOURCED = ("assumed", "calibrated")
"""Sources that are not citations; each needs a note that says why, or on what."""


def check_source(name: str, source: str, note: str) -> None:
    """Raise ModelError if a number says neither where it comes from nor why it was chosen."""
    if not source or not source.strip():
        raise ModelError(
            f"{name} has no source",
            "a citation key, or 'assumed' or 'calibrated' with a note",
            "give source=..., and note=... that says why",
        )
    if source in UNSOURCED and len(note.strip()) < 8:
        raise ModelError(
            f"{name} is {source!r} without a reason",
            "a note of a few words that says why this value",
            "give note='...'",
        )


def check_number(name: str, value: float, *, signed: bool = False) -> float:
    """Return the number as a float, or raise ModelError if it is not finite or is negative."""
    number = float(value)
    if not math.isfinite(number):
        raise ModelError(f"{name} is {number}", "a finite number", "give a finite value")
    if number < 0 and not signed:
        raise ModelError(
            f"{name} is {number:g}", "zero or more", "turn the sign in the equation, not in the number"
        )
    return number
