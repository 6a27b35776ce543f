"""Who raises whom and who lowers whom: the wiring of a model, read off its equations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cytostorm.model import Model
from cytostorm.model.quantity import Quantity
from cytostorm.plot.network import Arrow, Node
from cytostorm.understand.signs import Doing, doings, owner_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "trigger": "#D55E00", "cell": "#0072B2", "mediator": "#F0E442", "organ": "#CC79A7", "drug": "#009E73",
    "support": "#56B4E9",
}  # fmt: skip
"""Fill of the nodes in Graphviz; colours of Okabe and Ito."""


@dataclass(frozen=True)
class Wiring:
    """The mechanisms of a model and what they do to each other.

    nodes : mechanisms with states, in order of their names; arrows : in order of source and target.
    """

    model: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def dot(self) -> str:
        """Return it as Graphviz text; a tee is a brake, a diamond acts both ways."""
        quote = json.dumps
        lines = ["digraph " + quote(self.model) + " {", "  rankdir=LR;", "  node [style=filled, shape=box];"]
        lines += [
            f"  {quote(n.name)} [label={quote(n.label, ensure_ascii=False)}, "
            f'fillcolor="{COLOURS.get(n.kind, "#d5d9de")}"];'
            for n in self.nodes
        ]
        head = {1: "normal", -1: "tee", 0: "diamond"}
        lines += [
            f"  {quote(a.source)} -> {quote(a.target)} [arrowhead={head[a.sign]}, "
            f"tooltip={quote('; '.join(a.why), ensure_ascii=False)}];"
            for a in self.arrows
        ]
        return "\n".join([*lines, "}"]) + "\n"

    def figure(self, title: str = "") -> Figure:
        """Return it as a figure; raises MissingExtraError without the extra `plot`."""
        from cytostorm.plot.network import network

        return network(self.nodes, self.arrows, title=title)

    def svg(self, title: str = "") -> str:
        """Return it as SVG text, drawn without Graphviz."""
        from cytostorm.plot import svg

        return svg(self.figure(title))


def wiring(
    model: Model, kinds: Sequence[str] = ("trigger", "cell", "mediator", "organ", "drug", "support")
) -> Wiring:
    """Return who raises and who lowers whom, by the signs of the slopes of every process.

    kinds : kinds of modules that are drawn.

    A process of one mechanism that changes another's states is an arrow to it. What changes the rate of
    such a process, without being used up by it, is an arrow to the mechanism whose process it is: IL-10,
    which damps secretion by macrophages, is a brake on macrophages. What moves a mechanism's own states
    raises it, or lowers it if it moves them where they do less to others. A read-out that others read belongs
    to its owner. Signs are those of the slopes at rest and at random states around it; an arrow with both
    signs has sign 0.
    """
    found: dict[tuple[str, str], tuple[set[int], list[str]]] = {}
    for source, target, sign, why in _effects(doings(model)):
        at = found.setdefault((source, target), (set(), []))
        at[0].add(sign)
        if why not in at[1]:
            at[1].append(why)
    kind = {m.name: m.kind for m in model.modules}
    drawn = [pair for pair in sorted(found) if all(kind[name] in kinds for name in pair)]
    back = _leading_back(drawn)
    arrows = tuple(
        Arrow(*pair, sum(found[pair][0]), tuple(found[pair][1]), circle)
        for pair, circle in zip(drawn, back, strict=True)
    )
    named = {name for a in arrows for name in (a.source, a.target)}
    nodes = tuple(Node(m.name, m.label, m.kind) for m in model.modules if m.name in named)
    return Wiring(model.name, nodes, arrows)


def _leading_back(pairs: list[tuple[str, str]]) -> list[bool]:
    """Return for each arrow whether a way leads from its end back to its start."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not pairs:
        return []
    names = sorted({name for pair in pairs for name in pair})
    place = {name: k for k, name in enumerate(names)}
    rows, columns = ([place[pair[k]] for pair in pairs] for k in (0, 1))
    graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(names), len(names)))
    part = connected_components(graph, directed=True, connection="strong")[1]
    return [bool(part[place[a]] == part[place[b]]) for a, b in pairs]


def _effects(found: list[Doing]) -> Iterator[tuple[str, str, int, str]]:
    """Yield (source, target, sign, why) for every effect of one mechanism on another."""
    outputs, turned = _outputs(found), _turned(found)
    for doing in found:
        mine, taken = doing.module, {s for s, c in doing.changes if c < 0}
        others = [(owner_of(s), c) for s, c in doing.changes if owner_of(s) != mine]
        acts_itself = any(owner_of(q) == mine for q, _ in doing.by)
        by: dict[str, set[int]] = {}
        for quantity, signs in doing.by:
            if quantity not in taken:
                turn = -1 if quantity in turned else 1
                by.setdefault(owner_of(quantity), set()).update(turn * s for s in signs)
        if doing.changes and mine in by:
            by[mine] = {1}  # what a mechanism does, it does; that some of its states hold back is within
        for source, sign in ((source, sign) for source, signs in by.items() for sign in sorted(signs)):
            if others and (source == mine or not acts_itself):
                effects = [(to, sign if c > 0 else -sign) for to, c in others]
            elif doing.changes:
                effects = [(mine, sign if others else sign * _inwards(doing, outputs))]
            else:
                effects = [(mine, -sign if doing.readout in turned else sign)]
            yield from ((source, to, effect, doing.name) for to, effect in effects if to != source)


def _turned(found: list[Doing]) -> set[Quantity]:
    """Return the read-outs that fall as their own mechanism rises, such as what suppression leaves."""
    result: set[Quantity] = set()
    for doing in found:
        own = {s for q, signs in doing.by if owner_of(q) == doing.module for s in signs}
        driven = any(1 in signs for _, signs in doing.by)
        if doing.readout is not None and own == {-1} and not driven:
            result.add(doing.readout)
    return result


def _outputs(found: list[Doing]) -> Counter[Quantity]:
    """Return how many doings on other mechanisms, or for them, each state drives."""
    count: Counter[Quantity] = Counter()
    for doing in found:
        outward = not doing.changes or any(owner_of(s) != doing.module for s, _ in doing.changes)
        count.update(q for q, signs in doing.by if outward and 1 in signs and owner_of(q) == doing.module)
    return count


def _inwards(doing: Doing, outputs: Counter[Quantity]) -> int:
    """Return whether a process on its own mechanism's states raises (1) or lowers it (-1)."""
    taken = [outputs[s] for s, c in doing.changes if c < 0]
    given = [outputs[s] for s, c in doing.changes if c > 0]
    if not given:
        return -1 if taken else 1
    return -1 if taken and max(given) < max(taken) else 1
