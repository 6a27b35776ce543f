"""The pictures of the report, each an element of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, quantities
from cytostorm.observe import metrics
from cytostorm.observe.readout import ScenarioKey
from cytostorm.observe.targets import load
from cytostorm.plot import curves, style
from cytostorm.plot.points import Points, published
from cytostorm.report.numbers import number, with_unit


@dataclass(frozen=True)
class Picture:
    """One panel: its title and the SVG element."""

    title: str
    svg: str


def own(run: xr.Dataset, key: ScenarioKey | None) -> list[Picture]:
    """Return a panel of every quantity of the user's run, with published data of the same experiment only."""
    points = published(load("endotoxin"), key, run) if key is not None else []
    return [_picture(run, name, points, f"own-{k}", style.BLUE) for k, name in enumerate(quantities(run))]


def compared(runs: Mapping[ScenarioKey, xr.Dataset]) -> list[tuple[ScenarioKey, list[Picture]]]:
    """Return, per experiment that has published curves, a panel of every read-out measured in it."""
    groups = []
    for place, (key, run) in enumerate(sorted(runs.items())):
        points = published(load("endotoxin"), key, run)
        colour = style.DOSES.get(key.dose, style.GREEN)
        names = dict.fromkeys(p.quantity for p in points)
        panels = [
            _picture(run, name, points, f"cmp-{place}-{k}", colour, to_data=True)
            for k, name in enumerate(names)
        ]
        if panels:
            groups.append((key, panels))
    return groups


def _picture(
    run: xr.Dataset, name: str, points: Sequence[Points], prefix: str, colour: str, *, to_data: bool = False
) -> Picture:
    figure = curves.panel(run, name, points=points, colour=colour, to_data=to_data)
    return Picture(
        str(run[name].attrs.get("label", name)), style.inline(figure, prefix, _said(run, name, points))
    )


def _said(run: xr.Dataset, name: str, points: Sequence[Points]) -> str:
    """Return in a sentence what a panel shows."""
    da = metrics.usable(run, name)
    label, unit = str(da.attrs.get("label", name)), str(da.attrs.get("units", ""))
    if da.sizes[PATIENT] == 0:
        return f"{label}: no virtual patient finished."
    hours, data = metrics.values(da)
    middle = metrics.middle(data)
    if np.isnan(middle).all():
        return f"{label}: no virtual patient lived to be measured."
    top, foot = int(np.nanargmax(middle)), int(np.nanargmin(middle))
    text = (
        f"Time course of {label} in {da.sizes[PATIENT]} virtual patients: the median starts at "
        f"{with_unit(float(middle[0]), unit)}, is highest at {number(float(hours[top]))} h "
        f"({with_unit(float(middle[top]), unit)}) and lowest at {number(float(hours[foot]))} h "
        f"({with_unit(float(middle[foot]), unit)})."
    )
    alive = int(np.isfinite(data[:, -1]).sum())
    if alive < len(data):
        text += f" It is that of those alive, at the end {alive}."
    studies = list(dict.fromkeys(p.study for p in points if p.quantity == name))
    return text + (f" Points: published data of {', '.join(studies)}." if studies else "")
