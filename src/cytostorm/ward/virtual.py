"""Virtual patients as a long table, so that they go the way of real ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from cytostorm.dataset import PATIENT, TIME, quantities
from cytostorm.errors import InputError
from cytostorm.ward.analyte import TOLD
from cytostorm.ward.analytes import named
from cytostorm.ward.mapping import Column, Mapping
from cytostorm.ward.target import target

COLUMNS = ("patient", "time", "analyte", "value", "limit", "unit", "method", "note")


def long_table(run: xr.Dataset, every: float = 24.0) -> pd.DataFrame:
    """Return the labs of a run as a long table, in the units of the catalogue; times are hours.

    run : as `simulate` returns it. every : hours between looks; the nearest moments of the run count.
    What the run does not tell (patients who failed, or are dead) has no row, nor has what is no analyte.
    Raises InputError if the run has no lab that is one.
    """
    hours = np.asarray(run[TIME].values, float)
    wanted = np.arange(np.ceil(hours[0] / every) * every, hours[-1] + 1e-9, every)
    looks = np.unique(np.abs(hours[:, None] - wanted[None, :]).argmin(axis=0))
    parts = [part for name in quantities(run) if (part := _one(run, name, looks)) is not None]
    if not parts:
        raise InputError(
            "the run has no lab that wards measure", "labs such as crp or platelets", "simulate them"
        )
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["patient", "time", "analyte"], kind="stable", ignore_index=True)[list(COLUMNS)]


def _one(run: xr.Dataset, name: str, looks: np.ndarray) -> pd.DataFrame | None:
    """Return the rows of one lab; None if it is no analyte, or in a unit of its own."""
    if named(name) is None:
        return None
    found = target(name, str(run[name].attrs["units"]), Column(), Mapping())
    if found.refused:
        return None
    values = run[name].transpose(PATIENT, TIME).values[:, looks]
    people, moments = np.nonzero(np.isfinite(values))
    numbers = [found.converted(float(v)) for v in values[people, moments]]
    hours = np.asarray(run[TIME].values, float)[looks]
    patients = np.asarray(run[PATIENT].values)[people].astype(str)
    return pd.DataFrame({
        "patient": patients, "time": hours[moments], "analyte": found.kept.name,
        "value": numbers, "limit": "", "unit": found.kept.unit, "method": found.method,
        "note": TOLD if found.in_moles else "",
    })  # fmt: skip
