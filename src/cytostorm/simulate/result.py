"""Arrays to Dataset: units, labels, and everything needed to run it again."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model, Regimen
from cytostorm.model.quantity import Quantity
from cytostorm.simulate.ensemble import OK, STATUS, Lanes
from cytostorm.simulate.rules import Watch
from cytostorm.simulate.solvers.rodas5p import Rodas5P

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


def cohort_values(model: Model, cohort: xr.Dataset | None) -> Array:
    """Return all parameters of all patients (parameters, patients) in coherent units."""
    row = {q.name: k for k, q in enumerate(model.parameters)}
    patients = 1 if cohort is None else int(cohort.sizes["patient"])
    p = np.array([model.values[q] for q in model.parameters], float)[:, None].repeat(max(patients, 1), axis=1)
    if patients < 1:
        raise InputError("the cohort is empty", "at least one patient", "sample n >= 1")
    for name in [] if cohort is None else list(cohort.data_vars):
        if name not in row:
            raise InputError(
                f"cohort has {name!r}, which model {model.name!r} lacks", "parameters of the model",
                did_you_mean(str(name), list(row)),
            )  # fmt: skip
        p[row[str(name)]] = cohort[name].to_numpy() * model.parameters[row[str(name)]].factor
    return p


def result(
    model: Model,
    cohort: xr.Dataset | None,
    plan: Regimen,
    grid: Array,
    kept: dict[str, Quantity],
    out: Array,
    blocks: Sequence[Lanes],
    watch: Watch,
    settings: Rodas5P,
    engine: str,
) -> xr.Dataset:
    """Return the Run."""
    import xarray as xr

    status = np.concatenate([b.status for b in blocks])
    per_patient = {
        "status": ("patient", status, {
            "label": "how the integration ended",
            "units": "1",
            "flag_values": list(range(len(STATUS))),
            "flag_meanings": " ".join(s.replace(" ", "_") for s in STATUS),
        }),
        "failed_at": ("patient", np.concatenate([b.failed_at for b in blocks]), {
            "label": "time of failure", "units": "h"}),
        "steps": ("patient", np.concatenate([b.steps for b in blocks]), {"label": "steps taken", "units": "1"}),
        "clamped": ("patient", np.concatenate([b.clamped for b in blocks]), {
            "label": "largest amount cut off below zero, as a share of the local tolerance", "units": "1"}),
    }  # fmt: skip
    if watch.rules:
        per_patient["given"] = (
            ("rule", "patient"), watch.given, {"label": "times each rule has given", "units": "1"},
        )  # type: ignore[assignment]  # fmt: skip
    variables = {
        name: (("patient", "time"), out[k] / q.factor, {"units": q.unit, "label": q.label, "quantity": q.name})
        for k, (name, q) in enumerate(kept.items())
    }
    return xr.Dataset(
        variables | per_patient,  # type: ignore[arg-type]
        coords={
            "patient": np.arange(len(status)) if cohort is None else cohort["patient"].to_numpy(),
            "time": ("time", grid, {"units": "h", "label": "time since the trigger"}),
        },
        attrs=_provenance(model, cohort, plan, status, watch, settings, engine),
    )


def _provenance(
    model: Model,
    cohort: xr.Dataset | None,
    plan: Regimen,
    status: NDArray[np.int8],
    watch: Watch,
    settings: Rodas5P,
    engine: str,
) -> dict[str, str | int | float]:
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
        "regimen": plan.text(),
        "regimen_json": json.dumps(asdict(plan), sort_keys=True),
        "solver": "Rodas5P",
        "solver_settings": json.dumps(asdict(settings), sort_keys=True),
        "rtol": settings.rtol,
        "engine": engine,
        "n": len(status),
        "failed": int((status != OK).sum()),
        "decisions": json.dumps([asdict(d) for d in watch.log]),
        "version": __version__,
        "platform": f"{platform.machine()} Python {platform.python_version()} NumPy {np.__version__}",
        "disclaimer": "For research and education only, never for the care of a patient.",
    }
