"""Which drug changes who dies after which trigger, and when it should start: a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError
from cytostorm.plot import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

REFUSED = "#e3e6ea"
"""Ground of what may not be given."""
WIDE = 8.0
"""Inches that the words around a small map need."""
LEAST, MOST = 5.0, 30.0
"""Percentage points between which the scale of colours ends."""
DARK = 0.55
"""Share of the scale from which on text is white."""


def atlas_map(found: xr.Dataset, *, title: str = "") -> Figure:
    """Return the change in deaths at the best start, for each trigger and drug, and which start that is.

    found : what `treatment.atlas` returned.
    Raises InputError if it is no such Dataset, MissingExtraError without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    if "verdict" not in found or found["verdict"].dims != ("row", "drug"):
        raise InputError("the Dataset holds no atlas", "what atlas returned", "call atlas")
    rows, drugs = found.sizes["row"], found.sizes["drug"]
    values = 100 * found["best_change"].values
    sure = np.isin(found["verdict"].values, ["helps", "harms"])
    shown = np.ma.masked_array(np.where(sure, values, 0.0), mask=~np.isfinite(values))
    largest = float(np.abs(shown).max()) if shown.count() else 0.0
    end = min(MOST, max(LEAST, largest))
    ends = [style.BLUE, "#ffffff", style.VERMILION]
    colours = LinearSegmentedColormap.from_list("change", ends).with_extremes(bad=REFUSED)
    with style.settings():
        figure = Figure(figsize=(max(WIDE, 3.0 + 0.44 * drugs), 2.4 + 0.24 * rows), layout="constrained")
        axes = figure.subplots()
        axes.grid(visible=False)
        image = axes.imshow(shown, cmap=colours, vmin=-end, vmax=end, aspect="auto")
        axes.set_xticks(np.arange(drugs), list(found["drug"].values), rotation=50, ha="right", va="center")
        axes.tick_params(axis="x", rotation=50)
        for label in axes.get_xticklabels():
            label.set_rotation_mode("anchor")
        axes.set_yticks(np.arange(rows), _names(found))
        axes.set_xticks(np.arange(drugs + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
        axes.grid(visible=True, which="minor", color=style.GRID)
        axes.tick_params(which="both", length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        _words(axes, found, np.asarray(shown.filled(0.0)) / end)
        bar = figure.colorbar(
            image,
            ax=axes,
            location="top",
            shrink=0.6,
            aspect=40,
            pad=0.02,
            extend="both" if largest > end else "neither",
        )
        bar.set_label(
            style.plain(title) or "change in the share that dies, percentage points, at the best start"
        )
        bar.outline.set_visible(False)
        axes.set_xlabel(
            "number: best start, days from the trigger;  ·  no change beyond chance;  ×  may not be given;\n"
            f"!  does harm at some start.  {DISCLAIMER}",
            fontsize=7.5, color=style.DIM,
        )  # fmt: skip
        style.settle(figure)
    return figure


def _names(found: xr.Dataset) -> list[str]:
    """Return what stands at each row: its name, and how many die of it untreated."""
    with np.errstate(invalid="ignore"):
        share = found["dead_without"].max(("drug", "start"), skipna=True).values
    return [
        style.plain(f"{name}, {100 * dead:.0f} % die" if np.isfinite(dead) else str(name))
        for name, dead in zip(found["row"].values, share, strict=True)
    ]


def _words(axes: Axes, found: xr.Dataset, strength: Any) -> None:
    for i in range(found.sizes["row"]):
        for k in range(found.sizes["drug"]):
            verdict = str(found["verdict"].values[i, k])
            days = found["best_start"].values[i, k] / 24
            text = {"refused": "×", "none": "·"}.get(verdict) or f"{days:.2g}"
            if verdict != "refused" and found["harmful"].values[i, k]:
                text = "!" if verdict != "helps" else f"{text}!"
            dark = abs(strength[i, k]) > DARK
            colour = "#ffffff" if dark else style.VERMILION if text == "!" else style.INK
            weight = "bold" if text in ("!", "·") else "normal"
            axes.text(k, i, text, ha="center", va="center", fontsize=8, color=colour, weight=weight)
