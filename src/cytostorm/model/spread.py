"""How a number varies between people: declared beside the number, drawn by the population."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import ModelError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LogNormal:
    """Log-normal spread around the parameter's value, which is the median.

    gsd : geometric standard deviation, dimensionless, at least 1.
    """

    gsd: float

    def __post_init__(self) -> None:
        """Refuse a spread that is not one."""
        if not (math.isfinite(self.gsd) and self.gsd >= 1):
            raise ModelError(
                f"geometric SD {self.gsd} is impossible",
                "a finite number of at least 1",
                "give exp(SD of the logs)",
            )

    def draw(self, median: float, z: Array) -> Array:
        """Return the values of people `z` standard deviations from the median.

        >>> LogNormal(2.0).draw(10.0, np.array([1.0])).tolist()
        [20.0]
        """
        return np.asarray(median * np.exp(z * math.log(self.gsd)))

    def __str__(self) -> str:
        """Return it as tables show it."""
        return f"×/÷ {self.gsd:g}"


@dataclass(frozen=True)
class Normal:
    """Normal spread around the parameter's value, cut off where the quantity makes no sense.

    sd : standard deviation, in the parameter's own unit.
    low, high : the draw is clipped to these, in the parameter's own unit.
    """

    sd: float
    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        """Refuse a spread that is not one."""
        if not (math.isfinite(self.sd) and self.sd >= 0 and self.low <= self.high):
            raise ModelError(
                f"normal spread {self} is impossible", "SD >= 0 and low <= high", "check the numbers"
            )

    def draw(self, median: float, z: Array) -> Array:
        """Return the values of people `z` standard deviations from the middle.

        >>> Normal(5.0, low=0.0).draw(3.0, np.array([-1.0])).tolist()
        [0.0]
        """
        return np.clip(median + z * self.sd, self.low, self.high)

    def __str__(self) -> str:
        """Return it as tables show it."""
        return f"± {self.sd:g}"


@dataclass(frozen=True)
class Exponential:
    """Exponential spread: the parameter's value is the mean, most people have less, and some much more.

    How much cumulative hazard somebody bears is such a number: with a mean of 1 the share of those who are
    reached by a cumulative hazard H is 1 - exp(-H). The typical person, for whom nothing is drawn, has the
    mean itself; the median is ln 2, 69 %, of it.
    """

    def draw(self, mean: float, z: Array) -> Array:
        """Return the values of people at the rank of `z` standard deviations: -mean ln(1 - Phi(z)).

        >>> Exponential().draw(2.0, np.array([0.0])).round(6).tolist()
        [1.386294]
        """
        from scipy.special import log_ndtr, ndtr

        # each form loses its digits on the other side: 1 - Phi(z) is nearly 1 for the first, 0 for the second
        low, high = np.minimum(z, 0.0), np.maximum(z, 0.0)
        return np.asarray(-mean * np.where(z < 0.0, np.log1p(-ndtr(low)), log_ndtr(-high)))

    def __str__(self) -> str:
        """Return it as tables show it."""
        return "exponential"


Spread = LogNormal | Normal | Exponential
