"""COPASI's deterministic solver (LSODA) through its Python binding."""

from __future__ import annotations

import time

import numpy as np
from harness.problem import Problem
from harness.sbml import read_by_rates, to_sbml
from harness.segments import Fired, Segments

from peers import Array, Peer, missing


class Engine(Peer):
    """One loaded model; values are set and a time course is run with explicit output times."""

    label = "COPASI (LSODA)"
    packages = ("python-copasi",)
    note = "lean SBML, states in units of their scale; the row includes reading numbers one by one in Python"

    @staticmethod
    def available() -> str | None:
        """Return whether COPASI is missing."""
        return missing("COPASI")

    def prepare(self, problem: Problem) -> None:
        """Load the model and set up the task."""
        import COPASI

        self.problem, self.segments, self.inside = problem, Segments(problem), 0.0
        self.model_data = COPASI.CRootContainer.addDatamodel()
        if not self.model_data.importSBMLFromString(to_sbml(problem, scaled=True)):
            raise RuntimeError("COPASI could not read the model")
        self.model = self.model_data.getModel()
        values = {v.getObjectName(): v for v in self.model.getModelValues()}
        n, m = len(problem.system.species), len(problem.system.inputs)
        self.changing = [values[f"y{k}"] for k in range(n)] + [values[f"u{k}"] for k in range(m)]
        self.read = read_by_rates(problem)
        self.fixed = [values[f"{a}{k}"] for a, k in self.read]
        self.framework = COPASI.CCore.Framework_Concentration
        self.task = self.model_data.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        self.task.getProblem().setTimeSeriesRequested(True)
        self.task.getProblem().setUseValues(True)
        self.method = self.task.getMethod()
        self.columns: list[int] = []

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        problem, scales = self.problem, self.problem.scales
        self.method.getParameter("Relative Tolerance").setDblValue(rtol)
        self.method.getParameter("Absolute Tolerance").setDblValue(rtol * share)
        self.method.getParameter("Max Internal Steps").setIntValue(100_000)
        for value, (array, k) in zip(self.fixed, self.read, strict=True):
            value.setInitialValue(float(getattr(problem, array)[k, patient]))

        def advance(y: Array, u: Array, times: Array, _: int) -> Array:
            self.model.setInitialTime(float(times[0]))
            for value, number in zip(self.changing, [*(y / scales).tolist(), *u.tolist()], strict=True):
                value.setInitialValue(number)
            self.model.updateInitialValues(self.framework)
            self.task.getProblem().setValues(" ".join(map(repr, times.tolist())))
            start = time.process_time()
            if not self.task.process(True):
                raise RuntimeError("COPASI failed")
            self.inside += time.process_time() - start
            return self.series(len(times))[1:] * scales

        return self.segments.follow(patient, advance)

    def series(self, rows: int) -> Array:
        """Return the last so many recorded states."""
        series, n = self.task.getTimeSeries(), len(self.problem.scales)
        if not self.columns:
            place = {series.getTitle(k): k for k in range(series.getNumVariables())}
            self.columns = [
                place[f"Values[y{k}]"] if f"Values[y{k}]" in place else place[f"y{k}"] for k in range(n)
            ]
        get, first = series.getData, series.getRecordedSteps() - rows
        return np.array([[get(first + r, c) for c in self.columns] for r in range(rows)])

    def extra(self) -> dict[str, float]:
        """Return the time inside COPASI's task."""
        return {"solver": self.inside}
