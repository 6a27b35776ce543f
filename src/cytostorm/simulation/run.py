"""The door: model, cohort, regimen and times in, a Run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel, kernel
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Regimen, Rule
from cytostorm.model.quantity import Quantity
from cytostorm.simulation.ensemble import NONFINITE, OK, Ensemble, Lanes, Stops
from cytostorm.simulation.result import cohort_values, result
from cytostorm.simulation.rules import Ward, Watch
from cytostorm.simulation.schedule import Marks, Scheduler
from cytostorm.simulation.solvers.rodas5p import Rodas5P

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
BLOCK = 256
"""Patients advanced together: enough to spread the cost of a step, few enough to stay in the cache."""
MAX_VALUES = 2_000_000_000
"""Most numbers a Run may hold (16 GB); more is refused before anything is computed."""


def simulate(
    model: Model,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    times: Sequence[float] | Array | None = None,
    *,
    solver: Rodas5P | None = None,
    rtol: float | None = None,
    quantities: Sequence[str] | None = None,
    engine: str = "native",
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Simulate patients; a trigger's own dose is given at time 0 by itself.

    model : what `compose` made.
    cohort : Dataset (patient) of parameter values in display units, from `population.sample`;
        None is one patient with the model's own numbers.
    regimen : doses and rules besides the trigger.
    times : hours from the trigger, sorted; None is every 0.1 h for 48 h.
    solver, rtol : settings of the integrator, or its relative tolerance alone.
    quantities : names to keep; None is every lab and score.
    engine : "native" or "numpy", the slow oracle.
    progress : called with patients done and patients in all.

    Returns a Dataset (patient, time) in display units with a `status` per patient; a patient that fails
    has NaN from the failure on, and is counted. Raises InputError for names, units and times that cannot be.
    """
    if not isinstance(model, Model):
        raise InputError(f"model is {model!r}", "a model", "make one: cytostorm.model_for('endotoxin')")
    if isinstance(regimen, (Dose, Rule)):
        regimen = Regimen() + regimen
    if regimen is not None and not isinstance(regimen, Regimen):
        raise InputError(f"regimen is {regimen!r}", "a Regimen", "write Regimen() + Dose(...)")
    settings = solver or Rodas5P(rtol=1e-6 if rtol is None else rtol)
    plan = regimen or Regimen()
    grid = _grid(times)
    kept = _kept(model, quantities)
    programs = kernel(model, engine)
    p = cohort_values(model, cohort)
    patients = p.shape[1]
    if len(kept) * patients * len(grid) > MAX_VALUES:
        raise InputError(
            f"{patients} patients x {len(grid)} times x {len(kept)} quantities do not fit into memory",
            f"at most {MAX_VALUES:,} numbers",
            "keep fewer quantities or times, or run the patients in parts",
        )
    task = _Task(model, programs, plan, grid, kept, settings, Watch(model, plan.rules, patients))
    out = np.full((len(kept), patients, len(grid)), np.nan)
    done: list[Lanes] = []
    for start in range(0, patients, BLOCK):
        block = slice(start, min(start + BLOCK, patients))
        done.append(task.run(np.ascontiguousarray(p[:, block]), out[:, block], start))
        if progress is not None:
            progress(block.stop, patients)
    return result(task, cohort, out, done, engine=engine)


def _grid(times: Sequence[float] | Array | None) -> Array:
    if times is None:
        return np.linspace(0.0, 48.0, 481)
    wanted = "one or more finite hours from 0 on, each later than the last"
    try:
        grid = np.asarray(times, float)
    except (TypeError, ValueError):
        raise InputError(f"times are {str(times)[:60]!r}", wanted, "give numbers of hours") from None
    if grid.ndim != 1 or not grid.size:
        raise InputError(f"times have the shape {grid.shape}", wanted, "give a list of hours")
    if not np.isfinite(grid).all() or (grid < 0).any():
        raise InputError("some of the times are negative or no numbers", wanted, "leave them out")
    if (np.diff(grid) <= 0).any():
        raise InputError("times do not rise", wanted, "sort them and leave out doubles")
    return grid


