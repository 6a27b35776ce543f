"""Loop gain over time: when inflammation feeds itself, and when no longer."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.plot import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = NDArray[np.float64]


def gain_curve(found: xr.Dataset, *, title: str = "") -> Figure:
    """Return loop gain over time: median, 90 % of patients, and the border at 1.

    found : what `understand.loop_gain` returned. Patients who failed or are dead are left out where they are.
    Raises InputError if it is no such Dataset, MissingExtraError without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    if "gain" not in found or set(found["gain"].dims) != {"patient", "time"}:
        raise InputError("the Dataset holds no loop gain", "what loop_gain returned", "call loop_gain")
    hours = np.asarray(found["time"].values, float)
    low, middle, high = _shares(found["gain"])
    free, between = (_shares(found[f"gain_without_{what}"])[1] for what in ("brakes", "division"))
    with style.settings():
        figure = Figure(figsize=(5.4, 3.4), layout="constrained")
        axes = figure.subplots()
        axes.axhline(1.0, color=style.INK, linewidth=0.8, linestyle=":")
        if found.sizes["patient"] > 1:
            axes.fill_between(
                hours, low, high, color=style.BLUE, alpha=0.2, linewidth=0, label="90 % of patients"
            )
        axes.fill_between(
            hours,
            1.0,
            middle,
            where=middle > 1,
            color=style.VERMILION,
            alpha=0.25,
            linewidth=0,
            label="runs away",
        )
        axes.plot(
            hours, free, color=style.PURPLE, linestyle="--", linewidth=1.2, label="if brakes did not follow"
        )
        axes.plot(
            hours,
            between,
            color=style.GREEN,
            linestyle="-.",
            linewidth=1.2,
            label="if cells did not multiply",
        )
        axes.plot(hours, middle, color=style.BLUE, label="loop gain")
        axes.set_xlim(hours[0], hours[-1])
        axes.set_ylim(bottom=0.0)
        axes.set_xlabel("time since the trigger (h)")
        axes.set_ylabel("new activations for each one")
        if title:
            axes.set_title(style.plain(title))
        figure.legend(loc="outside lower center", ncols=3)
        style.settle(figure)
    return figure


def _shares(da: xr.DataArray) -> Array:
    """Return percentiles 5, 50 and 95 of the patients at each time; NaN where nobody is."""
    values = np.asarray(da.transpose("patient", "time").values, float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all are NaN where nobody is alive
        return np.asarray(np.nanpercentile(values, [5, 50, 95], axis=0))
