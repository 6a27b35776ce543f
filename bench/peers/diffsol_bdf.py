"""diffsol (Rust): a DiffSL program compiled by LLVM, derivatives by its own automatic differentiation."""

from __future__ import annotations

import numpy as np
from harness.problem import Problem
from harness.segments import Fired, Segments
from harness.source import DIFFSL, statements

from peers import Array, Peer, missing

LOADS = {"t": "t", "p": "p{0}", "u": "r{0}", "h": "h{0}", "y": "w{0}"}
NAMES = {"p": "p", "h": "h", "u": "r", "y": "s"}


def source(problem: Problem) -> tuple[str, list[tuple[str, int]]]:
    """Return a DiffSL program and its inputs in order; states are in units of their scale."""
    scales, n = problem.scales.tolist(), len(problem.scales)
    lines, outputs = statements(problem.system.rates, DIFFSL, LOADS, name="v{0}")
    loaded: dict[str, set[int]] = {}
    for op, args in problem.system.rates.code:
        if op == "load":
            loaded.setdefault(problem.system.rates.arrays[int(args[0])][0], set()).add(int(args[1]))
    inputs = [(a, k) for a in ("p", "h", "u") for k in sorted(loaded.get(a, ()))]
    inputs += [("y", k) for k in range(n)]
    named = [f"{NAMES[a]}{k}" for a, k in inputs]
    parts = ["in_i { " + ", ".join(f"{name} = 1.0" for name in named) + " }\n"]
    parts.append("u_i { " + ", ".join(f"x{k} = s{k}" for k in range(n)) + " }\n")
    parts += [f"w{k} {{ x{k} * {s!r} }}\n" for k, s in enumerate(scales)]
    parts += [f"{name} {{ {value} }}\n" for name, value in lines]
    rates = (f"({v}) * {1 / s!r}" for v, s in zip(outputs, scales, strict=True))
    parts.append("F_i { " + ",\n".join(rates) + " }\n")
    return "".join(parts), inputs


class Engine(Peer):
    """BDF of diffsol; doses by host segments."""

    label = "diffsol (BDF)"
    packages = ("pydiffsol",)
    note = (
        "DiffSL compiled by LLVM with exact derivatives; states in units of their scale; restarts by the host"
    )

    @staticmethod
    def available() -> str | None:
        """Return whether pydiffsol is missing."""
        return missing("pydiffsol")

    def prepare(self, problem: Problem) -> None:
        """Compile the program."""
        import pydiffsol as ds

        self.problem, self.segments = problem, Segments(problem)
        text, inputs = source(problem)
        self.ode = ds.Ode(text, matrix_type=ds.MatrixType.nalgebra_dense, ode_solver=ds.OdeSolverType.bdf)
        self.places = {a: [k for b, k in inputs if a == b] for a in ("p", "h", "u", "y")}

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        ode, problem, scales = self.ode, self.problem, self.problem.scales
        ode.rtol, ode.atol = rtol, rtol * share
        fixed = [problem.p[self.places["p"], patient], problem.h[self.places["h"], patient]]

        def advance(y: Array, u: Array, times: Array, _: int) -> Array:
            ode.t0 = float(times[0])
            found = ode.solve_dense(np.concatenate([*fixed, u[self.places["u"]], y / scales]), times[1:])
            return found.ys.T * scales

        return self.segments.follow(patient, advance)
