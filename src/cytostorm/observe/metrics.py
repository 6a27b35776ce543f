"""Numbers that sum up a curve: per patient first, then over patients.

A patient whose run failed, or whose curve has a gap, is left out and counted; never averaged over. One who
died counts with what there was until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import DIED, OK, PATIENT, STATUS, TIME, quantities
from cytostorm.errors import InputError

Array = NDArray[np.float64]
SAME = 1e-5
"""Share of a curve's largest value below which two of its values are one."""
TIMES = "h"
SLACK = 1e-9
"""Hours by which a sampling time may lie outside the run, to forgive rounding."""


def values(da: xr.DataArray) -> tuple[Array, Array]:
    """Return (hours, patients x times) as plain arrays."""
    return np.asarray(da[TIME].values, dtype=float), np.asarray(
        da.transpose(PATIENT, TIME).values, dtype=float
    )


def sampled(da: xr.DataArray, times: Sequence[float] | None = None) -> tuple[Array, Array]:
    """Return (hours, patients x times) at the sampling times, linear between the run's own times.

    times : hours from the trigger; None for every time of the run.
    Raises InputError if the run does not reach a time.
    """
    grid, data = values(da)
    if times is None:
        return grid, data
    wanted = np.asarray(times, dtype=float)
    if wanted.size == 0 or wanted.min() < grid[0] - SLACK or wanted.max() > grid[-1] + SLACK:
        raise InputError(
            f"samples at {', '.join(f'{t:g}' for t in wanted) or 'no time'} h cannot be taken from {da.name}",
            f"times within the run: {grid[0]:g} to {grid[-1]:g} h",
            "simulate longer, or ask for earlier times",
        )
    return wanted, np.array([np.interp(wanted, grid, row) for row in data]).reshape(len(data), wanted.size)


def _made(da: xr.DataArray, numbers: Array, unit: str, what: str) -> xr.DataArray:
    label = f"{what} of {da.attrs.get('label', da.name)}"
    attrs = {"units": unit, "label": label}
    return xr.DataArray(numbers, {PATIENT: da[PATIENT]}, (PATIENT,), name=da.name, attrs=attrs)


def lengths(data: Array) -> NDArray[np.intp]:
    """Return how many values each curve has until it ends; 0 for one with a gap.

    >>> lengths(np.array([[1.0, 2.0, 3.0], [1.0, np.nan, np.nan], [1.0, np.nan, 3.0]])).tolist()
    [3, 1, 0]
    """
    known = ~np.isnan(data)
    count = known.sum(axis=1)
    whole = (known == (np.arange(data.shape[1]) < count[:, None])).all(axis=1)
    return np.where(whole, count, 0)


def _extreme(data: Array, which: str) -> Array:
    """Return the largest or smallest value of each curve until it ends; NaN for a curve with a gap."""
    count, empty = lengths(data), -np.inf if which == "max" else np.inf
    there = np.where(np.arange(data.shape[1]) < count[:, None], data, empty)
    return np.where(count > 0, there.max(axis=1) if which == "max" else there.min(axis=1), np.nan)


def middle(data: Array) -> Array:
    """Return the median of those who are there at each time; NaN where nobody is.

    data : (patients, times).
    """
    some = ~np.isnan(data).all(axis=0)
    found = np.full(data.shape[1], np.nan)
    found[some] = np.nanmedian(data[:, some], axis=0)
    return found


def _at(data: Array, hours: Array, which: str) -> Array:
    """Return the first hour at which each curve is at its extreme; NaN for a curve with a gap.

    Values closer than a solver's error are one, so that a flat curve has its extreme at once.
    """
    extreme = _extreme(data, which)
    size = np.fmax.reduce(np.abs(data), axis=1, keepdims=True)
    near = np.abs(data - extreme[:, None]) <= SAME * size
    return np.where(np.isnan(extreme), np.nan, np.asarray(hours, float)[near.argmax(axis=1)])


def peak(da: xr.DataArray, times: Sequence[float] | None = None) -> xr.DataArray:
    """Largest value of each patient, in the quantity's unit; `times` in hours as in `sampled`."""
    return _made(da, _extreme(sampled(da, times)[1], "max"), str(da.attrs.get("units", "")), "peak")


def trough(da: xr.DataArray, times: Sequence[float] | None = None) -> xr.DataArray:
    """Smallest value of each patient, in the quantity's unit; `times` in hours as in `sampled`."""
    return _made(da, _extreme(sampled(da, times)[1], "min"), str(da.attrs.get("units", "")), "trough")


