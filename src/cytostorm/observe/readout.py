"""What a published endotoxin row asks of a run: which experiment, and which number of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.dataset import PATIENT, TIME
from cytostorm.errors import InputError
from cytostorm.observe import metrics
from cytostorm.observe.targets import Kind, Target

Array = NDArray[np.float64]

FITTED = "Janum 2016"
"""The laboratory whose volunteers the endotoxin model was fitted to."""
SAMPLES = {FITTED: (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)}
"""Hours at which a study drew blood; peaks of virtual volunteers are read at the same hours."""
BY_CHANGE = ("temperature", "heart_rate", "map")
"""Read-outs compared as change: resting values differ between thermometers, cuffs and people."""
UNTREATED = ("none", "LPS alone", "vehicle", "saline")
"""Arms without a drug."""
DAY = (0.0, 24.0)
"""Hours searched for a peak if the row does not say."""
BACK = 0.9
"""Share of baseline at which a count that fell is back: within 10 %."""
_DOSE = re.compile(r"LPS (\d+(?:\.\d+)?) ng/kg(?:/day x (\d+) days)?")


@dataclass(frozen=True, order=True)
class ScenarioKey:
    """An experiment to simulate.

    dose : endotoxin into a vein, in ng/kg of body weight; 0 is saline.
    days : how often it is given, once a day.
    """

    dose: float
    days: int = 1

    @property
    def label(self) -> str:
        """Name for readers.

        >>> ScenarioKey(2.0, 5).label
        '2 ng/kg/day for 5 days'
        """
        if self.dose == 0:
            return "saline"
        return f"{self.dose:g} ng/kg" if self.days == 1 else f"{self.dose:g} ng/kg/day for {self.days} days"


UNSTATED = ScenarioKey(2.0)
"""Experiment used for a row whose dose is not stated; its tolerance says so."""


class NotReadError(Exception):
    """The number cannot be read off the run; the text says why."""


def scenario(target: Target) -> ScenarioKey | None:
    """Return the experiment of a row, or None if it is not an endotoxin row."""
    if target.group != "endotoxin":
        return None
    if target.trigger == "saline":
        return ScenarioKey(0.0)
    found = _DOSE.search(target.trigger)
    return ScenarioKey(float(found.group(1)), int(found.group(2) or 1)) if found else UNSTATED


def why_not(target: Target) -> str:
    """Return why a row is not compared and not counted; an empty text if it is."""
    if target.group != "endotoxin":
        return "trigger not in this comparison"
    if target.arm not in UNTREATED:
        return "treated arm: drug not in the model"
    if target.unit == "U/mL":
        return "bioassay units"
    if target.kind in {Kind.OTHER, Kind.DIRECTION} and not target.scored:
        return "recalled from memory, not read: not scored"
    return ""


def absent(target: Target) -> bool:
    """Whether the model has no such quantity, so that the row counts as outside."""
    return not target.quantities or target.kind in {Kind.SCORE, Kind.OTHER}


def needed(targets: Iterable[Target]) -> list[ScenarioKey]:
    """Return the experiments to simulate for these rows, in rising dose."""
    keys = {scenario(t) for t in targets if not why_not(t) and not absent(t)}
    return sorted(key for key in keys if key is not None)


def centre(target: Target, numbers: Array) -> float:
    """Return the mean of volunteers if that is what the row reports, else their median; the dead left out."""
    numbers = numbers[~np.isnan(numbers)]
    if not numbers.size:
        raise NotReadError("no virtual volunteer was alive then")
    means = "mean" in target.statistic and "median" not in target.statistic
    return float(np.mean(numbers) if means else np.median(numbers))


def curve(run: xr.Dataset, name: str) -> xr.DataArray:
    """Return a read-out of the volunteers whose run is ok; raise NotReadError if there is none."""
    if name not in run:
        raise NotReadError("no such quantity in the model")
    da = metrics.usable(run, name)
    if da.sizes[PATIENT] == 0:
        raise NotReadError("no virtual volunteer finished")
    return da


def _samples(target: Target, da: xr.DataArray, window: tuple[float, float] | None = None) -> Sequence[float]:
    """Return the hours at which a row's volunteers were looked at if known, else all of the window."""
    if target.study in SAMPLES:
        return SAMPLES[target.study]
    first, last = window or target.window or DAY
    grid = np.asarray(da[TIME].values, dtype=float)
    inside = grid[(grid > first) & (grid < last)]
    return [first, *inside.tolist(), last]


