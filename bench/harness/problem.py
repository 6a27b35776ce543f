"""One problem for every engine: equations, patients, doses and rules in plain arrays and tuples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import cytostorm
from cytostorm import Dose, Model, Regimen, Rule, units
from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.system import System, system
from cytostorm.model.rule import Comparison, limit_of, quantity_of

Array = NDArray[np.float64]
STATE, INPUT = 0, 1
Event = tuple[float, int, int, float]
"""Hours, STATE or INPUT, index, what is added to it: an infusion adds its rate and takes it off again."""
PER_PERSON = {"body_weight": "person.weight", "body_surface": "person.surface"}
RELATIONS = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class Order:
    """A rule: terms that must all hold at a look, and what each patient then gets, from hour 0 of the look.

    terms : (row among the observables, index in RELATIONS, limit in coherent units).
    """

    terms: tuple[tuple[int, int, float], ...]
    check: float
    lasting: float
    most: int
    gives: tuple[tuple[Event, ...], ...]


@dataclass(frozen=True)
class Problem:
    """A model, patients and a plan; arrays are (length, patients), in coherent units, hours from 0.

    events : per patient, sorted. looks : hours at which some rule is due.
    """

    name: str
    model: Model
    cohort: object
    regimen: Regimen
    times: Array
    system: System
    p: Array
    h: Array
    y0: Array
    scales: Array
    patients: int
    events: tuple[tuple[Event, ...], ...]
    orders: tuple[Order, ...]
    looks: tuple[float, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Outputs of one patient: times, states."""
        return len(self.times), len(self.system.species)


def problem(
    name: str, model: Model, regimen: Regimen, times: Array, *, patients: int, seed: int = 1
) -> Problem:
    """Return a problem with a sampled cohort."""
    cohort = cytostorm.sample(model, patients, seed=seed)
    programs = system(model)
    p = np.array([model.values[q] for q in model.parameters], float)[:, None].repeat(patients, axis=1)
    rows = {q.name: k for k, q in enumerate(model.parameters)}
    for parameter in cohort.data_vars:
        row = rows[str(parameter)]
        p[row] = cohort[parameter].to_numpy() * model.parameters[row].factor
    h, y0 = numpy_program(programs.hoist)(p), numpy_program(programs.initial)(p)
    shares = numpy_program(programs.share)(p)
    giver = _Giver(model, programs, p, _persons(programs, p, h, y0), np.asarray(times, float), shares)
    events: list[list[Event]] = [[] for _ in range(patients)]
    for lane, mine in enumerate(events):
        for challenge in model.challenges:
            mine.extend(giver.challenge(challenge, lane))
        for dose in regimen.doses:
            mine.extend(giver.dose(dose, lane))
    orders = tuple(_order(rule, programs, model, giver, patients) for rule in regimen.rules)
    end = float(times[-1])
    looks = sorted(
        {k * o.check for o in orders for k in range(1, int(end / o.check) + 1) if k * o.check < end}
    )
    return Problem(
        name=name, model=model, cohort=cohort, regimen=regimen, times=np.asarray(times, float),
        system=programs, p=p, h=h, y0=y0, scales=np.array(programs.scales),
        events=tuple(tuple(sorted(e for e in mine if e[0] < end)) for mine in events),
        patients=patients, orders=orders, looks=tuple(looks),
    )  # fmt: skip


def _persons(programs: System, p: Array, h: Array, y0: Array) -> Callable[[str], Array]:
    """Return a look-up of a parameter or an observable of everyone at rest."""
    u = np.zeros((len(programs.inputs), p.shape[1]))
    seen = numpy_program(programs.read)(np.zeros((1, p.shape[1])), y0, p, u, h)
    known = dict(zip(programs.observables, seen, strict=True)) | dict(
        zip(programs.parameters, p, strict=True)
    )
    return known.__getitem__


@dataclass(frozen=True)
class _Giver:
    """Turns doses into events of one patient."""

    model: Model
    programs: System
    p: Array
    reading: Callable[[str], Array]
    times: Array
    shares: Array

    def dose(self, dose: Dose, lane: int, start: float = 0.0) -> list[Event]:
        """Return the events of a dose."""
        value, unit = units.quantity(dose.amount)
        amount = value * units.factor(unit) * self._per(unit, lane)
        found = []
        for time in dose.times:
            found += self._give(dose.route, lane, amount, start + time, dose.duration)
        return found

    def challenge(self, challenge: object, lane: int) -> list[Event]:
        """Return the events of a trigger's own dose."""
        row = {name: k for k, name in enumerate(self.programs.parameters)}
        amount = self.p[row[challenge.amount.name], lane] * self._per(challenge.amount.unit, lane)
        last = 0.0
        if challenge.duration is not None:
            last = float(self.p[row[challenge.duration.name], lane])
        return self._give(challenge.route, lane, amount, 0.0, last)

    def _per(self, unit: str, lane: int) -> float:
        dims = dict(units.dimension(unit))
        return float(np.prod([self.reading(q)[lane] for d, q in PER_PERSON.items() if dims.get(d) == -1.0]))

    def _give(self, route: str, lane: int, amount: float, time: float, last: float) -> list[Event]:
        way = self.model.routes[route]
        arriving = float(amount * self.shares[self.programs.routes.index(route), lane])
        if arriving == 0.0:
            return []
        start, end = self._snap(time), self._snap(time + last)
        if end - start <= 1e-9:
            return [(start, STATE, self.programs.species.index(way.species.name), arriving)]
        row, rate = self.programs.inputs.index(way.infusion.name), arriving / (end - start)
        return [(start, INPUT, row, rate), (end, INPUT, row, -rate)]

    def _snap(self, time: float) -> float:
        """Return the output time that a time falls on, or the time itself."""
        near = self.times[np.argmin(np.abs(self.times - time))]
        return float(near) if abs(near - time) < 1e-9 else time


def _order(rule: Rule, programs: System, model: Model, giver: _Giver, patients: int) -> Order:
    if rule.pause:
        raise ValueError("rules with a pause are not part of the comparison")
    terms = []
    for c in rule.when:
        row = programs.observables.index(str(quantity_of(model, c).name))
        relation = c.relation if isinstance(c, Comparison) else ">" if c.wanted else "<="
        terms.append((row, RELATIONS.index(relation), limit_of(c)))
    gives = tuple(tuple(sorted(giver.dose(rule.dose, lane))) for lane in range(patients))
    return Order(tuple(terms), rule.check, rule.lasting, rule.most, gives)
