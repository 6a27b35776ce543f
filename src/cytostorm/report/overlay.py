"""Published courses of a trigger, to be drawn over a run's own.

Points of human endotoxaemia come from `plot.points`, which knows the dose of each experiment. For other
triggers, whoever holds rows whose clock is that of the run adds a reader to COURSES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import xarray as xr

from cytostorm import units
from cytostorm.plot.points import Points

ALIVE = "alive"


@dataclass(frozen=True)
class Course:
    """One published time course of a read-out.

    quantity : the read-out's name; "alive" for survival, in percent of patients.
    unit : of values, low and high.
    hours : from the trigger.
    low, high : None where none is published.
    """

    study: str
    quantity: str
    unit: str
    hours: tuple[float, ...]
    values: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


Published = Callable[[str, str], Iterable[Course]]
"""What gives the published courses of a trigger and a read-out."""
COURSES: Mapping[str, Callable[[], Iterable[Course]]] = MappingProxyType({})
"""Trigger -> what reads its published courses."""


def published_points(trigger: str, quantity: str) -> tuple[Course, ...]:
    """Return the published courses of a read-out after a trigger, of every severity; none if none are known.

    >>> published_points("endotoxin", "il6")
    ()
    """
    read = COURSES.get(trigger)
    return () if read is None else tuple(c for c in read() if c.quantity == quantity)


def in_units_of(course: Course, run: xr.Dataset) -> Points:
    """Return a course in the unit of the run's read-out; raise InputError if the units do not fit."""
    unit = course.unit if course.quantity == ALIVE else str(run[course.quantity].attrs["units"])

    def shown(value: float | None) -> float | None:
        return None if value is None else units.convert(value, course.unit, unit)

    return Points(
        study=course.study,
        quantity=course.quantity,
        hours=course.hours,
        values=tuple(units.convert(v, course.unit, unit) for v in course.values),
        low=tuple(map(shown, course.low)),
        high=tuple(map(shown, course.high)),
    )
