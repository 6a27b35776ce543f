"""How strongly the loop fed itself in a run, in a few numbers: what every run reports."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from cytostorm.model import Model, Regimen
from cytostorm.understand.gain import AT_MOST, loop_gain

LOOKS = 120
"""Moments at which the loop is looked at."""


@dataclass(frozen=True)
class Surge:
    """Highest loop gain and fastest growth of the typical person; NaN where there was none.

    Gains have no unit; times are in hours from the trigger, the growth rate is per hour.
    """

    highest_gain: float
    time_of_highest_gain: float
    highest_gain_without_division: float
    highest_growth: float
    time_of_highest_growth: float
    shortest_doubling_time: float
    hours_above_1: float

    def as_dict(self) -> dict[str, float | None]:
        """Return the numbers by name; None where there is none."""
        return {name: x if math.isfinite(x) else None for name, x in asdict(self).items()}

    def text(self) -> str:
        """Return them as one sentence."""
        if not self.highest_gain > 0:
            return "the loop did not feed itself"
        words = (
            f"loop gain at most {self.highest_gain:.2g}, on day {self.time_of_highest_gain / 24:.1f} "
            f"({self.highest_gain_without_division:.2g} if no cell multiplied; above 1 is runaway)"
        )
        if math.isfinite(self.shortest_doubling_time):
            words += f"; fastest surge doubles in {self.shortest_doubling_time:.0f} h"
        return words


def surge(model: Model, regimen: Regimen | None, hours: float) -> Surge:
    """Return how strongly the loop fed itself in the typical person, over so many hours."""
    found = loop_gain(model, None, regimen, np.linspace(0.0, hours, LOOKS))
    return Surge(**{name: float(found[name][0]) for name in AT_MOST})
