"""One quantity on its axes: bands, median, reference range, published points. Every picture uses it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from cytostorm.observe import metrics
from cytostorm.plot import shares as of
from cytostorm.plot import style
from cytostorm.plot.clock import HOURS, Clock
from cytostorm.plot.points import Points
from cytostorm.plot.shares import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LIGHT, DARK = 0.20, 0.42
"""Opacity of the bands of 90 % and 50 %."""
NARROW = 0.05
"""Share of its largest value that a linear axis spans at least, so that a flat curve looks flat."""
NOTHING = 1e-6
"""A curve below this, in its unit, is drawn as nothing on an axis to 1."""
NEAR = 0.5
"""An end of the reference range comes into view if it is no farther from the curve than this share of it."""
LONG_LABEL, LONGEST = 34, 48
"""Letters from which on a title is set smaller, and from which on it is cut."""
DODGE = 0.014
"""Share of the time axis by which published curves stand apart in a long run."""
BANDS = {"median": "median", "half": "50 % of patients", "most": "90 % of patients"}
NORMAL = "reference range"


@dataclass(frozen=True)
class Look:
    """How a quantity is drawn.

    decades : whether it is known to span decades: one patient who does so is then enough, and zeros may be.
    normal : reference range, in the run's unit; None where it has no end.
    last : hour at which the axis ends at the latest.
    whole : whether it takes whole numbers only.
    top : end of a scale that begins at 0, all of which is drawn; 0 where there is none.
    living : whether it says how many are alive at the end, if patients died.
    """

    colour: str = style.BLUE
    clock: Clock = HOURS
    decades: bool = False
    normal: tuple[float | None, float | None] = (None, None)
    last: float = math.inf
    whole: bool = False
    top: float = 0.0
    living: bool = True


def draw(axes: Axes, da: xr.DataArray, points: Sequence[Points], look: Look) -> None:
    """Draw a quantity of the patients in `da` (patient, time) on its axes."""
    head(axes, str(da.attrs.get("label", da.name)), str(da.attrs.get("units", "")))
    axes.set_xlabel(look.clock.axis)
    alive = np.isfinite(metrics.values(da)[1])
    if not alive.any():
        axes.text(0.5, 0.5, "no patient finished", transform=axes.transAxes, ha="center")
        return
    hours, shares = of.bands(da, look.last)
    time = look.clock.shown(hours)
    log = not look.top and (of.decades(shares) if look.decades else of.logarithmic(shares))
    if look.top:
        low, high = -0.02 * look.top, 1.05 * look.top
    elif log:
        low, high = log_range(shares, points)
        axes.set_yscale("log")
        shares = np.maximum(shares, low)
    else:
        low, high = linear_range(shares, points, look.normal)
    shade_normal(axes, look.normal, (low, high))
    colour: dict[str, Any] = {"color": look.colour, "linewidth": 0}
    axes.fill_between(time, shares[0], shares[4], alpha=LIGHT, label=BANDS["most"], **colour)
    axes.fill_between(time, shares[1], shares[3], alpha=DARK, label=BANDS["half"], **colour)
    axes.plot(time, shares[2], color=look.colour, label=BANDS["median"], zorder=3)
    if look.living and not alive.all():
        text = f"alive at the end: {alive[:, -1].sum():,} of {len(alive):,}"
        axes.text(0.98, 0.98, text, transform=axes.transAxes, ha="right", va="top", fontsize="small")
    apart = DODGE * float(hours[-1] - hours[0]) if look.clock != HOURS else 0.0
    for k, one in enumerate(points):
        aside = apart * (k - (len(points) - 1) / 2.0)
        _draw_points(axes, one, look.clock, aside, log=log, foot=low)
    axes.set_ylim(low, high)
    along(axes, float(time[0]), float(time[-1]), look.clock)
    up(axes, log=log, whole=look.whole)


def head(axes: Axes, label: str, unit: str) -> None:
    """Write what it is above the axes, and its unit below that."""
    text, shown = style.plain(capital(brief(label))), style.unit_text(unit)
    size = style.SETTINGS["axes.titlesize"] * min(1.0, max(0.7, LONG_LABEL / max(1, len(text))))
    axes.set_title(text, loc="left", fontweight="bold", fontsize=size, pad=16)
    if shown:
        axes.annotate(
            shown, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points",
            color=style.DIM, fontsize=8, va="bottom",
        )  # fmt: skip


def brief(label: str) -> str:
    """Return a label that fits above a panel: without what explains it, if need be.

    >>> brief("HLA-DR on monocytes, relative to rest: low in immunoparalysis")
    'HLA-DR on monocytes, relative to rest'
    """
    if len(label) > LONGEST:
        label = label.partition(":")[0].partition(";")[0]
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip(" ,") + "…"


def capital(label: str) -> str:
    """Return a label with a capital, unless its first word is written in a way of its own.

    >>> capital("core temperature"), capital("interferon-γ"), capital("sIL-2R"), capital("d-dimer")
    ('Core temperature', 'Interferon-γ', 'sIL-2R', 'd-dimer')
    """
    first = label.partition(" ")[0].partition("-")[0].rstrip(",")
    return label[:1].upper() + label[1:] if len(first) > 1 and first.islower() and first.isalpha() else label


def along(axes: Axes, first: float, last: float, clock: Clock) -> None:
    """Set the time axis from first to last, in the clock's unit, with marks at whole numbers."""
    from matplotlib.ticker import MultipleLocator

    span = last - first
    axes.set_xlim(first - 0.02 * span, last + 0.02 * span)
    axes.xaxis.set_major_locator(MultipleLocator(clock.step(last)))


