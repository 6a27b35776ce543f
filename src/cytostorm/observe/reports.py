"""Readings as a ward has them: in a long table, and as known by an hour."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, TIME
from cytostorm.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("patient", "time", "analyte", "value", "limit", "unit", "method", "note")
"""Columns of the long table; time is in hours."""
SIGNS = {-1: "<", 0: "", 1: ">"}
"""How a reading beyond a limit is written."""


def long_table(readings: xr.Dataset) -> pd.DataFrame:
    """Return one row per reading, with the columns patient, time, analyte, value, limit, unit, method, note.

    time is in hours from the trigger; limit is '<' or '>' where the value is a limit, else ''. What was drawn
    and could not be read has a row without a value, whose note says why. What was not drawn has none.
    Rows come by patient, then time, then analyte in the order of the readings.
    """
    import pandas as pd

    _check(readings)
    value, limit, note = (
        readings[name].transpose(PATIENT, TIME, "analyte").to_numpy() for name in ("value", "limit", "note")
    )
    who, when, what = np.nonzero(np.isfinite(value) | (note > 0))
    words = np.array(json.loads(readings.attrs["notes"]), dtype=object)
    signs = np.array([SIGNS[side] for side in (-1, 0, 1)], dtype=object)
    columns = {
        "patient": readings[PATIENT].to_numpy()[who],
        "time": readings[TIME].to_numpy()[when],
        "analyte": readings["analyte"].to_numpy()[what],
        "value": value[who, when, what],
        "limit": signs[limit[who, when, what] + 1],
        "unit": readings["unit"].to_numpy()[what],
        "method": readings["method"].to_numpy()[what],
        "note": words[note[who, when, what]],
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def known_at(readings: xr.Dataset, hour: float) -> xr.Dataset:
    """Return the readings that the ward has by an hour: drawn, and back from the laboratory.

    hour : hours from the trigger. What is not back yet is as if it had not been drawn.
    """
    _check(readings)
    back = readings[TIME] + readings["turnaround"] <= hour
    return readings.assign(
        value=readings["value"].where(back),
        limit=readings["limit"].where(back, 0).astype(np.int8),
        note=readings["note"].where(back, 0).astype(np.int8),
    )


def _check(readings: xr.Dataset) -> None:
    lacking = {"value", "limit", "note", "turnaround", "unit", "method"} - set(readings.variables)
    if lacking or "notes" not in readings.attrs:
        raise InputError(
            f"these are no readings: they lack {', '.join(sorted(lacking)) or 'their notes'}",
            "what readings returned",
            "call cytostorm.observe.sampling.readings on a run first",
        )
