"""One giving, or a row of equal ones, and how times are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cytostorm import units
from cytostorm.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from cytostorm.model.model import Model
    from cytostorm.model.regimen import Regimen
    from cytostorm.model.rule import Rule

PER_PERSON = {"body_weight": "person.weight", "body_surface": "person.surface"}
"""What amounts may be given per, by its dimension."""
NEAR = 1e-9
"""Hours (4 microseconds) within which two moments are one."""
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


def person_of(model: Model, unit: str, route: str) -> str | None:
    """Return by what of the person an amount in this unit is multiplied, None if by nothing.

    Raises InputError if the model has no such route, the unit does not fit it, or nobody has what it is per.
    """
    if route not in model.routes:
        raise InputError(
            f"dose into {route!r}, which has no route in model {model.name!r}",
            "a route of the model",
            did_you_mean(route, list(model.routes)),
        )
    wanted = model.routes[route].species
    dims = dict(units.dimension(unit))
    per = [d for d in PER_PERSON if dims.get(d) == -1.0]
    for d in per:
        dims.pop(d)
    if tuple(sorted(dims.items())) != wanted.dimension or len(per) > 1:
        raise InputError(
            f"dose of {route!r} is given in {unit!r}",
            f"an amount like {wanted.unit!r}, also per kg or per m2",
            f"write it in {wanted.unit!r}",
        )
    if per and PER_PERSON[per[0]] not in model.names:
        raise InputError(
            f"dose of {route!r} is given in {unit!r}, but nobody has a {PER_PERSON[per[0]]!r}",
            "a model with the person in it",
            "compose the model with the library's person module",
        )
    return PER_PERSON[per[0]] if per else None
