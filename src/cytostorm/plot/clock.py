"""How the time of a run is told: in hours, or in days if it is long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import TIME

LONG = 96.0
"""Hours from which on a run is told in days."""
DAY = 24.0
STEPS = {"h": (1, 2, 3, 6, 12, 24, 48), "d": (1, 2, 7, 14, 28, 56, 112)}
"""Distances of marks on the time axis, in the clock's unit."""
MARKS = 8
"""Most marks on a time axis."""


@dataclass(frozen=True)
class Clock:
    """A unit of time for readers.

    unit : "h" or "d"; hours : how many hours it is.
    """

    unit: str = "h"
    hours: float = 1.0

    @classmethod
    def of(cls, run: xr.Dataset | xr.DataArray) -> Clock:
        """Return days for a run of more than four days, else hours.

        >>> Clock.of(xr.Dataset(coords={"time": [0.0, 672.0]})).unit
        'd'
        """
        return cls("d", DAY) if float(run[TIME].values[-1]) > LONG else cls()

    @property
    def axis(self) -> str:
        """What a time axis is called."""
        return "days since the trigger" if self.unit == "d" else "time since the trigger (h)"

    @property
    def word(self) -> str:
        """What a time axis is called where there is little room."""
        return "days" if self.unit == "d" else "hours"

    def shown(self, hours: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Return hours in the clock's unit."""
        return np.asarray(hours, dtype=float) / self.hours

    def step(self, last: float) -> int:
        """Return how far apart the marks of an axis stand that ends at `last`, in the clock's unit."""
        steps = STEPS[self.unit]
        return next((s for s in steps if last / s <= MARKS), 2 * steps[-1])


HOURS = Clock()
"""The clock of a short run."""
