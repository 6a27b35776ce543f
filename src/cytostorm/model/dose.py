"""One giving, or a row of equal ones, and how times are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cytostorm import units
from cytostorm.errors import InputError

if TYPE_CHECKING:
    from cytostorm.model.regimen import Regimen
    from cytostorm.model.rule import Rule

HOURS = units.dimension("h")
MAX_DOSES = 10_000
"""Most single givings one order may unfold into."""


def hours(value: str | float, what: str) -> float:
    """Return a time in hours from text with a unit or a number of hours; never negative.

    Raises InputError if it is not a time.

    >>> hours("30 min", "duration")
    0.5
    """
    if not isinstance(value, str):
        try:
            number, unit = float(value), "h"
        except (TypeError, ValueError, OverflowError):
            number, unit = -1.0, "h"  # refused below
    else:
        number, unit = units.quantity(value)
        if units.dimension(unit) != HOURS:
            raise InputError(
                f"{what} {value!r} is not a time", "a number with h, min or d", f"write '{number:g} h'"
            )
    if not 0 <= number < 1e9:
        raise InputError(
            f"{what} {value!r} cannot be used", "a time of zero or more", "count from the trigger"
        )
    return units.convert(number, unit, "h") if unit != "h" else number


@dataclass(frozen=True)
class Dose:
    """One giving, or a row of equal ones.

    route : "module.route" such as "endotoxin.iv".
    amount : text with a unit, also per kg: "2 ng/kg"; the total of one giving.
    time : first giving, in hours from the trigger or text with a unit.
    duration : each giving is spread evenly over this; 0 is a bolus.
    every, count : interval and number of givings.

    >>> Dose("endotoxin.iv", "2 ng/kg", time="1 d").time
    24.0
    """

    route: str
    amount: str
    time: float = 0.0
    duration: float = 0.0
    every: float = 0.0
    count: int = 1

    def __add__(self, other: Dose | Rule | Regimen) -> Regimen:
        """Return a plan of both."""
        from cytostorm.model.regimen import Regimen

        return Regimen((self,)) + other

    def __post_init__(self) -> None:
        """Read times, refuse what cannot be given."""
        for name in ("time", "duration", "every"):
            object.__setattr__(self, name, hours(getattr(self, name), f"{name} of {self.route}"))
        if not isinstance(self.amount, str):
            raise InputError(
                f"dose {self.amount!r} of {self.route} is no text with a unit",
                "an amount with a unit",
                "write such as '6 mg'",
            )
        value, unit = units.quantity(self.amount)
        if unit == "":
            raise InputError(
                f"dose {self.amount!r} of {self.route} has no unit",
                "an amount with a unit",
                "write such as '2 ng/kg'",
            )
        if value < 0:
            raise InputError(
                f"dose {self.amount!r} of {self.route} is negative", "zero or more", "turn the sign"
            )
        if not 1 <= self.count <= MAX_DOSES:
            raise InputError(
                f"dose of {self.route} is repeated {self.count} times",
                f"1 to {MAX_DOSES}",
                "set count or stop earlier",
            )
        if self.count == 1 and self.every > 0:
            raise InputError(
                f"dose of {self.route} is given every {self.every:g} h without saying how often",
                "count=2 or more",
                "give count=10",
            )
        if self.count > 1 and self.every <= 0:
            raise InputError(
                f"dose of {self.route} is repeated without an interval", "every > 0", "give every='24 h'"
            )

    @property
    def times(self) -> tuple[float, ...]:
        """Hours at which a giving starts."""
        return tuple(self.time + k * self.every for k in range(self.count))

    def text(self) -> str:
        """Return the order as one line."""
        line = f"{self.amount} {self.route} at {self.time:g} h"
        if self.duration:
            line += f" over {self.duration:g} h"
        if self.count > 1:
            line += f" every {self.every:g} h, {self.count} times"
        return line
