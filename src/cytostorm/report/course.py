"""One published time course, and where it lies on the clock of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.plot.points import Points

ALIVE = "alive"
"""Read-out of a course of survival, in percent of patients."""
Since = Callable[[xr.Dataset], float]
"""Gives the hour of a run from which a study counts; NaN if it never comes."""


def trigger(_: xr.Dataset) -> float:
    """Return the beginning: the study counts from what starts it, as the run does."""
    return 0.0


def symptoms(run: xr.Dataset) -> float:
    """Return the median hour of the first symptoms."""
    from cytostorm.credibility.clinic import onset
    from cytostorm.credibility.people import People

    return _middle(run, lambda: onset(People.of(run)))


def admission(run: xr.Dataset) -> float:
    """Return the median hour of admission with COVID-19: as needed, after a week of symptoms."""
    from cytostorm.credibility.experiments.viral import admission as came
    from cytostorm.credibility.people import People

    return _middle(run, lambda: came(People.of(run)))


def _middle(run: xr.Dataset, hours: Callable[[], NDArray[np.float64]]) -> float:
    """Return the median over those to whom it happens; NaN if to nobody, or it cannot be read."""
    from cytostorm.observe.readout import NotReadError

    try:
        found = hours()
    except NotReadError:
        return float("nan")
    found = found[found <= float(run["time"].values[-1])]
    return float(np.median(found)) if found.size else float("nan")


@dataclass(frozen=True)
class Course:
    """One published time course of a read-out.

    study : what it is called, with the group of patients if there are several.
    quantity : the read-out's name, or ALIVE.
    unit : of values, low and high.
    hours : from what `since` gives.
    low, high : None where none is published.
    """

    study: str
    quantity: str
    unit: str
    hours: tuple[float, ...]
    values: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    since: Since = trigger


Published = Callable[[str, str], Iterable[Course]]
"""What gives the published courses of a trigger and a read-out."""


def on(run: xr.Dataset, course: Course) -> Points | None:
    """Return a course in the unit and on the clock of a run; None if what it counts from never comes.

    Raises InputError if the units do not fit.
    """
    unit = course.unit if course.quantity == ALIVE else str(run[course.quantity].attrs["units"])
    begin = course.since(run)
    if not np.isfinite(begin):
        return None

    def shown(value: float | None) -> float | None:
        return None if value is None else units.convert(value, course.unit, unit)

    return Points(
        study=course.study,
        quantity=course.quantity,
        hours=tuple(begin + hour for hour in course.hours),
        values=tuple(units.convert(v, course.unit, unit) for v in course.values),
        low=tuple(map(shown, course.low)),
        high=tuple(map(shown, course.high)),
    )
