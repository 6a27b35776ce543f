"""Days of patients as places in one row of numbers, and what counts of each fact in each of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.analyte import TOLD, TWINS
from cytostorm.ward.standard import standard

Array = NDArray[np.float64]
MOST_SLOTS = 50_000_000
"""Patient-days of one table."""
BY_MASS = ", by mass"
"""What the key of readings ends with that were not told in moles."""
EDGE = 1e-9
"""Hours by which a value may miss the edge of a window."""


@dataclass(frozen=True)
class Readings:
    """Values of one analyte: (m) place of the patient, hours, numbers; by patient and time.

    limit : -1 where a value is the highest that it may be ("<"),
    1 where it is the lowest (">"); None if all are exact.
    """

    patient: NDArray[np.int64]
    time: Array
    value: Array
    limit: NDArray[np.int8] | None = None

    def sorted(self) -> Readings:
        """Return them by patient and time."""
        order = np.lexsort((self.time, self.patient))
        limit = None if self.limit is None else self.limit[order]
        return Readings(self.patient[order], self.time[order], self.value[order], limit)

    def end(self, fact: Fact, *, high: bool) -> Readings:
        """Return them with the highest, or the lowest, that each may be."""
        if self.limit is None:
            return self
        worst = (*fact.worst, fact.normal, *fact.possible)
        last = max(x for x in worst if math.isfinite(x)) if high else min(worst)
        return Readings(
            self.patient, self.time, np.where(self.limit == (1 if high else -1), last, self.value)
        )


@dataclass(frozen=True)
class Slots:
    """Stretches of time of patients, all in one row: those of the first patient, then of the second, ...

    every : hours of a stretch. first : (patients) number of a patient's first stretch, counted from time 0.
    start : (patients + 1) where a patient's stretches begin in the row.
    """

    every: float
    first: NDArray[np.int64]
    start: NDArray[np.int64]

    @classmethod
    def of(cls, patient: NDArray[np.int64], time: Array, patients: int, every: float) -> Slots:
        """Return the stretches from each patient's first entry to the last, those without entries as well."""
        if math.isinf(every):
            return cls(every, np.zeros(patients, np.int64), np.arange(patients + 1))
        number = np.floor((time + EDGE) / every).astype(np.int64)
        first = np.full(patients, np.iinfo(np.int64).max)
        last = np.full(patients, np.iinfo(np.int64).min)
        np.minimum.at(first, patient, number)
        np.maximum.at(last, patient, number)
        seen = last >= first
        first, last = np.where(seen, first, 0), np.where(seen, last, -1)
        start = np.concatenate([[0], np.cumsum(last - first + 1)])
        if start[-1] > MOST_SLOTS:
            raise InputError(
                f"the table has {start[-1]:,} patient-days",
                f"at most {MOST_SLOTS:,}",
                "grade parts of it one by one",
            )
        return cls(every, first, start)

    @property
    def size(self) -> int:
        """How many stretches there are."""
        return int(self.start[-1])

    @property
    def patient(self) -> NDArray[np.int64]:
        """(size) place of the patient of each stretch."""
        return np.repeat(np.arange(len(self.first)), np.diff(self.start))

    @property
    def number(self) -> NDArray[np.int64]:
        """(size) number of each stretch, counted from time 0."""
        return np.arange(self.size) - np.repeat(self.start[:-1] - self.first, np.diff(self.start))

    def places(self, readings: Readings, window: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return which reading counts in which stretch: those of a window's hours before its end.

        A window shorter than a stretch is a stretch long.
        """
        if math.isinf(self.every):
            return np.arange(len(readings.time)), readings.patient
        own = np.floor((readings.time + EDGE) / self.every).astype(np.int64)
        base = self.start[readings.patient] + own - self.first[readings.patient]
        found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        for later in range(max(1, math.ceil(window / self.every - EDGE))):
            ends = (own + later + 1) * self.every
            fits = (base + later < self.start[readings.patient + 1]) & (
                readings.time >= ends - max(window, self.every) - EDGE
            )
            found.append((np.flatnonzero(fits), (base + later)[fits]))
        return tuple(np.concatenate(x) for x in zip(*found, strict=True))  # type: ignore[return-value]

    def reduced(self, readings: Readings, window: float, how: str) -> Array:
        """Return (size) the lowest, highest or last reading of each window; NaN where there is none."""
        which, place = self.places(readings, window)
        value = readings.value[which]
        if how == "last":
            out = np.full(self.size, np.nan)
            order = np.argsort(readings.time[which], kind="stable")
            out[place[order]] = value[order]
            return out
        out = np.full(self.size, np.inf if how == "low" else -np.inf)
        (np.minimum if how == "low" else np.maximum).at(out, place, value)
        return np.where(np.isinf(out), np.nan, out)

    def carried(self, values: Array, hours: float) -> Array:
        """Return values with gaps filled by the last one of the same patient, at most some hours old."""
        if hours <= 0 or math.isinf(self.every):
            return values
        here = np.arange(self.size)
        last = np.maximum.accumulate(np.where(np.isnan(values), -1, here))
        mine = last >= np.repeat(self.start[:-1], np.diff(self.start))
        near = (here - last) * self.every <= hours
        return np.where(mine & near, values[np.maximum(last, 0)], np.nan)


def counted(
    slots: Slots, fact: Fact, readings: Readings, window: float, *, carry: float, bad: bool
) -> tuple[Array, Array | None]:
    """Return (size) what counts of a fact, and the other side where both may be the worse.

    carry : hours for which a value stands. bad : whether what is beyond a kit's limit is as bad as it may be,
        or as harmless.
    """

    def side(how: str) -> Array:
        ended = readings.end(fact, high=(how != "low") == bad) if how != "last" else readings
        return slots.carried(slots.reduced(ended, window, how), carry)

    if fact.window == "both":
        low, high = side("low"), side("high")
        return low, high if not np.array_equal(low, high, equal_nan=True) else None
    return side(fact.window), None


def split(table: pd.DataFrame) -> tuple[dict[str, Readings], NDArray[np.object_]]:
    """Return the readings of each analyte, and the names of patients by their places.

    table : a long table; analytes in other units than the catalogue's are converted. NaN is unknown.
    Raises InputError if it lacks a column, or a time or value is infinite.
    """
    lacking = [c for c in ("patient", "time", "analyte", "value") if c not in table]
    if lacking:
        raise InputError(
            f"the table lacks the columns {', '.join(lacking)}",
            "a long table, as read_table returns",
            "read it first",
        )
    table = standard(table)
    patients, names = pd.factorize(table["patient"])
    time, value = table["time"].to_numpy(float), table["value"].to_numpy(float)
    if (patients < 0).any() or not (np.isfinite(time).all() and np.isfinite(value).all()):
        raise InputError(
            "the table holds rows without patient or time, or of no end", "finite numbers", "leave them out"
        )
    limit = np.zeros(len(table), np.int8)
    if "limit" in table:
        limit = (table["limit"] == ">").to_numpy().astype(np.int8) - (table["limit"] == "<").to_numpy()
    found: dict[str, Readings] = {}
    for analyte, rows in table.groupby("analyte", sort=False, observed=True).indices.items():
        mine = limit[rows] if limit[rows].any() else None
        found[str(analyte)] = Readings(
            patients[rows].astype(np.int64), time[rows], value[rows], mine
        ).sorted()
    _twins(found, patients, table)
    return found, np.asarray(names.astype(str), object)


def _twins(found: dict[str, Readings], patients: NDArray[np.int64], table: pd.DataFrame) -> None:
    """Add what was told in moles, in moles, and what was not, for scores that print limits in both."""
    from cytostorm.ward.analytes import everything

    in_moles = (table["note"] == TOLD).to_numpy() if "note" in table else np.zeros(len(table), bool)
    for name, twin in TWINS.items():
        if name not in found:
            continue
        if not in_moles.any():
            found[f"{name}{BY_MASS}"] = found[name]
            continue
        mine = (table["analyte"] == name).to_numpy()
        analyte = everything()[name]
        factor = 1.0 / analyte.fact.converted(1.0, "umol/L")
        for key, rows, times in (
            (twin, mine & in_moles, factor),
            (f"{name}{BY_MASS}", mine & ~in_moles, 1.0),
        ):
            if rows.any():
                value = np.round(table["value"].to_numpy(float)[rows] * times, 6 if times != 1.0 else 12)
                time = table["time"].to_numpy(float)[rows]
                found[key] = Readings(patients[rows].astype(np.int64), time, value).sorted()
