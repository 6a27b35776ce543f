"""What patients complain of, visit by visit: how bad, since when, what is new, and what is a warning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER, PATIENT, TIME, quantities
from cytostorm.errors import InputError
from cytostorm.observe import metrics
from cytostorm.observe.visits import VISITS

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
OWNER = "symptoms."
"""What full names of symptoms begin with."""
DISEASE = "_disease"
"""What the name of the disease's own part of a symptom ends with."""
GRADES = ("none", "mild", "moderate", "severe")
"""Words for 0 to 3."""
WARNING = {"high_fever": 2.0, "fast_heartbeat": 1.5, "nausea": 2.5, "vomiting": 2.5}
"""Symptom -> severity from which it is a warning sign, as wards tell patients when to call: high fever at its
limit, fast heartbeat from moderate, nausea and vomiting when severe. Assumed."""
FELT = 0.5
"""Severity from which a symptom is there: half way to mild."""
COLUMNS = ("patient", "time", "symptom", "severity", "new", "worsening", "warning")
"""Columns of the long table; time is in hours. `from_disease` is added if the run tells it."""


def symptoms(run: xr.Dataset, hours: Sequence[float] | None = None) -> xr.Dataset:
    """Return the symptoms of a run at its visits.

    run : Dataset (patient, time) as `simulate` returns it, with the labs of the module `symptoms`.
    hours : visits, in hours from the trigger; None is every six hours, as vital signs are.

    Returns a Dataset (patient, time, symptom): `severity`, 0 none, 1 mild, 2 moderate, 3 severe, NaN after
    death; `new`, there now and not at the last visit; `worsening`, there then and worse now; `warning`, a
    sign to call for. Per patient and symptom `onset`, hours of the first visit at which it is there, NaN for
    never, and `worst`. Where the run holds `symptoms.NAME_disease`, `from_disease` is the share, 0 to 1,
    that the underlying disease makes by itself, NaN where nothing is felt; the rest is the storm's.
    Raises InputError if the run holds no symptoms, or does not reach a visit.
    """
    names = _names(run)
    grid = np.asarray(run[TIME].values, dtype=float)
    asked = VISITS["vitals"].hours(grid[0], grid[-1]) if hours is None else list(hours)
    if sorted(set(asked)) != asked:
        raise InputError("the visits do not rise", "hours in rising order", "sort them, each once")
    felt = np.stack([metrics.sampled(run[name], asked)[1] for name in names], axis=2)
    grade = np.where(np.isnan(felt), np.nan, np.floor(felt + FELT))
    before = np.concatenate([grade[:, :1], grade[:, :-1]], axis=1)  # nothing is new at the first visit
    dims = (PATIENT, TIME, "symptom")
    limits = np.array([WARNING.get(name, np.inf) for name in names])
    variables: dict[str, Any] = {
        "severity": (dims, grade, {"label": "0 none, 1 mild, 2 moderate, 3 severe", "units": "1"}),
        "new": (dims, (grade > 0) & (before == 0), {"label": "not there at the last visit"}),
        "worsening": (dims, (grade > before) & (before > 0), {"label": "worse than at the last visit"}),
        "warning": (dims, felt >= limits, {"label": "warning sign"}),
        "onset": (
            (PATIENT, "symptom"),
            _onset(grade > 0, np.array(asked)),
            {"label": "first visit at which it is there", "units": "h"},
        ),
        "worst": ((PATIENT, "symptom"), _worst(grade), {"label": "worst severity", "units": "1"}),
    }
    share = _shares(run, names, asked, felt)
    if share is not None:
        said = {"label": "share of the underlying disease", "units": "1"}
        variables["from_disease"] = (dims, share, said)
    coords = {
        PATIENT: run[PATIENT].to_numpy(),
        TIME: (TIME, asked, {"units": "h", "label": "time since the trigger"}),
        "symptom": names,
        "label": ("symptom", [str(run[name].attrs.get("label", name)) for name in names]),
    }
    return xr.Dataset(variables, coords, {"disclaimer": DISCLAIMER})


def symptom_table(seen: xr.Dataset) -> pd.DataFrame:
    """Return one row per patient, visit and symptom, by patient, then time; the dead have none.

    seen : what `symptoms` returned. Columns: patient, time in hours, symptom, severity, new, worsening,
    warning, and from_disease if it is there.
    """
    import pandas as pd

    if not {"severity", "new", "worsening", "warning"} <= set(seen.variables):
        raise InputError("these are no symptoms", "what symptoms returned", "call symptoms on a run first")
    severity = seen["severity"].to_numpy()
    who, when, what = np.nonzero(np.isfinite(severity))
    columns = {
        "patient": seen[PATIENT].to_numpy()[who],
        "time": seen[TIME].to_numpy()[when],
        "symptom": seen["symptom"].to_numpy()[what],
        "severity": severity[who, when, what].astype(np.int8),
    }
    further = ("new", "worsening", "warning", *(["from_disease"] if "from_disease" in seen else []))
    columns |= {name: seen[name].to_numpy()[who, when, what] for name in further}
    return pd.DataFrame(columns)


def _names(run: xr.Dataset) -> list[str]:
    """Return the symptoms in the run, in its order."""
    full = {name: str(run[name].attrs.get("quantity", "")) for name in quantities(run)}
    names = [n for n, whole in full.items() if whole.startswith(OWNER) and not whole.endswith(DISEASE)]
    if not names:
        raise InputError(
            "the run holds no symptoms",
            "labs of the module 'symptoms', such as 'fatigue' and 'high_fever'",
            "leave quantities out when you simulate, or name some of them",
        )
    return names


def _onset(there: NDArray[np.bool_], hours: Array) -> Array:
    """Return the hour of the first visit at which each symptom is there (patient, symptom)."""
    return np.where(there.any(axis=1), hours[there.argmax(axis=1)], np.nan)


def _worst(grade: Array) -> Array:
    """Return the worst severity (patient, symptom); NaN for who was never seen."""
    worst = np.where(np.isnan(grade), -np.inf, grade).max(axis=1)
    return np.where(np.isinf(worst), np.nan, worst)


def _shares(run: xr.Dataset, names: list[str], hours: list[float], felt: Array) -> Array | None:
    """Return the share of the disease (patient, hour, symptom); None if none is told."""
    there = [name for name in names if f"{OWNER}{name}{DISEASE}" in run]
    if not there:
        return None
    share = np.full(felt.shape, np.nan)
    for name in there:
        k = names.index(name)
        own = metrics.sampled(run[f"{OWNER}{name}{DISEASE}"], hours)[1]
        share[:, :, k] = np.divide(own, felt[:, :, k], out=share[:, :, k].copy(), where=felt[:, :, k] >= FELT)
    return share
