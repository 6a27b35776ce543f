"""Sparse LU without pivoting, written out once per model: what the solver's linear systems need.

The matrix is g I - J with g > 0: the order of elimination is chosen once, on the diagonal, for least
fill (Markowitz), since the pattern is the same for every patient and every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cytostorm.codegen.graph import Graph, Node
from cytostorm.codegen.tape import Tape, tape


def elimination_order(size: int, pattern: Sequence[tuple[int, int]]) -> list[int]:
    """Return the diagonal pivots in order of least fill."""
    rows: list[set[int]] = [{i} for i in range(size)]
    columns: list[set[int]] = [{i} for i in range(size)]
    for i, j in pattern:
        rows[i].add(j)
        columns[j].add(i)
    left, order = set(range(size)), []
    while left:
        pivot = min(left, key=lambda k: ((len(rows[k]) - 1) * (len(columns[k]) - 1), k))
        order.append(pivot)
        left.remove(pivot)
        below, right = columns[pivot] - {pivot}, rows[pivot] - {pivot}
        for i in below:
            rows[i].discard(pivot)
            rows[i] |= right
        for j in right:
            columns[j].discard(pivot)
            columns[j] |= below
    return order


@dataclass(frozen=True)
class Elimination:
    """How (g I - J) is taken apart: order of the pivots, and the places of the numbers that are kept.

    Places are in the order in which they are made and used: pivot by pivot.
    """

    size: int
    pattern: tuple[tuple[int, int], ...]
    order: tuple[int, ...]
    rank: dict[int, int]
    places: tuple[tuple[int, int], ...]

    def factors(self, graph: Graph, jacobian: Sequence[Node], g: Node) -> list[Node]:
        """Return what is kept, by `places`, from the non-zeros of J in the order of `pattern`."""
        entry = {place: graph.negative(node) for place, node in zip(self.pattern, jacobian, strict=True)}
        for i in range(self.size):
            entry[i, i] = graph.add(g, entry[i, i]) if (i, i) in entry else g
        kept: dict[tuple[int, int], Node] = {}
        for pivot in self.order:
            inverse = graph.div(graph.const(1.0), entry[pivot, pivot])
            kept[pivot, pivot] = inverse
            right = sorted(j for i, j in entry if i == pivot and self.rank[j] > self.rank[pivot])
            below = sorted(i for i, j in entry if j == pivot and self.rank[i] > self.rank[pivot])
            for j in right:
                kept[pivot, j] = entry[pivot, j]
            for i in below:
                multiplier = kept[i, pivot] = graph.mul(entry[i, pivot], inverse)
                for j in right:
                    old = entry.get((i, j), graph.const(0.0))
                    entry[i, j] = graph.sub(old, graph.mul(multiplier, entry[pivot, j]))
        return [kept[place] for place in self.places]

    def factor(self) -> Tape:
        """Return the program (j, g) -> lu: non-zeros of J, one number g per lane."""
        graph = Graph()
        jacobian = [graph.load("j", k) for k in range(len(self.pattern))]
        kept = self.factors(graph, jacobian, graph.load("g", 0))
        return tape(graph, "factor", [("j", len(self.pattern)), ("g", 1)], kept)

    def solve(self) -> Tape:
        """Return the program (lu, b) -> x."""
        graph = Graph()
        lu = {place: graph.load("lu", k) for k, place in enumerate(self.places)}
        x = [graph.load("b", i) for i in range(self.size)]
        for pivot in self.order:
            for i, j in self.places:
                if j == pivot and self.rank[i] > self.rank[pivot]:
                    x[i] = graph.sub(x[i], graph.mul(lu[i, pivot], x[pivot]))
        for pivot in reversed(self.order):
            for i, j in self.places:
                if i == pivot and self.rank[j] > self.rank[pivot]:
                    x[pivot] = graph.sub(x[pivot], graph.mul(lu[pivot, j], x[j]))
            x[pivot] = graph.mul(x[pivot], lu[pivot, pivot])
        return tape(graph, "solve", [("lu", len(self.places)), ("b", self.size)], x)


def elimination(size: int, pattern: Sequence[tuple[int, int]]) -> Elimination:
    """Return how to solve (g I - J) x = b with the non-zeros of J at `pattern`."""
    order = elimination_order(size, pattern)
    rank = {pivot: k for k, pivot in enumerate(order)}
    held = set(pattern) | {(i, i) for i in range(size)}
    for pivot in order:
        below = [i for i, j in held if j == pivot and rank[i] > rank[pivot]]
        right = [j for i, j in held if i == pivot and rank[j] > rank[pivot]]
        held |= {(i, j) for i in below for j in right}
    places = sorted(held, key=lambda place: (min(rank[place[0]], rank[place[1]]), place))
    return Elimination(size, tuple(pattern), tuple(order), rank, tuple(places))
