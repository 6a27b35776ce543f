"""A regimen and a cohort as sorted events: what each patient gets, when, in coherent units."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.codegen import Kernel
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.process import Challenge

Array = NDArray[np.float64]
BOLUS, RATE = 0, 1
NEAR = 1e-9
"""Hours (4 microseconds) within which two moments are one."""
PER_PERSON = {"body_weight": "person.weight", "body_surface": "person.surface"}


@dataclass
class Diary:
    """What one patient gets: boluses as (time, species, amount), infusions as (start, end, input, rate)."""

    boluses: list[tuple[float, int, float]] = field(default_factory=list)
    infusions: list[tuple[float, float, int, float]] = field(default_factory=list)

    def events(self) -> list[tuple[float, int, int, float]]:
        """Return (time, kind, index, value) in order; an infusion event sets the whole rate of its input.

        The rate is summed afresh at each change, so that it ends at exactly zero.
        """
        found = [(t, BOLUS, s, a) for t, s, a in self.boluses]
        for row in {i for _, _, i, _ in self.infusions}:
            waiting = sorted(((s, e, r) for s, e, i, r in self.infusions if i == row), reverse=True)
            running: list[tuple[float, float]] = []
            for t in sorted({t for s, e, _ in waiting for t in (s, e)}):
                while waiting and waiting[-1][0] <= t:
                    running.append(waiting.pop()[1:])
                running = [(end, rate) for end, rate in running if end > t]
                found.append((t, RATE, row, sum(rate for _, rate in running)))
        return sorted(found)


@dataclass(frozen=True)
class Marks:
    """Moments at which something is looked at; what falls within NEAR of one falls on it.

    Without this 3 x 0.1 h would be another moment than 0.3 h, and what happens there would be lost.
    """

    times: Array

    def snap(self, time: float) -> float:
        """Return the mark that a time falls on, or the time itself."""
        k = int(np.searchsorted(self.times, time - NEAR))
        return float(self.times[k]) if k < len(self.times) and self.times[k] <= time + NEAR else time

    def __or__(self, others: list[float]) -> Marks:
        """Return these marks and others, those that are near a mark left out."""
        return Marks(np.unique(np.append(self.times, [self.snap(t) for t in others])))


class Scheduler:
    """Turns doses into diaries for a cohort: routes, weights, shares that arrive."""

    def __init__(
        self, model: Model, kernel: Kernel, p: Array, readings: dict[str, Array], marks: Marks
    ) -> None:
        self.model = model
        self.marks = marks
        self.p = p
        self.readings = readings
        self.lanes = p.shape[1]
        self.parameter_row = {name: k for k, name in enumerate(kernel.system.parameters)}
        self.species_row = {name: k for k, name in enumerate(kernel.system.species)}
        self.input_row = {name: k for k, name in enumerate(kernel.system.inputs)}
        self.share_row = {r: k for k, r in enumerate(kernel.system.routes)}
        self.share = kernel.share(p)

    def diaries(self, plan: Regimen, lanes: NDArray[np.intp]) -> list[Diary]:
        """Return everyone's diary; only the lanes named get anything.

        Raises InputError if anything in the plan, rules included, cannot be given.
        """
        for dose in (*plan.doses, *(rule.give for rule in plan.rules)):
            self.check(dose)
        found = [Diary() for _ in range(self.lanes)]
        for lane in lanes.tolist():
            for challenge in self.model.challenges:
                self.challenge(found[lane], lane, challenge)
            for dose in plan.doses:
                self.add(found[lane], lane, dose)
        return found

    def check(self, dose: Dose) -> None:
        """Raise InputError if a dose has no way in or an amount that does not fit."""
        if dose.route not in self.model.routes:
            raise InputError(
                f"dose into {dose.route!r}, which has no route in model {self.model.name!r}",
                "a route of the model",
                did_you_mean(dose.route, list(self.model.routes)),
            )
        self._per(units.quantity(dose.amount)[1], dose.route)

    def add(self, diary: Diary, lane: int, dose: Dose, start: float = 0.0) -> None:
        """Write a dose into a patient's diary, its times counted from `start`."""
        value, unit = units.quantity(dose.amount)
        amount = value * units.factor(unit) * self._scale(unit, dose.route, lane)
        for time in dose.times:
            self._write(diary, lane, dose.route, amount, time=start + time, duration=dose.duration)

    def challenge(self, diary: Diary, lane: int, challenge: Challenge) -> None:
        """Write a trigger's own dose into a patient's diary."""
        amount = self.p[self.parameter_row[challenge.amount.name], lane]
        amount *= self._scale(challenge.amount.unit, challenge.route, lane)
        duration = 0.0
        if challenge.duration is not None:
            duration = float(self.p[self.parameter_row[challenge.duration.name], lane])
        self._write(diary, lane, challenge.route, amount, time=0.0, duration=duration)

    def _write(
        self, diary: Diary, lane: int, route: str, amount: float, *, time: float, duration: float
    ) -> None:
        way = self.model.routes[route]
        arriving = float(amount * self.share[self.share_row[route], lane])
        if arriving == 0.0:
            return
        start = self.marks.snap(time)
        end = self.marks.snap(time + duration)
        if end - start > NEAR:
            row = self.input_row[way.infusion.name]
            diary.infusions.append((start, end, row, arriving / (end - start)))
        else:
            diary.boluses.append((start, self.species_row[way.species.name], arriving))

    def _per(self, unit: str, route: str) -> str | None:
        """Return by what of the person the amount is multiplied; raise InputError if it does not fit."""
        wanted = self.model.routes[route].species
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
        if per and PER_PERSON[per[0]] not in self.readings:
            raise InputError(
                f"dose of {route!r} is given in {unit!r}, but nobody has a {PER_PERSON[per[0]]!r}",
                "a model with the person in it",
                "compose the model with the library's person module",
            )
        return PER_PERSON[per[0]] if per else None

    def _scale(self, unit: str, route: str, lane: int) -> float:
        per = self._per(unit, route)
        return 1.0 if per is None else float(self.readings[per][lane])
