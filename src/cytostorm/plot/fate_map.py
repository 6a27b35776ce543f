"""Which fate two numbers lead to: a map, with the person's own place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.plot import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = NDArray[np.float64]
LOOKS = {
    "resolved": ("#cfe8f6", ""),
    "storm": (style.VERMILION, ""),
    "exhausted": (style.YELLOW, "..."),
    "died": ("#3b3f45", ""),
    "unfinished": ("#ffffff", "///"),
}
"""Fill and hatching of each fate: apart for colour-blind eyes, and in grey."""
SPARE = ((style.GREEN, ""), (style.PURPLE, "xxx"), (style.SKY, "..."), (style.ORANGE, "\\\\"))
"""Those of fates of other names."""


def fate_map(found: xr.Dataset, *, title: str = "") -> Figure:
    """Return the map of fates over two parameters, as `understand.fates` gives them.

    Axes are logarithmic where values above 0 span more than a decade; a star marks the person's own values if
    they lie inside. Raises InputError if it is no such Dataset, MissingExtraError without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    if "fate" not in found or found["fate"].ndim != 2:
        raise InputError(
            "the Dataset holds no fates over two parameters", "what fates returned", "call fates"
        )
    fate = found["fate"]
    second, first = fate.dims[1], fate.dims[0]
    x, y = (np.asarray(found[name].values, float) for name in (first, second))
    numbers = np.asarray(fate.values)
    meanings = str(fate.attrs["flag_meanings"]).split()
    spare = iter(SPARE)
    looks = {name: LOOKS.get(name) or next(spare, ("#ffffff", "ooo")) for name in meanings}
    with style.settings():
        figure = Figure(figsize=(5.4, 4.2), layout="constrained")
        axes = figure.subplots()
        axes.grid(visible=False)
        edges = [_edges(x), _edges(y)]
        for k, name in enumerate(meanings):
            colour, hatch = looks[name]
            shown = np.ma.masked_array(np.ones(numbers.T.shape), mask=(numbers != k).T)
            if shown.mask.all():
                continue
            only = ListedColormap([colour])
            axes.pcolor(*edges, shown, cmap=only, hatch=hatch or None, edgecolor="#7f868d", linewidth=0.0)
        for axis, scale, values in zip(
            (axes.xaxis, axes.yaxis), (axes.set_xscale, axes.set_yscale), (x, y), strict=True
        ):
            if _is_log(values):
                scale("log")
                axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=12))
                axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
                axis.set_minor_formatter(NullFormatter())
        axes.set_xlabel(_axis(found[first]))
        axes.set_ylabel(_axis(found[second]))
        own = [float(v) for v in found.attrs.get("own", ())]
        inside = bool(own) and all(e[0] <= v <= e[-1] for v, e in zip(own, edges, strict=True))
        if inside:
            axes.plot([own[0]], [own[1]], "*", color=style.INK, markerfacecolor="white", markersize=13)
        present = [name for k, name in enumerate(meanings) if (numbers == k).any()]
        patches = [
            Patch(facecolor=looks[n][0], hatch=looks[n][1] or None, edgecolor=style.INK, label=n)
            for n in present
        ]
        note = ["star: the person's own values"] if inside else []
        figure.legend(handles=patches, loc="outside lower center", ncols=5, title=note[0] if note else None)
        if title:
            axes.set_title(style.plain(title))
        style.settle(figure)
    return figure


def _is_log(values: Array) -> bool:
    return bool(values[0] > 0 and values[-1] > 10 * values[0])


def _edges(values: Array) -> Array:
    """Return the borders between the cells of a map, in the middle between their values."""
    if len(values) == 1:
        return np.array([values[0] * 0.5, values[0] * 1.5]) if values[0] else np.array([-0.5, 0.5])
    log = _is_log(values)
    v = np.log(values) if log else values
    middle = (v[1:] + v[:-1]) / 2
    edges = np.concatenate([[1.5 * v[0] - 0.5 * v[1]], middle, [1.5 * v[-1] - 0.5 * v[-2]]])
    if not log and values[0] >= 0:
        edges[0] = max(edges[0], 0.0)
    return np.exp(edges) if log else edges


def _axis(da: xr.DataArray) -> str:
    """Return what stands at an axis: label, name and unit."""
    unit = style.unit_text(str(da.attrs.get("units", "")))
    label = style.plain(f"{da.attrs.get('label', da.name)}\n{da.name}")
    return f"{label} ({unit})" if unit else label
