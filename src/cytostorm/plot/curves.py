"""Time courses: median and spread of virtual patients, with published data as points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import xarray as xr

from cytostorm.dataset import TIME, quantities
from cytostorm.errors import InputError, did_you_mean
from cytostorm.observe import metrics
from cytostorm.plot import style
from cytostorm.plot.clock import Clock
from cytostorm.plot.drawing import BANDS, Look, draw
from cytostorm.plot.points import Points

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (3.9, 2.9)
"""Width and height of one panel, inches."""
SMALL = (3.05, 2.2)
"""Width and height of one of many, inches."""
PLACE = (0.145, 0.185, 0.835, 0.615)
"""Where the axes of one of many lie in it (left, bottom, width, height): alike, so that they align."""


def _names(run: xr.Dataset, wanted: Sequence[str] | None) -> list[str]:
    known = quantities(run)
    for name in wanted or ():
        if name not in known:
            raise InputError(
                f"the run has no quantity {name!r}", "a read-out of the run", did_you_mean(name, known)
            )
    return list(wanted) if wanted else known


def _reach(run: xr.Dataset, points: Iterable[Points]) -> float:
    """Return the last hour to draw when the picture is cut to the published data."""
    last = max((h for p in points for h in p.hours), default=math.inf)
    return min(float(run[TIME].values[-1]), last)


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
    look = Look(colour, Clock.of(run))
    with style.settings():
        figure = Figure(figsize=(SIZE[0] * across, SIZE[1] * down + 0.5), layout="constrained")
        grid = figure.subplots(down, across, squeeze=False)
        for axes, name in zip(grid.flat, names, strict=False):
            mine = [p for p in points if p.quantity == name]
            draw(axes, metrics.usable(run, name), mine, look)
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
        last = _reach(run, mine) if to_data and mine else math.inf
        draw(axes, metrics.usable(run, name), mine, Look(colour, Clock.of(run), last=last))
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


def small(run: xr.Dataset, name: str, look: Look, points: Sequence[Points] = ()) -> Figure:
    """Return one quantity as one of many small figures that are laid out alike, without a key.

    points : published curves of this quantity, in the run's units.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    with style.settings():
        figure = Figure(figsize=SMALL)
        axes = figure.add_axes(PLACE)
        draw(axes, metrics.usable(run, name), points, look)
        axes.set_xlabel(look.clock.word, loc="right", labelpad=1)
    return figure


def _legend(figure: Figure) -> None:
    """Put one key under the whole figure."""
    table: dict[str, Any] = {}
    for axes in figure.axes:
        handles, labels = axes.get_legend_handles_labels()
        table |= dict(zip(labels, handles, strict=True))
    first = list(BANDS.values())
    order = sorted(table, key=lambda text: first.index(text) if text in first else len(first))
    figure.legend(
        [table[k] for k in order], order, loc="outside lower center", ncols=min(6, max(1, len(order)))
    )
