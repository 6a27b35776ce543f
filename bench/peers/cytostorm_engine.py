"""Ours: one call of `cytostorm.simulate` for all patients, as a user calls it."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from harness.problem import Problem

import cytostorm
from peers import Array, Peer


class Engine(Peer):
    """`cytostorm.simulate`, warm, one thread."""

    label = "cytostorm"
    packages = ("cytostorm",)
    note = "one call for all patients, Dataset of all states included; tolerances as shipped"
    shares: ClassVar[tuple[float, ...]] = (1e-3,)
    rtols: ClassVar[tuple[float, ...]] = (3e-2, 1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
    batches: ClassVar[bool] = True
    precision: ClassVar[str] = "float64"

    def prepare(self, problem: Problem) -> None:
        """Compile with one patient."""
        self.problem = problem
        self.factors = np.array([s.factor for s in problem.model.species])
        self.simulate(1, 1e-3)

    def simulate(self, patients: int, rtol: float) -> Any:
        """Return the run of the first so many patients, all states kept."""
        problem = self.problem
        return cytostorm.simulate(
            problem.model,
            problem.cohort.isel(patient=slice(0, patients)),
            problem.regimen,
            problem.times,
            rtol=rtol,
            quantities=[str(s.name) for s in problem.model.species],
            threads=1,
            precision=self.precision,
        )

    def results(self, run: Any) -> list[tuple[Array, list[tuple[float, int]]]]:
        """Return a run as the harness wants it."""
        names = [str(s.name) for s in self.problem.model.species]
        states = np.stack([run[name].to_numpy() for name in names], axis=-1) * self.factors
        fired = [[] for _ in range(len(states))]
        rules = [f"{rule.text()}: {rule.dose.text()}" for rule in self.problem.regimen.rules]
        if "decided_at" in run:
            which = [rules.index(order) for order in run["order"].to_numpy().tolist()]
            columns = (run[f"decided_{name}"].to_numpy().tolist() for name in ("at", "for", "what"))
            for time, patient, order in zip(*columns, strict=True):
                fired[patient].append((time, which[order]))
        return list(zip(states, fired, strict=True))

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, list[tuple[float, int]]]:
        """Return one patient; the harness calls `simulate` for many."""
        raise NotImplementedError(f"patient {patient}, {rtol}, {share}: call simulate")
