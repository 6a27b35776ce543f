"""The figures the endotoxin model is accepted by, from the same runs as the row-by-row comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from cytostorm.observe import metrics
from cytostorm.observe.compare import FOLD, PEAK_HOURS, SPREAD, Count, Row, compare, curves_inside
from cytostorm.observe.readout import FITTED, SAMPLES, NotReadError, ScenarioKey, curve, scenario
from cytostorm.observe.targets import LABELS, Kind, Target, load

REFERENCE = ScenarioKey(2.0)
"""The dose the model was fitted at."""
LOWER = ScenarioKey(1.0)
"""The dose its response to dose is held against."""
PEAKS = ("tnf", "il6", "il8", "il10")
RATIOS = ("tnf", "il6", "il10")
LABORATORIES = ("Dillingh 2014", "Kiers 2017")
"""Studies that gave both doses."""


@dataclass(frozen=True)
class Comparison:
    """Runs, every published row beside them, the count of curves, and the acceptance figures."""

    runs: Mapping[ScenarioKey, xr.Dataset]
    rows: tuple[Row, ...]
    counts: Mapping[str, Count]
    acceptance: Mapping[str, Any]

    @classmethod
    def of(cls, runs: Mapping[ScenarioKey, xr.Dataset]) -> Comparison:
        """Return the comparison of these runs with every published endotoxin row."""
        rows = tuple(compare(runs, load("endotoxin")))
        return cls(runs, rows, curves_inside(rows), acceptance(runs))


def acceptance(runs: Mapping[ScenarioKey, xr.Dataset]) -> dict[str, Any]:
    """Return peaks, times of peak, spread, response to dose and share of curves, each with its verdict.

    A figure that cannot be worked out is None, and so is its verdict. Levels are in pg/mL, times in h.
    """
    targets = load("endotoxin")
    counts = curves_inside(compare(runs, targets))
    return {
        "dose": REFERENCE.label,
        "peaks": [_peak(runs, targets, name) for name in PEAKS],
        "dose_ratios": [_dose_ratio(runs, targets, name) for name in RATIOS],
        "curves": {
            name: {"inside": c.inside, "scored": c.scored, "excused": c.excused, "share": c.share}
            for name, c in counts.items()
        },
    }


def _peaks(runs: Mapping[ScenarioKey, xr.Dataset], key: ScenarioKey, name: str) -> tuple[Any, Any] | None:
    """Return peak and time of peak of each volunteer at the fitted laboratory's sampling hours."""
    if key not in runs:
        return None
    try:
        da = curve(runs[key], name)
    except NotReadError:
        return None
    hours = SAMPLES[FITTED]
    if da["time"].values[-1] < hours[-1]:
        return None
    return metrics.peak(da, hours).to_numpy(), metrics.time_of_peak(da, hours).to_numpy()


def _published(targets: list[Target], name: str, kind: Kind) -> Target:
    """Return the row of the fitted laboratory."""
    return next(t for t in targets if t.study == FITTED and t.quantity == name and t.kind is kind)


def _peak(runs: Mapping[ScenarioKey, xr.Dataset], targets: list[Target], name: str) -> dict[str, Any]:
    """Return median peak against the interquartile range, time of peak, and spread of one read-out."""
    level, time, gsd = (
        _published(targets, name, k) for k in (Kind.PEAK, Kind.TIME_OF_PEAK, Kind.GEOMETRIC_SD)
    )
    assert level.low is not None
    assert level.high is not None
    assert time.value is not None
    assert gsd.value is not None
    found = _peaks(runs, REFERENCE, name)
    median = None if found is None else float(np.median(found[0]))
    hours = None if found is None else float(np.median(found[1]))
    spread = None if found is None else metrics.geometric_sd(found[0])
    ratio = None if spread is None else spread / gsd.value
    late = None if hours is None else hours - time.value
    return {
        "quantity": name,
        "label": LABELS[name],
        "unit": level.plain_unit,
        "model": median,
        "published": level.value,
        "iqr": [level.low, level.high],
        "inside": None if median is None else level.low <= median <= level.high,
        "time_model": hours,
        "time_published": time.value,
        "time_difference": late,
        "time_inside": None if late is None else abs(late) <= PEAK_HOURS,
        "gsd_model": spread,
        "gsd_published": gsd.value,
        "gsd_ratio": ratio,
        "gsd_inside": None if ratio is None else 1 / SPREAD <= ratio <= SPREAD,
    }


def _dose_ratio(runs: Mapping[ScenarioKey, xr.Dataset], targets: list[Target], name: str) -> dict[str, Any]:
    """Return the peak at 2 ng/kg over that at 1 ng/kg, and the same of each laboratory that gave both."""
    reported = {study: _reported_ratio(targets, name, study) for study in LABORATORIES}
    known = [ratio for ratio in reported.values() if ratio is not None]
    # peaks rise with the dose, whatever a wide span would allow
    accepted = [max(1.0, min(known) / FOLD), max(known) * FOLD]
    high, low = _peaks(runs, REFERENCE, name), _peaks(runs, LOWER, name)
    model = None
    if high is not None and low is not None and np.median(low[0]) > 0:
        model = float(np.median(high[0]) / np.median(low[0]))
    return {
        "quantity": name,
        "label": LABELS[name],
        "model": model,
        "published": reported,
        "accepted": accepted,
        "inside": None if model is None else accepted[0] <= model <= accepted[1],
    }


def _reported_ratio(targets: list[Target], name: str, study: str) -> float | None:
    """Return the ratio of the largest values of a laboratory's two curves; None if it has not both."""
    tops = []
    for key in (REFERENCE, LOWER):
        rows = [t for t in targets if t.study == study and t.quantity == name and scenario(t) == key]
        values = [t.value for t in rows if t.kind is Kind.LEVEL and t.value is not None]
        if not values:
            return None
        tops.append(max(values))
    return tops[0] / tops[1]
