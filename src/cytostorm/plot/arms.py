"""Arms of the same patients on the same axes: medians with bands, the moments of treatment, who lives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cytostorm.plot import style
from cytostorm.plot.clock import MARKS, STEPS, Clock
from cytostorm.plot.curves import PLACE, SMALL
from cytostorm.plot.drawing import head, linear_range, log_range, shade_normal, up
from cytostorm.plot.outcome import WIDE
from cytostorm.plot.shares import Array, decades

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DAYS = Clock("d", 24.0)
BAND = 0.16
"""Opacity of the middle half of an arm; three of them may lie over each other."""
APART = 0.13
"""Share of an axis by which a curve must stand off the others to be named beside it."""
LOW = 0.15
"""Share of an axis below which there is no room for a name under a curve."""
FIRST, LAST = 0.18, 0.74
"""Shares of the time axis between which a curve is named."""
LINES = ("-", (0, (6, 1.6)), (0, (1.6, 1.2)))
"""Dashes, so that colour is never the only sign."""
WIDE_PLACE = (0.125, 0.345, 0.72, 0.5)
NARROW, NARROW_PLACE = (3.05, 2.75), (0.21, 0.345, 0.445, 0.495)
"""Where the axes lie in the wide figure; size of the narrow one, and where they lie in it."""
ROW = 10.5
"""Points between rows of numbers alive."""


@dataclass(frozen=True)
class Course:
    """One arm in one panel.

    hours : from the moment of treatment; rows : percentiles (5, 25, 50, 75, 95) by hours, or one row.
    """

    name: str
    colour: str
    hours: Array
    rows: Array
    dash: Any = "-"

    @property
    def middle(self) -> Array:
        """The median, or the only row."""
        row: Array = self.rows[len(self.rows) // 2]
        return row


@dataclass(frozen=True)
class Mark:
    """A moment at which an arm is treated."""

    name: str
    colour: str
    hours: float


def course(
    label: str,
    unit: str,
    arms: Sequence[Course],
    marks: Sequence[Mark],
    *,
    normal: tuple[float | None, float | None] = (None, None),
    spans: bool = False,
    whole: bool = False,
    percent: bool = False,
) -> Figure:
    """Return one quantity of all arms; one of many figures that are laid out alike.

    normal : reference range; spans : whether it may span decades; whole : whether it takes whole numbers
    only; percent : whether it is a share.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    with style.settings():
        figure = Figure(figsize=SMALL)
        axes = figure.add_axes(PLACE)
        head(axes, label, unit)
        inner = np.concatenate([_inner(a.rows) for a in arms], axis=1)
        if not np.isfinite(inner).any():
            axes.text(0.5, 0.5, "nobody is left to be measured", transform=axes.transAxes, ha="center")
            return figure
        log = spans and decades(inner)
        low, high = (
            (0.0, 103.0) if percent else log_range(inner, ()) if log else linear_range(inner, (), normal)
        )
        if log:
            axes.set_yscale("log")
        shade_normal(axes, normal, (low, high))
        for arm in reversed(arms):
            time = DAYS.shown(arm.hours)
            if len(arm.rows) > 1:
                axes.fill_between(time, arm.rows[1], arm.rows[-2], color=arm.colour, alpha=BAND, linewidth=0)
            axes.plot(time, arm.middle, color=arm.colour, linestyle=arm.dash, zorder=3)
        axes.set_ylim(low, high)
        _days(axes, arms[0].hours)
        up(axes, log=log, whole=whole)
        _moments(axes, marks)
        _name(axes, arms, log=log)
        axes.set_xlabel(DAYS.word, loc="right", labelpad=1)
    return figure


def living(arms: Sequence[Course], marks: Sequence[Mark], whole: int, *, narrow: bool = False) -> Figure:
    """Return the survival of all arms, named at their ends, and below it how many are alive.

    arms : of one row, how many are alive; whole : how many there were; narrow : for a small screen.
    """
    style.matplotlib()
    from matplotlib.figure import Figure
    from matplotlib.ticker import MultipleLocator

    with style.settings():
        figure = Figure(figsize=NARROW if narrow else WIDE)
        axes = figure.add_axes(NARROW_PLACE if narrow else WIDE_PLACE)
        head(axes, "% of patients alive", "")
        shares = [100.0 * arm.middle / max(1, whole) for arm in arms]
        foot = max(0.0, 25.0 * math.floor((min(float(s.min()) for s in shares) - 5.0) / 25.0))
        for arm, share in reversed(list(zip(arms, shares, strict=True))):
            axes.step(DAYS.shown(arm.hours), share, where="post", color=arm.colour, linestyle=arm.dash)
        axes.set_ylim(foot, 100 + 0.03 * (100 - foot))
        axes.yaxis.set_major_locator(MultipleLocator(25 if foot < 50 else 10))
        marked = _days(axes, arms[0].hours, 4 if narrow else MARKS)
        _moments(axes, marks, named=True)
        _ends(axes, arms, shares)
        _alive(axes, arms, marked)
        axes.set_xlabel(DAYS.word, loc="right", labelpad=1)
    return figure


