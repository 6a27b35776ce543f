"""Two pictures: how many times the cost of ours at equal error, and time against error."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib as mpl

from harness.matching import TARGETS, front

mpl.use("Agg")
import matplotlib.pyplot as plt

COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F")
"""Okabe and Ito, without the yellow that vanishes on white; markers tell apart what shares a colour."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
STYLE = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "svg.fonttype": "none",
}


def _save(figure: Any, folder: Path, name: str) -> None:
    figure.savefig(folder / f"{name}.png", dpi=150)
    figure.savefig(folder / f"{name}.svg")
    plt.close(figure)


def _panels(count: int, *, height: float) -> tuple[Any, list[Any]]:
    columns = min(2, count)
    lines = math.ceil(count / columns)
    figure, axes = plt.subplots(
        lines, columns, figsize=(7.2 * columns, height * lines), squeeze=False, layout="constrained"
    )
    for axis in axes.flat[count:]:
        axis.set_visible(False)
    return figure, list(axes.flat[:count])


def ratios(folder: Path, titles: dict[str, str], found: dict[str, list[dict[str, Any]]]) -> None:
    """Draw the ratios to ours, one panel for each scenario."""
    longest = max((len(table) for table in found.values()), default=1)
    with plt.rc_context(STYLE):
        figure, axes = _panels(len(titles), height=1.2 + 0.3 * longest)
        for axis, (key, title) in zip(axes, titles.items(), strict=True):
            table = [r for r in found[key] if any(r[f"ratio@{t:g}"] for t in TARGETS)][::-1]
            for k, (target, colour) in enumerate(zip(TARGETS, COLOURS[1:], strict=False)):
                points = [
                    (r[f"ratio@{target:g}"], place + 0.17 - 0.34 * k)
                    for place, r in enumerate(table)
                    if r[f"ratio@{target:g}"]
                ]
                axis.plot(
                    *zip(*points, strict=True), "os"[k], color=colour, ms=5, label=f"at error {target:.0e}"
                )
                for x, y in points:
                    axis.annotate(
                        f"{float(f'{x:.2g}'):,g}", (x, y), (6, 0), textcoords="offset points",
                        va="center", fontsize=7, color=colour,
                    )  # fmt: skip
            axis.axvline(1.0, color="0.6", lw=0.8)
            axis.set(xscale="log", title=title, xlabel="processor time per patient, times cytostorm")
            axis.set_yticks(range(len(table)), [r["label"] for r in table])
            axis.set_ylim(-0.7, len(table) - 0.3)
            axis.set_xlim(0.3, None)
            axis.margins(x=0.15)
            axis.grid(axis="x", color="0.9")
        if axes:
            axes[0].legend(loc="upper right", frameon=False)
        _save(figure, folder, "ratios")


def curves(folder: Path, titles: dict[str, str], results: dict[str, dict[str, Any]]) -> None:
    """Draw time against error, one panel for each scenario, the best settings of each engine."""
    with plt.rc_context(STYLE):
        figure, axes = _panels(len(titles), height=4.2)
        for axis, (key, title) in zip(axes, titles.items(), strict=True):
            for k, result in enumerate(results.values()):
                line = front(result["cells"].get(key, {}).get("points", []))
                if line:
                    axis.plot(
                        *zip(*line, strict=True), marker=MARKERS[k % len(MARKERS)], ms=5, lw=1.3,
                        color=COLOURS[k % len(COLOURS)], ls="-" if k < len(COLOURS) else "--",
                        label=result["label"],
                    )  # fmt: skip
            for target in TARGETS:
                axis.axvline(target, color="0.8", lw=0.8, zorder=0)
            axis.set(xscale="log", yscale="log", title=title)
            axis.set(xlabel="median error", ylabel="µs of processor time per patient")
            axis.set_xlim(1e-7, 1e-1)
            axis.invert_xaxis()
            axis.grid(color="0.93")
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
        _save(figure, folder, "curves")
