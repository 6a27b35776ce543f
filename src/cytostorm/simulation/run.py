"""The door: model, cohort, regimen and times in, a Run out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel, kernel
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Regimen, Rule
from cytostorm.model.quantity import Quantity
from cytostorm.simulation.course import Course, Engine, Task
from cytostorm.simulation.engine.oracle import Oracle
from cytostorm.simulation.look import Seen, look_at
from cytostorm.simulation.policy import Policy
from cytostorm.simulation.result import Outcome, cohort_values, result
from cytostorm.simulation.rules import Log
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.status import TIME_LIMIT
from cytostorm.simulation.summaries import Gathering, Noted

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
BLOCK = 4096
"""Patients advanced together: enough to keep all lanes busy, few enough to show progress."""
MAX_VALUES = 2_000_000_000
"""Most numbers a Run may hold (16 GB); more is refused before anything is computed."""
PRECISIONS = ("float64", "float32")


def simulate(
    model: Model,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    times: Sequence[float] | Array | None = None,
    *,
    policy: Policy | None = None,
    solver: Rodas5P | None = None,
    rtol: float | None = None,
    quantities: Sequence[str] | None = None,
    summaries: Sequence[str] = (),
    engine: str = "native",
    precision: str = "float64",
    threads: int | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Simulate patients; a trigger's own dose is given at time 0 by itself.

    model : what `compose` made.
    cohort : Dataset (patient) of parameter values in display units, from `population.sample`;
        None is one patient with the model's own numbers.
    regimen : doses and rules besides the trigger.
    times : hours from the trigger, sorted; None is every 0.1 h for 48 h.
    policy : a Python function that is asked at intervals what to give.
    solver, rtol : settings of the integrator, or its relative tolerance alone; not both.
    quantities : names to keep; None is every lab and score, [] is none.
    summaries : numbers per patient, gathered at every step and not only at `times`: "peak il6",
        "time of peak il6", "trough map", "area il6", "time crp > 75 mg/L", "first temperature >= 38 degC",
        "final il6".
    engine : "native" or "numpy", the slow oracle.
    precision : "float64", or "float32" for screening: half the time, errors from 1e-4 on.
    threads : workers at most; None is one per core. The result is the same to the bit for any number.
    time_limit : seconds after which patients who are not done get the status "time limit".
    progress : called with patients done and patients in all.

    Returns a Dataset (patient, time) in display units with a `status` per patient; a patient that fails
    has NaN throughout, and is counted. Raises InputError for names, units and times that cannot be.
    """
    if not isinstance(model, Model):
        raise InputError(f"model is {model!r}", "a model", "make one: cytostorm.model_for('endotoxin')")
    plan, policy = _plan(regimen), _policy(policy)
    settings = _settings(solver, rtol)
    grid, kept, workers = _grid(times), _kept(model, quantities), _threads(threads)
    programs = kernel(model, _one_of("engine", engine, ("native", "numpy")))
    p = cohort_values(model, cohort)
    patients = p.shape[1]
    _check_size(len(kept), patients, len(grid))
    seen = tuple(Seen(str(q.name), q.factor) for q in kept.values())
    gathering = Gathering.of(model, summaries)
    driver = _engine(
        programs, seen, gathering.noted, precision=_one_of("precision", precision, PRECISIONS), threads=workers
    )
    task = Task(model, programs, driver, plan, policy, grid, kept, settings, gathering)
    out = np.full((patients, len(grid), len(kept)), np.nan)
    log, done = Log(), []
    with _deadline(time_limit) as late:
        for block in _blocks(patients, whole=policy is not None):
            course = Course(task, np.ascontiguousarray(p[:, block]), out[block], block.start, log, late)
            course.run()
            done.append(course)
            if progress is not None:
                progress(block.stop, patients)
    return result(task, cohort, Outcome.of(out, done, log), engine=engine, precision=precision)


def _blocks(patients: int, *, whole: bool) -> Iterator[slice]:
    """Return who is advanced together; a policy sees everyone at once."""
    size = patients if whole else BLOCK
    return (slice(start, min(start + size, patients)) for start in range(0, patients, size))


def _engine(
    programs: Kernel, seen: tuple[Seen, ...], noted: Noted, *, precision: str, threads: int
) -> Engine:
    if programs.engine == "native":
        from cytostorm.simulation.engine.native import native

        return native(programs.system, seen, noted, precision=precision, threads=threads)
    if precision != "float64":
        raise InputError(
            f"engine 'numpy' cannot run in {precision}", "float64", "leave precision out, or use engine 'native'"
        )
    return Oracle(programs, look_at(programs.system, seen, programs.engine), noted)


@contextmanager
def _deadline(seconds: float | None) -> Iterator[NDArray[np.int64]]:
    """Give a flag that turns to TIME_LIMIT when the time is over."""
    flag = np.zeros(1, np.int64)
    if seconds is None:
        yield flag
        return
    if not seconds > 0:
        raise InputError(f"time limit is {seconds!r} s", "seconds above zero", "leave it out for none")
    timer = threading.Timer(seconds, lambda: flag.fill(TIME_LIMIT))
    timer.start()
    try:
        yield flag
    finally:
        timer.cancel()


def _plan(regimen: Regimen | Dose | Rule | None) -> Regimen:
    if regimen is None:
        return Regimen()
    if isinstance(regimen, (Dose, Rule)):
        return Regimen() + regimen
    if not isinstance(regimen, Regimen):
        raise InputError(f"regimen is {regimen!r}", "a Regimen", "write Regimen() + Dose(...)")
    return regimen


def _policy(policy: Policy | None) -> Policy | None:
    if policy is None or isinstance(policy, Policy):
        return policy
    if callable(policy):
        return Policy(policy)
    raise InputError(f"policy is {policy!r}", "a Policy", "write Policy(function, every='24 h')")


def _settings(solver: Rodas5P | None, rtol: float | None) -> Rodas5P:
    if solver is not None and rtol is not None:
        raise InputError(
            f"both solver and rtol={rtol} are given", "one of the two", "write solver=Rodas5P(rtol=...)"
        )
    return solver or Rodas5P(rtol=1e-6 if rtol is None else rtol)


def _threads(threads: int | None) -> int:
    if threads is None:
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    if isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= 1024:
        raise InputError(f"threads is {threads!r}", "1 to 1024", "leave it out for one per core")
    return threads


def _one_of(what: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InputError(f"{what} is {value!r}", " or ".join(map(repr, known)), "choose one of them")
    return value


def _check_size(kept: int, patients: int, moments: int) -> None:
    if kept * patients * moments > MAX_VALUES:
        raise InputError(
            f"{patients} patients x {moments} times x {kept} quantities do not fit into memory",
            f"at most {MAX_VALUES:,} numbers",
            "keep fewer quantities or times, or run the patients in parts",
        )


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
