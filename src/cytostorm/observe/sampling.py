"""From a run to what the laboratory reports: visits, missing draws, error, limits and interference.

The error of a reading depends on the seed, the analyte, the hour and the patient alone: the same patient has
the same readings in any batch, in any order, and whatever else is measured.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.chance import standard_normal, uniform
from cytostorm.dataset import DISCLAIMER, PATIENT, TIME, quantities
from cytostorm.errors import InputError, did_you_mean
from cytostorm.observe import metrics
from cytostorm.observe.assays import Assay, assays
from cytostorm.observe.interference import INTERFERENCES, notes, unreadable
from cytostorm.observe.visits import DAY, VISITS, Visits, visits_of

Array = NDArray[np.float64]
SEEDS = 2**63


def readings(
    run: xr.Dataset,
    *,
    seed: int = 0,
    analytes: Sequence[str] | None = None,
    visits: Mapping[str, Visits] = VISITS,
    measured: Mapping[str, Assay] | None = None,
    clock: float = 0.0,
) -> xr.Dataset:
    """Return what the laboratory and the ward report of a run.

    run : Dataset (patient, time) of labs, as `simulate` returns it.
    seed : 0 or more; the same seed and patient give the same readings in any batch.
    analytes : names of labs; None is every one in the run that has an assay.
    visits : panel -> when it is drawn.
    measured : analyte -> assay, instead of those that ship with the package.
    clock : hour of the day at which the trigger came, 0 to 24.

    Returns a Dataset (patient, time, analyte): `value`, in `unit`, NaN where nothing is reported; `limit`, -1
    below the lower limit, 0 within, 1 above the upper one, where `value` is the limit itself; `note`, 0 for
    none, else what stood between the sample and the truth. After death nothing is drawn.
    Raises InputError for unknown analytes and panels, for seeds and patients that cannot be, and if the level
    of a drug that disturbs an assay is not in the run.
    """
    table = assays() if measured is None else measured
    chosen = [table[name] for name in _analytes(run, analytes, table)]
    people = _patients(run, seed, clock)
    grid = np.asarray(run[TIME].values, dtype=float)
    hours = {a.panel: visits_of(a, visits).hours(grid[0], grid[-1], clock) for a in chosen}
    every = sorted({hour for times in hours.values() for hour in times})
    if not every:
        raise InputError(
            f"no visit falls into the run, {grid[0]:g} to {grid[-1]:g} h",
            "at least one visit",
            "simulate longer, or visit more often",
        )
    shape = (len(people), len(every), len(chosen))
    value, limit, note = np.full(shape, np.nan), np.zeros(shape, np.int8), np.zeros(shape, np.int8)
    came = {panel: _came(seed, panel, visits[panel].missing, times, people) for panel, times in hours.items()}
    for k, assay in enumerate(chosen):
        times = hours[assay.panel]
        if not times:
            continue
        at = np.searchsorted(every, times)
        true = metrics.sampled(run[assay.analyte], times)[1]
        true = np.where(came[assay.panel], true, np.nan) * _factor(run, assay)
        said = notes(run, assay.analyte, times)
        said[np.isnan(true)] = 0
        true[np.isin(said, unreadable())] = np.nan
        read = _with_error(assay, true, seed, times, people)
        value[:, at, k], limit[:, at, k] = _within_limits(assay, read)
        note[:, at, k] = said
    arrays = {"value": value, "limit": limit, "note": note}
    return _dataset(run, chosen, arrays, {PATIENT: people, TIME: np.array(every)}).assign_attrs(
        seed=str(seed)
    )


def _analytes(run: xr.Dataset, wanted: Sequence[str] | None, table: Mapping[str, Assay]) -> list[str]:
    there = [name for name in quantities(run) if name in table]
    if wanted is None and there:
        return there
    names = [wanted] if isinstance(wanted, str) else list(wanted or [])
    for name in names or ["any analyte"]:
        if name not in there:
            why = "the run does not hold it" if name in table else "no assay of it is known"
            raise InputError(
                f"{name} cannot be read off this run: {why}",
                "an analyte that has an assay and is in the run",
                did_you_mean(name, there or list(table)),
            )
    return list(dict.fromkeys(names))


def _patients(run: xr.Dataset, seed: Any, clock: float) -> NDArray[np.int64]:
    """Return who is in the run; refuse seeds, hours and patients that cannot be."""
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < SEEDS:
        raise InputError(
            f"seed {seed!r} cannot be used", "a whole number from 0 to 2^63 - 1", "choose another"
        )
    if not 0 <= clock <= DAY:
        raise InputError(f"clock is {clock!r}", "an hour of the day, 0 to 24", "give such as clock=14")
    people = np.asarray(run[PATIENT].values)
    if people.dtype.kind not in "iu" or (people.size and people.min() < 0):
        raise InputError(
            "the patients of the run are not numbered",
            "whole numbers of zero or more, as sample gives them",
            "keep the coordinate 'patient' of the cohort",
        )
    return people.astype(np.int64)


def _factor(run: xr.Dataset, assay: Assay) -> float:
    """Return what a value of the run is multiplied by to be in the unit of the assay."""
    unit = str(run[assay.analyte].attrs["units"])
    return 1.0 if unit == assay.unit else units.convert(1.0, unit, assay.unit)


def _came(
    seed: int, panel: str, missing: float, hours: list[float], people: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return whether each draw of a panel happened (patient, hour)."""
    came = np.ones((len(people), len(hours)), dtype=bool)
    if missing > 0:
        for k, hour in enumerate(hours):
            came[:, k] = uniform(seed, f"draw/{panel}/{hour:g}", people) >= missing
    return came


