"""Published rows as points of a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import xarray as xr

from cytostorm import units
from cytostorm.observe import metrics
from cytostorm.observe.readout import BY_CHANGE, ScenarioKey, scenario, why_not
from cytostorm.observe.targets import Kind, Target, curves


@dataclass(frozen=True)
class Points:
    """One published curve.

    quantity : name of the read-out.
    hours : from the trigger.
    values, low, high : in the run's unit; low and high are None where none is published.
    """

    study: str
    quantity: str
    hours: tuple[float, ...]
    values: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def published(targets: Iterable[Target], key: ScenarioKey, run: xr.Dataset) -> list[Points]:
    """Return the published curves of one experiment, in the run's units.

    Temperature, heart rate and pressure are drawn as their change since the first sample, added to the
    median resting value of the run: resting values differ between devices and people.
    """
    wanted = [t for t in targets if scenario(t) == key and not why_not(t) and t.scored]
    wanted = [t for t in wanted if t.kind in {Kind.LEVEL, Kind.CHANGE} and t.quantity in run]
    drawn = []
    for rows in curves([t for t in wanted if t.hours is not None and t.value is not None]).values():
        name = str(rows[0].quantity)
        shift = _rest(run, name) - float(rows[0].value or 0.0) if name in BY_CHANGE else 0.0
        unit = str(run[name].attrs["units"])
        drawn.append(
            Points(
                study=rows[0].study,
                quantity=name,
                hours=tuple(float(t.hours or 0.0) for t in rows),
                values=tuple(units.convert(t.value or 0.0, t.plain_unit, unit) + shift for t in rows),
                low=tuple(_shown(t.low, t, unit, shift) for t in rows),
                high=tuple(_shown(t.high, t, unit, shift) for t in rows),
            )
        )
    return drawn


def _shown(value: float | None, target: Target, unit: str, shift: float) -> float | None:
    return None if value is None else units.convert(value, target.plain_unit, unit) + shift


def _rest(run: xr.Dataset, name: str) -> float:
    """Return the median resting value, in the run's unit; NaN if no patient finished."""
    data = metrics.values(metrics.usable(run, name))[1]
    return float(metrics.middle(data)[0])
