"""diffrax on CPU: JAX of the right-hand side, Kvaerno5, one compiled call per piece between stops."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from harness.problem import Problem
from harness.segments import Fired, Segments
from harness.source import JAX, statements

from peers import Array, Peer, missing


class Engine(Peer):
    """Pieces of a few lengths are compiled once each; the piece is padded to the next of them."""

    label = "diffrax (Kvaerno5), JAX on CPU"
    packages = ("diffrax", "jax")
    note = "compiled by XLA in double precision, absolute tolerance per state, one patient per call"
    shares: ClassVar[tuple[float, ...]] = (1e-2,)
    rtols: ClassVar[tuple[float, ...]] = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)

    @staticmethod
    def available() -> str | None:
        """Return whether JAX or diffrax is missing."""
        return missing("jax", "diffrax")

    def prepare(self, problem: Problem) -> None:
        """Define the compiled solve; it compiles at its first call."""
        import diffrax
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", val=True)
        self.problem, self.segments = problem, Segments(problem)
        loads = {a: a + "[{0}]" for a in ("y", "p", "u", "h")} | {"t": "t"}
        lines, outputs = statements(problem.system.rates, JAX, loads)
        body = "".join(f"    {name} = {value}\n" for name, value in lines)
        space: dict[str, Any] = {"jnp": jnp}
        body += f"    return jnp.stack([{', '.join(outputs)}])\n"
        exec(f"def f(t, y, q):\n    p, u, h = q\n{body}", space)
        scales = jnp.array(problem.scales)

        @jax.jit
        def solve(y: Any, q: Any, start: Any, times: Any, *tolerances: Any) -> Any:
            rtol, share = tolerances
            return diffrax.diffeqsolve(
                diffrax.ODETerm(space["f"]), diffrax.Kvaerno5(), start, times[-1], None, y, q,
                saveat=diffrax.SaveAt(ts=times), max_steps=200_000, throw=False,
                stepsize_controller=diffrax.PIDController(rtol=rtol, atol=rtol * share * scales),
            ).ys  # fmt: skip

        self.solve = solve
        self.lengths = sorted({4, len(problem.times)})

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        problem = self.problem
        p, h = problem.p[:, patient], problem.h[:, patient]

        def advance(y: Array, u: Array, times: Array, _: int) -> Array:
            count = len(times) - 1
            length = next(n for n in self.lengths if n >= count)
            padded = np.concatenate([times[1:], np.full(length - count, times[-1])])
            return np.asarray(self.solve(y, (p, u, h), times[0], padded, rtol, share))[:count]

        return self.segments.follow(patient, advance)