def _kept(model: Model, names: Sequence[str] | None) -> dict[str, Quantity]:
    if names is None:
        return {o.short: o for o in (*model.labs, *model.scores)} or {s.name: s for s in model.species}
    if isinstance(names, str):
        raise InputError(f"quantities are {names!r}, one text", "a list of names", f"write [{names!r}]")
    return {name: model.quantity(name) for name in names}


@dataclass
class _Task:
    """What all blocks of patients share."""

    model: Model
    programs: Kernel
    plan: Regimen
    grid: Array
    kept: dict[str, Quantity]
    settings: Rodas5P
    watch: Watch

    def run(self, p: Array, out: Array, offset: int) -> Lanes:
        """Simulate some patients; `out` (quantity, patient, time) is filled in coherent units.

        p : their parameters; offset : index of the first of them in the cohort.
        """
        programs, grid = self.programs, self.grid
        lanes = Lanes.start(programs, p, self.settings.first)
        rows = _rows(programs, self.kept)

        def read(at: Array, y: Array, u: Array, ids: NDArray[np.intp]) -> Array:
            return programs.read(at[None, :], np.ascontiguousarray(y), p[:, ids], u, lanes.hoisted[:, ids])

        def sample(ids: NDArray[np.intp], k: NDArray[np.intp], y: Array, u: Array) -> None:
            seen = read(grid[k], y, u, ids) if any(kind == "read" for kind, _ in rows) else y
            for q, (kind, row) in enumerate(rows):
                out[q, ids, k] = (seen if kind == "read" else y)[row]

        everyone = np.arange(p.shape[1])
        observables = programs.system.observables
        readings = dict(zip(observables, read(lanes.t, lanes.y, lanes.u, everyone), strict=True))
        readings |= dict(zip(programs.system.parameters, p, strict=True))
        marks = Marks(grid)
        moments = [marks.snap(t) for t in self.watch.moments(float(grid[-1]))]
        scheduler = Scheduler(self.model, programs, p, readings, marks | moments)
        diaries = scheduler.diaries(self.plan, everyone[lanes.status == OK])
        ok = everyone[lanes.status == OK]
        if grid[0] == 0.0 and ok.size:
            sample(ok, np.zeros_like(ok), lanes.y[:, ok], lanes.u[:, ok])
        batch = Ensemble(programs, lanes, Stops.of(diaries), grid, sample, self.settings)
        for moment in moments:
            batch.advance(moment)
            if self.watch.rules and moment < grid[-1]:
                seen = dict(zip(observables, read(lanes.t, lanes.y, lanes.u, everyone), strict=True))
                if self.watch.look(moment, seen, lanes.status == OK, Ward(scheduler, diaries, offset)):
                    batch.stops = Stops.of(diaries, since=moment)
        _blank_failures(lanes, out)
        return lanes


def _rows(programs: Kernel, kept: dict[str, Quantity]) -> list[tuple[str, int]]:
    """Return where each kept quantity is found: among the read-outs or the states."""
    read = {name: k for k, name in enumerate(programs.system.observables)}
    states = {name: k for k, name in enumerate(programs.system.species)}
    rows = []
    for quantity in kept.values():
        name = str(quantity.name)
        rows.append(("read", read[name]) if name in read else ("state", states[name]))
    return rows


def _blank_failures(lanes: Lanes, out: Array) -> None:
    """Never pass on a non-finite number as a result: such a patient fails, and is NaN throughout."""
    strange = (lanes.status == OK) & ~np.isfinite(out).all(axis=(0, 2))
    lanes.status[strange] = NONFINITE
    lanes.failed_at[strange] = lanes.t[strange]
    out[:, lanes.status != OK] = np.nan
