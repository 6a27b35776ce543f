"""libRoadRunner: SBML compiled by LLVM, CVODE, host segments at doses."""

from __future__ import annotations

import numpy as np
from harness.problem import Problem
from harness.sbml import read_by_rates, to_sbml
from harness.segments import Fired, Segments

from peers import Array, Peer, missing


class Engine(Peer):
    """One loaded model; states and parameters are set by array, never recompiled."""

    label = "libRoadRunner (CVODE)"
    packages = ("libroadrunner",)
    note = (
        "lean SBML with parameter-only terms worked out; absolute tolerance per state; restarts by the host"
    )

    @staticmethod
    def available() -> str | None:
        """Return whether roadrunner is missing."""
        return missing("roadrunner")

    def prepare(self, problem: Problem) -> None:
        """Load and compile the model."""
        import roadrunner

        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        self.problem, self.segments = problem, Segments(problem)
        self.rr = roadrunner.RoadRunner(to_sbml(problem))
        self.rr.setIntegrator("cvode")
        self.cvode = self.rr.getIntegrator()
        self.cvode.setValue("stiff", True)
        self.cvode.setValue("maximum_num_steps", 100_000)
        ids = list(self.rr.model.getGlobalParameterIds())
        n, m = len(problem.system.species), len(problem.system.inputs)
        self.states = [ids.index(f"y{k}") for k in range(n)]
        self.inputs = [ids.index(f"u{k}") for k in range(m)]
        self.values = read_by_rates(problem)
        self.fixed = [ids.index(f"{a}{k}") for a, k in self.values]
        self.rr.timeCourseSelections = [f"y{k}" for k in range(n)]

    def tolerances(self, rtol: float, share: float) -> None:
        """Set the tolerances of the integrator."""
        self.cvode.setValue("relative_tolerance", rtol)
        self.cvode.setValue("absolute_tolerance", (rtol * share * self.problem.scales).tolist())

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        self.tolerances(rtol, share)
        model, problem = self.rr.model, self.problem
        arrays = {"p": problem.p[:, patient], "h": problem.h[:, patient]}
        model.setGlobalParameterValues(self.fixed, [float(arrays[a][k]) for a, k in self.values])

        def advance(y: Array, u: Array, times: Array, _: int) -> Array:
            model.setTime(float(times[0]))
            model.setGlobalParameterValues(self.states + self.inputs, [*y.tolist(), *u.tolist()])
            return np.array(self.rr.simulate(times=times.tolist()))[1:]

        return self.segments.follow(patient, advance)
