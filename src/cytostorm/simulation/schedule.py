"""What each patient gets and when, in coherent units: doses of a plan and of decisions as sorted events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.codegen import Kernel
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.dose import NEAR, check_dose, limit_of_band, person_of
from cytostorm.model.process import Challenge

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
Column = NDArray[Any]
SMALLEST_RATE = 1e-300
"""Coherent units; an infusion slower than this is given at once."""


def is_turn(time: float, every: float) -> bool:
    """Return whether a time is a multiple of an interval.

    >>> is_turn(0.1 + 0.2, 0.1)
    True
    """
    return abs(time - round(time / every) * every) <= NEAR


def merged(times: Array) -> Array:
    """Return times in order, of those within NEAR of each other the first: 3 x 20 min and 1 h are one moment.

    >>> merged(np.array([0.5, 0.1 + 0.2, 0.3])).tolist()
    [0.3, 0.5]
    """
    times = np.sort(times)
    return times[np.diff(times, prepend=-np.inf) > NEAR]


@dataclass(frozen=True)
class Marks:
    """Moments at which something is looked at; what falls within NEAR of one falls on it.

    Without this 3 x 0.1 h would be another moment than 0.3 h, and what happens there would be lost.
    """

    times: Array

    def snap(self, times: Array) -> Array:
        """Return the mark that each time falls on, or the time itself."""
        times = np.asarray(times, float)
        if not self.times.size:
            return times
        k = np.minimum(np.searchsorted(self.times, times - NEAR), len(self.times) - 1)
        return np.where(np.abs(self.times[k] - times) <= NEAR, self.times[k], times)

    def __or__(self, others: Array) -> Marks:
        """Return these marks and others, those that are near a mark left out."""
        return Marks(np.unique(np.append(self.times, self.snap(np.asarray(others, float)))))


@dataclass(frozen=True)
class Events:
    """Events of some patients, one patient after the other.

    time : hours; index : species k as k, input k as -1 - k; value : amount added, or rate in force from then.
    start : where each patient's events start; one more than patients.
    """

    time: Array
    index: Ids
    value: Array
    start: Ids


class Orders:
    """All that the patients of a block get, row by row; rows are added, never changed.

    boluses : patient, time, species, amount; infusions : patient, start, input, rate, end.
    """

    def __init__(self) -> None:
        self._boluses: list[tuple[Column, ...]] = []
        self._infusions: list[tuple[Column, ...]] = []

    def bolus(self, patient: Ids, time: Array, species: int, amount: Array) -> None:
        """Write boluses down, one per element."""
        self._boluses.append((patient, time, np.full(len(time), species, float), amount))

    def infusion(self, patient: Ids, span: tuple[Array, Array], row: int, rate: Array) -> None:
        """Write infusions down, one per element; span is start and end."""
        self._infusions.append((patient, span[0], np.full(len(rate), row, float), rate, span[1]))

    def events(self, patients: Ids, since: float = 0.0) -> Events:
        """Return what some patients get from a time on."""
        chosen = np.full(1 + int(patients.max(initial=-1)), -1)
        chosen[patients] = np.arange(len(patients))
        patient, time, index, value = np.hstack(
            [_boluses(_joined(self._boluses, 4), chosen), _rates(_joined(self._infusions, 5), chosen)]
        )
        later = time >= since
        patient, time, index, value = patient[later], time[later], index[later], value[later]
        # boluses come first among what happens at one moment; the sort keeps the order of the rest
        order = np.lexsort((index < 0, time, patient))
        start = np.searchsorted(patient[order], np.arange(len(patients) + 1))
        return Events(time[order], index[order].astype(np.int64), value[order], start.astype(np.int64))


def _joined(rows: list[tuple[Column, ...]], width: int) -> Array:
    """Return rows as one array (width, rows), made once."""
    if not rows:
        return np.empty((width, 0))
    if len(rows) > 1:
        rows[:] = [tuple(np.concatenate(column) for column in zip(*rows, strict=True))]
    return np.array(rows[0], float)


def _place(patient: Array, chosen: Ids) -> Ids:
    """Return each row's place among the chosen patients, -1 for others."""
    known = patient < len(chosen)
    return np.where(known, chosen[np.where(known, patient, 0).astype(np.int64)] if len(chosen) else -1, -1)


def _boluses(rows: Array, chosen: Ids) -> Array:
    place = _place(rows[0], chosen)
    return np.vstack([place, rows[1:]])[:, place >= 0]


def _rates(rows: Array, chosen: Ids) -> Array:
    """Return each change of an input with the rate in force from then on."""
    place = _place(rows[0], chosen)
    patient, start, row, rate, end = np.vstack([place, rows[1:]])[:, place >= 0]
    patient, row, rate = np.tile(patient, 2), np.tile(row, 2), np.tile(rate, 2)
    time, begins = np.concatenate([start, end]), np.arange(len(rate)) < len(start)
    order = np.lexsort((begins, time, row, patient))
    patient, row, time, rate = (x[order] for x in (patient, row, time, rate))
    begins = begins[order]
    value = np.where(begins, rate, 0.0)
    for first, last in _crowded(np.cumsum(np.where(begins, 1, -1))):
        value[first:last] = _summed(rate[first:last], begins[first:last])
    return np.vstack([patient, time, -1 - row, value])


