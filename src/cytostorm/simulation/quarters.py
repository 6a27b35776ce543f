"""What five points of a step, its quarters, tell of it: the plain twin of the printed `gather`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cytostorm.simulation.summaries import Sum

Array = NDArray[np.float64]

QUARTIC = tuple(
    tuple(w / whole for w in row)
    for row, whole in (
        ((1, 0, 0, 0, 0), 1),
        ((-25, 48, -36, 16, -3), 12),
        ((35, -104, 114, -56, 11), 24),
        ((-5, 18, -24, 14, -3), 12),
        ((1, -4, 6, -4, 1), 24),
    )
)
"""Coefficients, the constant first, of the quartic through values at 0, 1, 2, 3, 4."""


def gather(sums: Sequence[Sum], points: Array, t: Array, h: Array, kept: Array) -> None:
    """Add a step to what is kept: the plain twin of the printed `gather`.

    points : quantities at the quarters of each patient's step (5, quantity, patient); t, h : start and length
    of the step (patient,); kept : numbers (number, patient), changed in place.
    """
    for s in sums:
        v = points[:, s.column]
        if s.kind in ("max", "min"):
            sign = 1.0 if s.kind == "max" else -1.0
            for value, share in _extremes(sign * v):
                better = value > sign * kept[s.start]
                kept[s.start] = np.where(better, sign * value, kept[s.start])
                kept[s.start + 1] = np.where(better, t + share * h, kept[s.start + 1])
        elif s.kind == "area":
            kept[s.start] += h / 90.0 * (7 * (v[0] + v[4]) + 32 * (v[1] + v[3]) + 12 * v[2])
        elif s.kind == "final":
            kept[s.start] = v[4]
        else:
            sign = -1.0 if s.kind.endswith("below") else 1.0
            over = sign * (v - s.limit)
            if s.kind in ("above", "below"):
                kept[s.start] += 0.25 * h * _quarters_above(over)
            else:
                kept[s.start] = _first(over, t, h, kept[s.start])


def _extremes(v: Array) -> list[tuple[Array, Array]]:
    """Return candidates for the largest value as (value, share of the step): points and parabolas."""
    found = [(v[k], np.full(v.shape[1], k / 4)) for k in range(5)]
    for k in (1, 2, 3):
        bend = 0.5 * (v[k - 1] + v[k + 1]) - v[k]
        slope = 0.5 * (v[k + 1] - v[k - 1])
        with np.errstate(all="ignore"):
            shift = -0.5 * slope / bend
            inside = (bend < 0) & (np.abs(shift) <= 1)
            top = np.where(inside, v[k] + 0.5 * slope * shift, -np.inf)
        found.append((top, (k + np.where(inside, shift, 0.0)) / 4))
    return found


def crossing(v: Array, k: int) -> Array:
    """Return where, in quarters of the step, the quartic through five points is zero between k and k + 1.

    Two steps of Newton's method from where the straight line is zero; no meaning if the ends agree in sign.
    """
    c = [sum(w * v[j] for j, w in enumerate(row)) for row in QUARTIC]
    a, b = v[k], v[k + 1]
    with np.errstate(all="ignore"):
        x = k + a / (a - b)
        for _ in range(2):
            value = (((c[4] * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]
            slope = ((4 * c[4] * x + 3 * c[3]) * x + 2 * c[2]) * x + c[1]
            better = x - value / slope
            x = np.where((better >= k) & (better <= k + 1), better, x)
    return np.asarray(x)


def _quarters_above(over: Array) -> Array:
    """Return how many quarters of the step are above zero."""
    total = np.zeros(over.shape[1])
    for k in range(4):
        up, on, x = over[k] > 0, over[k + 1] > 0, crossing(over, k)
        total += np.where(up & on, 1.0, np.where(up, x - k, np.where(on, k + 1 - x, 0.0)))
    return total


def _first(over: Array, t: Array, h: Array, known: Array) -> Array:
    """Return when it was first above zero."""
    found = np.where(np.isnan(known) & (over[0] > 0), t, known)
    for k in range(4):
        found = np.where(np.isnan(found) & (over[k + 1] > 0), t + 0.25 * crossing(over, k) * h, found)
    return found
