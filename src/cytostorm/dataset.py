"""The shape of a run: an xarray.Dataset of patients by time, every variable with its unit and label."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cytostorm.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

PATIENT = "patient"
"""Dimension of the virtual patients."""
TIME = "time"
"""Dimension of the moments, in hours from the trigger."""
STATUS = "status"
"""Variable that says per patient whether the solver succeeded; 0 is ok."""
OK = 0
"""Status of a patient whose row can be used."""
DIED = "died_at"
"""Variable that says per patient when the run ended by death, in hours; NaN for who lives. Only of models in
which patients can die. After it their curves are NaN."""
ATTRS = ("model", "fingerprint", "version", "seed", "rtol", "regimen", "set", "disclaimer")
"""What every run says about itself."""
DISCLAIMER = "For research and education only, never for the care of a patient."
"""Stands on everything that leaves this package."""
REMEDY = "pass what cytostorm.simulate returned, or a file it was saved to"


def variable(data: Any, dims: Hashable | Sequence[Hashable], unit: str, label: str) -> xr.Variable:
    """Return an array with named dimensions, its unit and its label.

    >>> variable([1.0, 2.0], ["time"], "pg/mL", "IL-6 in plasma").attrs["units"]
    'pg/mL'
    """
    import xarray as xr

    return xr.Variable(dims, data, {"units": unit, "label": label})


def quantities(ds: xr.Dataset) -> list[str]:
    """Return the names of the variables that are patients by time."""
    return [str(name) for name, da in ds.data_vars.items() if set(da.dims) == {PATIENT, TIME}]


def check(ds: xr.Dataset) -> xr.Dataset:
    """Return the run unchanged, or raise InputError that says what it lacks."""
    import numpy as np

    for name in (PATIENT, TIME):
        if name not in ds.dims or name not in ds.coords:
            _refuse(f"the run has no dimension {name!r} with coordinates", "dimensions patient and time")
    time = np.asarray(ds[TIME].values, dtype=float)
    if ds[TIME].attrs.get("units") != "h":
        _refuse(f"time is in {ds[TIME].attrs.get('units')!r}", "time in 'h' from the trigger")
    if time.size == 0 or not np.all(np.isfinite(time)) or np.any(np.diff(time) <= 0):
        _refuse("the times of the run do not rise", "finite, strictly rising hours")
    if STATUS not in ds or ds[STATUS].dims != (PATIENT,):
        _refuse(f"the run has no variable {STATUS!r} per patient", "one status per patient, 0 for ok")
    names = quantities(ds)
    if not names:
        _refuse("the run holds no quantity", "at least one variable of patients by time")
    for name in names:
        lacking = [key for key in ("units", "label") if key not in ds[name].attrs]
        if lacking:
            _refuse(f"{name} has no {' and no '.join(lacking)}", "units and label on every quantity")
    lacking = [key for key in ATTRS if key not in ds.attrs]
    if lacking:
        _refuse("the run does not say its " + ", ".join(lacking), "attributes " + ", ".join(ATTRS))
    return ds


def _refuse(thing: str, expected: str) -> None:
    raise InputError(thing, expected, REMEDY)


def plain(value: Any) -> Any:
    """Return nested data as JSON knows it: no NumPy numbers, None for what is not finite.

    >>> plain({"a": (1, float("nan"))})
    {'a': [1, None]}
    """
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
