"""Time courses: median and spread of virtual patients, with published data as points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import quantities
from cytostorm.errors import InputError, did_you_mean
from cytostorm.observe import metrics
from cytostorm.plot import style
from cytostorm.plot.points import Points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

SPAN_FOR_LOG = 15.0
"""From this ratio of largest to smallest median on, the axis is logarithmic."""
DRAWN = 240
"""Moments drawn per curve; more are not visible."""
SIZE = (3.9, 2.9)
"""Width and height of one panel, inches."""
LIGHT, DARK = 0.20, 0.40
"""Opacity of the bands of 90 % and 50 %."""


def _names(run: xr.Dataset, wanted: Sequence[str] | None) -> list[str]:
    known = quantities(run)
    for name in wanted or ():
        if name not in known:
            raise InputError(
                f"the run has no quantity {name!r}", "a read-out of the run", did_you_mean(name, known)
            )
    return list(wanted) if wanted else known


def bands(da: xr.DataArray, last: float = math.inf) -> tuple[Array, Array]:
    """Return (hours, percentiles 5, 25, 50, 75, 95 of the patients), thinned to what can be seen.

    Of those who are alive at each time; NaN where nobody is.
    """
    hours, data = metrics.values(da)
    hours, data = hours[hours <= last], data[:, hours <= last]
    step = max(1, math.ceil(hours.size / DRAWN))
    kept = np.unique([*range(0, hours.size, step), hours.size - 1])
    data = data[:, kept]
    some = ~np.isnan(data).all(axis=0)
    of = np.nanpercentile if np.isnan(data).any() else np.percentile
    shares = np.full((5, kept.size), np.nan)
    shares[:, some] = of(data[:, some], [5, 25, 50, 75, 95], axis=0)
    return hours[kept], shares


def logarithmic(shares: Array) -> bool:
    """Whether an axis should be logarithmic: everything positive, and the median spans more than a decade."""
    known = shares[:, ~np.isnan(shares[2])]
    return bool(known.size and np.all(known > 0) and known[2].max() > SPAN_FOR_LOG * known[2].min())


def _draw_points(axes: Axes, points: Points, marker: str, *, log: bool, foot: float) -> None:
    """Draw one published curve; on a logarithmic axis a reported zero is a hollow mark at the foot."""
    hours, values = np.array(points.hours), np.array(points.values)
    zero = (values <= 0) if log else np.zeros(values.size, dtype=bool)
    spans = [
        (v - low, high - v) if low is not None and high is not None else (0.0, 0.0)
        for v, low, high in zip(values, points.low, points.high, strict=True)
    ]
    errors = np.array(spans).T[:, ~zero] if any(map(any, spans)) else None
    look: dict[str, Any] = {"fmt": marker, "color": style.INK, "zorder": 4, "elinewidth": 1.0, "capsize": 2}
    axes.errorbar(hours[~zero], values[~zero], errors, label=points.study, **look)
    if zero.any():
        marks: dict[str, Any] = {
            "marker": marker,
            "linestyle": "",
            "color": style.INK,
            "fillstyle": "none",
            "clip_on": False,
        }
        axes.plot(hours[zero], np.full(zero.sum(), foot), zorder=4, label="_zero", **marks)


def _panel(axes: Axes, da: xr.DataArray, points: Sequence[Points], colour: str, last: float) -> None:
    """Draw one quantity on its axes."""
    label, unit = (
        style.plain(str(da.attrs.get("label", da.name))),
        style.unit_text(str(da.attrs.get("units", ""))),
    )
    axes.set_ylabel(f"{label}\n({unit})" if unit else label)
    axes.set_xlabel("time since the trigger (h)")
    alive = np.isfinite(metrics.values(da)[1])
    if not alive.any():
        axes.text(0.5, 0.5, "no patient finished", transform=axes.transAxes, ha="center")
        return
    hours, shares = bands(da, last)
    log = logarithmic(shares)
    foot = 0.0
    if log:
        known = [v for p in points for v in p.values if v > 0]
        foot = 0.7 * min([float(np.nanmin(shares[0])), *known])
        axes.set_yscale("log")
    axes.fill_between(
        hours, shares[0], shares[4], color=colour, alpha=LIGHT, linewidth=0, label="90 % of patients"
    )
    axes.fill_between(
        hours, shares[1], shares[3], color=colour, alpha=DARK, linewidth=0, label="50 % of patients"
    )
    axes.plot(hours, shares[2], color=colour, label="median", zorder=3)
    if not alive.all():
        text = f"alive at the end: {alive[:, -1].sum():,} of {len(alive):,}"
        axes.text(0.98, 0.98, text, transform=axes.transAxes, ha="right", va="top", fontsize="small")
    for one in points:
        _draw_points(axes, one, _marker(one.study), log=log, foot=foot)
    if log:
        axes.set_ylim(bottom=foot)
    span = float(hours[-1] - hours[0])
    axes.set_xlim(float(hours[0]) - 0.02 * span, float(hours[-1]) + 0.02 * span)
    _ticks(axes, float(hours[-1]), log=log)


def _ticks(axes: Axes, last: float, *, log: bool) -> None:
    """Put whole hours on the x axis, and plain numbers on a logarithmic y axis."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MultipleLocator, NullFormatter

    step = next((s for s in (1, 2, 3, 6, 12, 24, 48, 168) if last / s <= 9), 336)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    if log:
        decades = math.log10(axes.get_ylim()[1] / axes.get_ylim()[0])
        axes.yaxis.set_major_locator(
            LogLocator(subs=(1.0,) if decades > 2.2 else (1.0, 2.0, 5.0), numticks=12)
        )
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())


