"""Treat-when rules: conditions on what is measured, and how often something is given when they hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model.dose import MAX_DOSES, Dose, hours
from cytostorm.model.grammar import check_count, check_length, check_name, check_relation, plain, read, short
from cytostorm.model.model import Model
from cytostorm.model.observable import Observable
from cytostorm.model.quantity import Quantity, time

if TYPE_CHECKING:
    from cytostorm.model.regimen import Regimen

HALF = 0.5
"""A flag holds above this: it is 0 or 1, or a share."""


@dataclass(frozen=True)
class Comparison:
    """A quantity held against a value: "crp > 75 mg/L".

    >>> Comparison("crp", ">", 75, "mg/L").text()
    'crp > 75 mg/L'
    """

    quantity: str
    relation: str
    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be written down and read again."""
        check_name(self.quantity)
        check_relation(self.relation)
        if not isinstance(self.value, Real) or not -1e300 < self.value < 1e300:
            raise InputError(
                f"{self.quantity!r} is held against {short(self.value)}",
                "a finite number",
                "give its unit apart",
            )
        object.__setattr__(self, "value", float(self.value))
        object.__setattr__(self, "unit", " ".join(self.unit.split()))
        units.quantity(f"{plain(self.value)} {self.unit}")  # as it will be read again

    def text(self) -> str:
        """Return it as `Rule.parse` reads it."""
        return f"{self.quantity} {self.relation} {plain(self.value)} {self.unit}".rstrip()


@dataclass(frozen=True)
class Flag:
    """What is or is not: a quantity without unit that holds above 0.5.

    wanted : False asks that it does not hold.

    >>> Flag("on_oxygen", wanted=False).text()
    'not on_oxygen'
    """

    quantity: str
    wanted: bool = True

    def __post_init__(self) -> None:
        """Refuse what could not be written down and read again."""
        check_name(self.quantity)
        if self.wanted not in (True, False):
            raise InputError(f"flag is wanted {short(self.wanted)}", "True or False", "give one of the two")
        object.__setattr__(self, "wanted", bool(self.wanted))

    def text(self) -> str:
        """Return it as `Rule.parse` reads it."""
        return self.quantity if self.wanted else f"not {self.quantity}"


@dataclass(frozen=True)
class Rule:
    """Give when conditions hold; looked at every `check` hours. Without a dose it is a bare criterion.

    when : conditions that must all hold.
    lasting : hours for which they must have held at every look.
    most : most givings; pause : hours from a giving to the next one at the earliest.

    >>> Rule.parse("crp > 75 mg/L and on_oxygen for 1 d, once").text()
    'crp > 75 mg/L and on_oxygen for 24 h, then once'
    """

    when: tuple[Comparison | Flag, ...]
    give: Dose | None = None
    lasting: float = 0.0
    most: int = MAX_DOSES
    pause: float = 0.0
    check: float = 24.0

    def __post_init__(self) -> None:
        """Read times, refuse what cannot be followed."""
        if not _are_conditions(self.when):
            raise InputError(
                f"conditions of a rule are {short(self.when)}", "comparisons and flags", "use Rule.parse"
            )
        object.__setattr__(self, "when", tuple(self.when))
        check_count(len(self.when))
        if self.give is not None and not isinstance(self.give, Dose):
            raise InputError(f"rule gives {short(self.give)}", "a Dose", "write Dose('module.route', '1 mg')")
        for name, what in (("lasting", "duration"), ("pause", "pause"), ("check", "check")):
            object.__setattr__(self, name, hours(getattr(self, name), f"{what} of a rule"))
        if self.check <= 0:
            raise InputError("rule is looked at every 0 h", "an interval above zero", "give check='24 h'")
        if self.most == 0:
            raise InputError(
                "the rule never gives anything", "at most 1 or more times", "write ', then once'"
            )
        if not _is_count(self.most):
            raise InputError(
                f"rule gives at most {short(self.most)} times", f"1 to {MAX_DOSES}", "leave it out for any"
            )
        check_length(self.text())

    def __add__(self, other: Dose | Rule | Regimen) -> Regimen:
        """Return a plan of both."""
        from cytostorm.model.regimen import Regimen

        return Regimen((), (self,)) + other

    @property
    def dose(self) -> Dose:
        """What is given; raises InputError if the rule is a bare criterion."""
        if self.give is None:
            raise InputError(
                f"rule {self.text()[:60]!r} gives nothing",
                "a rule with a dose",
                "write Rule.parse(text, Dose('module.route', '1 mg'))",
            )
        return self.give

    @classmethod
    def parse(cls, text: str, give: Dose | None = None, check: str | float = "24 h") -> Rule:
        """Read "crp > 75 mg/L and not on_oxygen for 24 h, repeat after 8 h, at most 4".

        Raises InputError with what could not be read, and where.
        """
        conditions, lasting, most, pause = read(text)
        when = tuple(Flag(*c) if len(c) == 2 else Comparison(*c) for c in conditions)
        return cls(when, give, lasting, most, pause, check=hours(check, "check of a rule"))

    def text(self) -> str:
        """Return the rule as text that `parse` reads back as an equal one; dose and check are not in it."""
        line = " and ".join(c.text() for c in self.when)
        if self.lasting:
            line += f" for {plain(self.lasting)} h"
        if self.most < MAX_DOSES:
            line += ", then once" if self.most == 1 else f", then at most {self.most}"
        if self.pause:
            line += f", repeat after {plain(self.pause)} h"
        return line


def _are_conditions(value: object) -> bool:
    return isinstance(value, (tuple, list)) and all(isinstance(c, (Comparison, Flag)) for c in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_DOSES


def quantity_of(model: Model, condition: Comparison | Flag) -> Quantity:
    """Return what a condition looks at: an observable of the model, or `time`.

    Raises InputError if there is none of that name, it cannot be read off, or the unit does not fit.
    """
    name = condition.quantity
    found = time if name == time.short else model.quantity(name)
    if not isinstance(found, Observable) and found is not time:
        raise InputError(
            f"rule looks at {name!r}, which no ward measures", "a lab or a score", "see cytostorm list"
        )
    unit = condition.unit if isinstance(condition, Comparison) else ""
    if units.dimension(unit) == found.dimension:
        return found
    if isinstance(condition, Flag):
        raise InputError(
            f"rule asks whether {name!r} holds, which is measured in {found.unit!r}",
            "a flag or a score, which have no unit",
            f"compare it, such as {name} > 1 {found.unit}",
        )
    value = plain(condition.value)
    missing = "" if unit else ", which has no unit"
    raise InputError(
        f"rule compares {name!r} with {f'{value} {unit}'.rstrip()!r}{missing}",
        f"a unit like {found.unit!r}" if found.dimension else "a number without unit",
        f"write such as {name} {condition.relation} {value} {found.unit if found.dimension else ''}".rstrip(),
    )


def limit_of(condition: Comparison | Flag) -> float:
    """Return the value a condition holds its quantity against, in coherent units.

    >>> limit_of(Comparison("time", ">=", 3, "d")), limit_of(Flag("on_oxygen"))
    (72.0, 0.5)
    """
    if isinstance(condition, Flag):
        return HALF
    limit = condition.value * units.factor(condition.unit)
    if not math.isfinite(limit):
        raise InputError(f"{condition.text()!r} is beyond all numbers", "a finite value", "check the unit")
    return limit
