"""What five points of a step, its quarters, tell of it: the plain twin of the printed `gather` and `fate`."""

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


HALVINGS = 52
"""Times that the quarter in which a run ends is halved: down to the last bit of the share of a step."""


def reached(look: Look, thresholds: Array) -> tuple[Array, Array]:
    """Return at which share of a step a patient's run ends, NaN if it does not, and how clear that is.

    look : given shares of each patient's step (patient,), returns what the endings wait for (ending,
    patient); thresholds (ending, patient). A threshold is reached if it is at one of five points of the step.
    The second number is by how much a threshold is passed or missed, at most, as a share of it.
    """

    def excess(share: Array) -> tuple[NDArray[np.bool_], Array]:
        seen = look(share)
        with np.errstate(divide="ignore", invalid="ignore"):
            beyond = (seen - thresholds) / np.abs(thresholds)
        return np.asarray((seen >= thresholds).any(axis=0)), np.asarray(np.fmax.reduce(beyond, axis=0))

    patients = thresholds.shape[1]
    found, best = excess(np.zeros(patients))
    high = np.zeros(patients)
    for k in range(1, 5):
        over, beyond = excess(np.full(patients, k / 4))
        high = np.where(found, high, k / 4)
        found, best = found | over, np.fmax(best, beyond)
    if not found.any():
        return np.full(patients, np.nan), np.abs(best)
    low = np.maximum(high - 0.25, 0.0)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        over, _beyond = excess(middle)
        low, high = np.where(over, low, middle), np.where(over, middle, high)
    return np.where(found, high, np.nan), np.abs(best)


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
