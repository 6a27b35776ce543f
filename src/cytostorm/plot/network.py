"""The wiring of a model as a picture: mechanisms in columns by kind, arrows that raise, bars that lower."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cytostorm.plot import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Node:
    """A mechanism: its name, what people call it, its kind."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class Arrow:
    """What one mechanism does to another.

    sign : raises it (1), lowers it (-1), or either (0); why : by which processes; circle : whether a way
    leads back from the target to the source.
    """

    source: str
    target: str
    sign: int
    why: tuple[str, ...] = ()
    circle: bool = False


COLUMNS = (("trigger", "drug", "support"), ("cell",), ("mediator",), ("organ",))
"""Kinds from left to right."""
HEADS = ("what comes from outside", "cells", "mediators", "organs")
"""What stands above each column."""
TINTS = {
    "trigger": "#f6c7a6", "drug": "#a6dccb", "support": "#cfe8f6", "cell": "#a9cfe6", "mediator": "#f8f2a8",
    "organ": "#ecd0de",
}  # fmt: skip
"""Fill of a mechanism, light enough for text."""
LOOKS: dict[int, tuple[str, str, str]] = {
    1: (style.BLUE, "raises", "-|>"),
    -1: (style.VERMILION, "lowers", "|-|"),
    0: ("#7f868d", "either, as it stands", "-|>"),
}
"""Colour, meaning and head of an arrow."""
WIDE, GAP, TALL, BULGE = 2.3, 3.7, 0.46, 0.75
"""Width of a box, distance of columns, height that a mechanism takes, reach of arrows aside, inches."""
SWEEPS = 12
"""Times that the columns are put in order."""


def network(nodes: Sequence[Node], arrows: Sequence[Arrow], *, title: str = "") -> Figure:
    """Return the picture of a wiring.

    Columns hold one kind of mechanism each, ordered so that few arrows cross. Raises MissingExtraError
    without the extra `plot`.
    """
    style.matplotlib()
    from matplotlib.figure import Figure

    columns = _columns(nodes, arrows)
    place = _places(columns)
    wide, tall = GAP * max(len(columns) - 1, 0), max((len(c) for c in columns), default=1) * TALL
    with style.settings():
        figure = Figure(figsize=(wide + WIDE + 0.6 + BULGE, tall + 1.5))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(-WIDE / 2 - 0.3, wide + WIDE / 2 + 0.3 + BULGE)
        axes.set_ylim(-tall / 2 - 0.75, tall / 2 + 0.75)
        for arrow in sorted(arrows, key=lambda a: -a.sign):
            _draw(axes, arrow, place)
        for column in columns:
            for node in column:
                _box(axes, node, *place[node.name])
        _words(axes, columns, tall, title)
    return figure


def _columns(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> list[list[Node]]:
    """Return the columns that are not empty, each ordered by where its neighbours stand."""
    known = {kind for kinds in COLUMNS for kind in kinds}
    found = [[n for n in nodes if n.kind in kinds] for kinds in COLUMNS]
    found[-1] += [n for n in nodes if n.kind not in known]
    found = [c for c in found if c]
    near: dict[str, set[str]] = {n.name: set() for n in nodes}
    for a in arrows:
        near[a.source].add(a.target)
        near[a.target].add(a.source)
    for _ in range(SWEEPS):
        for k, column in enumerate(found):
            height = {name: y for name, (_, y) in _places(found).items()}
            mine = {n.name for n in column}
            middle = {}
            for n in column:
                others = [height[o] for o in sorted(near[n.name] - mine)]
                middle[n.name] = sum(others) / len(others) if others else height[n.name]
            found[k] = sorted(column, key=lambda n: (-middle[n.name], n.name))
    return found


def _places(columns: Sequence[Sequence[Node]]) -> dict[str, tuple[float, float]]:
    """Return the middle of each box, inches; columns are spread over the same height."""
    most = max((len(c) for c in columns), default=1)
    found = {}
    for k, column in enumerate(columns):
        step = TALL * min(most / len(column), 2.2)
        for row, node in enumerate(column):
            found[node.name] = (k * GAP, step * ((len(column) - 1) / 2 - row))
    return found


def _draw(axes: Axes, arrow: Arrow, place: dict[str, tuple[float, float]]) -> None:
    from matplotlib.patches import FancyArrowPatch

    (x1, y1), (x2, y2) = place[arrow.source], place[arrow.target]
    colour, _, head = LOOKS[arrow.sign]
    if x1 == x2:
        start, end = (x1 + WIDE / 2, y1 + 0.06), (x2 + WIDE / 2, y2 - 0.06)
        far = abs(y1 - y2)
        bend = min(0.6, 2 * BULGE / far) * (-1 if y1 > y2 else 1)
    else:
        side = WIDE / 2 if x2 > x1 else -WIDE / 2
        shift = 0.07 if x2 > x1 else -0.07
        start, end, bend = (x1 + side, y1 + shift), (x2 - side, y2 + shift), 0.06
    look: dict[str, Any] = {
        "arrowstyle": head if arrow.sign >= 0 else "|-|, widthA=0, widthB=2.2",
        "connectionstyle": f"arc3,rad={bend}",
        "mutation_scale": 7 if arrow.sign >= 0 else 2,
        "color": colour,
        "linewidth": 1.1 if arrow.circle else 0.6,
        "alpha": 0.85 if arrow.circle else 0.6,
        "shrinkA": 0,
        "shrinkB": 1.5,
        "zorder": 1,
        "linestyle": "-" if arrow.sign else "--",
    }
    axes.add_patch(FancyArrowPatch(start, end, **look))


def _box(axes: Axes, node: Node, x: float, y: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    look: dict[str, Any] = {
        "boxstyle": "round,pad=0,rounding_size=0.08",
        "facecolor": TINTS.get(node.kind, style.GRID),
        "edgecolor": style.INK,
        "linewidth": 0.7,
        "zorder": 3,
    }
    high = 0.34
    axes.add_patch(FancyBboxPatch((x - WIDE / 2, y - high / 2), WIDE, high, **look))
    lines = textwrap.wrap(style.plain(node.label), 32)
    size = 8.0 if len(lines) == 1 else 6.5
    axes.text(x, y, "\n".join(lines[:2]), ha="center", va="center", fontsize=size, linespacing=1.0, zorder=4)


def _words(axes: Axes, columns: Sequence[Sequence[Node]], tall: float, title: str) -> None:
    """Write the heads of the columns, the title, and what the arrows mean."""
    from matplotlib.lines import Line2D

    for k, column in enumerate(columns):
        head = next((h for h, kinds in zip(HEADS, COLUMNS, strict=True) if column[0].kind in kinds), "others")
        axes.text(k * GAP, tall / 2 + 0.12, head, ha="center", va="bottom", fontsize=9, fontweight="bold")
    if title:
        axes.text(axes.get_xlim()[0] + 0.3, tall / 2 + 0.45, style.plain(title), ha="left", fontsize=11)
    lines = [
        Line2D([], [], color=colour, linestyle="-" if sign else "--", label=f"{what}{mark}")
        for (sign, (colour, what, _)), mark in zip(
            LOOKS.items(), (" (arrow)", " (bar)", " (dashed)"), strict=True
        )
    ]
    lines.append(Line2D([], [], color=style.INK, linewidth=0.6, label="on no circle (thin)"))
    axes.legend(handles=lines, loc="lower center", ncols=4)
