"""Arrays to Dataset: units, labels, and everything needed to run it again."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model
from cytostorm.simulation.course import Course, Task
from cytostorm.simulation.rules import Log
from cytostorm.simulation.status import OK, STATUS

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
        with np.errstate(over="ignore"):  # what is infinite gets its status later
            p[row[str(name)]] = cohort[name].to_numpy() * model.parameters[row[str(name)]].factor
    return p


@dataclass(frozen=True)
class Outcome:
    """What came of all blocks together: samples (patient, time, quantity), patients' numbers, decisions."""

    out: Array
    sums: Array
    numbers: dict[str, Array]
    given: NDArray[np.int64]
    log: Log

    @classmethod
    def of(cls, out: Array, done: Sequence[Course], log: Log) -> Outcome:
        """Put blocks together again."""
        found = {
            "status": np.concatenate([c.block.count("status") for c in done]).astype(np.int8),
            "failed_at": np.concatenate([c.block.number("failed_at") for c in done]),
            "steps": np.concatenate([c.block.count("steps") for c in done]),
            "rejected": np.concatenate([c.block.count("rejected") for c in done]),
            "tries": np.concatenate([c.tries for c in done]).astype(np.int8),
            "clamped": np.concatenate([c.block.number("clamped") for c in done]),
        }
        sums = np.concatenate([c.block.sums for c in done])
        return cls(out, sums, found, np.concatenate([c.watch.given for c in done], axis=1), log)

    def variables(self) -> dict[str, Any]:
        """Return the variables of patients and decisions."""
        about = {
            "status": {
                "label": "how the integration ended",
                "units": "1",
                "flag_values": list(range(len(STATUS))),
                "flag_meanings": " ".join(s.replace(" ", "_") for s in STATUS),
            },
            "failed_at": {"label": "time of failure", "units": "h"},
            "steps": {"label": "steps taken", "units": "1"},
            "rejected": {"label": "steps that were rejected", "units": "1"},
            "tries": {
                "label": "how the patient was brought through, at worst",
                "units": "1",
                "flag_values": [0, 1, 2],
                "flag_meanings": "at_once with_tighter_tolerance by_reference_solver",
            },
            "clamped": {
                "label": "largest amount cut off below zero, as a share of the local tolerance",
                "units": "1",
            },
        }
        found: dict[str, Any] = {name: ("patient", self.numbers[name], about[name]) for name in about}
        if len(self.given):
            label = {"label": "times each rule has given", "units": "1"}
            found["given"] = (("rule", "patient"), self.given, label)
        if self.log.orders:
            time, patient, order = self.log.table()
            found["decided_at"] = ("decision", time, {"label": "time of a decision", "units": "h"})
            found["decided_for"] = ("decision", patient, {"label": "index of its patient", "units": "1"})
            found["decided_what"] = ("decision", order, {"label": "index of the order", "units": "1"})
        return found


def result(
    task: Task, cohort: xr.Dataset | None, outcome: Outcome, *, engine: str, precision: str
) -> xr.Dataset:
    """Return the Run: samples in display units, statuses, decisions, provenance."""
    import xarray as xr

    status = outcome.numbers["status"]
    variables: dict[str, Any] = {
        name: (
            ("patient", "time"),
            outcome.out[:, :, k],
            {"units": q.unit, "label": q.label, "quantity": q.name},
        )
        for k, (name, q) in enumerate(task.kept.items())
    }
    for k, summary in enumerate(task.gathering.summaries):
        about = {"units": task.gathering.unit(k), "label": summary.text()}
        variables[summary.name] = ("patient", outcome.sums[:, task.gathering.places[k]], about)
    coords: dict[str, Any] = {
        "patient": np.arange(len(status)) if cohort is None else cohort["patient"].to_numpy(),
        "time": ("time", task.grid, {"units": "h", "label": "time since the trigger"}),
    }
    if outcome.log.orders:
        coords["order"] = ("order", outcome.log.orders, {"label": "what rules and policies order"})
    how = {"engine": engine, "precision": precision}
    return xr.Dataset(
        variables | outcome.variables(), coords=coords, attrs=_provenance(task, cohort, status, how)
    )


def _provenance(
    task: Task, cohort: xr.Dataset | None, status: Array, how: dict[str, str]
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
        **how,
        "n": len(status),
        "failed": int((status != OK).sum()),
        "warnings": json.dumps(model.warnings()),
        "policy": task.policy.text() if task.policy else "",
        "version": __version__,
        "platform": f"{platform.machine()} Python {platform.python_version()} NumPy {np.__version__}",
        "disclaimer": DISCLAIMER,
    }
