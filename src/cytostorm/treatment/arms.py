"""One arm of a comparison: what became of the same patients under one plan."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DIED, OK, STATUS
from cytostorm.errors import InputError
from cytostorm.model import Model, Regimen
from cytostorm.simulation import simulate

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
RTOL = 1e-3
"""Relative tolerance. Of 4,000 deaths in COVID-19 none was decided otherwise than at 1e-6."""
INFECTION = "infection"
"""Mechanism that adds up the hazard of another infection; it acts on nothing."""
CUMULATED = f"final {INFECTION}.hazard"
Z = 1.959964
"""Standard normal number of 95 %."""


@dataclass(frozen=True)
class Arm:
    """What became of patients: hour of death, infinite for who lives, whose run is ok, and their hazard.

    hazard : cumulative hazard of another infection while alive (patient); none without that mechanism.
    """

    died: Array
    well: Bools
    hours: float
    hazard: Array | None
    unsafe: str = ""
    unchecked: str = ""

    @property
    def dead(self) -> Bools:
        """Who died."""
        return np.isfinite(self.died)

    @property
    def days(self) -> Array:
        """Days alive (patient)."""
        return np.minimum(self.died, self.hours) / 24


def arm(
    model: Model,
    people: xr.Dataset | None,
    plan: Regimen | None,
    hours: float,
    *,
    rtol: float = RTOL,
    threads: int | None = None,
) -> Arm:
    """Return what became of people under a plan; raise InputError if nobody can die in the model."""
    if not model.endings:
        raise InputError(
            f"nobody can die in model {model.name!r}", "a model with an ending", "include='fate' gives it one"
        )
    counted = any(m.name == INFECTION for m in model.modules)
    run = simulate(
        model, people, plan, [hours], quantities=[], summaries=[CUMULATED] if counted else [],
        rtol=rtol, threads=threads,
    )  # fmt: skip
    died = np.asarray(run[DIED].values, float)
    hazard: Any = run[CUMULATED.replace(" ", "_").replace(".", "_")].to_numpy() if counted else None
    return Arm(
        np.where(np.isnan(died), np.inf, died), np.asarray(run[STATUS].values) == OK, hours, hazard,
        str(run.attrs.get("unsafe", "")), str(run.attrs.get("unchecked", "")),
    )  # fmt: skip


def share(dead: Bools) -> tuple[float, float, float]:
    """Return the share that is dead, with its binomial interval of 95 % (Wilson's).

    >>> [round(x, 3) for x in share(np.array([True] + 9 * [False]))]
    [0.1, 0.018, 0.404]
    """
    n, p = len(dead), float(dead.mean()) if len(dead) else np.nan
    if not n:
        return np.nan, np.nan, np.nan
    middle, size = p + Z * Z / (2 * n), Z * np.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    return p, max(0.0, float(middle - size) / whole), min(1.0, float(middle + size) / whole)


def change(dead: Bools, without: Bools, looks: int = 1) -> tuple[float, float, float]:
    """Return by how much the share that is dead changes in the same patients, with an interval of 95 %.

    looks : how many changes the interval holds for together (Bonferroni).
    Half a patient more in each cell of the table of pairs keeps the interval from closing where nobody, or
    hardly anybody, is decided otherwise.

    >>> change(np.zeros(100, bool), np.zeros(100, bool))[0]
    0.0
    """
    n = len(dead)
    if not n:
        return np.nan, np.nan, np.nan
    z = NormalDist().inv_cdf(1 - 0.025 / looks)
    harmed, saved = int((dead & ~without).sum()), int((without & ~dead).sum())
    more, fewer, whole = harmed + 0.5, saved + 0.5, n + 2.0
    middle = (more - fewer) / whole
    size = z * np.sqrt(more + fewer - (more - fewer) ** 2 / whole) / whole
    return (harmed - saved) / n, float(middle - size), float(middle + size)
