"""One giving, or a row of equal ones, and how times are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cytostorm import units
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model.quantity import Parameter

if TYPE_CHECKING:
    from cytostorm.model.model import Model
    from cytostorm.model.regimen import Regimen
    from cytostorm.model.rule import Rule

PER_PERSON = {"body_weight": "person.weight", "body_surface": "person.surface"}
"""What amounts may be given per, by its dimension."""
NEAR = 1e-9
"""Hours (4 microseconds) within which two moments are one."""
HOURS = units.dimension("h")
_PER_TIME = re.compile(r"^(?P<unit>.+)/(?P<span>s|min|h|d|day|week)$")
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


def is_rate(unit: str) -> bool:
    """Return whether a unit is written per time.

    >>> is_rate("ug/kg/min"), is_rate("cmH2O")
    (True, False)
    """
    return _PER_TIME.match(unit) is not None


def amount_over(rate: str, span: float) -> str:
    """Return the amount that a rate, or a setting that is held, comes to over so many hours.

    >>> amount_over("0.1 ug/kg/min", 24), amount_over("10 cmH2O", 24), amount_over("0.6", 24)
    ('144 ug/kg', '240 cmH2O*h', '14.4 h')
    """
    value, unit = units.quantity(rate)
    per = _PER_TIME.match(unit)
    if per is not None:
        return f"{units.convert(value * span, 'h', per['span']):.12g} {per['unit']}"
    return f"{value * span:.12g} {unit}*h" if unit not in ("", "1") else f"{value * span:.12g} h"


@dataclass(frozen=True)
class Band:
    """Another amount for those in whom a number of the person is below a limit.

    of : full name of the number, such as "person.weight"; below : the limit, with its unit.

    >>> Band("person.weight", "30 kg", "12 mg/kg").text()
    '12 mg/kg if person.weight < 30 kg'
    """

    of: str
    below: str
    amount: str

    def text(self) -> str:
        """Return it in words."""
        return f"{self.amount} if {self.of} < {self.below}"


@dataclass(frozen=True)
class Dose:
    """One giving, or a row of equal ones.

    route : "module.route" such as "endotoxin.iv".
    amount : text with a unit, also per kg or m2: "2 ng/kg"; the total of one giving.
    time : first giving, in hours from the trigger or text with a unit.
    duration : each giving is spread evenly over this; 0 is a bolus.
    every, count : interval and number of givings.
    bands : other amounts for some people; the first that holds counts, `amount` is for everyone else.
    most : most that anybody gets at once, such as "800 mg".

    >>> Dose("endotoxin.iv", "2 ng/kg", time="1 d").time
    24.0
    """

    route: str
    amount: str
    time: float = 0.0
    duration: float = 0.0
    every: float = 0.0
    count: int = 1
    bands: tuple[Band, ...] = ()
    most: str = ""

    def __add__(self, other: Dose | Rule | Regimen) -> Regimen:
        """Return a plan of both."""
        from cytostorm.model.regimen import Regimen

        return Regimen((self,)) + other

    def __post_init__(self) -> None:
        """Read times, refuse what cannot be given."""
        for name in ("time", "duration", "every"):
            object.__setattr__(self, name, hours(getattr(self, name), f"{name} of {self.route}"))
        object.__setattr__(self, "bands", tuple(self.bands))
        for amount in (*self.amounts, *([self.most] if self.most else [])):
            _check_amount(amount, self.route)
        for band in self.bands:
            units.quantity(band.below)
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
    def amounts(self) -> tuple[str, ...]:
        """Every amount that somebody may get, before `most` is looked at; that of everyone else first."""
        return (self.amount, *(band.amount for band in self.bands))

    @property
    def times(self) -> tuple[float, ...]:
        """Hours at which a giving starts."""
        return tuple(self.time + k * self.every for k in range(self.count))

    def text(self) -> str:
        """Return the order as one line."""
        special = [*(band.text() for band in self.bands), *([f"at most {self.most}"] if self.most else [])]
        amount = f"{self.amount} ({'; '.join(special)})" if special else self.amount
        line = f"{amount} {self.route} at {self.time:g} h"
        if self.duration:
            line += f" over {self.duration:g} h"
        if self.count > 1:
            line += f" every {self.every:g} h, {self.count} times"
        return line


def _check_amount(amount: object, route: str) -> None:
    """Raise InputError unless this is an amount with a unit, zero or more."""
    if not isinstance(amount, str):
        raise InputError(
            f"dose {amount!r} of {route} is no text with a unit",
            "an amount with a unit",
            "write such as '6 mg'",
        )
    value, unit = units.quantity(amount)
    if unit == "":
        raise InputError(
            f"dose {amount!r} of {route} has no unit", "an amount with a unit", "write such as '2 ng/kg'"
        )
    if value < 0:
        raise InputError(f"dose {amount!r} of {route} is negative", "zero or more", "turn the sign")


def check_dose(model: Model, dose: Dose) -> None:
    """Raise InputError if a dose has no way in, an amount that does not fit, or a band of nothing known."""
    for amount in dose.amounts:
        person_of(model, units.quantity(amount)[1], dose.route)
    if dose.most and person_of(model, units.quantity(dose.most)[1], dose.route) is not None:
        raise InputError(
            f"dose of {dose.route!r} is at most {dose.most!r}", "a plain amount", "write such as '800 mg'"
        )
    for band in dose.bands:
        limit_of_band(model, band)


def limit_of_band(model: Model, band: Band) -> tuple[Parameter, float]:
    """Return the number a band looks at and its limit, coherent; raise InputError if they do not fit."""
    found = model.names.get(band.of)
    if not isinstance(found, Parameter):
        known = [p.name for p in model.parameters if p.covariate]
        raise InputError(
            f"a dose depends on {band.of!r}, which nobody has", "a number of the person",
            did_you_mean(band.of, known),
        )  # fmt: skip
    value, unit = units.quantity(band.below)
    if units.dimension(unit) != found.dimension:
        raise InputError(
            f"{band.of!r} is held against {band.below!r}", f"a unit like {found.unit!r}",
            f"write it in {found.unit!r}",
        )  # fmt: skip
    return found, value * units.factor(unit)


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
