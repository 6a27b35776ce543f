"""The last resort: one patient at a time by SciPy's Radau, with all events, within a budget of work."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel
from cytostorm.model.dose import NEAR
from cytostorm.simulation.block import FATE, Block
from cytostorm.simulation.look import Look, look_at
from cytostorm.simulation.quarters import gather, reached
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.status import NO_CONVERGENCE, NONFINITE, OK
from cytostorm.simulation.summaries import NOTHING, Noted

Array = NDArray[np.float64]
WORK = 10_000
"""Slopes evaluated from one event or moment to the next, a matrix decomposed counts as ten; SciPy is slow.
Whom Radau can help at all needs less, half a second of a core; whom it cannot would take ten."""


@dataclass
class Reference:
    """An engine that shares neither method nor loop with the others."""

    kernel: Kernel
    look: Look
    noted: Noted = NOTHING

    def advance(self, block: Block, settings: Rodas5P, until: float) -> None:
        """Bring the patients in `block.queue` to the time `until`; those who fail keep their last place."""
        for patient in block.queue.tolist():
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # SciPy's, about numbers gone wild
                course = _Course(self, block, patient, settings)
                status = course.run(until)
            block.count("steps")[patient] += course.steps
            block.count("status")[patient] = status
            if status != OK:
                block.number("failed_at")[patient] = course.t


class _Course:
    def __init__(self, engine: Reference, block: Block, patient: int, settings: Rodas5P) -> None:
        self.kernel, self.look, self.block, self.patient = engine.kernel, engine.look, block, patient
        self.y, self.p = block.y[patient].copy(), block.p[patient][:, None]
        self.u, self.floor = block.u[patient].copy(), np.array(self.kernel.system.floors)
        self.fate, self.died = block.fate[patient].copy(), np.nan
        self.sums, self.noted = block.sums[patient][:, None].copy(), engine.noted
        self.note = look_at(self.kernel.system, self.noted.seen, self.kernel.engine)
        self.hoisted = self.kernel.hoist(self.p)
        self.t = float(block.number("t")[patient])
        self.event, self.sample = int(block.count("event")[patient]), int(block.count("sample")[patient])
        self.tolerances = {
            "rtol": max(settings.rtol, 1e-12),
            "atol": np.array(self.kernel.system.scales) * settings.atol * settings.rtol,
        }
        self.steps = 0
        rows, columns = np.array(self.kernel.system.pattern, int).reshape(-1, 2).T
        self._nonzero = (rows, columns)

    def rates(self, t: float, y: Array) -> Array:
        return self.kernel.rates(np.array([[t]]), y[:, None], self.p, self.u[:, None], self.hoisted)[:, 0]

    def jacobian(self, t: float, y: Array) -> Array:
        full = np.zeros((len(y), len(y)))
        values = self.kernel.jacobian(np.array([[t]]), y[:, None], self.p, self.u[:, None], self.hoisted)
        full[self._nonzero] = values[:, 0]
        return full

    def run(self, until: float) -> int:
        """Go from event to event; return how it ended."""
        block, events = self.block, self.block.events
        end = int(block.count("events_end")[self.patient])
        while self.t < until - NEAR:
            while self.event < end and events.time[self.event] <= self.t + NEAR:
                index, value = int(events.index[self.event]), float(events.value[self.event])
                if index >= 0:
                    self.y[index] += value
                else:
                    self.u[-1 - index] = value
                self.event += 1
            stop = min(float(events.time[self.event]) if self.event < end else np.inf, until)
            status = self.reach(stop)
            if status != OK:
                return status
            if not np.isnan(self.died):
                break
        self.put_back()
        return OK

    def reach(self, stop: float) -> int:
        """Integrate to a stop, with samples on the way."""
        from scipy.integrate import Radau

        try:
            solver = Radau(self.rates, self.t, self.y, stop, jac=self.jacobian, **self.tolerances)
            while solver.status == "running":
                solver.step()
                self.steps += 1
                if solver.nfev + 10 * solver.nlu > WORK or self.block.stop[0]:
                    return NO_CONVERGENCE
                if not np.isfinite(solver.y).all():
                    return NONFINITE
                if solver.status != "failed":
                    self.live_on(solver)
                    self.take_samples(solver)
                    self.take_notes(solver)
                if not np.isnan(self.died):
                    return OK
        except (ValueError, np.linalg.LinAlgError, OverflowError):  # SciPy's words for numbers gone wild
            return NONFINITE
        if solver.status == "failed":
            return NO_CONVERGENCE
        self.t, self.y = stop, np.maximum(solver.y, self.floor)
        return OK

    def live_on(self, solver: Any) -> None:
        """Move on to the end of a step, or to where the run ends."""
        rows, self.t = list(self.kernel.system.endings), solver.t
        if not rows:
            return
        start, h, dense = solver.t_old, solver.t - solver.t_old, solver.dense_output()

        def look(share: Array) -> Array:
            return np.asarray(np.maximum(dense(start + share[0] * h), self.floor)[rows, None])

        share, margin = reached(look, self.fate[len(FATE) :, None])
        died, nearest = FATE.index("died_at"), FATE.index("nearest")
        if np.isnan(share[0]):
            self.fate[nearest] = min(self.fate[nearest], margin[0])
        else:
            self.t = self.died = self.fate[died] = start + share[0] * h
            self.fate[nearest] = margin[0]

    def take_samples(self, solver: Any) -> None:
        grid, dense = self.block.grid, None
        while self.sample < len(grid) and grid[self.sample] <= self.t:
            dense = dense or solver.dense_output()
            now = grid[self.sample : self.sample + 1]
            y = np.maximum(dense(now[0]), self.floor)[None]
            seen = self.look(now, y, self.p.T, self.u[None], self.hoisted)
            self.block.out[self.patient, self.sample] = seen[:, 0]
            self.sample += 1

    def put_back(self) -> None:
        block, patient = self.block, self.patient
        block.y[patient], block.u[patient] = self.y, self.u
        block.sums[patient], block.fate[patient] = self.sums[:, 0], self.fate
        block.number("t")[patient] = self.t
        block.count("event")[patient], block.count("sample")[patient] = self.event, self.sample

    def take_notes(self, solver: Any) -> None:
        """Add a step to the summaries."""
        if not self.noted.sums:
            return
        h, dense = self.t - solver.t_old, solver.dense_output()

        def look(share: Array) -> Array:
            now = solver.t_old + share * h
            y = np.maximum(dense(now[0]), self.floor)[None]
            return self.note(now, y, self.p.T, self.u[None], self.hoisted)

        gather(self.noted.sums, look, np.array([solver.t_old]), np.array([h]), self.sums)
