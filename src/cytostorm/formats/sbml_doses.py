"""What is given and when, as moments: at each, what enters a species and what an infusion's rate becomes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

import sympy

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Parameter, Quantity, Regimen, Species
from cytostorm.model.dose import NEAR, check_dose, limit_of_band, person_of
from cytostorm.model.observable import Observable
from cytostorm.model.quantity import Input


@dataclass(frozen=True)
class _Giving:
    """One giving: what arrives by a route from start to end, which are one moment for a bolus."""

    route: str
    arriving: sympy.Expr
    start: float
    end: float
    text: str


@dataclass
class Moment:
    """All that happens at one time: boluses per species, the rate of each infusion that changes, and why."""

    time: float
    boluses: dict[Species, sympy.Expr] = field(default_factory=dict)
    rates: dict[Input, sympy.Expr] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)


def moments(model: Model, regimen: Regimen) -> list[Moment]:
    """Return what happens when: the triggers' own doses at time 0, then the plan's.

    Amounts are expressions of the model's quantities; times are numbers.
    Raises InputError for a dose that cannot be given, and for rules.
    """
    if regimen.rules:
        raise InputError(
            f"rule {regimen.rules[0].text()[:60]!r} cannot be written as SBML",
            "doses at set times",
            "leave the rules out; in Python, Regimen(doses=plan.doses)",
        )
    givings = [g for g in _givings(model, regimen) if not g.arriving.is_zero]
    marks = _marks([t for g in givings for t in (g.start, g.end)])
    found = {t: Moment(t) for t in marks}
    running: dict[Input, list[tuple[float, float, sympy.Expr]]] = {}
    for giving in givings:
        start, end = (marks[bisect_right(marks, t) - 1] for t in (giving.start, giving.end))
        way, moment = model.routes[giving.route], found[start]
        if start == end:
            moment.boluses[way.species] = moment.boluses.get(way.species, sympy.Integer(0)) + giving.arriving
        else:
            rate = giving.arriving / sympy.Float(end - start)
            running.setdefault(way.infusion, []).append((start, end, rate))
            found[end].why.append(f"end of {giving.text}")
        moment.why.append(giving.text)
    for infusion, runs in running.items():
        for time, rate in _rates(runs):
            found[time].rates[infusion] = rate
    return list(found.values())


def _marks(times: Iterable[float]) -> list[float]:
    """Return the moments in order; those within NEAR of an earlier one fall on it."""
    marks: list[float] = []
    for time in sorted(times):
        if not marks or time > marks[-1] + NEAR:
            marks.append(time)
    return marks


def _rates(runs: list[tuple[float, float, sympy.Expr]]) -> Iterable[tuple[float, sympy.Expr]]:
    """Yield the rate of an input at each change: summed afresh, so that it ends at exactly zero."""
    waiting = sorted(runs, key=lambda run: run[0], reverse=True)
    now: list[tuple[float, sympy.Expr]] = []
    for time in sorted({t for start, end, _ in runs for t in (start, end)}):
        while waiting and waiting[-1][0] <= time:
            now.append(waiting.pop()[1:])
        now = [(end, rate) for end, rate in now if end > time]
        yield time, sympy.Add(*(rate for _, rate in now))


def _givings(model: Model, regimen: Regimen) -> Iterable[_Giving]:
    for challenge in model.challenges:
        amount = challenge.amount * _scale(model, challenge.amount.unit, challenge.route)
        arriving = amount * model.routes[challenge.route].bioavailability
        duration = 0.0 if challenge.duration is None else model.values[challenge.duration]
        text = f"{challenge.amount} by {challenge.route}"
        yield _Giving(challenge.route, arriving, 0.0, duration, text)
    for dose in regimen.doses:
        arriving = _arriving(model, dose)
        for time in dose.times:
            yield _Giving(dose.route, arriving, time, time + dose.duration, f"{dose.amount} by {dose.route}")


def _arriving(model: Model, dose: Dose) -> sympy.Expr:
    """Return what arrives of one giving, in coherent units."""
    check_dose(model, dose)

    def plain(text: str) -> sympy.Expr:
        value, unit = units.quantity(text)
        return sympy.Float(value * units.factor(unit)) * _scale(model, unit, dose.route)

    amount = plain(dose.amount)
    for band in reversed(dose.bands):
        number, limit = limit_of_band(model, band)
        amount = sympy.Piecewise((plain(band.amount), number < sympy.Float(limit)), (amount, True))
    if dose.most:
        amount = sympy.Min(amount, plain(dose.most))
    return amount * model.routes[dose.route].bioavailability


def _scale(model: Model, unit: str, route: str) -> sympy.Expr:
    """Return by what of the person an amount is multiplied; raise InputError if it does not fit."""
    name = person_of(model, unit, route)
    if name is None:
        return sympy.Integer(1)
    found = model.names[name]
    if not _steady(model, found):
        raise InputError(
            f"dose of {route!r} is given in {unit!r}, but {name!r} changes over time",
            f"a {name!r} of parameters alone",
            f"write it in {model.routes[route].species.unit!r}",
        )
    return found


def _steady(model: Model, quantity: Quantity) -> bool:
    """Return whether a quantity depends on parameters alone."""
    if isinstance(quantity, Observable):
        return all(_steady(model, q) for q in quantity.expression.free_symbols)
    if quantity in model.sockets:
        return all(_steady(model, q) for q in model.sockets[quantity].free_symbols)
    return isinstance(quantity, Parameter)
