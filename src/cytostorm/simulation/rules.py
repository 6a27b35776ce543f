"""Treat-when rules at their decision times: what is looked at, remembered, given, and logged."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Comparison, Model, Rule
from cytostorm.model.dose import NEAR
from cytostorm.model.quantity import time as clock
from cytostorm.model.rule import limit_of, quantity_of
from cytostorm.simulation.schedule import is_turn
from cytostorm.simulation.spacing import Spacing, Wait

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ids = NDArray[np.int64]
_HOLDS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
CLOCK = str(clock.name)
MOST_LOOKS = 1_000_000
"""Most times at which one rule, or a policy, may be asked in a run."""


@dataclass
class Log:
    """Decisions as they are taken: hours, patient, and what was ordered (an index of `orders`)."""

    orders: list[str] = field(default_factory=list)
    rows: list[tuple[Array, Ids, Ids]] = field(default_factory=list)

    def add(self, time: float, patients: Ids, order: str) -> None:
        """Note an order for some patients."""
        if order not in self.orders:
            self.orders.append(order)
        if len(patients):
            which = np.full(len(patients), self.orders.index(order))
            self.rows.append((np.full(len(patients), time), patients, which))

    def forget(self, patients: Ids) -> None:
        """Leave out what was decided for some patients."""
        kept = []
        for time, patient, order in self.rows:
            stays = ~np.isin(patient, patients)
            kept.append((time[stays], patient[stays], order[stays]))
        self.rows = kept

    def take(self, other: Log) -> None:
        """Add the decisions of another log."""
        for order in other.orders:
            if order not in self.orders:
                self.orders.append(order)
        place = np.array([self.orders.index(order) for order in other.orders], np.int64)
        self.rows += [(time, patient, place[order]) for time, patient, order in other.rows]

    def table(self) -> tuple[Array, Ids, Ids]:
        """Return time, patient and order of every decision, by patient and time."""
        if not self.rows:
            return np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64)
        time, patient, order = (np.concatenate(column) for column in zip(*self.rows, strict=True))
        by = np.lexsort((order, time, patient))
        return time[by], patient[by], order[by]


@dataclass(frozen=True)
class Term:
    """A condition ready to be looked at: name of the quantity, relation, limit in coherent units."""

    name: str
    relation: str
    limit: float

    def holds(self, values: Array) -> Bools:
        """Return for whom it holds; a time that is nearly the limit is the limit."""
        if self.name == CLOCK:
            values = np.where(np.abs(values - self.limit) <= NEAR, self.limit, values)
        return np.asarray(_HOLDS[self.relation](values, self.limit))


def terms_of(model: Model, rule: Rule) -> list[Term]:
    """Return a rule's conditions; raise InputError for names and units that the model does not have."""
    found = []
    for condition in rule.when:
        name = str(quantity_of(model, condition).name)
        if isinstance(condition, Comparison):
            found.append(Term(name, condition.relation, limit_of(condition)))
        else:
            found.append(Term(name, ">" if condition.wanted else "<=", limit_of(condition)))
    return found


class Watch:
    """The rules of a plan with their memory over the patients of a block."""

    def __init__(
        self, rules: tuple[Rule, ...], terms: list[list[Term]], waits: list[Wait], patients: int
    ) -> None:
        self.rules, self.terms = rules, terms
        self.spacing = Spacing(waits, patients)
        self.since = np.full((len(rules), patients), np.nan)
        self.last = np.full((len(rules), patients), -np.inf)
        self.given = np.zeros((len(rules), patients), np.int64)
        self.when = np.zeros((len(rules), patients))
        self.nearest = np.full(patients, np.inf)

    def look(self, time: float, values: dict[str, Array], alive: Bools) -> list[Ids]:
        """Look at every rule that is due; return for each rule whose turn it is.

        values : quantities over the patients, in coherent units; alive : who is still simulated.
        """
        return [self._look(k, time, values, alive) for k in range(len(self.rules))]

    def _look(self, k: int, time: float, values: dict[str, Array], alive: Bools) -> Ids:
        rule = self.rules[k]
        if not is_turn(time, rule.check):
            return np.empty(0, np.int64)
        holds = alive.copy()
        for term in self.terms[k]:
            holds &= term.holds(values[term.name])
        since = self.since[k]
        since[:] = np.where(holds, np.where(np.isnan(since), time, since), np.nan)
        with np.errstate(invalid="ignore"):
            lasted = holds & (time - since >= rule.lasting - NEAR)
        rested = time - self.last[k] >= rule.pause - NEAR
        rested &= self.spacing.free(k, time)
        fires = np.flatnonzero(lasted & rested & (self.given[k] < rule.most))
        self.spacing.taken(k, time, fires)
        self._remember_margins(k, values, alive)
        self.given[k, fires] += 1
        self.last[k, fires] = time
        self.when[k, fires] += time
        return fires

    def _remember_margins(self, k: int, values: dict[str, Array], alive: Bools) -> None:
        """Note how near each patient ever came to a limit, as a share of it."""
        for term in self.terms[k]:
            if term.name != CLOCK:
                value, limit = values[term.name], term.limit
                with np.errstate(invalid="ignore", divide="ignore"):
                    margin = np.abs(value - limit) / np.maximum(np.abs(value), abs(limit))
                margin = np.where(value == limit, 0.0, margin)
                self.nearest = np.where(alive, np.fmin(self.nearest, margin), self.nearest)


def moments(rules: tuple[Rule, ...], every: float | None, end: float) -> Array:
    """Return the times before the end at which some rule, or a policy, is asked, in any order."""
    found: list[Array] = [np.empty(0)]
    for step in {rule.check for rule in rules} | ({every} if every else set()):
        if end / step > MOST_LOOKS:
            raise InputError(
                f"something is looked at every {step:g} h for {end:g} h",
                f"at most {MOST_LOOKS:,} looks",
                "look less often",
            )
        times: Array = step * np.arange(1.0, int(end / step) + 2)
        found.append(times[times < end - NEAR])
    return np.concatenate(found)