def _with_error(assay: Assay, true: Array, seed: int, hours: list[float], people: NDArray[np.int64]) -> Array:
    """Return true values (patient, hour) with the error of the assay; never negative, never off its scale."""
    if assay.cv == 0 and assay.sd == 0:
        return true
    z = np.stack([standard_normal(seed, f"reading/{assay.analyte}/{h:g}", people) for h in hours], axis=1)
    read = true * np.exp(assay.cv * z) + assay.sd * z
    return np.clip(read, 0.0, np.inf if assay.ceiling is None else assay.ceiling)


def _within_limits(assay: Assay, read: Array) -> tuple[Array, NDArray[np.int8]]:
    """Return what is reported, and on which side of the limits it lies."""
    limit = np.zeros(read.shape, np.int8)
    for edge, side in ((assay.lower, -1), (assay.upper, 1)):
        if edge is not None:
            limit[(read - edge) * side > 0] = side
            read = np.where(limit == side, edge, read)
    return read, limit


def _dataset(
    run: xr.Dataset, chosen: list[Assay], arrays: Mapping[str, NDArray], at: Mapping[str, NDArray]
) -> xr.Dataset:
    """Return arrays (patient, time, analyte) with what each of their places means."""
    words = ["", *(one.note for one in INTERFERENCES)]
    labels = {
        "value": "what is reported, in `unit`; at a limit the limit",
        "limit": "-1 below the lower limit, 0 within, 1 above the upper limit",
        "note": "0 none; else a place in the attribute `notes`",
    }
    coords = {
        PATIENT: at[PATIENT],
        TIME: (TIME, at[TIME], {"units": "h", "label": "time of the draw since the trigger"}),
        "analyte": [a.analyte for a in chosen],
        **{key: ("analyte", [getattr(a, key) for a in chosen]) for key in ("unit", "method", "panel")},
        "turnaround": ("analyte", [a.turnaround for a in chosen], {"units": "h", "label": "draw to report"}),
    }
    kept = {key: run.attrs[key] for key in ("model", "fingerprint", "regimen", "version") if key in run.attrs}
    variables = {
        name: ((PATIENT, TIME, "analyte"), array, {"label": labels[name]}) for name, array in arrays.items()
    }
    return xr.Dataset(variables, coords, {**kept, "notes": json.dumps(words), "disclaimer": DISCLAIMER})
