"""Arrays to Dataset: units, labels, and everything needed to run it again."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.dataset import DIED, DISCLAIMER
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model
from cytostorm.simulation.outcome import Outcome, about
from cytostorm.simulation.request import Request
from cytostorm.simulation.status import OK

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
            p[row[str(name)]] = cohort.variables[name].to_numpy() * model.parameters[row[str(name)]].factor
    return p


def result(request: Request, cohort: xr.Dataset | None, out: Array, outcome: Outcome) -> xr.Dataset:
    """Return the Run: samples in display units, summaries, statuses, decisions, provenance.

    out : samples (patient, time, quantity).
    """
    import xarray as xr

    variables: dict[str, Any] = {
        name: (("patient", "time"), out[:, :, k], {"units": q.unit, "label": q.label, "quantity": q.name})
        for k, (name, q) in enumerate(request.kept.items())
    }
    patients = len(outcome.sums)
    coords: dict[str, Any] = {
        "patient": np.arange(patients) if cohort is None else cohort["patient"].to_numpy(),
        "time": ("time", request.grid, {"units": "h", "label": "time since the trigger"}),
    }
    if outcome.log.orders:
        coords["order"] = ("order", outcome.log.orders, {"label": "what rules and policies order"})
    return xr.Dataset(
        variables | summed(request, outcome) | numbers(request.model, outcome) | _decisions(outcome),
        coords=coords,
        attrs=provenance(request, cohort, outcome),
    )


def summed(request: Request, outcome: Outcome) -> dict[str, Any]:
    """Return the summaries as variables."""
    found = {}
    for k, summary in enumerate(request.gathering.summaries):
        said = {"units": request.gathering.unit(k), "label": summary.text()}
        found[summary.name] = ("patient", outcome.sums[:, request.gathering.places[k]], said)
    return found


def numbers(model: Model, outcome: Outcome) -> dict[str, Any]:
    """Return what is known of each patient's integration as variables."""
    small = {"status": np.int8, "tries": np.int8}
    return {
        name: ("patient", outcome.numbers[name].astype(small.get(name, outcome.numbers[name].dtype)), said)
        for name, said in about(model).items()
    }


def _decisions(outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if len(outcome.given):
        said = {"label": "times each rule has given", "units": "1"}
        found["given"] = (("rule", "patient"), outcome.given, said)
    if outcome.log.orders:
        time, patient, order = outcome.log.table()
        found["decided_at"] = ("decision", time, {"label": "time of a decision", "units": "h"})
        found["decided_for"] = ("decision", patient, {"label": "index of its patient", "units": "1"})
        found["decided_what"] = ("decision", order, {"label": "index of the order", "units": "1"})
    return found


def deaths(died_at: Array | None) -> dict[str, int]:
    """Return how many patients died, as an attribute; nothing for a model without endings."""
    return {} if died_at is None else {"died": int(np.isfinite(died_at).sum())}


def cut_off(clamped: Array) -> list[str]:
    """Return a warning if states that would have fallen below zero were held there against the equations."""
    with np.errstate(invalid="ignore"):
        many = int((clamped > 1.0).sum())
    if not many:
        return []
    worst = np.nanmax(clamped)
    return [
        (
            f"{many} patient{'s' if many > 1 else ''}: a state would have fallen below zero and was held "
            f"there, by up to {worst:.2g} times the tolerance; see 'clamped'"
        )
    ]


def _seed(seed: int) -> int | str:
    """Return a seed so that any file format can hold it."""
    return seed if seed < 2**31 else str(seed)


def provenance(request: Request, cohort: xr.Dataset | None, outcome: Outcome) -> dict[str, str | int | float]:
    """Return everything needed to run it again, and what there is to say about the whole."""
    model, settings = request.model, request.settings
    status = outcome.numbers["status"]
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
        "people": request.people,
        "seed": _seed(int(sampled.get("seed", -1))),
        "regimen": request.plan.text(),
        "regimen_json": json.dumps(asdict(request.plan), sort_keys=True),
        "unsafe": "; ".join(request.unsafe),
        "unchecked": "; ".join(request.unchecked),
        "solver": "Rodas5P",
        "solver_settings": json.dumps(asdict(settings), sort_keys=True),
        "rtol": settings.rtol,
        "engine": request.engine,
        "precision": request.precision,
        "summaries": json.dumps([summary.text() for summary in request.gathering.summaries]),
        **outcome.checks,
        "n": len(status),
        "failed": int((status != OK).sum()),
        **deaths(outcome.numbers.get(DIED)),
        "warnings": json.dumps([*model.warnings(), *cut_off(outcome.numbers["clamped"])]),
        "policy": request.policy.text() if request.policy else "",
        "version": __version__,
        "platform": f"{platform.machine()} Python {platform.python_version()} NumPy {np.__version__}",
        "disclaimer": DISCLAIMER,
    }
