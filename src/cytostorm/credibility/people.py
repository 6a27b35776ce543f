"""The virtual people of an experiment, and how they are chosen, dated and summed up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.dataset import DIED, OK, PATIENT, STATUS, TIME
from cytostorm.observe.readout import NotReadError

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = 5
"""People below which nothing is summed up."""


@dataclass(frozen=True, eq=False)
class People:
    """Those of a run whose status is ok, or some of them.

    run : Dataset (patient, time); rows : index of each person in it.
    who : in words.
    """

    run: xr.Dataset
    rows: NDArray[np.intp]
    who: str = "virtual patients"

    @classmethod
    def of(cls, run: xr.Dataset) -> People:
        """Return everyone whose run is ok."""
        return cls(run, np.flatnonzero(np.asarray(run[STATUS].values) == OK))

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.rows)

    @cached_property
    def hours(self) -> Array:
        """Hours from the trigger."""
        return np.asarray(self.run[TIME].values, dtype=float)

    def has(self, name: str) -> bool:
        """Return whether a quantity was simulated."""
        return name in self.run

    def values(self, name: str, unit: str = "") -> Array:
        """Return people x times, NaN after death; in another unit if one is named.

        Raises NotReadError if the model has no such quantity.
        """
        if name not in self.run:
            raise NotReadError(f"no such quantity in the model yet: {name}")
        da = self.run[name]
        data = np.asarray(da.transpose(PATIENT, TIME).values, dtype=float)[self.rows]
        return data * units.convert(1.0, str(da.attrs["units"]), unit) if unit else data

    @cached_property
    def died_at(self) -> Array:
        """Hour of death of each person, inf for those who live to the end; NotReadError without deaths."""
        if DIED not in self.run:
            raise NotReadError("nobody dies in the model yet")
        hours = np.asarray(self.run[DIED].values, dtype=float)[self.rows]
        return np.where(np.isfinite(hours), hours, np.inf)

    def where(self, mask: Mask, who: str) -> People:
        """Return some of them."""
        return People(self.run, self.rows[mask], who)

    def enough(self) -> People:
        """Return them unchanged; raise NotReadError if they are too few to sum up."""
        if len(self) < FEWEST:
            raise NotReadError(f"only {len(self)} {self.who}")
        return self


Choose = Callable[[People], People]
When = Callable[[People], Array]
"""People -> hour of each; NaN or inf where it never comes."""


def everyone(people: People) -> People:
    """Return all."""
    return people


def first(people: People, condition: Mask) -> Array:
    """Return the hour at which a condition (people, times) is first met; inf if never."""
    return np.where(condition.any(axis=1), people.hours[condition.argmax(axis=1)], np.inf)


def last(people: People, condition: Mask) -> Array:
    """Return the hour at which a condition (people, times) is last met; -inf if never."""
    place = condition.shape[1] - 1 - condition[:, ::-1].argmax(axis=1)
    return np.where(condition.any(axis=1), people.hours[place], -np.inf)


def at(people: People, data: Array, moments: Array) -> Array:
    """Return each person's value at a moment of his own, linear between times; NaN where there is none."""
    known = np.isfinite(moments) & (moments >= people.hours[0]) & (moments <= people.hours[-1])
    found = np.full(len(data), np.nan)
    for row in np.flatnonzero(known):
        found[row] = np.interp(moments[row], people.hours, data[row])
    return found


def within(people: People, begin: Array, end: Array) -> Mask:
    """Return which times lie between two moments of each person, both included."""
    return (people.hours >= begin[:, None]) & (people.hours <= end[:, None])


def mean_over(data: Array, mask: Mask) -> Array:
    """Return each person's mean over some times; NaN where there is no value."""
    use = mask & np.isfinite(data)
    count = use.sum(axis=1)
    total = np.where(use, data, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def largest(data: Array, mask: Mask | None = None) -> Array:
    """Return each person's largest value; NaN where there is none."""
    use = np.isfinite(data) if mask is None else mask & np.isfinite(data)
    return np.where(use.any(axis=1), np.where(use, data, -np.inf).max(axis=1), np.nan)


def median(numbers: Array) -> float:
    """Return the median."""
    return float(np.median(numbers))


def mean(numbers: Array) -> float:
    """Return the arithmetic mean."""
    return float(np.mean(numbers))


def geometric_mean(numbers: Array) -> float:
    """Return the geometric mean; what is not positive counts as a tiny number."""
    return float(np.exp(np.mean(np.log(np.maximum(numbers, 1e-9)))))
