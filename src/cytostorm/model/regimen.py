"""What is given, when, and on what condition: Dose, Rule, Regimen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model.quantity import NAME

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
        number, unit = float(value), "h"
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

    def __post_init__(self) -> None:
        """Read times, refuse what cannot be given."""
        for name in ("time", "duration", "every"):
            object.__setattr__(self, name, hours(getattr(self, name), f"{name} of {self.route}"))
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


@dataclass(frozen=True)
class Comparison:
    """A quantity held against a value: "crp > 75 mg/L"."""

    quantity: str
    relation: str
    value: float
    unit: str

    def text(self) -> str:
        """Return it as written."""
        return f"{self.quantity} {self.relation} {self.value:g} {self.unit}".rstrip()


_COMPARISON = re.compile(r"^\s*([a-z][a-z0-9_.]{0,95})\s*(<=|>=|<|>)\s*(.+?)\s*$")
_LASTING = re.compile(
    r"^(.*?)(?:\s+for\s+([0-9.]+\s*[a-z]+))?(?:\s*,\s*then\s+(once|at most [0-9]{1,4}))?\s*$"
)


@dataclass(frozen=True)
class Rule:
    """Give when a condition holds: looked at every `check`, given at most `most` times.

    when : comparisons that must all hold.
    lasting : hours for which they must have held at every look.
    """

    when: tuple[Comparison, ...]
    give: Dose
    lasting: float = 0.0
    most: int = MAX_DOSES
    check: float = 24.0

    @classmethod
    def parse(cls, text: str, give: Dose, check: str | float = 24.0) -> Rule:
        """Read "crp > 75 mg/L and temperature >= 38 degC for 24 h, then once".

        Raises InputError with what could not be read.
        """
        if len(text) > units.MAX_TEXT * 5:
            raise InputError(
                "rule is too long to read", f"at most {units.MAX_TEXT * 5} characters", "split it"
            )
        match = _LASTING.match(text.strip())
        body, lasting, then = match.groups() if match else (text, None, None)
        most = MAX_DOSES if then is None else 1 if then == "once" else int(then.split()[-1])
        parts = tuple(_comparison(part) for part in re.split(r"\s+and\s+", body.strip()))
        every = hours(check, "check of a rule")
        if every <= 0:
            raise InputError("rule is looked at every 0 h", "an interval above zero", "give check='24 h'")
        return cls(parts, give, hours(lasting, "duration of a rule") if lasting else 0.0, most, every)

    def text(self) -> str:
        """Return the condition as text that `parse` reads back."""
        line = " and ".join(c.text() for c in self.when)
        if self.lasting:
            line += f" for {self.lasting:g} h"
        if self.most < MAX_DOSES:
            line += ", then once" if self.most == 1 else f", then at most {self.most}"
        return line


def _comparison(text: str) -> Comparison:
    match = _COMPARISON.match(text)
    if not match:
        raise InputError(
            f"condition {text.strip()[:60]!r} cannot be read",
            "quantity, relation, value with unit, such as 'crp > 75 mg/L'",
            "join several with 'and'; end with 'for 24 h' and ', then once'",
        )
    value, unit = units.quantity(match.group(3))
    return Comparison(match.group(1), match.group(2), value, unit)


@dataclass(frozen=True)
class Regimen:
    """The plan: doses at set times and rules that give when something is seen. Add them up with +.

    >>> plan = Regimen() + Dose("endotoxin.iv", "2 ng/kg")
    >>> plan.text()
    '2 ng/kg endotoxin.iv at 0 h'
    """

    doses: tuple[Dose, ...] = field(default=())
    rules: tuple[Rule, ...] = field(default=())

    def __add__(self, other: Dose | Rule | Regimen) -> Regimen:
        """Return the plan with something more."""
        if isinstance(other, Dose):
            return replace(self, doses=(*self.doses, other))
        if isinstance(other, Rule):
            return replace(self, rules=(*self.rules, other))
        return Regimen((*self.doses, *other.doses), (*self.rules, *other.rules))

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the modules whose routes are used."""
        return tuple(sorted({d.route.split(".")[0] for d in self._given()}))

    def _given(self) -> Iterable[Dose]:
        yield from self.doses
        yield from (rule.give for rule in self.rules)

    def text(self) -> str:
        """Return the plan, one line each."""
        lines = [d.text() for d in self.doses]
        lines += [f"when {r.text()}, looked at every {r.check:g} h: {r.give.text()}" for r in self.rules]
        return "\n".join(lines)


def route_name(text: str) -> tuple[str, str]:
    """Split "module.route"; raise InputError if it is not of that form."""
    module, dot, route = text.partition(".")
    if not dot or not NAME.match(module) or not NAME.match(route):
        raise InputError(
            f"{text!r} names no route", "module.route, such as 'endotoxin.iv'", "see cytostorm list"
        )
    return module, route
