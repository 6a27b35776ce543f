"""Draws of what varies between people; how, says `cytostorm.chance`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from cytostorm.chance import standard_normal
from cytostorm.errors import InputError
from cytostorm.model import Model, Parameter
from cytostorm.model.model import to_coherent

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["sample", "standard_normal"]

MAX_PATIENTS = 10_000_000
SEEDS = 2**63


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
