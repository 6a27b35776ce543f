"""Runs that several tests of storms read: made once in a session."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import xarray as xr

from cytostorm.library.catalogue import model_for, recipe
from cytostorm.model import Model
from cytostorm.population import sample
from cytostorm.simulation import simulate

PEOPLE = 200
"""Virtual patients in each population."""
DEATHLESS = {"fate.endurance": "1e9"}
"""Lets courses be compared to their end."""


def variant(name: str, severity: str = "", **changes: str) -> Model:
    """Return a model of a recipe at a severity; in names of parameters, two underscores stand for the dot."""
    values = {key.replace("__", "."): value for key, value in changes.items()}
    return model_for(name, severity=severity).replace(values)


@lru_cache(maxsize=32)
def population(
    name: str,
    severity: str = "",
    n: int = PEOPLE,
    changes: tuple[tuple[str, str], ...] = (),
    step: float = 4.0,
) -> xr.Dataset:
    """Return a population of a recipe at a severity."""
    model = model_for(name, severity=severity).replace(dict(changes))
    hours = np.arange(0.0, recipe(name).hours_of(severity) + step / 2, step)
    return simulate(model, sample(model, n, seed=11), None, hours)


def typical(name: str, severity: str = "", hours: float | None = None, **changes: str) -> xr.Dataset:
    """Return the typical person, who cannot die, every two hours."""
    model = variant(name, severity, **changes).replace(DEATHLESS)
    last = recipe(name).hours_of(severity) if hours is None else hours
    return simulate(model, None, None, np.arange(0.0, last + 1, 2.0)).isel(patient=0)


def peaks(run: xr.Dataset, quantity: str) -> np.ndarray:
    """Return the peak of each patient, of what there was while alive."""
    return np.nanmax(run[quantity].to_numpy(), axis=-1)


def lows(run: xr.Dataset, quantity: str) -> np.ndarray:
    """Return the lowest value of each patient, of what there was while alive."""
    return np.nanmin(run[quantity].to_numpy(), axis=-1)


def when(run: xr.Dataset, quantity: str) -> np.ndarray:
    """Return the hour of each patient's peak."""
    return run["time"].to_numpy()[np.nanargmax(run[quantity].to_numpy(), axis=-1)]


def dead(run: xr.Dataset) -> np.ndarray:
    """Return who died."""
    return np.isfinite(run["died_at"].to_numpy())
