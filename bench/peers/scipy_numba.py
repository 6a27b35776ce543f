"""SciPy's LSODA through `odeint`, right-hand side and Jacobian compiled by numba."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from harness.problem import Problem

from peers import Array, missing
from peers.scipy_python import Engine as Plain
from peers.scipy_python import sources


class Engine(Plain):
    """The same as plain SciPy with compiled functions."""

    label = "SciPy LSODA, numba"
    packages = ("scipy", "numba")
    note = "`odeint`, compiled right-hand side and analytic Jacobian; each call still passes through Python"

    @staticmethod
    def available() -> str | None:
        """Return whether numba is missing."""
        return missing("numba")

    def functions(self, problem: Problem) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Return rates and jacobian as compiled callables."""
        import numba

        space: dict[str, Any] = {"exp": math.exp, "log": math.log, "tanh": math.tanh}
        exec(sources(problem), space)
        made = [numba.njit(error_model="numpy")(space[name]) for name in ("rates", "jacobian")]
        y = problem.y0[:, 0].copy()
        rest = (0.0, problem.p[:, 0].copy(), np.zeros(len(problem.system.inputs)), problem.h[:, 0].copy())
        made[0](y, *rest, np.zeros(len(y)))
        made[1](y, *rest, np.zeros((len(y), len(y))))
        return made[0], made[1]

    def constants(self, array: Array) -> Array:
        """Return an array as it is."""
        return array
