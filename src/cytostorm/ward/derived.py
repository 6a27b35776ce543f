"""Facts that follow exactly from others of the same sample: ratios, gaps, shares; and the day's urine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cytostorm.ward.slots import Array, Readings

UREA_NITROGEN = 2.8014
"""mg/dL of urea nitrogen in each mmol/L of urea: two atoms of nitrogen, 28.014 g/mol."""
BREATHED = 24.0
"""Hours for which the last share of oxygen that was written down holds."""
PAUSE = 8.0
"""Hours between entries of urine beyond which a day's sum is not known."""
DAY = 24.0


def with_derived(found: dict[str, Readings]) -> dict[str, Readings]:
    """Return the readings, and those that follow from them where they are not measured themselves.

    Of one sample: neutrophils to lymphocytes, lymphocytes of white cells, urea nitrogen to creatinine, the
    anion
    gap without potassium. PaO2 and SpO2 over the share of oxygen breathed then. Urine of 24 hours, where it
    was
    written down at least every 8.
    """
    out = dict(found)
    rules: tuple[tuple[str, tuple[str, ...], Callable[..., Array]], ...] = (
        ("nlr", ("neutrophils", "lymphocytes"), lambda n, l: n / l),
        ("lymphocyte_share", ("lymphocytes", "wbc"), lambda l, w: 100 * l / w),
        ("bun_creatinine", ("urea", "creatinine"), lambda u, c: UREA_NITROGEN * u / c),
        ("anion_gap", ("sodium", "chloride", "bicarbonate"), lambda na, cl, bic: na - cl - bic),
    )
    for name, parts, rule in rules:
        _add(out, name, _together(found, parts, rule))
    for name, part in (("pf", "pao2"), ("sf", "spo2")):
        _add(out, name, _over_oxygen(found, part))
    _add(out, "urine_day", _urine(found.get("urine_volume")))
    return out


def _add(out: dict[str, Readings], name: str, more: Readings | None) -> None:
    """Add readings that are not there already at the same moment."""
    if more is None or not len(more.value):
        return
    own = out.get(name)
    if own is not None:
        new = at(own, more.patient, more.time) < 0
        more = Readings(
            *(np.concatenate([a, b[new]]) for a, b in zip(_columns(own), _columns(more), strict=True))
        )
    out[name] = more.sorted()


def _columns(readings: Readings) -> tuple[NDArray[np.int64], Array, Array]:
    return readings.patient, readings.time, readings.value


def at(readings: Readings, patient: NDArray[np.int64], time: Array) -> NDArray[np.int64]:
    """Return the place of the reading of each patient and moment, the first of several; -1 for none."""
    place = _before(readings, patient, time, side="left") + 1
    safe = np.minimum(place, len(readings.time) - 1)
    hit = (place < len(readings.time)) & (readings.patient[safe] == patient) & (readings.time[safe] == time)
    return np.where(hit, safe, -1)


def _before(readings: Readings, patient: NDArray[np.int64], time: Array, side: str) -> NDArray[np.int64]:
    """Return the place of the last reading before a moment ("left"), or not after it ("right"), of anyone."""
    kind = np.dtype([("p", np.int64), ("t", float)])
    have, want = np.empty(len(readings.time), kind), np.empty(len(time), kind)
    have["p"], have["t"], want["p"], want["t"] = readings.patient, readings.time, patient, time
    # places of both in one order: a search in structured arrays is slow, a sort of their columns is not
    late = 1 if side == "right" else -1
    order = np.lexsort((
        np.concatenate([np.zeros(len(have)), np.full(len(want), late)]),
        np.concatenate([have["t"], want["t"]]), np.concatenate([have["p"], want["p"]]),
    ))  # fmt: skip
    rank = np.cumsum(order < len(have)) - 1
    out = np.empty(len(order), np.int64)
    out[order] = rank
    return out[len(have) :]


def _together(
    found: dict[str, Readings], parts: Sequence[str], rule: Callable[..., Array]
) -> Readings | None:
    """Return what follows from readings of the same patient and moment."""
    if any(p not in found for p in parts):
        return None
    first, *others = (found[p] for p in parts)
    places = [at(other, first.patient, first.time) for other in others]
    both = np.logical_and.reduce([p >= 0 for p in places])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = rule(first.value[both], *(o.value[p[both]] for o, p in zip(others, places, strict=True)))
    good = np.isfinite(value)
    return Readings(first.patient[both][good], first.time[both][good], value[good])


def _over_oxygen(found: dict[str, Readings], part: str) -> Readings | None:
    """Return readings over the share of oxygen breathed at that moment, as last written down."""
    if part not in found or "fio2" not in found:
        return None
    mine, oxygen = found[part], found["fio2"]
    place = _before(oxygen, mine.patient, mine.time, side="right")
    safe = np.maximum(place, 0)
    good = (place >= 0) & (oxygen.patient[safe] == mine.patient) & (mine.time - oxygen.time[safe] <= BREATHED)
    return Readings(mine.patient[good], mine.time[good], mine.value[good] / oxygen.value[safe[good]])


def _urine(urine: Readings | None) -> Readings | None:
    """Return the urine of the 24 hours before each entry, where it was written down every 8 hours."""
    if urine is None:
        return None
    total = np.concatenate([[0.0], np.cumsum(urine.value)])
    wide = np.concatenate([[True], (np.diff(urine.time) > PAUSE) | (np.diff(urine.patient) != 0)])
    since = np.maximum.accumulate(np.where(wide, np.arange(len(wide)), 0))
    first = _before(urine, urine.patient, urine.time - DAY, side="right") + 1
    unbroken = (first > since) & (urine.time - urine.time[since] >= DAY)
    value = total[1:] - total[np.minimum(first, len(urine.time))]
    return Readings(urine.patient[unbroken], urine.time[unbroken], value[unbroken])
