"""People spread far wider than life over every number of a storm, to find what the solver cannot finish."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import xarray as xr
from scipy.special import ndtr

from cytostorm.library import catalogue
from cytostorm.model import Model, Parameter
from cytostorm.population import standard_normal

TRAITS = {
    "person.age": (1, 100), "person.weight": (10, 150), "person.man": (0, 1), "person.comorbidity": (0, 3),
    "person.immunity": (0, 1), "person.killing": (0, 1), "person.natural_killer": (0, 2),
    "person.interferon": (0, 2), "person.inflammasome": (0, 30), "person.conditioning": (0, 1),
    "endotoxin.duration": (0, 480),
}  # fmt: skip
"""What is drawn evenly, from all that is found in people."""
SHARE = re.compile(r"share|largest|silence|loss at which|^1 for")
"""Labels of numbers that may not pass 1."""
LEAST, MOST = 1.3, 1.5
"""Geometric standard deviation of the other numbers; each patient has one."""


def is_share(p: Parameter) -> bool:
    """Return whether a parameter is a part of a whole."""
    return p.unit == "1" and p.value <= 1 and bool(SHARE.search(p.label))


def wide(model: Model, n: int, seed: int, *, mortal: bool = True) -> xr.Dataset:
    """Return patients drawn widely: declared spreads, and all else around its value.

    Doses spread evenly over four decades, from a thousandth to ten times the model's own. Of a share the
    odds s / (1 - s) are multiplied, so that it stays below 1; one with a spread, or a dose, is cut at 1.
    mortal : False lets nobody die, so that all are computed to the end.
    """
    patients = np.arange(n)
    gsd = LEAST + (MOST - LEAST) * ndtr(standard_normal(seed, "gsd", patients))
    values = {}
    for p in model.parameters:
        z, centre = standard_normal(seed, p.name, patients), model.values[p] / p.factor
        if p.label.startswith("unit "):
            continue  # 1 by definition
        if p.name in TRAITS:
            low, high = TRAITS[p.name]
            drawn = low + (high - low) * ndtr(z)
        elif p.short == "dose":
            drawn = centre * 10 ** (4 * ndtr(z) - 3)
        elif p.spread is not None:
            drawn = p.spread.draw(centre, z)
        elif is_share(p):
            drawn = centre * gsd**z / (1 - centre + centre * gsd**z)
        else:
            drawn = centre * gsd**z
        values[p.name] = ("patient", np.minimum(drawn, 1.0) if is_share(p) else drawn)
    if not mortal:
        values["fate.endurance"] = ("patient", np.full(n, 1e9))
    return xr.Dataset(values, coords={"patient": patients})


def worst() -> Iterator[tuple[str, str]]:
    """Yield every recipe with its worst severity."""
    for name, recipe in catalogue.recipes().items():
        yield name, list(recipe.severities)[-1] if recipe.severities else ""
