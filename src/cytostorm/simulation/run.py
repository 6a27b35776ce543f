"""The door: model, cohort, regimen and times in, a Run out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import CancelledError, InputError
from cytostorm.model import Model, Regimen
from cytostorm.simulation.outcome import Outcome, course_of
from cytostorm.simulation.policy import Policy
from cytostorm.simulation.request import MAX_VALUES, Request, check_size
from cytostorm.simulation.result import cohort_values, result
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.status import CANCELLED, TIME_LIMIT

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["MAX_VALUES", "simulate"]

Array = NDArray[np.float64]
BLOCK = 4096
"""Patients advanced together: enough to keep all lanes busy, few enough to show progress."""


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
    unsafe: bool = False,
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
    precision : "float64", or "float32" for screening: half the time, errors from 1e-4 on. Patients who come
        near a rule's limit are then run again in float64; the attributes say how many decided otherwise.
    threads : workers at most; None is one per core. The result is the same to the bit for any number.
    time_limit : seconds after which patients who are not done get the status "time limit".
    unsafe : give also what breaks the limits of a drug; the attribute `unsafe` then says what did.
    progress : called with patients done and patients in all.

    Returns a Dataset (patient, time) in display units with a `status` per patient; a patient that fails
    has NaN throughout, and is counted. One who dies is NaN from then on, and `died_at` has the hour.
    Raises InputError for names, units and times that cannot be and for unsafe orders, and CancelledError when
    interrupted from the keyboard: its `run` holds what was finished.
    """
    how = {
        "policy": policy, "solver": solver, "rtol": rtol, "summaries": summaries, "engine": engine,
        "precision": precision, "threads": threads, "unsafe": unsafe,
    }  # fmt: skip
    request = Request.of(model, regimen, times, quantities, **how)
    p = cohort_values(model, cohort)
    request = request.within_limits(cohort).for_people(p)
    patients = p.shape[1]
    check_size(len(request.kept), patients, len(request.grid))
    out = np.empty((patients, len(request.grid), len(request.kept)))
    done: list[Outcome] = []
    with _deadline(time_limit) as late:
        for block in _blocks(patients, whole=policy is not None):
            inside = np.ascontiguousarray(p[:, block])
            try:
                done.append(course_of(request, inside, out[block], block.start, late))
                if progress is not None and not late[0]:
                    progress(block.stop, patients)
            except KeyboardInterrupt:
                late[0] = CANCELLED  # all who are left get this status at once
                if len(done) * BLOCK <= block.start:  # this block was not yet finished
                    done.append(course_of(request, inside, out[block], block.start, late))
    run = result(request, cohort, out, Outcome.joined(done))
    if late[0] == CANCELLED:
        raise CancelledError("the run was interrupted; what was finished is in the attribute 'run'", run)
    return run


def _blocks(patients: int, *, whole: bool) -> Iterator[slice]:
    """Return who is advanced together; a policy sees everyone at once."""
    size = patients if whole else BLOCK
    return (slice(start, min(start + size, patients)) for start in range(0, patients, size))


@contextmanager
def _deadline(seconds: float | None) -> Iterator[NDArray[np.int64]]:
    """Give a flag that turns to TIME_LIMIT when the time is over."""
    flag = np.zeros(1, np.int64)
    if seconds is None:
        yield flag
        return
    if type(seconds) not in (int, float) or not seconds > 0:
        raise InputError(f"time limit is {seconds!r} s", "seconds above zero", "leave it out for none")
    timer = threading.Timer(seconds, lambda: flag.fill(TIME_LIMIT))
    timer.start()
    try:
        yield flag
    finally:
        timer.cancel()
