"""The truth of a problem: our solver at its tightest, held against two solvers of SciPy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import peers
from numpy.typing import NDArray

from harness.problem import Problem
from harness.segments import Fired, Segments

Array = NDArray[np.float64]
RTOL = 1e-11
FLOOR = 1e-3
"""Part of a state's largest value that counts as its size where it is small."""
NOTHING = 1e-9
"""Part of a state's scale that counts as its size where it is nothing at all: a drug that nobody got."""


@dataclass(frozen=True)
class Reference:
    """States (patient, time, state), the scale of each state, and what fired, per patient."""

    states: Array
    scales: Array
    fired: list[Fired]

    def error(self, patient: int, states: Array) -> float:
        """Return the largest error of a patient over states and times; infinite for what is no number."""
        true = self.states[patient]
        size = np.abs(true) + FLOOR * np.abs(true).max(axis=0) + NOTHING * self.scales
        worst = float((np.abs(states - true) / size).max())
        return worst if np.isfinite(worst) else float("inf")

    def same_decisions(self, patient: int, fired: Fired) -> bool:
        """Return whether the same rules fired at the same looks."""
        return _rounded(fired) == _rounded(self.fired[patient])


def _rounded(fired: Fired) -> list[tuple[float, int]]:
    return sorted((round(t, 6), k) for t, k in fired)


def digest(problem: Problem, patients: int) -> str:
    """Return a name for the truth of a problem."""
    parts = (problem.system.rates.fingerprint, problem.p[:, :patients].tobytes(), problem.times.tobytes(),
             repr(problem.events[:patients]), repr(problem.looks), problem.regimen.text(), RTOL)  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def compute(problem: Problem, patients: int, folder: Path) -> Path:
    """Write the truth of the first so many patients to a file, unless it is there; return the file."""
    path = folder / f"reference-{digest(problem, patients)}.npz"
    if not path.exists():
        ours = peers.engine("cytostorm_engine")
        ours.prepare(problem)
        results = ours.results(ours.simulate(patients, RTOL))
        states = np.array([y for y, _ in results])
        np.savez(
            path, states=states, scales=problem.scales, fired=json.dumps([fired for _, fired in results])
        )
    return path


def load(path: Path) -> Reference:
    """Read what `compute` wrote."""
    with np.load(path) as found:
        fired = [[(t, k) for t, k in mine] for mine in json.loads(str(found["fired"]))]
        return Reference(found["states"], found["scales"], fired)


def cross_check(problem: Problem, truth: Reference, patients: int) -> dict[str, float]:
    """Return the largest difference of SciPy's LSODA and Radau from the truth, over some patients."""
    lsoda = peers.engine("scipy_numba" if peers.missing("numba") is None else "scipy_python")
    lsoda.prepare(problem)
    segments, found = Segments(problem), {"SciPy LSODA": 0.0, "SciPy Radau": 0.0}
    for k in range(patients):
        for name, run in (
            ("SciPy LSODA", lambda k: lsoda.run(k, RTOL, 1e-2)),
            ("SciPy Radau", lambda k: segments.follow(k, _radau(problem, lsoda))),
        ):
            states, fired = run(k)
            error = truth.error(k, states) if truth.same_decisions(k, fired) else float("nan")
            found[name] = max(found[name], error)
    return found


def _radau(problem: Problem, functions: Any) -> Any:
    """Return the way of SciPy's Radau from a start to later hours."""
    from scipy.integrate import solve_ivp

    n = len(problem.system.species)

    def advance(y: Array, u: Array, times: Array, k: int) -> Array:
        rest = (functions.p[k], functions.constants(u), functions.h[k])

        def rates(t: float, y: Array) -> Array:
            return np.array(functions.rates(y, t, *rest, np.empty(n)))

        def jacobian(t: float, y: Array) -> Array:
            return functions.jacobian(y, t, *rest, None).T.copy()

        return solve_ivp(
            rates, (times[0], times[-1]), y, "Radau", times[1:], jac=jacobian,
            rtol=RTOL, atol=RTOL * 1e-2 * problem.scales,
        ).y.T  # fmt: skip

    return advance