def time_of_peak(da: xr.DataArray, times: Sequence[float] | None = None) -> xr.DataArray:
    """Hours from the trigger to each patient's first largest value."""
    hours, data = sampled(da, times)
    return _made(da, _at(data, hours, "max"), TIMES, "time of peak")


def time_of_trough(da: xr.DataArray, times: Sequence[float] | None = None) -> xr.DataArray:
    """Hours from the trigger to each patient's first smallest value."""
    hours, data = sampled(da, times)
    return _made(da, _at(data, hours, "min"), TIMES, "time of trough")


def auc(da: xr.DataArray, times: Sequence[float] | None = None) -> xr.DataArray:
    """Area under each patient's curve by trapezoids, in the quantity's unit x h; baseline included.

    Of who died it ends with the last time before.
    """
    hours, data = sampled(da, times)
    count = lengths(data)
    inside = np.arange(1, data.shape[1]) < count[:, None]
    pieces = np.where(inside, np.diff(hours) * (data[:, 1:] + data[:, :-1]) / 2.0, 0.0)
    area = np.where(count > 0, pieces.sum(axis=1), np.nan)
    return _made(da, area, f"{da.attrs.get('units', '1')}*h", "area under the curve")


def final(da: xr.DataArray) -> xr.DataArray:
    """Last value of each patient, in the quantity's unit; of who died the last one before."""
    data = values(da)[1]
    count = lengths(data)
    last = np.where(count > 0, data[np.arange(len(data)), count - 1], np.nan)
    return _made(da, last, str(da.attrs.get("units", "")), "final value")


METRICS = {
    "peak": peak,
    "time_of_peak": time_of_peak,
    "trough": trough,
    "time_of_trough": time_of_trough,
    "auc": auc,
    "final": final,
}
"""Every metric by name; each takes a DataArray (patient, time) and returns one (patient)."""


def geometric_sd(numbers: Array) -> float | None:
    """Return the geometric standard deviation; None if a value is not positive or there are fewer than two.

    >>> round(geometric_sd(np.array([1.0, 4.0])), 3)
    2.665
    """
    if numbers.size < 2 or not np.all(numbers > 0):
        return None
    return float(np.exp(np.log(numbers).std(ddof=1)))


def spread(numbers: Array, unit: str) -> dict[str, Any]:
    """Return median, quartiles, geometric SD and unit of one number per patient; None where there is none."""
    known = numbers[np.isfinite(numbers)]
    if known.size == 0:
        return {"median": None, "q1": None, "q3": None, "gsd": None, "unit": unit}
    q1, median, q3 = (float(q) for q in np.percentile(known, [25, 50, 75]))
    return {"median": median, "q1": q1, "q3": q3, "gsd": geometric_sd(known), "unit": unit}


def usable(run: xr.Dataset, name: str) -> xr.DataArray:
    """Return a quantity of the patients whose run is ok and whose curve has no gap until its end or death."""
    da = run[name].transpose(PATIENT, TIME)
    expected = np.ones(da.shape, bool)
    if DIED in run:
        died = np.asarray(run[DIED].values, dtype=float)[:, None]
        expected = np.isnan(died) | (np.asarray(run[TIME].values, dtype=float) <= died)
    good = (np.isfinite(np.asarray(da.values, dtype=float)) == expected).all(axis=1)
    if STATUS in run:
        good &= np.asarray(run[STATUS].values) == OK
    return da.isel({PATIENT: np.flatnonzero(good)})


def summary(run: xr.Dataset) -> dict[str, dict[str, Any]]:
    """Return per quantity its label, unit, how many patients count, and the spread of every metric.

    Patients that failed are left out; `left_out` says how many. The dead count with what there was until
    then; where patients can die, `died` says how many of those who count did.
    """
    table: dict[str, dict[str, Any]] = {}
    for name in quantities(run):
        da = usable(run, name)
        entry: dict[str, Any] = {
            "label": str(da.attrs.get("label", name)),
            "unit": str(da.attrs.get("units", "")),
            "n": int(da.sizes[PATIENT]),
            "left_out": int(run.sizes[PATIENT] - da.sizes[PATIENT]),
        }
        if DIED in run:
            entry["died"] = int(np.isfinite(run[DIED].sel({PATIENT: da[PATIENT]}).values).sum())
        for metric, of in METRICS.items():
            result = of(da)
            entry[metric] = spread(np.asarray(result.values, dtype=float), str(result.attrs["units"]))
        table[name] = entry
    return table