_SHAPES = {"Janum 2016": "o", "Dillingh 2014": "s", "Kiers 2017": "^", "Copeland 2005": "D"}


def _marker(study: str) -> str:
    """Return the shape of a study: the same in every picture."""
    spare = [m for m in style.MARKERS if m not in _SHAPES.values()]
    return _SHAPES.get(study) or spare[sum(map(ord, study)) % len(spare)]


def _reach(run: xr.Dataset, points: Iterable[Points]) -> float:
    """Return the last hour to draw when the picture is cut to the published data."""
    last = max((h for p in points for h in p.hours), default=math.inf)
    return min(float(run["time"].values[-1]), last)


def trajectories(
    run: xr.Dataset,
    wanted: Sequence[str] | None = None,
    *,
    points: Sequence[Points] = (),
    title: str = "",
    columns: int = 3,
    colour: str = style.BLUE,
) -> Figure:
    """Return small multiples, one panel per quantity: median, bands of 50 % and 90 %, published points.

    wanted : names of the quantities; None for all.
    points : published curves in the run's units, as `plot.points.published` gives them.
    Raises InputError for a quantity the run does not hold, MissingExtraError without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    names = _names(run, wanted)
    across = max(1, min(columns, len(names)))
    down = math.ceil(len(names) / across)
    with style.settings():
        figure = Figure(figsize=(SIZE[0] * across, SIZE[1] * down + 0.5), layout="constrained")
        grid = figure.subplots(down, across, squeeze=False)
        for axes, name in zip(grid.flat, names, strict=False):
            mine = [p for p in points if p.quantity == name]
            _panel(axes, metrics.usable(run, name), mine, colour, math.inf)
        for axes in grid.flat[len(names) :]:
            axes.remove()
        _legend(figure)
        if title:
            figure.suptitle(style.plain(title))
        style.settle(figure)
    return figure


def panel(
    run: xr.Dataset,
    name: str,
    *,
    points: Sequence[Points] = (),
    colour: str = style.BLUE,
    to_data: bool = False,
) -> Figure:
    """Return one quantity as a figure of its own, for pages that wrap.

    to_data : end the time axis where the published data end.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    _names(run, [name])
    mine = [p for p in points if p.quantity == name]
    with style.settings():
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.subplots()
        _panel(
            axes, metrics.usable(run, name), mine, colour, _reach(run, mine) if to_data and mine else math.inf
        )
        if mine:
            handles, labels = axes.get_legend_handles_labels()
            studies = dict(zip(labels, handles, strict=True))
            shown = [s for s in dict.fromkeys(p.study for p in mine) if s in studies]
            chosen = [studies[s] for s in shown]
            figure.legend(
                chosen, shown, loc="outside lower center", ncols=3, handletextpad=0.3, columnspacing=1.0
            )
        style.settle(figure)
    return figure


def _legend(figure: Figure) -> None:
    """Put one key under the whole figure."""
    table: dict[str, Any] = {}
    for axes in figure.axes:
        handles, labels = axes.get_legend_handles_labels()
        table |= dict(zip(labels, handles, strict=True))
    order = sorted(
        table, key=lambda text: {"median": 0, "50 % of patients": 1, "90 % of patients": 2}.get(text, 3)
    )
    figure.legend(
        [table[k] for k in order], order, loc="outside lower center", ncols=min(6, max(1, len(order)))
    )
