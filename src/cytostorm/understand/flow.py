"""A model of one person as a vector field without doses: integration, Newton's method, stability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel, kernel
from cytostorm.model import Model, Species
from cytostorm.model.quantity import time
from cytostorm.understand.slopes import slopes
from cytostorm.understand.trace import Trace

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
STEPS = 60
"""Steps of Newton's method at most."""
SMALL = 1e-9
"""Relative step at which it has arrived."""
RANK = 1e-9
"""Relative singular value below which a direction is none."""


@dataclass(frozen=True, eq=False)
class Flow:
    """The equations of one person, on the states that act on something.

    rest : all states before the trigger (species,); p : parameters (parameter,); on : indices of the states
    that act, itself included, on a rate; totals : conserved sums (total, on); scale : of each species.
    All coherent. clock : hour that terms of time itself are taken at.
    """

    model: Model
    programs: Kernel
    rest: Array
    p: Array
    on: Ids
    totals: Array
    scale: Array
    clock: float = 0.0

    @classmethod
    def of(cls, model: Model, course: Trace, clock: float = 0.0) -> Flow:
        """Return the flow of a model for the person of a course, with the clock stopped at some hour."""
        from scipy.linalg import null_space

        programs = kernel(model)
        acting = {j for _, j in programs.system.pattern}
        on = np.array(sorted(acting), np.int64)
        program = slopes(model)
        changes = np.zeros((len(model.species), program.processes))
        for (process, species), value in zip(program.changes, program.along(course)[1][:, 0], strict=True):
            changes[species, process] += value
        totals = null_space(changes[on].T, rcond=RANK).T if len(on) else np.zeros((0, 0))
        scale = np.array([s.scale for s in model.species])
        return cls(model, programs, course.y[:, 0], course.p, on, totals, scale, clock)

    @property
    def timed(self) -> bool:
        """Whether time itself acts."""
        rates = (p.rate for p in self.model.processes)
        read = (o.expression for o in self.model.observables)
        return any(time in e.free_symbols for e in (*rates, *read, *self.model.sockets.values()))

    @property
    def kept(self) -> list[Species]:
        """The states that act."""
        return [self.model.species[k] for k in self.on]

    def _arrays(self, y: Array) -> tuple[Array, ...]:
        p = np.ascontiguousarray(self.p[:, None])
        u = np.zeros((len(self.model.inputs), 1))
        return np.full((1, 1), self.clock), np.ascontiguousarray(y[:, None]), p, u, self.programs.hoist(p)

    def rates(self, y: Array) -> Array:
        """Return dy/dt (species,)."""
        return self.programs.rates(*self._arrays(y))[:, 0]

    def jacobian(self, y: Array) -> Array:
        """Return d(dy/dt)/dy of the states that act (on, on)."""
        full = np.zeros((len(y), len(y)))
        rows, columns = np.array(self.programs.system.pattern).T
        full[rows, columns] = self.programs.jacobian(*self._arrays(y))[:, 0]
        return full[np.ix_(self.on, self.on)]

    def later(self, y: Array, hours: float) -> Array:
        """Return the state after some hours without doses; not finite if it cannot be followed."""
        from scipy.integrate import solve_ivp

        def inside(z: Array) -> Array:
            whole = y.copy()
            whole[self.on] = np.maximum(z, self._floor)
            return whole

        done = solve_ivp(
            lambda _, z: self.rates(inside(z))[self.on],
            (0.0, hours), y[self.on], method="LSODA", rtol=1e-8, atol=1e-9 * self.scale[self.on],
            jac=lambda _, z: self.jacobian(inside(z)),
        )  # fmt: skip
        return inside(done.y[:, -1]) if done.success else np.full_like(y, np.nan)

    @property
    def _floor(self) -> Array:
        return np.array([-np.inf if s.signed else 0.0 for s in self.kept])

    def newton(self, y: Array) -> Array | None:
        """Return the steady state with the same totals that Newton's method goes to; None if to none."""
        if not np.isfinite(y).all():
            return None
        y, sums = y.copy(), self.totals @ y[self.on]
        for _ in range(STEPS):
            size = np.maximum(np.abs(y[self.on]), self.scale[self.on])
            slope, rate = self.jacobian(y), self.rates(y)[self.on]
            weight = 1.0 / np.maximum(np.abs(slope) @ size, 1e-300)
            matrix = np.vstack([slope * weight[:, None], self.totals / self._norm(size)]) * size
            wanted = np.concatenate(
                [-rate * weight, ((sums - self.totals @ y[self.on])[:, None] / self._norm(size))[:, 0]]
            )
            if not (np.isfinite(matrix).all() and np.isfinite(wanted).all()):
                return None
            step = np.linalg.lstsq(matrix, wanted, rcond=1e-13)[0] * size
            y[self.on] = np.maximum(y[self.on] + step, self._floor)
            if np.abs(step / size).max(initial=0.0) < SMALL:
                return y if np.abs(self.rates(y)[self.on] * weight).max(initial=0.0) < 1e-6 else None
        return None

    def _norm(self, size: Array) -> Array:
        """Return the size of each total (total, 1)."""
        return (np.abs(self.totals) @ size)[:, None]

    def growth(self, y: Array) -> float:
        """Return the real part of the dominant eigenvalue at a steady state, totals kept, per hour."""
        from scipy.linalg import null_space

        size = np.maximum(np.abs(y[self.on]), self.scale[self.on])
        slope = self.jacobian(y) * size / size[:, None]
        free = null_space(self.totals * size, rcond=RANK) if len(self.totals) else np.eye(len(size))
        return float(np.linalg.eigvals(free.T @ slope @ free).real.max(initial=-np.inf))

    def distance(self, one: Array, other: Array) -> float:
        """Return the largest relative difference of two states."""
        a, b = one[self.on], other[self.on]
        size = np.maximum(np.maximum(np.abs(a), np.abs(b)), self.scale[self.on])
        return float((np.abs(a - b) / size).max(initial=0.0))

    def raised(self, factor: float) -> Array:
        """Return the state at rest with all that no total binds raised to its scale, or more, by a factor."""
        y = self.rest.copy()
        bound = np.abs(self.totals).max(axis=0, initial=0.0) > RANK
        for k in self.on[~bound]:
            species = self.model.species[k]
            y[k] = max(y[k], species.scale) * factor
            if species.within is not None:
                y[k] = np.clip(y[k], *(limit * species.factor for limit in species.within))
        return y

    def mixed(self, one: Array, other: Array, share: float) -> Array:
        """Return a state between two others, on a logarithmic scale above a thousandth of each scale."""
        least = 1e-3 * self.scale
        low, high = np.log(np.maximum(one, least)), np.log(np.maximum(other, least))
        return np.asarray(np.exp((1 - share) * low + share * high))
