"""What five points of a step, its quarters, tell of it: the plain twin of the printed `gather`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cytostorm.simulation.summaries import Sum

Array = NDArray[np.float64]
Look = Callable[[Array], Array]

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


def gather(sums: Sequence[Sum], look: Look, t: Array, h: Array, kept: Array) -> None:
    """Add a step to what is kept.

    look : given shares of each patient's step (patient,), returns the quantities (quantity, patient);
    t, h : start and length of the step (patient,); kept : numbers (number, patient), changed in place.
    """
    points = np.array([look(np.full(len(t), k / 4)) for k in range(5)])
    for s in sums:
        v = points[:, s.column]
        if s.kind in ("max", "min"):
            sign = 1.0 if s.kind == "max" else -1.0
            share = top_of(sign * v)
            candidates = [(v[k], np.full(len(t), k / 4)) for k in range(5)]
            for value, where in (*candidates, (look(share)[s.column], share)):
                better = sign * value > sign * kept[s.start]
                kept[s.start] = np.where(better, value, kept[s.start])
                kept[s.start + 1] = np.where(better, t + where * h, kept[s.start + 1])
        elif s.kind == "area":
            kept[s.start] += h / 90.0 * (7 * (v[0] + v[4]) + 32 * (v[1] + v[3]) + 12 * v[2])
        elif s.kind == "final":
            kept[s.start] = v[4]
        else:
            over = (-1.0 if s.kind.endswith("below") else 1.0) * (v - s.limit)
            holds = over > 0 if s.strict else over >= 0
            if s.kind in ("above", "below"):
                kept[s.start] += 0.25 * h * _quarters(over, holds)
            else:
                kept[s.start] = _first(over, holds, (t, h), kept[s.start])


def top_of(v: Array) -> Array:
    """Return at which share of the step a parabola through three neighbours is highest; 0 if none has a top.

    v : values at the points (5, patient).
    """
    best, where = np.full(v.shape[1], -np.inf), np.zeros(v.shape[1])
    for k in (1, 2, 3):
        bend = 0.5 * (v[k - 1] + v[k + 1]) - v[k]
        slope = 0.5 * (v[k + 1] - v[k - 1])
        with np.errstate(all="ignore"):
            shift = -0.5 * slope / bend
            top = v[k] + 0.5 * slope * shift
            better = (bend < 0) & (np.abs(shift) <= 1) & (top > best)
        best = np.where(better, top, best)
        where = np.where(better, (k + shift) / 4, where)
    return where


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


def _quarters(over: Array, holds: NDArray[np.bool_]) -> Array:
    """Return for how many quarters of the step a condition holds, which does where `over` is positive."""
    total = np.zeros(over.shape[1])
    for k in range(4):
        up, on, x = holds[k], holds[k + 1], crossing(over, k)
        total += np.where(up & on, 1.0, np.where(up, x - k, np.where(on, k + 1 - x, 0.0)))
    return total


def _first(over: Array, holds: NDArray[np.bool_], step: tuple[Array, Array], known: Array) -> Array:
    """Return when a condition held first; step is start and length."""
    t, h = step
    found = np.where(np.isnan(known) & holds[0], t, known)
    for k in range(4):
        found = np.where(np.isnan(found) & holds[k + 1], t + 0.25 * crossing(over, k) * h, found)
    return found
