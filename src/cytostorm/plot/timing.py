"""Who dies, and how often another infection comes, by when a drug is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError
from cytostorm.plot import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[np.float64]
NOTHING = "nothing given"
DAYS = 72.0
"""Hours between first and last start from which on they are told in days."""


def timing_curve(found: xr.Dataset, *, title: str = "") -> Figure:
    """Return the share of patients dead by the start of a drug, and below it how often others infect.

    found : what `treatment.timing` returned; without the hazard of infection the second panel is left out.
    Raises InputError if it is no such Dataset, MissingExtraError without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    if "dead_without" not in found or found["dead"].dims != ("start",):
        raise InputError("the Dataset holds no starts", "what timing returned", "call timing")
    panels = 2 if "infection_rate" in found else 1
    hours = np.asarray(found["start"].values, float)
    unit, whole = ("days", 24.0) if hours[-1] - hours[0] >= DAYS else ("hours", 1.0)
    start = hours / whole
    with style.settings():
        figure = Figure(figsize=(5.6, 1.6 + 1.9 * panels), layout="constrained")
        rows = figure.subplots(panels, 1, sharex=True, squeeze=False, height_ratios=(3, 2)[:panels])[:, 0]
        _deaths(rows[0], start, found)
        if panels > 1:
            _infections(rows[1], start, found)
        rows[-1].set_xlabel(f"start, {unit} from the trigger")
        given = style.plain(str(found.attrs.get("given", "")))
        rows[0].set_title(style.plain(title) or _title(found, given), loc="left")
        handles, labels = rows[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=2)
        below(rows[-1])
        style.settle(figure)
    return figure


def _title(found: xr.Dataset, given: str) -> str:
    about = [str(found.attrs.get(key, "")) for key in ("label", "severity")]
    if "patients" in found.attrs:
        about.append(f"{int(found.attrs['patients']):,} patients")
    return style.plain(", ".join(filter(None, about))) + (f"\n{given}" if given else "")


def below(axes: Axes) -> None:
    """Write under an axis and its label what a figure is for."""
    axes.annotate(
        DISCLAIMER, (0.5, 0.0), (0, -38), xycoords="axes fraction", textcoords="offset points",
        ha="center", va="top", fontsize=7, color=style.DIM,
    )  # fmt: skip


def _deaths(axes: Axes, start: Array, found: xr.Dataset) -> None:
    dead, low, high = (100 * found[f"dead{end}"].values for end in ("", "_low", "_high"))
    rest = 100 * float(found["dead_without"])
    axes.axhline(rest, color=style.INK, linewidth=1.2, linestyle="--", label=NOTHING)
    axes.fill_between(
        start, low, high, color=style.BLUE, alpha=0.2, linewidth=0, label="95 % by chance alone"
    )
    sure = (found["change_low"].values > 0) | (found["change_high"].values < 0)
    axes.plot(start, dead, "o-", color=style.BLUE, markerfacecolor="white", label="treated")
    if sure.any():
        axes.plot(start[sure], dead[sure], "o", color=style.BLUE, label="differs in the same patients")
    days = float(found.attrs.get("hours", np.nan)) / 24
    axes.set_ylabel(f"dead by day {days:g} (%)" if np.isfinite(days) else "dead (%)")
    lowest, highest = min(low.min(), rest), max(high.max(), rest)
    room = 0.08 * max(highest - lowest, 2.0)
    axes.set_ylim(max(0.0, lowest - room), min(100.0, highest + room))


def _infections(axes: Axes, start: Array, found: xr.Dataset) -> None:
    rate, rest = 100 * found["infection_rate"].values, 100 * float(found["infection_rate_without"])
    axes.axhline(rest, color=style.INK, linewidth=1.2, linestyle="--")
    axes.plot(start, rate, "s-", color=style.VERMILION)
    axes.set_ylabel("other infections\nper 100 days alive")
    axes.set_ylim(0.0, 1.15 * max(rate.max(), rest))
