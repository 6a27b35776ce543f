"""Several sets of values in one ensemble: the same people once for each set, simulated side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cytostorm.dataset import PATIENT
from cytostorm.infer.problem import Values
from cytostorm.model import Model
from cytostorm.population import sample

if TYPE_CHECKING:
    import xarray as xr


def people(model: Model, sets: Sequence[Values], n: int, seed: int = 0) -> xr.Dataset:
    """Return the same `n` virtual people for each set of values, one set after the other.

    sets : values of parameters, each in its unit, the model's own where one has none. How people differ
        around them is as in the model.
    Returns a Dataset (patient) of n times as many patients as there are sets, for `simulate`.
    """
    variants = [model.replace(values) for values in sets]
    names = dict.fromkeys(name for values in sets for name in values)
    return stacked(variants, [sample(variant, n, seed) for variant in variants], names)


def stacked(variants: Sequence[Model], cohorts: Sequence[xr.Dataset], names: Iterable[str]) -> xr.Dataset:
    """Return the cohorts of models that differ in numbers only as one, for any of the models.

    names : parameters that may differ between the models; where people do not, they become a number of each.
    """
    import xarray as xr

    changed = [p for p in (variants[0].parameter(name) for name in names) if p.name not in cohorts[0]]
    variables: dict[Any, Any] = {
        name: (PATIENT, np.concatenate([cohort[name].to_numpy() for cohort in cohorts]), known.attrs)
        for name, known in cohorts[0].data_vars.items()
    }
    for p in changed:
        numbers = [variant.values[p] / p.factor for variant in variants]
        sizes = [cohort.sizes[PATIENT] for cohort in cohorts]
        variables[p.name] = (PATIENT, np.repeat(numbers, sizes), {"units": p.unit, "label": p.label})
    whole = sum(cohort.sizes[PATIENT] for cohort in cohorts)
    return xr.Dataset(variables, coords={PATIENT: np.arange(whole)}, attrs=cohorts[0].attrs)


def apart(run: xr.Dataset, n: int) -> list[xr.Dataset]:
    """Return the run of each set, of `n` patients each."""
    return [run.isel({PATIENT: slice(k, k + n)}) for k in range(0, run.sizes[PATIENT], n)]
