"""AMICI: SBML to C++, CVODES with sparse analytic Jacobian (KLU)."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

import numpy as np
from harness.problem import Problem
from harness.sbml import read_by_rates, to_sbml
from harness.segments import Fired, Segments

from peers import Array, Peer, missing


class Engine(Peer):
    """One compiled model; parameters and start are set, doses by host segments."""

    label = "AMICI (CVODES)"
    packages = ("amici",)
    note = "lean SBML, states in units of their scale, no sensitivities and an empty parameter list"

    @staticmethod
    def available() -> str | None:
        """Return whether AMICI or the compiler is missing."""
        if shutil.which("c++") is None:
            return "not installed: a C++ compiler"
        return missing("amici")

    def prepare(self, problem: Problem) -> None:
        """Generate and compile the model, set up the solver."""
        import amici
        from amici.importers.sbml import SbmlImporter
        from amici.sim.sundials import run_simulation

        self.problem, self.segments, self.inside = problem, Segments(problem), 0.0
        self.simulate = run_simulation
        # the SWIG of this environment, which has to be the one that AMICI was built with
        os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
        self.folder = tempfile.TemporaryDirectory()
        name = f"bench_{abs(hash(problem.name))}"
        folder = Path(self.folder.name) / name
        text = to_sbml(problem, scaled=True, inputs_constant=True)
        importer = SbmlImporter(text, from_file=False)
        importer.sbml2amici(
            name, folder, compute_conservation_laws=False, generate_sensitivity_code=False, simplify=None
        )
        sys.modules.pop(name, None)
        self.model = amici.import_model_module(name, folder).get_model()
        self.solver = self.model.create_solver()
        self.solver.set_max_steps(100_000)
        # without this it keeps room for sensitivities at every output: four times the run time
        self.model.set_parameter_list([])
        ids = list(self.model.get_free_parameter_ids())
        read = {f"{a}{k}": (a, k) for a, k in read_by_rates(problem)}
        self.values = np.array(self.model.get_free_parameters())
        self.inputs = [(ids.index(f"u{k}"), k) for k in range(len(problem.system.inputs)) if f"u{k}" in ids]
        self.fixed = [(place, *read[i]) for place, i in enumerate(ids) if i in read]
        states = list(self.model.get_state_ids())
        self.order = [states.index(f"y{k}") for k in range(len(states))]

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        model, solver, problem = self.model, self.solver, self.problem
        solver.set_relative_tolerance(rtol)
        solver.set_absolute_tolerance(rtol * share)
        for place, array, k in self.fixed:
            self.values[place] = getattr(problem, array)[k, patient]

        def advance(y: Array, u: Array, times: Array, _: int) -> Array:
            for place, k in self.inputs:
                self.values[place] = u[k]
            start = np.empty(len(y))
            start[self.order] = y / problem.scales
            model.set_free_parameters(self.values)
            model.set_t0(float(times[0]))
            model.set_initial_state(start)
            model.set_timepoints(times[1:])
            found = self.simulate(model, solver)
            self.inside += 1e-3 * found.cpu_time
            return found.x[:, self.order] * problem.scales

        return self.segments.follow(patient, advance)

    def extra(self) -> dict[str, float]:
        """Return the solver's own time."""
        return {"solver": self.inside}
