"""CVODE through scikit-sundae, right-hand side and Jacobian compiled by numba."""

from __future__ import annotations

from typing import Any

import numpy as np
from harness.problem import Problem
from harness.segments import Fired

from peers import Array, missing
from peers.scipy_numba import Engine as Numba


class Engine(Numba):
    """CVODE with dense analytic Jacobian; doses by host segments."""

    label = "CVODE (scikit-sundae), numba"
    packages = ("scikit-sundae", "numba")
    note = "compiled right-hand side and analytic Jacobian; each call still passes through Python"

    @staticmethod
    def available() -> str | None:
        """Return whether scikit-sundae or numba is missing."""
        return missing("numba", "sksundae")

    def prepare(self, problem: Problem) -> None:
        """Compile the functions."""
        super().prepare(problem)
        self.dense, self.made, self.now = self.functions(problem)[1], {}, ()

    def solver(self, rtol: float, share: float) -> Any:
        """Return a solver with these tolerances."""
        from sksundae.cvode import CVODE

        def rates(t: float, y: Array, dy: Array) -> None:
            self.rates(y, t, *self.now, dy)

        def slopes(t: float, y: Array, _: Array, j: Array) -> None:
            self.dense(y, t, *self.now, j.T)

        return CVODE(
            rates, jacfn=slopes, rtol=rtol, atol=rtol * share * self.problem.scales, max_num_steps=100_000
        )

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        if (rtol, share) not in self.made:
            self.made[rtol, share] = self.solver(rtol, share)
        solver = self.made[rtol, share]

        def advance(y: Array, u: Array, times: Array, k: int) -> Array:
            self.now = (self.p[k], u, self.h[k])
            # two times would mean that it chooses the outputs itself
            wanted = times if len(times) > 2 else np.insert(times, 1, 0.5 * (times[0] + times[1]))
            return solver.solve(wanted, y).y[-(len(times) - 1) :]

        return self.segments.follow(patient, advance)
