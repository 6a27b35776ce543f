"""What becomes of patients: who lives, and which grade of a score they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, TIME
from cytostorm.observe import metrics, survival
from cytostorm.plot import style
from cytostorm.plot.clock import Clock
from cytostorm.plot.curves import PLACE, SMALL
from cytostorm.plot.drawing import along, head
from cytostorm.plot.points import Points
from cytostorm.plot.shares import Array, thinned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE = (6.3, 2.7)
"""Width and height of the survival curve, inches."""
WIDE_PLACE = (0.1, 0.31, 0.88, 0.5)
LEVELS = len(style.GRADES)
"""Most grades that are told apart; a score with more is drawn as a curve."""
DEAD = "dead"
"""What stands for the dead in the key of the grades."""


def graded(run: xr.Dataset, name: str) -> bool:
    """Return whether a score takes so few whole values that each is shown by itself."""
    data = metrics.values(metrics.usable(run, name))[1]
    known = data[np.isfinite(data)]
    return bool(
        known.size
        and known.min() >= 0
        and known.max() < LEVELS
        and np.allclose(known, known.round(), atol=1e-6)
    )


def parts(run: xr.Dataset, name: str) -> tuple[Array, Array]:
    """Return (hours, share of patients (grade, time)), the dead in the last row; thinned."""
    da = metrics.usable(run, name)
    hours, data = metrics.values(da)
    kept = thinned(hours)
    seen = data[:, kept]
    rows = [(np.round(seen) == grade).mean(axis=0) for grade in range(LEVELS)]
    return hours[kept], np.array([*rows, np.isnan(seen).mean(axis=0)])


def grades(run: xr.Dataset, name: str, clock: Clock) -> Figure:
    """Return the share of patients in each grade of a score over time, the dead on top; one of many."""
    style.matplotlib()
    from matplotlib.figure import Figure
    from matplotlib.ticker import MultipleLocator

    da = metrics.usable(run, name)
    with style.settings():
        figure = Figure(figsize=SMALL)
        axes = figure.add_axes(PLACE)
        head(axes, str(da.attrs.get("label", name)), "% of patients")
        if da.sizes[PATIENT]:
            hours, rows = parts(run, name)
            time = clock.shown(hours)
            axes.stackplot(time, 100.0 * rows, colors=[*style.GRADES, style.INK], linewidth=0, step="post")
            along(axes, float(time[0]), float(time[-1]), clock)
        axes.set_ylim(0, 100)
        axes.yaxis.set_major_locator(MultipleLocator(25))
        axes.set_xlabel(clock.word, loc="right", labelpad=1)
    return figure


def living(run: xr.Dataset, clock: Clock, points: list[Points] | None = None) -> Figure:
    """Return the survival curve, with the numbers alive below it.

    points : published survival, in percent.
    """
    style.matplotlib()
    from matplotlib.figure import Figure
    from matplotlib.ticker import MultipleLocator

    last = float(run[TIME].values[-1])
    whole = max(1, int(survival.followed(run).sum()))
    hours = np.concatenate([[0.0], np.unique(survival.deaths(run)), [last]])
    share = 100.0 * survival.alive(run, hours) / whole
    with style.settings():
        figure = Figure(figsize=WIDE)
        axes = figure.add_axes(WIDE_PLACE)
        head(axes, "Survival", "% of patients alive")
        time = clock.shown(hours)
        axes.fill_between(time, share, step="post", color=style.BLUE, alpha=0.2, linewidth=0)
        axes.step(time, share, where="post", color=style.BLUE)
        for one in points or ():
            marks: dict[str, Any] = {"color": style.INK, "linestyle": "", "marker": style.marker(one.study)}
            axes.plot(clock.shown(np.array(one.hours)), one.values, label=one.study, zorder=4, **marks)
        axes.set_ylim(0, 103)
        axes.yaxis.set_major_locator(MultipleLocator(25))
        along(axes, 0.0, float(time[-1]), clock)
        _numbers_alive(axes, run, clock, float(time[-1]))
        axes.set_xlabel(clock.word, loc="right", labelpad=1)
    return figure


def _numbers_alive(axes: Axes, run: xr.Dataset, clock: Clock, last: float) -> None:
    """Write how many are alive under each mark of the time axis."""
    marks = np.arange(0.0, last + 1e-9, clock.step(last))
    for mark, n in zip(marks, survival.alive(run, marks * clock.hours), strict=True):
        axes.annotate(
            f"{n:,}", (mark, 0), (0, -34), xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="center", va="top", fontsize=8,
        )  # fmt: skip
    axes.annotate(
        "alive", (0, 0), (-12, -34), xycoords="axes fraction", textcoords="offset points",
        ha="right", va="top", fontsize=8, color=style.DIM,
    )  # fmt: skip