def log_range(shares: Array, points: Sequence[Points]) -> tuple[float, float]:
    """Return the ends of a logarithmic axis."""
    values = tuple(v for p in points for v in p.values)
    ends = tuple(v for p in points for v in p.high if v is not None)
    return of.foot_of(shares, values), 1.5 * max(float(np.nanmax(shares[4])), *values, *ends, 0.0)


def linear_range(
    shares: Array, points: Sequence[Points], normal: tuple[float | None, float | None]
) -> tuple[float, float]:
    """Return the ends of a linear axis: all that is drawn, and the reference range if it is near."""
    drawn = [float(np.nanmin(shares[0])), float(np.nanmax(shares[4]))]
    drawn += [v for p in points for v in (*p.values, *p.low, *p.high) if v is not None]
    low, high = min(drawn), max(drawn)
    if low > -NOTHING and 0 <= high < NOTHING:
        return 0.0, 1.0
    reach = NEAR * max(high - low, NARROW * abs(high))
    for end in normal:
        if end is not None and low - reach <= end <= high + reach:
            low, high = min(low, end), max(high, end)
    lack = NARROW * max(abs(high), abs(low)) - (high - low)
    if lack > 0 or high == low:
        low, high = low - max(lack, 1e-12) / 2, high + max(lack, 1e-12) / 2
    pad = 0.07 * (high - low)
    foot = 0.0 if 0 <= low < 0.3 * high else low - pad
    return foot, high + pad


def shade_normal(axes: Axes, normal: tuple[float | None, float | None], ends: tuple[float, float]) -> None:
    """Shade the reference range, as far as it lies between the ends of the axis."""
    low, high = (end if n is None else n for n, end in zip(normal, ends, strict=True))
    low, high = max(low, ends[0]), min(high, ends[1])
    if normal != (None, None) and low < high:
        axes.axhspan(low, high, color=style.NORMAL, alpha=0.16, linewidth=0, zorder=0, label=NORMAL)


def _draw_points(axes: Axes, points: Points, clock: Clock, aside: float, *, log: bool, foot: float) -> None:
    """Draw one published curve; on a logarithmic axis a reported zero is a hollow mark at the foot.

    aside : hours by which it is drawn to the side, so that bars of one moment do not hide each other.
    """
    time, values = clock.shown(np.array(points.hours) + aside), np.array(points.values)
    marker = style.marker(points.study)
    zero = (values <= 0) if log else np.zeros(values.size, dtype=bool)
    spans = [
        (v - low, high - v) if low is not None and high is not None else (0.0, 0.0)
        for v, low, high in zip(values, points.low, points.high, strict=True)
    ]
    errors = np.array(spans).T[:, ~zero] if any(map(any, spans)) else None
    look: dict[str, Any] = {"fmt": marker, "color": style.INK, "zorder": 4, "elinewidth": 1.0, "capsize": 2}
    axes.errorbar(time[~zero], values[~zero], errors, label=points.study, **look)
    if zero.any():
        marks: dict[str, Any] = {"marker": marker, "linestyle": "", "color": style.INK, "fillstyle": "none"}
        axes.plot(time[zero], np.full(zero.sum(), foot), zorder=4, label="_zero", clip_on=False, **marks)


def up(axes: Axes, *, log: bool, whole: bool) -> None:
    """Put plain numbers on the y axis."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: plain_number(value)))
    if log:
        low, high = axes.get_ylim()
        span = math.log10(high / low)
        subs = (1.0,) if span > 2.2 else (1.0, 2.0, 5.0)
        axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=6 if span > 4 else 12))
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        axes.yaxis.set_major_locator(
            MaxNLocator(5, steps=[1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10], integer=whole)
        )


def plain_number(value: float) -> str:
    """Return a number as it stands on an axis.

    >>> plain_number(2500.0), plain_number(150e3), plain_number(1e6), plain_number(1e-5), plain_number(-0.5)
    ('2,500', '150k', '10⁶', '10⁻⁵', '−0.5')
    """
    size = abs(value)
    power = round(math.log10(size)) if size > 0 else 0
    if size > 0 and (size >= 1e6 or size < 1e-3) and math.isclose(size, 10.0**power):
        return f"10{str(power).translate(style.RAISED)}"
    if 1e4 <= size < 1e7:
        return f"{value / 1e3:,.6g}k".replace("-", "\N{MINUS SIGN}")
    return f"{value:,.6g}".replace("-", "\N{MINUS SIGN}")
