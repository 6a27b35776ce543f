"""Real patients over the days of their stay: what was measured, and grades from low to high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cytostorm.plot import style
from cytostorm.plot.clock import Clock
from cytostorm.plot.curves import PLACE, SMALL
from cytostorm.plot.drawing import along, head, linear_range, log_range, shade_normal, up
from cytostorm.plot.shares import Array, decades

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DAYS = Clock("d", 24.0)
BAND, CLOSE = 0.18, 0.35
"""Opacity of a middle half, and of the room between the lower and the higher answer of one group."""
LINES = ("-", (0, (5, 1.6)))
"""Dashes, so that colour is never the only sign."""
MARKED = ("o", "s")


@dataclass(frozen=True)
class Group:
    """Patients drawn in one colour.

    days : of the moments. rows : lower quartile, median and higher quartile by moment; one row for a single
        patient.
    """

    name: str
    colour: str
    days: Array
    rows: Array
    place: int = 0

    @property
    def middle(self) -> Array:
        """The median, or the only row."""
        row: Array = self.rows[len(self.rows) // 2]
        return row


def levels(
    label: str, unit: str, groups: Sequence[Group], normal: tuple[float | None, float | None] = (None, None)
) -> Figure:
    """Return one analyte: medians with their middle halves, or a patient's values as points.

    normal : reference range. Raises MissingExtraError without the extra `plot`.
    """
    figure, axes = _panel(label, unit)
    with style.settings():
        inner = np.concatenate([_five(g.rows) for g in groups], axis=1)
        log = decades(inner)
        low, high = log_range(inner, ()) if log else linear_range(inner, (), normal)
        if log:
            axes.set_yscale("log")
        shade_normal(axes, normal, (low, high))
        for group in reversed(groups):
            look: dict[str, Any] = {"color": group.colour, "zorder": 3}
            if len(group.rows) > 1:
                rows = np.maximum(group.rows, low) if log else group.rows
                axes.fill_between(group.days, rows[0], rows[-1], color=group.colour, alpha=BAND, linewidth=0)
            if len(group.rows) == 1 or len(group.days) == 1:
                look |= {"marker": MARKED[group.place % 2], "markersize": 3.6, "linewidth": 1.1}
            if len(group.rows) > 1 and len(group.days) == 1:
                axes.vlines(
                    group.days, group.rows[0], group.rows[-1], color=group.colour, linewidth=3, alpha=2 * BAND
                )
            axes.plot(group.days, group.middle, linestyle=LINES[group.place % 2], **look)
        axes.set_ylim(low, high)
        _days(axes, groups)
        up(axes, log=log, whole=False)
    return figure


def grades(label: str, unit: str, groups: Sequence[Group], most: float) -> Figure:
    """Return one score: from the lower answer, a line, to the higher, the room above it.

    groups : of two rows each, lower and higher answer. most : end of the axis at least.
    Raises MissingExtraError without the extra `plot`.
    """
    figure, axes = _panel(label, unit)
    with style.settings():
        top = max(most, *(float(np.nanmax(g.rows)) for g in groups))
        for group in reversed(groups):
            look: dict[str, Any] = {"color": group.colour, "step": "post", "linewidth": 0}
            days, rows = _to_the_end(group)
            axes.fill_between(days, rows[0], rows[-1], alpha=CLOSE / len(groups), **look)
            axes.step(
                days, rows[0], where="post", color=group.colour, linestyle=LINES[group.place % 2], zorder=3
            )
        axes.set_ylim(-0.02 * top, 1.04 * top)
        _days(axes, groups, more=1.0)
        up(axes, log=False, whole=True)
    return figure


def _panel(label: str, unit: str) -> tuple[Figure, Axes]:
    style.matplotlib()
    from matplotlib.figure import Figure

    with style.settings():
        figure = Figure(figsize=SMALL)
        axes = figure.add_axes(PLACE)
        head(axes, label, unit)
        axes.set_xlabel(DAYS.word, loc="right", labelpad=1)
    return figure, axes


def _five(rows: Array) -> Array:
    """Return five rows whose outer ones are the ends of what is drawn."""
    return rows[[0, 0, len(rows) // 2, -1, -1]]


def _to_the_end(group: Group) -> tuple[Array, Array]:
    """Return days and rows with the last day drawn until it ends."""
    return np.append(group.days, group.days[-1] + 1), np.column_stack([group.rows, group.rows[:, -1]])


def _days(axes: Axes, groups: Sequence[Group], more: float = 0.0) -> None:
    last = max(float(g.days[-1]) for g in groups) + more
    along(axes, min(0.0, *(float(g.days[0]) for g in groups)), max(last, 1.0), DAYS)
