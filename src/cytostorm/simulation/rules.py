"""Treat-when rules at their decision times: what is looked at, remembered, given, and logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model import Model, Observable, Rule
from cytostorm.model.regimen import Comparison
from cytostorm.simulation.schedule import NEAR, Diary, Scheduler

Array = NDArray[np.float64]
_HOLDS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


@dataclass(frozen=True)
class Decision:
    """One entry of the log: a rule looked at, and what came of it."""

    time: float
    patient: int
    rule: str
    given: str


@dataclass(frozen=True)
class Ward:
    """A block of patients as rules see it: who writes orders, where, and the index of the first patient."""

    scheduler: Scheduler
    diaries: list[Diary]
    offset: int


@dataclass
class Watch:
    """The rules of a plan, with their memory over all patients."""

    model: Model
    rules: tuple[Rule, ...]
    patients: int
    log: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Check each condition; nobody has met any yet."""
        self.since = np.full((len(self.rules), self.patients), np.nan)
        self.given = np.zeros((len(self.rules), self.patients), np.int64)
        self.terms = [[(self._observable(c), c) for c in rule.when] for rule in self.rules]

    def _observable(self, comparison: Comparison) -> Observable:
        quantity = self.model.quantity(comparison.quantity)
        if not isinstance(quantity, Observable):
            raise InputError(
                f"rule looks at {comparison.quantity!r}", "a lab, score or read-out", "see cytostorm list"
            )
        if units.dimension(comparison.unit) != quantity.dimension:
            raise InputError(
                f"rule compares {comparison.quantity!r} in [{quantity.unit}] with "
                f"{comparison.value:g} {comparison.unit}",
                f"a unit like {quantity.unit!r}",
                f"write it in {quantity.unit!r}",
            )
        return quantity

    def moments(self, end: float) -> Iterable[float]:
        """Yield the times at which some rule is looked at, then the end."""
        found = {end}
        for rule in self.rules:
            found |= {k * rule.check for k in range(1, int(end / rule.check) + 1) if k * rule.check < end}
        return sorted(found)

    def look(self, time: float, values: Mapping[str, Array], alive: NDArray[np.bool_], ward: Ward) -> bool:
        """Look at every rule that is due; write what is given into the diaries; return whether any was.

        values : each observable over the lanes of a block, in coherent units.
        alive : lanes that are still simulated.
        """
        lanes = slice(ward.offset, ward.offset + len(ward.diaries))
        changed = False
        for k, rule in enumerate(self.rules):
            if abs(time - round(time / rule.check) * rule.check) > NEAR:
                continue
            holds = alive.copy()
            for observable, c in self.terms[k]:
                holds &= _HOLDS[c.relation](values[str(observable.name)], c.value * units.factor(c.unit))
            since = self.since[k, lanes]
            since[:] = np.where(holds, np.where(np.isnan(since), time, since), np.nan)
            with np.errstate(invalid="ignore"):
                fires = holds & (time - since >= rule.lasting - NEAR) & (self.given[k, lanes] < rule.most)
            for lane in np.flatnonzero(fires).tolist():
                ward.scheduler.add(ward.diaries[lane], lane, rule.give, start=time)
                self.log.append(Decision(time, ward.offset + lane, rule.text(), rule.give.text()))
                changed = True
            self.given[k, lanes] += fires
        return changed
