"""The one loop: lanes of patients, each with its own time, step and next stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel
from cytostorm.simulation.schedule import BOLUS, NEAR, Diary
from cytostorm.simulation.solvers.rodas5p import Place, Rodas5P, Step, take_step

Array = NDArray[np.float64]
Ids = NDArray[np.intp]
Sampler = Callable[[Ids, Ids, Array, Array], None]

STATUS = ("ok", "bad input", "non-finite", "step limit", "no convergence", "time limit", "cancelled")
OK, BAD_INPUT, NONFINITE, STEP_LIMIT, NO_CONVERGENCE = range(5)
WIDTH = 8
"""Lanes are padded to a multiple of this, so that every batch runs the same instructions."""


@dataclass
class Lanes:
    """State of a batch: arrays over lanes, the last axis.

    t, h : time and next step (lanes,), hours; y (species, lanes); p (parameters, lanes); u (inputs, lanes).
    clamped : largest amount cut off below zero so far, as a share of the local tolerance.
    """

    t: Array
    h: Array
    y: Array
    p: Array
    u: Array
    hoisted: Array
    status: NDArray[np.int8]
    failed_at: Array
    steps: NDArray[np.int64]
    clamped: Array

    @classmethod
    def start(cls, kernel: Kernel, p: Array, first: float) -> Lanes:
        """Return lanes at rest at time 0; parameters that are no numbers get the status "bad input"."""
        count = p.shape[1]
        bad = ~np.isfinite(p).all(axis=0) | (p < 0).any(axis=0)
        y, hoisted = kernel.initial(p), kernel.hoist(p)
        status = np.where(bad, BAD_INPUT, OK).astype(np.int8)
        lost = (status == OK) & ~np.isfinite(y).all(axis=0)
        status[lost] = NONFINITE
        return cls(
            t=np.zeros(count),
            h=np.full(count, first),
            y=y,
            p=p,
            u=np.zeros((len(kernel.system.inputs), count)),
            hoisted=hoisted,
            status=status,
            failed_at=np.where(status == OK, np.nan, 0.0),
            steps=np.zeros(count, np.int64),
            clamped=np.zeros(count),
        )


@dataclass
class Stops:
    """What happens when, lane by lane: rows padded with infinity, `next` points to the first not yet done."""

    time: Array
    kind: NDArray[np.int64]
    index: NDArray[np.int64]
    value: Array
    next: NDArray[np.int64]

    @classmethod
    def of(cls, diaries: Sequence[Diary], since: float = 0.0) -> Stops:
        """Return the events of some diaries from a time on."""
        rows = [[e for e in d.events() if e[0] >= since] for d in diaries]
        longest = 1 + max((len(r) for r in rows), default=0)
        time = np.full((len(rows), longest), np.inf)
        kind, index = np.zeros((2, len(rows), longest), np.int64)
        value = np.zeros((len(rows), longest))
        for lane, row in enumerate(rows):
            for k, event in enumerate(row):
                time[lane, k], kind[lane, k], index[lane, k], value[lane, k] = event
        return cls(time, kind, index, value, np.zeros(len(rows), np.int64))

    def due(self, lanes: Ids) -> Array:
        """Return the time of the next event of some lanes."""
        return self.time[lanes, self.next[lanes]]


@dataclass
class Ensemble:
    """A batch on its way: what it follows, where it is, and who is told on the way.

    times : sorted sample times, hours; a sample at the time of a dose is taken before it.
    sample : called with lanes (k,), indices of times (k,), states (species, k), inputs (inputs, k).
    """

    kernel: Kernel
    lanes: Lanes
    stops: Stops
    times: Array
    sample: Sampler
    solver: Rodas5P

    def __post_init__(self) -> None:
        """Work out the absolute tolerance of each species."""
        self.scale = np.array(self.kernel.system.scales)[:, None] * self.solver.atol * self.solver.rtol

    def advance(self, until: float) -> None:
        """Bring every lane that is ok to the time `until`, with events and samples on the way."""
        lanes = self.lanes
        while True:
            active = np.flatnonzero((lanes.status == OK) & (lanes.t < until - NEAR))
            if not active.size:
                self._arrive(until)
                return
            self._give(active)
            target = np.minimum(self.stops.due(active), until)
            left = target - lanes.t[active]
            h = lanes.h[active]
            last = h * 1.000001 >= left
            # two equal steps to a stop are better than a long one and a stump
            h = np.where(last, left, np.where(2.0 * h >= left, 0.5 * left, h))
            self._judge(active, h, np.where(last, target, np.nan))

    def _arrive(self, until: float) -> None:
        """Put lanes that are within NEAR of the end on it, with the samples that lie between."""
        lanes = self.lanes
        ids = np.flatnonzero((lanes.status == OK) & (lanes.t < until))
        first = np.searchsorted(self.times, lanes.t[ids], side="right")
        count = np.searchsorted(self.times, until, side="right") - first
        here, k = _spread(first, count)
        if here.size:
            self.sample(ids[here], k, lanes.y[:, ids[here]], lanes.u[:, ids[here]])
        lanes.t[ids] = until

    def _give(self, active: Ids) -> None:
        """Carry out what is due now: add boluses, set infusion rates; start again with a small step."""
        lanes, stops = self.lanes, self.stops
        due = active[stops.due(active) <= lanes.t[active] + NEAR]
        while due.size:
            at = (due, stops.next[due])
            kind, index, value = stops.kind[at], stops.index[at], stops.value[at]
            bolus = kind == BOLUS
            lanes.y[index[bolus], due[bolus]] += value[bolus]
            lanes.u[index[~bolus], due[~bolus]] = value[~bolus]
            lanes.h[due] = np.minimum(lanes.h[due], self.solver.first)
            stops.next[due] += 1
            due = due[stops.due(due) <= lanes.t[due] + NEAR]

    def _step(self, active: Ids, h: Array) -> Step:
        """Take one step of some lanes, the batch filled up to whole vectors with copies of the last lane."""
        lanes = self.lanes
        fill = -len(active) % WIDTH
        chosen = np.concatenate([active, np.repeat(active[-1:], fill)])
        at = Place(lanes.y[:, chosen], lanes.p[:, chosen], lanes.u[:, chosen], lanes.hoisted[:, chosen])
        with np.errstate(all="ignore"):
            return take_step(self.kernel, lanes.t[chosen], at, np.concatenate([h, np.repeat(h[-1:], fill)]))

    def _judge(self, active: Ids, h: Array, target: Array) -> None:
        """Step, accept or reject each lane, sample what was passed, choose the next step.

        target : the stop that a lane reaches with this step, NaN if it reaches none.
        """
        lanes, solver = self.lanes, self.solver
        step, count = self._step(active, h), len(active)
        old, new = step.start[:, :count], step.end[:, :count]
        with np.errstate(all="ignore"):
            size = self.scale + solver.rtol * np.maximum(np.abs(old), np.abs(new))
            error = np.max(np.abs(step.error[:, :count]) / size, axis=0)
            finite = np.isfinite(error) & np.isfinite(new).all(axis=0)
            good = finite & (error <= 1.0)
            factor = np.where(finite, 0.9 * np.maximum(error, 1e-10) ** -0.2, 0.1)
        factor = np.clip(factor, 0.1, np.where(good, 6.0, 0.9))
        lanes.steps[active] += 1
        kept = np.flatnonzero(good)
        ids = active[kept]
        before = lanes.t[ids]
        after = np.where(np.isnan(target[kept]), before + h[kept], target[kept])
        self._sample(step, kept, ids, after, h[kept])
        below = np.max(np.maximum(-new[:, kept], 0.0) / size[:, kept], axis=0, initial=0.0)
        lanes.clamped[ids] = np.maximum(lanes.clamped[ids], below)
        lanes.y[:, ids] = np.maximum(new[:, kept], 0.0)
        lanes.t[ids] = after
        # a step cut short by a stop says little about the next one: keep the longer of the two proposals
        cut_short = good & ~np.isnan(target)
        lanes.h[active] = np.where(cut_short, np.maximum(factor * h, lanes.h[active]), factor * h)
        self._give_up(active, finite)

    def _give_up(self, active: Ids, finite: NDArray[np.bool_]) -> None:
        """Give a status to lanes that take ever smaller steps, or too many."""
        lanes, solver = self.lanes, self.solver
        tiny = lanes.h[active] < solver.smallest * np.maximum(1.0, lanes.t[active])
        verdict = np.where(tiny, np.where(finite, NO_CONVERGENCE, NONFINITE), OK)
        verdict = np.where((verdict == OK) & (lanes.steps[active] >= solver.most_steps), STEP_LIMIT, verdict)
        lost = verdict != OK
        lanes.status[active[lost]] = verdict[lost]
        lanes.failed_at[active[lost]] = lanes.t[active[lost]]

    def _sample(self, step: Step, kept: Ids, ids: Ids, after: Array, h: Array) -> None:
        """Hand over the states at every sample time that lies in this step.

        kept : accepted lanes within the step; ids : the same within the batch.
        """
        before = self.lanes.t[ids]
        first = np.searchsorted(self.times, before, side="right")
        count = np.searchsorted(self.times, after, side="right") - first
        here, k = _spread(first, count)
        if here.size:
            theta = np.minimum((self.times[k] - before[here]) / h[here], 1.0)
            y = np.maximum(step.at(theta, kept[here]), 0.0)
            self.sample(ids[here], k, y, self.lanes.u[:, ids[here]])


def _spread(first: Ids, count: Ids) -> tuple[Ids, Ids]:
    """Return a row for each sample: which of the lanes, and the index of the time."""
    here = np.repeat(np.arange(len(first)), count)
    return here, np.arange(here.size) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