def _crowded(running: Array) -> list[tuple[int, int]]:
    """Return the stretches, from an input's first start to its last end, in which infusions overlap."""
    ends = np.flatnonzero(running == 0)
    starts = np.concatenate([[0], ends + 1])[: len(ends)]
    many = np.maximum.reduceat(running, starts) > 1 if len(starts) else starts > 0
    return [(int(a), int(b) + 1) for a, b in zip(starts[many], ends[many], strict=True)]


def _summed(rates: Array, begins: NDArray[np.bool_]) -> list[float]:
    """Return the rate in force after each change, summed afresh: a sum gone up and down ends beside zero."""
    running: list[float] = []
    found = []
    for rate, begin in zip(rates.tolist(), begins.tolist(), strict=True):
        if begin:
            running.append(rate)
        else:
            running.remove(rate)
        found.append(sum(running))
    return found


class Scheduler:
    """Turns doses into orders for a block of patients: routes, weights, shares that arrive.

    p : parameters (parameter, patient) in coherent units; persons : those of PER_PERSON that the model has.
    """

    def __init__(
        self, model: Model, kernel: Kernel, p: Array, persons: dict[str, Array], marks: Marks
    ) -> None:
        self.model = model
        self.marks = marks
        self.p = p
        self.persons = persons
        self.parameter_row = {name: k for k, name in enumerate(kernel.system.parameters)}
        self.species_row = {name: k for k, name in enumerate(kernel.system.species)}
        self.input_row = {name: k for k, name in enumerate(kernel.system.inputs)}
        self.share = dict(zip(kernel.system.routes, kernel.share(p), strict=True))
        self.orders = Orders()

    def plan(self, plan: Regimen, patients: Ids) -> None:
        """Write down the trigger's own dose and those of the plan.

        Raises InputError if anything in the plan, rules included, cannot be given.
        """
        for dose in plan.given:
            self.check(dose)
        for challenge in self.model.challenges:
            self.challenge(challenge, patients)
        for dose in plan.doses:
            self.add(dose, patients)

    def check(self, dose: Dose) -> None:
        """Raise InputError if a dose has no way in or an amount that does not fit."""
        check_dose(self.model, dose)

    @np.errstate(over="ignore", invalid="ignore")
    def add(self, dose: Dose, patients: Ids, start: float = 0.0) -> None:
        """Write a dose down for some patients, its times counted from `start`."""
        amount = self._amount(dose, patients)
        times = start + np.array(dose.times)
        many = np.tile(times, (len(patients), 1))
        self._write(dose.route, patients, amount, (many, many + dose.duration))

    @np.errstate(over="ignore", invalid="ignore")
    def challenge(self, challenge: Challenge, patients: Ids) -> None:
        """Write a trigger's own dose down for some patients."""
        amount = self.p[self.parameter_row[challenge.amount.name], patients]
        amount = amount * self._scale(challenge.amount.unit, challenge.route, patients)
        end = np.zeros((len(patients), 1))
        if challenge.duration is not None:
            end = self.p[self.parameter_row[challenge.duration.name], patients][:, None]
        self._write(challenge.route, patients, amount, (np.zeros_like(end), end))

    @np.errstate(over="ignore", invalid="ignore")
    def _write(self, route: str, patients: Ids, amount: Array, span: tuple[Array, Array]) -> None:
        """Write givings down: span is start and end, each (patient, giving)."""
        way = self.model.routes[route]
        arriving = amount * self.share[route][patients]
        start, end = self.marks.snap(span[0]), self.marks.snap(span[1])
        givings = start.shape[1]
        who, what = np.repeat(patients, givings), np.repeat(arriving, givings)
        start, end = start.ravel(), end.ravel()
        if not way.species.signed:
            what = np.where(what >= 0.0, what, np.nan)  # it ends its own patient, as non-finite
        # what makes no rate is given at once: summed with other rates it would spoil those of all patients
        long = (end - start > NEAR) & (np.abs(what) > SMALLEST_RATE * (end - start)) & np.isfinite(what)
        something = what != 0.0
        now, spread = something & ~long, something & long
        if now.any():
            self.orders.bolus(who[now], start[now], self.species_row[way.species.name], what[now])
        if spread.any():
            length = end[spread] - start[spread]
            row = self.input_row[way.infusion.name]
            self.orders.infusion(who[spread], (start[spread], end[spread]), row, what[spread] / length)

    def _amount(self, dose: Dose, patients: Ids) -> Array:
        """Return what each patient gets at once: by the first band that holds, at most so much."""

        def plain(text: str) -> Array:
            value, unit = units.quantity(text)
            return value * units.factor(unit) * self._scale(unit, dose.route, patients)

        amount = plain(dose.amount)
        for band in reversed(dose.bands):
            number, limit = limit_of_band(self.model, band)
            below = self.p[self.parameter_row[number.name], patients] < limit
            amount = np.where(below, plain(band.amount), amount)
        return np.minimum(amount, plain(dose.most)) if dose.most else amount

    def _scale(self, unit: str, route: str, patients: Ids) -> Array:
        per = person_of(self.model, unit, route)
        return np.ones(len(patients)) if per is None else self.persons[per][patients]
