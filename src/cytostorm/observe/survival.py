"""Who is alive when: the hour of death of each patient, and the share that lives."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import DIED, OK, PATIENT, STATUS, TIME

Array = NDArray[np.float64]


def mortal(run: xr.Dataset) -> bool:
    """Return whether patients can die in this run."""
    return DIED in run


def died_at(run: xr.Dataset) -> Array:
    """Return each patient's hour of death (patient); infinite for who lives to the end."""
    if DIED not in run:
        return np.full(run.sizes[PATIENT], np.inf)
    hours = np.asarray(run[DIED].values, dtype=float)
    return np.where(np.isnan(hours), np.inf, hours)


def followed(run: xr.Dataset) -> NDArray[np.bool_]:
    """Return whose run is ok (patient), the dead among them."""
    if STATUS not in run:
        return np.ones(run.sizes[PATIENT], dtype=bool)
    return np.asarray(run[STATUS].values) == OK


def deaths(run: xr.Dataset) -> Array:
    """Return the hours of the deaths within the run, in order; patients whose run failed are left out."""
    hours = died_at(run)[followed(run)]
    return np.sort(hours[hours <= float(run[TIME].values[-1])])


def alive(run: xr.Dataset, hours: Iterable[float]) -> NDArray[np.int64]:
    """Return how many patients live at each of these hours; patients whose run failed are left out.

    >>> import xarray as xr
    >>> run = xr.Dataset({"died_at": ("patient", [5.0, float("nan")])}, {"time": [0.0, 9.0]})
    >>> alive(run, [0, 5, 9]).tolist()
    [2, 1, 1]
    """
    gone = died_at(run)[followed(run)]
    return np.array([int((gone > hour).sum()) for hour in hours], dtype=np.int64)
