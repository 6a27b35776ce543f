"""LSODA in C++ (numbalsoda) with right-hand side, dose loop and rule compiled by numba."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from harness import compiled
from harness.problem import Problem
from harness.segments import Fired
from harness.source import PYTHON, statements

from peers import Array, Peer, missing


def scaled_rates(problem: Problem) -> str:
    """Return source of rates(t, y, dy, q), states in units of their scale."""
    loads = compiled.offsets(problem) | {"y": "x{0}"}
    lines, outputs = statements(problem.system.rates, PYTHON, loads)
    scales = problem.scales.tolist()
    body = [f"    x{k} = y[{k}] * {s!r}\n" for k, s in enumerate(scales)]
    body += [f"    {name} = {value}\n" for name, value in lines]
    body += [
        f"    dy[{k}] = ({v}) * {1 / s!r}\n" for k, (v, s) in enumerate(zip(outputs, scales, strict=True))
    ]
    return f"def rates(t, y, dy, q):\n{''.join(body)}"


class Engine(Peer):
    """numbalsoda; it takes one absolute tolerance, so states are in units of their scale."""

    label = "LSODA, compiled (numbalsoda)"
    packages = ("numbalsoda", "numba")
    note = (
        "everything compiled, doses and rule too; Jacobian by differences, as the interface allows no other; "
        "stands for mrgsolve and rxode2, which also compile a model around LSODA"
    )

    @staticmethod
    def available() -> str | None:
        """Return whether numbalsoda is missing."""
        return missing("numba", "numbalsoda")

    def prepare(self, problem: Problem) -> None:
        """Compile the right-hand side and the loop."""
        import numba
        import numbalsoda

        space: dict[str, Any] = {"exp": math.exp, "log": math.log, "tanh": math.tanh}
        exec(scaled_rates(problem), space)
        rates = numba.cfunc(numbalsoda.lsoda_sig, error_model="numpy")(space["rates"])
        address, solve, scales = rates.address, numbalsoda.lsoda, problem.scales

        @numba.njit(error_model="numpy")
        def advance(y, q, hours, rtol, atol):  # noqa: ANN001, ANN202
            states, _ = solve(address, y / scales, hours, q, rtol=rtol, atol=atol, mxstep=100_000)
            return states * scales

        self.kept = rates
        self.problem = problem
        self.plan = compiled.plan(problem)
        self.events = [compiled.table(e) for e in problem.events]
        self.gives = [compiled.gifts(problem, k) for k in range(problem.patients)]
        self.start = [np.ascontiguousarray(c) for c in problem.y0.T]
        self.constants = [compiled.constants(problem, k) for k in range(problem.patients)]
        self.follow = compiled.follow_loop(
            advance, compiled.reader(problem), inputs=len(problem.system.inputs)
        )

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        states, fired = self.follow(
            self.start[patient], self.constants[patient].copy(), self.problem.times, self.events[patient],
            *self.plan, self.gives[patient], rtol, rtol * share,
        )  # fmt: skip
        return states, [(float(t), int(k)) for t, k in fired]
