"""How far rows are from what was published: 1 at the edge of the tolerance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.infer.problem import Array, Problem, Row

WORST = 10.0
"""Misfit of a row that cannot be read; no other counts for more."""
SHARE = 0.7
"""Share of a curve's rows that must be inside for the curve to be."""
PER_PARAMETER = 5
"""Curves that there should be for each free parameter."""


def misfit(row: Row) -> float:
    """Return how far a row is from the middle of what is accepted, in half widths of it.

    Where all that is accepted is above zero, the middle and the width are those of the logarithms. What has
    one border, as what is accepted from zero on, costs nothing from half the border away.

    >>> from cytostorm.infer.problem import Row
    >>> [round(misfit(Row("a", "a", m, (50.0, 200.0))), 6) for m in (100.0, 200.0, 400.0, 25.0)]
    [0.0, 1.0, 2.0, -2.0]
    """
    if row.failed or row.model is None or row.accepted is None or not math.isfinite(row.model):
        return WORST
    low, high = row.accepted
    if not (low < high and (math.isfinite(low) or math.isfinite(high))):
        raise InputError(
            f"row {row.id} accepts {low:g} to {high:g}", "a span with a border", "check value and tolerance"
        )
    if low in (0, -math.inf) and math.isfinite(high):
        far = max(0.0, 1 + (row.model - high) / (abs(high) / 2 or 1.0))
    elif high == math.inf:
        far = -max(0.0, 1 + (low - row.model) / (abs(low) / 2 or 1.0))
    elif low > 0:
        model = max(row.model, 1e-300)
        far = (2 * math.log(model) - math.log(low) - math.log(high)) / math.log(high / low)
    else:
        far = (2 * row.model - low - high) / (high - low)
    return min(max(far, -WORST), WORST)


def tempered(far: Array) -> Array:
    """Return misfits whose squares grow as Huber's loss: squared inside the tolerance, in proportion beyond.

    Laboratories contradict each other; with plain squares the one that nobody can meet would decide.
    """
    size = np.abs(far)
    return np.asarray(np.where(size <= 1, far, np.sign(far) * np.sqrt(2 * np.maximum(size, 1) - 1)))


@dataclass(frozen=True)
class Evidence:
    """Which rows count, and the curve of each."""

    ids: tuple[str, ...]
    curves: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Evidence:
        """Return the evidence of one set of values; raise InputError if no row counts."""
        if not rows:
            raise InputError("no published row counts", "rows to calibrate on", "check the problem")
        return cls(tuple(row.id for row in rows), tuple(row.curve for row in rows))

    @property
    def weights(self) -> Array:
        """Weight of each row: the squares of those of one curve add up to one."""
        sizes = {name: self.curves.count(name) for name in self.names}
        return np.array([sizes[name] ** -0.5 for name in self.curves])

    @property
    def names(self) -> tuple[str, ...]:
        """The curves, each once."""
        return tuple(dict.fromkeys(self.curves))

    @property
    def allowed(self) -> int:
        """How many free parameters so many curves can carry."""
        return len(self.names) // PER_PARAMETER

    def inside(self, far: Array) -> int:
        """Return how many curves are inside, given the misfit of each row."""
        hits = np.abs(far) <= 1 + 1e-9
        owner = np.array(self.curves)
        return sum(bool(hits[owner == name].mean() >= SHARE - 1e-9) for name in self.names)


def residuals(problem: Problem, evidence: Evidence, places: Array, far: NDArray[np.float64]) -> Array:
    """Return what least squares is given, (set, row and prior).

    places : (set, parameter); far : misfits, (set, row).
    """
    known = [(k, free) for k, free in enumerate(problem.free) if free.prior is not None]
    prior = [[free.prior.misfit(free.value(float(x[k]))) for k, free in known if free.prior] for x in places]
    return np.hstack([evidence.weights * tempered(far), np.array(prior).reshape(len(places), len(known))])
