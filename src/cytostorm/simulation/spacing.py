"""Rules that order one drug wait for each other: no rule gives within the drug's least interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.dose import NEAR

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Wait:
    """What a rule waits for: the least hours between givings of its drug, and when these are set."""

    drug: str
    hours: float
    planned: Array
    row: Array

    @classmethod
    def of(cls, model: Model, plan: Regimen, dose: Dose) -> Wait:
        """Return what a dose of a plan's rule waits for; nothing if its drug has no interval."""
        from cytostorm.formulary.limits import limit_of

        drug = _drug(dose)
        limit = None if plan.unsafe else limit_of(model, dose)
        hours = limit.least_hours if limit is not None and _is_some(dose) else 0.0
        times = [t for d in plan.doses if _drug(d) == drug and _is_some(d) for t in d.times]
        return cls(drug, hours, np.array(times, float), np.array(dose.times, float))


class Spacing:
    """From when to when each patient gets each drug by order of a rule, as far as this is not over."""

    def __init__(self, waits: list[Wait], patients: int) -> None:
        self.waits = waits
        drugs = {wait.drug for wait in waits}
        self.first = {drug: np.full(patients, np.inf) for drug in drugs}
        self.last = {drug: np.full(patients, -np.inf) for drug in drugs}

    def free(self, rule: int, time: float) -> Bools:
        """Return who may get what a rule orders at a time."""
        wait = self.waits[rule]
        first, last = self.first[wait.drug], self.last[wait.drug]
        row, gap = time + wait.row, wait.hours - NEAR
        if gap <= 0:
            return np.ones(len(first), bool)
        if wait.planned.size and np.abs(row[:, None] - wait.planned).min() < gap:
            return np.zeros(len(first), bool)
        return np.asarray((row[0] - last >= gap) | (first - row[-1] >= gap))

    def taken(self, rule: int, time: float, patients: Ids) -> None:
        """Note what a rule has ordered for some patients."""
        wait = self.waits[rule]
        first, last = self.first[wait.drug], self.last[wait.drug]
        over = last[patients] + wait.hours - NEAR <= time
        start, end = time + wait.row[0], time + wait.row[-1]
        first[patients] = np.where(over, start, np.minimum(first[patients], start))
        last[patients] = np.where(over, end, np.maximum(last[patients], end))


def _drug(dose: Dose) -> str:
    return dose.route.partition(".")[0]


def _is_some(dose: Dose) -> bool:
    return any(units.quantity(amount)[0] > 0 for amount in dose.amounts)