def _inner(rows: Array) -> Array:
    """Return five rows of which the outer ones are the band that is drawn."""
    return rows[[1, 1, 2, 3, 3]] if len(rows) == 5 else rows[[0, 0, 0, 0, 0]]


def _days(axes: Axes, hours: Array, most: int = MARKS) -> Array:
    """Set the time axis, with at most some marks at whole days among which is 0; return these."""
    first, last = float(hours[0]) / DAYS.hours, float(hours[-1]) / DAYS.hours
    step = next((s for s in STEPS["d"] if (last - first) / s <= most), STEPS["d"][-1])
    marked = np.arange(math.ceil(first / step) * step, last + 1e-9, step)
    axes.set_xlim(first, last + 0.01 * (last - first))
    axes.set_xticks(marked)
    return marked


def _moments(axes: Axes, marks: Sequence[Mark], *, named: bool = False) -> None:
    """Draw when an arm is treated: a line from top to bottom, and a triangle that points down on it."""
    for mark in marks:
        at = float(DAYS.shown(mark.hours))
        axes.axvline(at, color=mark.colour, linewidth=0.9, alpha=0.75, zorder=1.5)
        axes.plot(
            [at], [1.0], marker="v", color=mark.colour, markersize=6.5, clip_on=False, zorder=5,
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip
        if named:
            axes.annotate(
                mark.name, (at, 1), (5, 2), xycoords=("data", "axes fraction"), textcoords="offset points",
                color=mark.colour, fontsize=8, va="bottom", ha="left",
            )  # fmt: skip


def _name(axes: Axes, arms: Sequence[Course], *, log: bool) -> None:
    """Write the name of an arm beside its curve, where it stands off all others; not where it does not."""
    ends = np.log(axes.get_ylim()) if log else np.array(axes.get_ylim())
    with np.errstate(divide="ignore", invalid="ignore"):
        height = [((np.log(a.middle) if log else a.middle) - ends[0]) / (ends[1] - ends[0]) for a in arms]
    days = DAYS.shown(arms[0].hours)
    span = (days - days[0]) / (days[-1] - days[0])
    taken: list[tuple[float, float]] = []
    for k, arm in enumerate(arms):
        others = np.array([h for j, h in enumerate(height) if j != k])
        off = np.abs(others - height[k])
        off = np.where(np.isfinite(off), off, np.inf).min(axis=0, initial=np.inf)
        fits = (arms[0].hours >= 0) & (span > FIRST) & (span < LAST) & np.isfinite(off)
        off = np.where(fits, off, -1.0)
        at = int(off.argmax())
        if off[at] < APART:
            continue
        there = others[:, at][np.isfinite(others[:, at])]
        level = float(height[k][at])
        above = level < LOW or level > float(np.median(there))
        falling = bool(height[k][min(at + 1, span.size - 1)] < height[k][max(at - 1, 0)])
        left = above == falling  # where the curve does not go
        where = (float(span[at]) + (0.1 if left else -0.1), level + (0.07 if above else -0.07))
        if any(abs(where[0] - x) < 0.3 and abs(where[1] - y) < 0.1 for x, y in taken):
            continue
        taken.append(where)
        axes.annotate(
            arm.name, (float(days[at]), float(arm.middle[at])), (4 if left else -4, 2 if above else -2),
            textcoords="offset points", color=arm.colour, fontsize=8, ha="left" if left else "right",
            va="bottom" if above else "top", zorder=6,
        )  # fmt: skip


def _ends(axes: Axes, arms: Sequence[Course], shares: Sequence[Array]) -> None:
    """Write name and last share at the right of each survival curve, none over another."""
    low, high = axes.get_ylim()
    order = sorted(range(len(arms)), key=lambda k: float(shares[k][-1]))
    least, places = -math.inf, {}
    for k in order:
        places[k] = least = max((float(shares[k][-1]) - low) / (high - low), least + 0.105)
    over = max(0.0, max(places.values(), default=0.0) - 1.0)
    for k in order:
        axes.annotate(
            f"{shares[k][-1]:.0f} % {arms[k].name}", (1.01, places[k] - over), xycoords="axes fraction",
            color=arms[k].colour, fontsize=8.5, fontweight="bold", va="center",
        )  # fmt: skip


def _alive(axes: Axes, arms: Sequence[Course], marked: Array) -> None:
    """Write how many of each arm are alive under each mark of the time axis."""
    place: dict[str, Any] = {"textcoords": "offset points", "va": "top", "fontsize": 8}
    for k, arm in enumerate(arms):
        down = -30 - ROW * k
        axes.annotate(
            arm.name, (0, 0), (-12, down), xycoords="axes fraction", ha="right", color=arm.colour, **place
        )
        for day in marked:
            n = int(arm.middle[np.searchsorted(arm.hours, day * DAYS.hours + 1e-6) - 1])
            axes.annotate(
                f"{n:,}", (day, 0), (0, down), xycoords=("data", "axes fraction"), ha="center", **place
            )


__all__ = ["LINES", "Course", "Mark", "course", "living"]
