"""Arrays to Dataset: units, labels, and everything needed to run it again."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model, Regimen
from cytostorm.model.quantity import Quantity
from cytostorm.simulation.ensemble import OK, STATUS, Lanes
from cytostorm.simulation.rules import Watch
from cytostorm.simulation.solvers.rodas5p import Rodas5P

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


def cohort_values(model: Model, cohort: xr.Dataset | None) -> Array:
    """Return all parameters of all patients (parameters, patients) in coherent units."""
    row = {q.name: k for k, q in enumerate(model.parameters)}
    if cohort is not None and "patient" not in getattr(cohort, "sizes", ()):
        raise InputError(
            f"cohort is {type(cohort).__name__} without the dimension 'patient'",
            "a Dataset (patient), as cytostorm.sample gives it",
            "keep the dimension: cohort.isel(patient=[3]), not cohort.isel(patient=3)",
        )
    patients = 1 if cohort is None else int(cohort.sizes["patient"])
    p = np.array([model.values[q] for q in model.parameters], float)[:, None].repeat(max(patients, 1), axis=1)
    if patients < 1:
        raise InputError("the cohort is empty", "at least one patient", "sample n >= 1")
    if cohort is None:
        return p
    for name in cohort.data_vars:
        if name not in row:
            raise InputError(
                f"cohort has {name!r}, which model {model.name!r} lacks", "parameters of the model",
                did_you_mean(str(name), list(row)),
            )  # fmt: skip
        p[row[str(name)]] = cohort[name].to_numpy() * model.parameters[row[str(name)]].factor
    return p


class Task(Protocol):
    """What a run was asked to do."""

    model: Model
    plan: Regimen
    grid: Array
    kept: dict[str, Quantity]
    settings: Rodas5P
    watch: Watch


def result(
    task: Task, cohort: xr.Dataset | None, out: Array, blocks: Sequence[Lanes], *, engine: str
) -> xr.Dataset:
    """Return the Run: `out` (quantity, patient, time) in display units, statuses, provenance."""
    import xarray as xr

    status = np.concatenate([b.status for b in blocks])
    per_patient: dict[str, Any] = {
        "status": ("patient", status, {
            "label": "how the integration ended",
            "units": "1",
            "flag_values": list(range(len(STATUS))),
            "flag_meanings": " ".join(s.replace(" ", "_") for s in STATUS),
        }),
        "failed_at": ("patient", np.concatenate([b.failed_at for b in blocks]), {
            "label": "time of failure", "units": "h"}),
        "steps": ("patient", np.concatenate([b.steps for b in blocks]), {
            "label": "steps taken", "units": "1"}),
        "clamped": ("patient", np.concatenate([b.clamped for b in blocks]), {
            "label": "largest amount cut off below zero, as a share of the local tolerance", "units": "1"}),
    }  # fmt: skip
    if task.watch.rules:
        per_patient["given"] = (
            ("rule", "patient"), task.watch.given, {"label": "times each rule has given", "units": "1"},
        )  # fmt: skip
    variables = {
        name: (
            ("patient", "time"),
            out[k] / q.factor,
            {"units": q.unit, "label": q.label, "quantity": q.name},
        )
        for k, (name, q) in enumerate(task.kept.items())
    }
    return xr.Dataset(
        variables | per_patient,
        coords={
            "patient": np.arange(len(status)) if cohort is None else cohort["patient"].to_numpy(),
            "time": ("time", task.grid, {"units": "h", "label": "time since the trigger"}),
        },
        attrs=_provenance(task, cohort, status, engine),
    )


def _provenance(
    task: Task, cohort: xr.Dataset | None, status: NDArray[np.int8], engine: str
) -> dict[str, str | int | float]:
    model, settings = task.model, task.settings
    changed = {
        p.name: f"{model.values[p] / p.factor!r} {p.unit}"
        for p in model.parameters
        if model.values[p] != p.value * p.factor
    }
    sampled = {} if cohort is None else {str(k): v for k, v in cohort.attrs.items()}
    return {
        "model": model.name,
        "modules": " ".join(m.name for m in model.modules),
        "fingerprint": model.fingerprint,
        "set": json.dumps(changed, sort_keys=True),
        "cohort": json.dumps(sampled, sort_keys=True, default=str),
        "seed": int(sampled.get("seed", -1)),
        "regimen": task.plan.text(),
        "regimen_json": json.dumps(asdict(task.plan), sort_keys=True),
        "solver": "Rodas5P",
        "solver_settings": json.dumps(asdict(settings), sort_keys=True),
        "rtol": settings.rtol,
        "engine": engine,
        "n": len(status),
        "failed": int((status != OK).sum()),
        "warnings": json.dumps(model.warnings()),
        "decisions": json.dumps([asdict(d) for d in task.watch.log]),
        "version": __version__,
        "platform": f"{platform.machine()} Python {platform.python_version()} NumPy {np.__version__}",
        "disclaimer": DISCLAIMER,
    }
