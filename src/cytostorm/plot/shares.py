"""What a band of patients is: percentiles at each moment over those who live."""

from __future__ import annotations

import math

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.observe import metrics

Array = NDArray[np.float64]

PERCENTS = (5, 25, 50, 75, 95)
SPAN_FOR_LOG = 15.0
"""From this ratio of largest to smallest median on, the axis is logarithmic."""
DRAWN = 240
"""Moments drawn per curve; more are not visible."""
FEWEST = 3
"""Patients alive below whom no band is drawn, unless there were no more from the start."""
DECADES = 1e6
"""How far below its top a logarithmic axis reaches at most."""


def percentiles(data: Array) -> Array:
    """Return percentiles 5, 25, 50, 75, 95 (share, time) of the values that are known (patient, time).

    Linear between ranks, as NumPy's; NaN where fewer than three patients are left of more.
    """
    ranked = np.sort(data, axis=0)  # what is not known comes last
    known = np.isfinite(data).sum(axis=0)
    if known.size == 0 or not known.any():
        return np.full((len(PERCENTS), known.size), np.nan)
    rank = np.array(PERCENTS)[:, None] / 100.0 * np.maximum(known - 1, 0)[None, :]
    low = np.floor(rank).astype(int)
    high = np.minimum(low + 1, np.maximum(known - 1, 0)[None, :])
    moment = np.arange(known.size)[None, :]
    found = ranked[low, moment] + (rank - low) * (ranked[high, moment] - ranked[low, moment])
    few = known < min(FEWEST, int(known[0]) or FEWEST)
    return np.where(few[None, :], np.nan, found)


def bands(da: xr.DataArray, last: float = math.inf) -> tuple[Array, Array]:
    """Return (hours, percentiles 5, 25, 50, 75, 95 of the living), thinned to what can be seen."""
    hours, data = metrics.values(da)
    kept = thinned(hours[hours <= last])
    return hours[kept], percentiles(data[:, kept])


def thinned(hours: Array) -> NDArray[np.int64]:
    """Return the places of at most some 240 moments, the last among them."""
    step = max(1, math.ceil(hours.size / DRAWN))
    return np.unique([*range(0, hours.size, step), hours.size - 1])


def logarithmic(shares: Array) -> bool:
    """Whether an axis should be logarithmic: everything positive, and the median spans more than a decade."""
    known = shares[:, np.isfinite(shares[2])]
    return bool(known.size and np.all(known > 0) and known[2].max() > SPAN_FOR_LOG * known[2].min())


def decades(shares: Array) -> bool:
    """Whether a quantity known to span decades does so here, zeros and single patients included."""
    known = shares[:, np.isfinite(shares[2])]
    return bool(
        known.size and known[4].max() > SPAN_FOR_LOG * max(known[0].min(), 0.0) and known[4].max() > 0
    )


def foot_of(shares: Array, values: tuple[float, ...] = ()) -> float:
    """Return where a logarithmic axis begins: below all that is positive, but not endlessly.

    values : of published points.
    """
    known = shares[np.isfinite(shares)]
    top = float(known.max())
    low = float(known[known > 0].min())
    return 0.7 * min(max(low, top / DECADES), *(v for v in values if v > 0), top)