def _at(target: Target, da: xr.DataArray, hours: float | None) -> float:
    """Return the centre of the volunteers at a moment, or over the whole run if there is no moment."""
    if hours is None:
        return centre(target, np.median(metrics.values(da)[1], axis=1))
    return centre(target, metrics.sampled(da, [hours])[1][:, 0])


def change(target: Target, run: xr.Dataset, first: Target) -> float:
    """Return the change since the first row of the curve, in the row's unit."""
    da = curve(run, str(target.quantity))
    start = 0.0 if target.hours is None else first.hours
    return to_unit(target, da, _at(target, da, target.hours)) - to_unit(target, da, _at(target, da, start))


def baseline(target: Target, run: xr.Dataset) -> float:
    """Return the value at time 0, in the row's unit."""
    da = curve(run, str(target.quantity))
    return to_unit(target, da, _at(target, da, float(da[TIME].values[0])))


def to_unit(target: Target, da: xr.DataArray, value: float) -> float:
    """Return a value of the run in the unit of the row."""
    return units.convert(value, str(da.attrs["units"]), target.plain_unit)


def _level(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    return to_unit(target, da, _at(target, da, target.hours))


def _peak(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    return to_unit(target, da, centre(target, metrics.peak(da, _samples(target, da)).to_numpy()))


def _rise(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    rises = metrics.peak(da, _samples(target, da)).to_numpy() - metrics.values(da)[1][:, 0]
    return to_unit(target, da, centre(target, rises))


def _time_of_peak(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    hours, data = metrics.sampled(da, _samples(target, da))
    if target.statistic == "mean curve":
        return float(hours[data.mean(axis=0).argmax()])
    return centre(target, hours[data.argmax(axis=1)])


def _time_of_nadir(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    hours, data = metrics.sampled(da, _samples(target, da))
    return centre(target, hours[data.argmin(axis=1)])


def _time_of_recovery(target: Target, run: xr.Dataset) -> float:
    """Return when the volunteers are back after their nadir; raise NotReadError if most are not."""
    da = curve(run, str(target.quantity))
    hours, data = metrics.values(da)
    back = data >= BACK * data[:, :1]
    back &= np.arange(hours.size) >= data.argmin(axis=1)[:, None]
    times = np.where(back.any(axis=1), hours[back.argmax(axis=1)], np.inf)
    found = centre(target, times)
    if not np.isfinite(found):
        raise NotReadError(f"not back by the end of the run at {hours[-1]:g} h")
    return found


def _geometric_sd(target: Target, run: xr.Dataset) -> float:
    da = curve(run, str(target.quantity))
    found = metrics.geometric_sd(metrics.peak(da, _samples(target, da)).to_numpy())
    if found is None:
        raise NotReadError("needs two or more virtual volunteers with positive peaks")
    return found


def _ratio(target: Target, run: xr.Dataset) -> float:
    """Return the ratio of the median peaks of the two read-outs the row names."""
    above, below = (curve(run, name) for name in target.quantities[:2])
    tops = [float(np.median(metrics.peak(da, _samples(target, da)).to_numpy())) for da in (above, below)]
    if tops[1] <= 0:
        raise NotReadError("the lower peak is zero")
    return tops[0] / tops[1] * units.convert(1.0, str(above.attrs["units"]), str(below.attrs["units"]))


def _reduction(target: Target, run: xr.Dataset) -> float:
    """Return by how many percent the peak of the last window is below that of the first day."""
    da = curve(run, str(target.quantity))
    first = metrics.peak(da, _samples(target, da, DAY)).to_numpy()
    last = metrics.peak(da, _samples(target, da)).to_numpy()
    if np.any(first <= 0):
        raise NotReadError("the peak of the first day is zero")
    return centre(target, 100.0 * (1.0 - last / first))


_READERS = {
    Kind.LEVEL: _level,
    Kind.PEAK: _peak,
    Kind.RISE: _rise,
    Kind.TIME_OF_PEAK: _time_of_peak,
    Kind.TIME_OF_NADIR: _time_of_nadir,
    Kind.TIME_OF_RECOVERY: _time_of_recovery,
    Kind.GEOMETRIC_SD: _geometric_sd,
    Kind.RATIO: _ratio,
    Kind.REDUCTION: _reduction,
}


def read(target: Target, run: xr.Dataset) -> float:
    """Return the number of the run that the row reports, in the row's unit.

    Raises NotReadError if the run does not hold it, InputError if the run does not reach its hours.
    """
    reader = _READERS.get(target.kind)
    if reader is None:
        raise InputError(
            f"row {target.id} is of kind {target.kind}", "a row that is compared", "ask why_not first"
        )
    return reader(target, run)
