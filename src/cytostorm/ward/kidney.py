"""Creatinine against that of the days before, as KDIGO compares it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cytostorm.ward.slots import Array, Readings, Slots

WEEK, RISE = 168.0, 48.0
"""Hours looked back on for the baseline and for a rise [KDIGO2012]."""
TICKS = 1000
"""Parts of an hour in which times are told apart."""


def lowest_before(readings: Readings, hours: float) -> Array:
    """Return the lowest reading of the same patient in the hours before each one; NaN for none."""
    if not len(readings.time):
        return np.empty(0)
    first = pd.Series(readings.time).groupby(readings.patient).transform("min").to_numpy()
    since = np.round((readings.time - first) * TICKS).astype(np.int64)
    apart = int(since.max()) + int(hours * TICKS) + TICKS  # so that no window reaches the patient before
    place = np.unique(readings.patient, return_inverse=True)[1]
    index = pd.DatetimeIndex((place * apart + since).astype("datetime64[ms]"))
    window = pd.Timedelta(hours * TICKS, "ms")
    return pd.Series(readings.value, index=index).rolling(window, closed="left").min().to_numpy()


def compared(slots: Slots, found: dict[str, Readings]) -> dict[str, Array]:
    """Return (size) creatinine, its baseline and its rise in 48 h, where it is highest above the baseline.

    The baseline is the lowest of 7 days before; where there is none, nor a baseline that the table gives,
    both are
    unknown. Empty if there is no creatinine.
    """
    creatinine = found.get("creatinine")
    if creatinine is None or not len(creatinine.value):
        return {}
    known = found.get("creatinine_baseline")
    before = lowest_before(creatinine, WEEK)
    rise = creatinine.value - lowest_before(creatinine, RISE)
    if known is not None:
        given = np.full(len(slots.first), np.nan)
        given[known.patient] = known.value
        before = np.where(np.isnan(given[creatinine.patient]), before, given[creatinine.patient])
    fold = np.where(np.isnan(before), 0.0, creatinine.value / before)
    out = {name: np.full(slots.size, np.nan) for name in ("creatinine", "creatinine_baseline")}
    which, place = slots.places(creatinine, 0.0)
    order = np.lexsort((creatinine.value[which], fold[which]))  # the highest is written last, and stays
    which, place = which[order], place[order]
    out["creatinine"][place], out["creatinine_baseline"][place] = creatinine.value[which], before[which]
    rises = Readings(creatinine.patient, creatinine.time, np.where(np.isnan(rise), -np.inf, rise))
    out["creatinine_rise_48h"] = slots.reduced(rises, 0.0, "high")
    return out
