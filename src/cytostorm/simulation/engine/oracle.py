"""The slow, obvious twin of the printed loop: the same method, step by step in NumPy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel
from cytostorm.model.dose import NEAR
from cytostorm.simulation.block import FATE, Block
from cytostorm.simulation.look import Look, look_at
from cytostorm.simulation.quarters import gather, reached
from cytostorm.simulation.solvers import rodas5p
from cytostorm.simulation.solvers.rodas5p import Place, Rodas5P, Step, take_step
from cytostorm.simulation.status import NO_CONVERGENCE, NONFINITE, OK, STEP_LIMIT
from cytostorm.simulation.summaries import NOTHING, Noted

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
BACK = ("t", "h", "after", "clamped")
COUNTS = ("event", "sample", "fresh")


@dataclass
class Oracle:
    """An engine that anyone can read."""

    kernel: Kernel
    look: Look
    noted: Noted = NOTHING

    def advance(self, block: Block, settings: Rodas5P, until: float) -> None:
        """Bring the patients in `block.queue` to the time `until`; those who fail keep their last place."""
        if block.queue.size:
            _Batch(self, block, settings, until).run()


class _Batch:
    def __init__(self, oracle: Oracle, block: Block, settings: Rodas5P, until: float) -> None:
        self.kernel, self.look, self.noted = oracle.kernel, oracle.look, oracle.noted
        self.note = look_at(self.kernel.system, self.noted.seen, self.kernel.engine)
        self.block, self.settings, self.until = block, settings, until
        who = self.who = block.queue
        self.y, self.p, self.u = block.y[who].T.copy(), block.p[who].T.copy(), block.u[who].T.copy()
        self.hoisted = self.kernel.hoist(self.p)
        self.t, self.h, self.after, self.clamped = (block.number(name)[who] for name in BACK)
        self.event, self.sample, self.fresh = (block.count(name)[who] for name in COUNTS)
        self.status = np.full(len(who), OK)
        self.sums, self.fate = block.sums[who].T.copy(), block.fate[who].T.copy()
        self.steps, self.rejected = np.zeros((2, len(who)), np.int64)
        self.scale = np.array(self.kernel.system.scales)[:, None] * settings.atol * settings.rtol
        self.floor = np.array(self.kernel.system.floors)[:, None]
        self.scale[list(self.kernel.system.decaying)] /= settings.atol

    def run(self) -> None:
        while True:
            active = np.flatnonzero((self.status == OK) & (self.t < self.until - NEAR) & ~self.dead)
            if not active.size or self.block.stop[0]:
                break
            self.give(active)
            stop = np.minimum(self.due(active), self.until)
            left, h = stop - self.t[active], self.h[active]
            lands = h * rodas5p.CLOSE >= left
            # two equal steps to a stop are better than a long one and a stump
            h = np.where(lands, left, np.where(2.0 * h >= left, 0.5 * left, h))
            self.judge(active, h, np.where(lands, stop, self.t[active] + h))
        self.put_back()

    @property
    def dead(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.fate[0])

    def put_back(self) -> None:
        block, there = self.block, (self.t >= self.until - NEAR) | self.dead
        for name, values in (("steps", self.steps), ("rejected", self.rejected)):
            block.count(name)[self.who] += values
        lost = self.status != OK
        block.count("status")[self.who[lost]] = self.status[lost]
        block.number("failed_at")[self.who[lost]] = self.t[lost]
        who = self.who[there]
        block.y[who], block.u[who] = self.y[:, there].T, self.u[:, there].T
        block.sums[who], block.fate[who] = self.sums[:, there].T, self.fate[:, there].T
        for name in BACK:
            block.number(name)[who] = getattr(self, name)[there]
        for name in COUNTS:
            block.count(name)[who] = getattr(self, name)[there]

    def due(self, lanes: Ids) -> Array:
        """Return the time of the next event of some lanes."""
        events, event = self.block.events, self.event[lanes]
        some = event < self.block.count("events_end")[self.who[lanes]]
        return np.where(some, np.append(events.time, np.inf)[np.where(some, event, -1)], np.inf)

    def give(self, active: Ids) -> None:
        """Carry out what is due now."""
        events = self.block.events
        due = active[self.due(active) <= self.t[active] + NEAR]
        while due.size:
            index, value = events.index[self.event[due]], events.value[self.event[due]]
            bolus = index >= 0
            self.y[index[bolus], due[bolus]] += value[bolus]
            self.u[-1 - index[~bolus], due[~bolus]] = value[~bolus]
            self.h[due] = np.minimum(self.h[due], self.after[due])
            self.fresh[due] = 1
            self.event[due] += 1
            due = due[self.due(due) <= self.t[due] + NEAR]

    def judge(self, active: Ids, h: Array, arrival: Array) -> None:
        """Step, accept or reject each lane, sample what was passed, choose the next step."""
        rtol = self.settings.rtol
        place = Place(self.y[:, active], self.p[:, active], self.u[:, active], self.hoisted[:, active])
        with np.errstate(all="ignore"):
            step = take_step(self.kernel, self.t[active], place, h)
            size = self.scale + rtol * np.maximum(np.abs(step.start), np.abs(step.end))
            error = np.max(np.abs(step.error) / size, axis=0)
            finite = np.isfinite(error) & np.isfinite(step.end).all(axis=0)
            # a state may end below zero by no more than an error
            error = np.maximum(error, np.max((self.floor - step.end) / size, axis=0))
            good = finite & (error <= 1.0)
            factor = rodas5p.SAFETY * np.maximum(error, 1e-10) ** -0.2
        fresh = self.fresh[active] == 1
        most = np.where(fresh, rodas5p.GROWTH_AFTER_EVENT, rodas5p.GROWTH)
        most = np.where(good, most, rodas5p.REJECTED)
        factor = np.clip(np.where(finite, factor, rodas5p.SHRINK), rodas5p.SHRINK, most)
        self.steps[active] += 1
        self.rejected[active] += ~good
        kept = np.flatnonzero(good)
        ids = active[kept]
        arrived, share = self.live_on(step, kept, ids, (arrival[kept], h[kept]))
        self.take_samples(step, kept, ids, (arrived, h[kept]))
        if self.noted.sums and ids.size:
            self.take_notes(step, kept, ids, (h[kept], share))
        below = np.max(np.maximum(self.floor - step.end[:, kept], 0.0) / size[:, kept], axis=0, initial=0.0)
        self.clamped[ids] = np.maximum(self.clamped[ids], below)
        self.y[:, ids] = np.maximum(step.end[:, kept], self.floor)
        self.t[ids] = arrived
        proposal = factor * h
        # a step cut short by a stop says little about the next one: keep the longer of the two proposals
        cut = good & (h < self.h[active]) & (factor >= most)
        self.h[active] = np.where(cut, np.maximum(proposal, self.h[active]), proposal)
        self.after[active] = np.where(good & fresh, proposal, self.after[active])
        self.fresh[ids] = 0
        self.give_up(active, finite)

    def give_up(self, active: Ids, finite: NDArray[np.bool_]) -> None:
        """Give a status to lanes that take ever smaller steps, or too many."""
        here = (self.t[active] < self.until - NEAR) & ~self.dead[active]
        tiny = self.h[active] < self.settings.smallest * np.maximum(1.0, self.t[active])
        verdict = np.where(tiny, np.where(finite, NO_CONVERGENCE, NONFINITE), OK)
        over = self.block.count("steps")[self.who[active]] + self.steps[active] >= self.settings.most_steps
        verdict = np.where((verdict == OK) & over, STEP_LIMIT, verdict)
        self.status[active] = np.where(here, verdict, OK)

    def take_samples(self, step: Step, kept: Ids, ids: Ids, span: tuple[Array, Array]) -> None:
        """Store what is seen at every sample time that lies in a step; span is its end and its length."""
        grid, (arrival, h) = self.block.grid, span
        passed = np.searchsorted(grid, arrival, side="right")
        while True:
            here = np.flatnonzero(self.sample[ids] < passed)
            if not here.size:
                return
            k, lanes = self.sample[ids[here]], ids[here]
            theta = np.minimum((grid[k] - self.t[lanes]) / h[here], 1.0)
            y = np.maximum(step.at(theta, kept[here]), self.floor)
            seen = self.look(grid[k], y.T, self.p[:, lanes].T, self.u[:, lanes].T, self.hoisted[:, lanes])
            self.block.out[self.who[lanes], k] = seen.T
            self.sample[lanes] += 1

    def live_on(self, step: Step, kept: Ids, ids: Ids, span: tuple[Array, Array]) -> tuple[Array, Array]:
        """Return until when the step goes, and which share of it counts: 1, or up to where a run ends.

        span : end of the step and its length.
        """
        rows, (arrival, h) = list(self.kernel.system.endings), span
        if not rows or not ids.size:
            return arrival, np.ones(len(ids))

        def look(share: Array) -> Array:
            return np.asarray(np.maximum(step.at(share, kept), self.floor)[rows])

        share, margin = reached(look, self.fate[len(FATE) :, ids])
        ends = ~np.isnan(share)
        died, nearest = FATE.index("died_at"), FATE.index("nearest")
        share = np.where(ends, share, 1.0)
        moment = self.t[ids] + share * h
        self.fate[died, ids] = np.where(ends, moment, np.nan)
        self.fate[nearest, ids] = np.where(ends, margin, np.minimum(self.fate[nearest, ids], margin))
        return np.where(ends, moment, arrival), share

    def take_notes(self, step: Step, kept: Ids, ids: Ids, span: tuple[Array, Array]) -> None:
        """Add a step to the summaries; span is its length and the share that counts."""
        rest = (self.p[:, ids].T, self.u[:, ids].T, self.hoisted[:, ids])
        h, counts = span

        def look(share: Array) -> Array:
            theta = share * counts
            y = np.maximum(step.at(theta, kept), self.floor)
            return self.note(self.t[ids] + theta * h, y.T, *rest)

        sums = self.sums[:, ids]
        gather(self.noted.sums, look, self.t[ids], counts * h, sums)
        self.sums[:, ids] = sums
