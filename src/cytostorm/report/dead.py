"""Those who died beside those who lived: how many, when, and how they differed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import PATIENT, TIME
from cytostorm.observe import metrics, survival
from cytostorm.plot.style import unit_text
from cytostorm.report.numbers import between, number, percent

Array = NDArray[np.float64]

HIGHEST = ("sofa", "crs_grade", "temperature", "il6", "ferritin", "crp", "d_dimer", "lactate", "creatinine")
LOWEST = ("pf_ratio", "map", "lymphocytes", "platelets")
WEEK = 168.0


def table(run: xr.Dataset, cohort: xr.Dataset | None = None) -> dict[str, Any] | None:
    """Return the numbers of the dead for the page; None if nobody can die in this run.

    cohort : gives what was true of the patients before, such as their age.
    """
    if not survival.mortal(run):
        return None
    whole = int(survival.followed(run).sum())
    hours = survival.deaths(run)
    found: dict[str, Any] = {
        "dead": int(hours.size),
        "whole": whole,
        "share": percent(hours.size / whole if whole else None),
        "weeks": _weeks(hours, float(run[TIME].values[-1])),
        "rows": [],
    }
    if hours.size and hours.size < whole:
        found["rows"] = [*_before(run, cohort), *_during(run)]
    return found


def _weeks(hours: Array, last: float) -> list[tuple[str, int]]:
    """Return the deaths of each week of a run of more than one."""
    if last <= WEEK or not hours.size:
        return []
    edges = np.arange(0.0, last + WEEK - 1e-9, WEEK)
    edges[-1] = last
    counts = [int(((hours > low) & (hours <= high)).sum()) for low, high in pairwise(edges)]
    counts[0] += int((hours <= 0).sum())
    return [(f"week {k}", n) for k, n in enumerate(counts, 1)]


def _row(label: str, unit: str, numbers: Array, gone: NDArray[np.bool_]) -> dict[str, str]:
    row = {"label": label, "unit": unit_text(unit)}
    for key, who in (("died", gone), ("lived", ~gone)):
        known = numbers[who][np.isfinite(numbers[who])]
        row[key] = number(float(np.median(known))) if known.size else number(None)
        row[f"{key}_half"] = f"({between(*np.percentile(known, [25, 75]))})" if known.size > 1 else ""
    return row


def _before(run: xr.Dataset, cohort: xr.Dataset | None) -> list[dict[str, str]]:
    """Return the rows of what was true of the patients before."""
    if cohort is None or cohort.sizes.get(PATIENT) != run.sizes[PATIENT]:
        return []
    well = survival.followed(run)
    gone = (survival.died_at(run) <= float(run[TIME].values[-1]))[well]
    rows = []
    for name, da in cohort.data_vars.items():
        numbers = np.asarray(da.values, dtype=float)[well]
        if str(name).startswith("person.") and numbers.size and np.ptp(numbers) > 0:
            rows.append(_row(str(da.attrs["label"]).partition(";")[0], str(da.attrs["units"]), numbers, gone))
    return rows


def _during(run: xr.Dataset) -> list[dict[str, str]]:
    """Return the rows of each patient's worst values."""
    rows = []
    for word, names, of in (("highest", HIGHEST, metrics.peak), ("lowest", LOWEST, metrics.trough)):
        for name in names:
            if name in run:
                usable = metrics.usable(run, name)
                place = run.indexes[PATIENT].get_indexer(usable[PATIENT].values)
                gone = (survival.died_at(run) <= float(run[TIME].values[-1]))[place]
                label, unit = str(usable.attrs["label"]), str(usable.attrs["units"])
                rows.append(_row(f"{word} {label}", unit, of(usable).to_numpy(), gone))
    return rows
