"""SciPy's LSODA through `odeint`, right-hand side and Jacobian in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from harness.problem import Problem
from harness.segments import Fired, Segments
from harness.source import PYTHON, statements
from scipy.integrate import odeint

from peers import Array, Peer

LOADS = {"t": "t", "y": "y[{0}]", "p": "p[{0}]", "u": "u[{0}]", "h": "h[{0}]"}


def sources(problem: Problem) -> str:
    """Return Python source of rates(y, t, p, u, h, out) and jacobian(y, t, p, u, h, out)."""
    parts = []
    for tape, places in (
        (problem.system.rates, [f"{i}" for i in range(len(problem.system.species))]),
        (problem.system.jacobian, [f"{j}, {i}" for i, j in problem.system.pattern]),
    ):
        lines, outputs = statements(tape, PYTHON, LOADS)
        parts.append(f"def {tape.name}(y, t, p, u, h, out):\n")
        parts += [f"    {name} = {value}\n" for name, value in lines]
        parts += [f"    out[{place}] = {value}\n" for place, value in zip(places, outputs, strict=True)]
        parts.append("    return out\n")
    return "".join(parts)


class Engine(Peer):
    """`scipy.integrate.odeint` in segments, analytic Jacobian."""

    label = "SciPy LSODA, plain Python"
    packages = ("scipy",)
    note = "`odeint`, straight-line Python, analytic Jacobian; what a quick script does, at its best"

    def functions(self, problem: Problem) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Return rates and jacobian as callables."""
        space: dict[str, Any] = {"exp": math.exp, "log": math.log, "tanh": math.tanh}
        exec(sources(problem), space)
        return (
            lambda y, t, p, u, h, out: space["rates"](y.tolist(), t, p, u, h, out),
            lambda y, t, p, u, h, out: space["jacobian"](y.tolist(), t, p, u, h, out),
        )

    def constants(self, array: Array) -> Any:
        """Return parameters in the form that the functions read fastest."""
        return array.tolist()

    def prepare(self, problem: Problem) -> None:
        """Generate the functions."""
        self.problem, self.segments = problem, Segments(problem)
        self.rates, jacobian = self.functions(problem)
        n = len(problem.system.species)
        self.dy, self.columns = np.zeros(n), np.zeros((n, n))
        self.p = [self.constants(np.ascontiguousarray(c)) for c in problem.p.T]
        self.h = [self.constants(np.ascontiguousarray(c)) for c in problem.h.T]
        self.jacobian = lambda y, t, p, u, h, _: jacobian(y, t, p, u, h, self.columns)

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        atol = rtol * share * self.problem.scales

        def advance(y: Array, u: Array, times: Array, k: int) -> Array:
            arguments = (self.p[k], self.constants(u), self.h[k], self.dy)
            return odeint(
                self.rates, y, times, args=arguments, Dfun=self.jacobian, col_deriv=True,
                rtol=rtol, atol=atol, mxstep=100_000,
            )[1:]  # fmt: skip

        return self.segments.follow(patient, advance)
