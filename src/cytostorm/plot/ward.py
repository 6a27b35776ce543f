"""One patient as the ward sees him or her: readings with their reference ranges, symptoms as a strip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER, PATIENT, TIME
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model
from cytostorm.observe.symptoms import GRADES
from cytostorm.plot import style
from cytostorm.plot.drawing import shade_normal, up
from cytostorm.plot.shares import SPAN_FOR_LOG

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

Array = NDArray[np.float64]
COLUMNS = 4
"""Panels beside each other."""
DAY = 24.0
WEEKS = 13.0
"""Days from which on time is told by weeks."""
COLOURS = (style.CALM, *style.GRADES[1:4])
"""None, mild, moderate, severe."""
Range = tuple[float | None, float | None]


def ward_sheet(
    readings: xr.Dataset,
    seen: xr.Dataset,
    model: Model,
    *,
    patient: int = 0,
    analytes: Sequence[str] | None = None,
    run: xr.Dataset | None = None,
    marks: Mapping[str, float] | None = None,
) -> Figure:
    """Return what is measured of a patient, a panel for each analyte, and the symptoms below.

    readings, seen : what `observe.sampling.readings` and `observe.symptoms.symptoms` returned of one run.
    model : its labs say the reference ranges, which are shaded.
    patient : number of the patient; analytes : panels in this order, None is every analyte.
    run : if given, what is measured is drawn as a line behind its readings.
    marks : words -> hours from the trigger of what is marked by a line, such as a dose.
    Raises InputError for patients and analytes that are not there, MissingExtraError without `plot`.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    names = list(readings["analyte"].values) if analytes is None else list(analytes)
    for name in names:
        if name not in readings["analyte"].values:
            known = [str(n) for n in readings["analyte"].values]
            raise InputError(
                f"{name} was not measured", "an analyte of the readings", did_you_mean(name, known)
            )
    for what in (readings, seen):
        if patient not in what[PATIENT].values:
            raise InputError(f"there is no patient {patient}", "a patient of the readings", "choose another")
    rows = -(-len(names) // COLUMNS)
    end = float(max(readings[TIME].values[-1], seen[TIME].values[-1])) / DAY
    strip = 0.2 * seen.sizes["symptom"] + 0.4
    with style.settings():
        figure = Figure(figsize=(9.6, 1.35 * rows + strip + 1.1), layout="constrained")
        grid = figure.add_gridspec(rows + 1, COLUMNS, height_ratios=[1.35] * rows + [strip])
        for k, name in enumerate(names):
            axes = figure.add_subplot(grid[k // COLUMNS, k % COLUMNS])
            one = readings.sel({PATIENT: patient, "analyte": name})
            true = None if run is None or name not in run else run[name].sel({PATIENT: patient})
            _reading(axes, one, _normal(model, name), true)
        _strip(figure.add_subplot(grid[rows, :]), seen.sel({PATIENT: patient}), end)
        for axes in figure.axes:
            axes.set_xlim(0.0, end)
            axes.xaxis.set_major_locator(_days(end))
            for hour in (marks or {}).values():
                axes.axvline(hour / DAY, color=style.VERMILION, linewidth=1.0, linestyle=":")
        _key(figure, list(marks or {}))
        style.settle(figure)
    return figure


def _normal(model: Model, name: str) -> tuple[str, Range]:
    """Return the label of a lab, and its reference range, in the unit of the lab."""
    lab = next((lab for lab in model.labs if lab.short == name), None)
    return (name, (None, None)) if lab is None else (lab.label, lab.normal)


def _reading(axes: Axes, one: xr.Dataset, about: tuple[str, Range], true: xr.DataArray | None) -> None:
    """Draw one analyte: a point for each reading, a triangle where it is a limit."""
    day, value = one[TIME].values / DAY, np.asarray(one["value"].values, float)
    limit, unreadable = one["limit"].values, np.isnan(one["value"].values) & (one["note"].values > 0)
    known = value[np.isfinite(value)]
    label, normal = about
    log = bool(known.size and known.min() > 0 and known.max() > SPAN_FOR_LOG * known.min())
    axes.set_yscale("log" if log else "linear")
    if true is not None:
        axes.plot(true[TIME].values / DAY, true.values, color=style.SKY, linewidth=1.0)
    for side, shape in ((0, "o"), (-1, "v"), (1, "^")):
        there = limit == side
        face = style.BLUE if side == 0 else "white"
        axes.plot(day[there], value[there], shape, color=style.BLUE, markerfacecolor=face, markersize=3)
    shade_normal(axes, normal, axes.get_ylim())
    if unreadable.any():
        low = axes.get_ylim()[0]
        axes.plot(day[unreadable], np.full(unreadable.sum(), low), "x", color=style.VERMILION, clip_on=False)
    up(axes, log=log, whole=False)
    unit = style.unit_text(str(one["unit"].item()))
    axes.set_title(style.plain(f"{label}{f', {unit}' if unit else ''}"), fontsize=8, loc="left")


def _strip(axes: Axes, one: xr.Dataset, end: float) -> None:
    """Draw the symptoms as a strip each, coloured by severity, with a dot where there is a warning."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    day, grade = one[TIME].values / DAY, one["severity"].values.T
    edges = np.append(day, 2 * day[-1] - day[-2] if day.size > 1 else day[-1] + 1)
    colours = ListedColormap(COLOURS).with_extremes(bad="white")
    places = np.arange(one.sizes["symptom"] + 1)
    scale = BoundaryNorm(np.arange(len(COLOURS) + 1) - 0.5, len(COLOURS))
    axes.pcolormesh(
        edges, places, np.ma.masked_invalid(grade), cmap=colours, norm=scale, edgecolors="face", lw=0.3
    )
    row, when = np.nonzero(one["warning"].values.T)
    axes.plot((edges[when] + edges[when + 1]) / 2, row + 0.5, ".", color=style.INK, markersize=2.5)
    axes.hlines(places, 0.0, end, color="white", linewidth=2.0)
    axes.set_yticks(places[:-1] + 0.5, [style.plain(str(label)) for label in one["label"].values])
    axes.tick_params(left=False)
    axes.grid(visible=False)
    axes.invert_yaxis()
    axes.set_xlabel("days from the trigger\n" + DISCLAIMER)


def _days(end: float) -> Locator:
    """Return where days are written: whole ones, weeks if there are several."""
    from matplotlib.ticker import MaxNLocator, MultipleLocator

    return MultipleLocator(7) if end > WEEKS else MaxNLocator(6, integer=True)


def _key(figure: Figure, marks: list[str]) -> None:
    """Say above all panels what is drawn."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def point(shape: str, face: str, words: str) -> Line2D:
        line = Line2D([], [], color=style.BLUE, marker=shape, markerfacecolor=face, linestyle="none")
        line.set_label(words)
        return line

    handles = [
        point("o", style.BLUE, "reading"),
        point("^", "white", "beyond a limit of the assay"),
        Patch(facecolor=style.NORMAL, alpha=0.15, label="reference range"),
        *(Patch(facecolor=c, label=w) for c, w in zip(COLOURS[1:], GRADES[1:], strict=True)),
        Line2D([], [], color=style.INK, marker=".", markersize=4, linestyle="none", label="warning sign"),
    ]
    handles += [
        Line2D([], [], color=style.VERMILION, linewidth=1.0, linestyle=":", label=style.plain(words))
        for words in marks
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), fontsize=7.5)
