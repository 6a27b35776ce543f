"""Draws of what varies between people: counter-based, keyed by seed, purpose and patient.

A patient's numbers depend on the seed, the name of the number and the patient's index alone: not on how
many patients are drawn, in which order, or on which other numbers vary.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Model, Parameter
from cytostorm.model.model import to_coherent

if TYPE_CHECKING:
    import xarray as xr

MAX_PATIENTS = 10_000_000
SEEDS = 2**63


def standard_normal(seed: int, purpose: str, patients: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return one standard normal number per patient, by Philox counter and inverse distribution.

    purpose : what the number is for, such as "person.weight"; each purpose is a stream of its own.
    """
    from scipy.special import ndtri

    digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
    key = np.frombuffer(digest[:16], np.uint64)
    first, last = int(patients.min()), int(patients.max())
    # one counter of Philox gives four 64-bit words; each patient owns one counter
    words = np.random.Philox(key=key, counter=[first, 0, 0, 0]).random_raw(4 * (last - first + 1))[::4]
    uniform = ((words[patients - first] >> np.uint64(11)).astype(float) + 0.5) * 2.0**-53
    return np.asarray(ndtri(uniform))


def sample(
    model: Model,
    n: int = 1,
    seed: int = 0,
    *,
    vary: bool = True,
    fixed: Mapping[str, str | float] | None = None,
    first: int = 0,
) -> xr.Dataset:
    """Return a cohort: what varies between `n` virtual patients, in display units.

    model : its parameters say how they spread.
    seed : 0 or more; the same seed gives the same people in any batch.
    vary : False makes everyone the typical person.
    fixed : parameter values set for everyone, text with unit or a number in the declared unit.
    first : index of the first patient, to draw a cohort in parts.

    Returns a Dataset (patient), one variable per parameter that varies or is fixed.
    Raises InputError if n, seed or a fixed value cannot be used.
    """
    import xarray as xr

    for name, value in (("n", n), ("seed", seed), ("first", first)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise InputError(f"{name} is {value!r}", "a whole number", "leave out quotes and decimals")
    if not 1 <= n <= MAX_PATIENTS:
        raise InputError(f"{n} patients cannot be drawn", f"1 to {MAX_PATIENTS:,}", "choose another number")
    if not 0 <= seed < SEEDS:
        raise InputError(
            f"seed {seed} cannot be used", "a whole number from 0 to 2^63 - 1", "choose another seed"
        )
    patients = np.arange(first, first + n)
    held = {name: to_coherent(model.parameter(name), v) for name, v in (fixed or {}).items()}
    drawn = {}
    for p in model.parameters:
        centre = model.values[p] / p.factor
        if p.name in held:
            values = np.full(n, held[p.name] / p.factor)
        elif vary and p.spread is not None:
            values = p.spread.draw(centre, standard_normal(seed, p.name, patients))
        else:
            continue
        drawn[p.name] = ("patient", values, {"units": p.unit, "label": p.label})
    attrs: dict[str, int | str] = {"seed": seed, "n": n, "first": first, "vary": int(vary)}
    attrs["fixed"] = json.dumps({k: _text(model.parameter(k), v) for k, v in held.items()})
    return xr.Dataset(drawn, coords={"patient": patients}, attrs=attrs)


def _text(parameter: Parameter, coherent: float) -> str:
    """Return a coherent value as text with the parameter's unit, exact to the bit."""
    return f"{coherent / parameter.factor!r} {parameter.unit}"
