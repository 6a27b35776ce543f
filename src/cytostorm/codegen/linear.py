"""Sparse LU without pivoting, written out once per model: what the solver's linear systems need.

The matrix is g I - J with g > 0: the order of elimination is chosen once, on the diagonal, for least
fill (Markowitz), since the pattern is the same for every patient and every step.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def linear_tapes(size: int, pattern: Sequence[tuple[int, int]]) -> tuple[Tape, Tape]:
    """Return two programs: factor (j, g) -> lu and solve (lu, b) -> x, for (g I - J) x = b.

    j : non-zeros of J in the order of `pattern`; g : one number per lane.
    """
    graph = Graph()
    g = graph.load("g", 0)
    entry: dict[tuple[int, int], Node] = {
        place: graph.negative(graph.load("j", k)) for k, place in enumerate(pattern)
    }
    for i in range(size):
        entry[i, i] = graph.add(g, entry[i, i]) if (i, i) in entry else g
    order = elimination_order(size, pattern)
    rank = {pivot: k for k, pivot in enumerate(order)}
    stored: dict[tuple[int, int], Node] = {}
    for pivot in order:
        inverse = graph.div(graph.const(1.0), entry[pivot, pivot])
        stored[pivot, pivot] = inverse
        right = sorted(j for i, j in entry if i == pivot and rank[j] > rank[pivot])
        below = sorted(i for i, j in entry if j == pivot and rank[i] > rank[pivot])
        for j in right:
            stored[pivot, j] = entry[pivot, j]
        for i in below:
            multiplier = stored[i, pivot] = graph.mul(entry[i, pivot], inverse)
            for j in right:
                old = entry.get((i, j), graph.const(0.0))
                entry[i, j] = graph.sub(old, graph.mul(multiplier, entry[pivot, j]))
    places = sorted(stored)
    factor = tape(graph, "factor", [("j", len(pattern)), ("g", 1)], [stored[p] for p in places])
    return factor, _solve(size, order, rank, places)


def _solve(size: int, order: list[int], rank: dict[int, int], places: list[tuple[int, int]]) -> Tape:
    graph = Graph()
    lu = {place: graph.load("lu", k) for k, place in enumerate(places)}
    x = [graph.load("b", i) for i in range(size)]
    for pivot in order:
        for i, j in places:
            if j == pivot and rank[i] > rank[pivot]:
                x[i] = graph.sub(x[i], graph.mul(lu[i, pivot], x[pivot]))
    for pivot in reversed(order):
        for i, j in places:
            if i == pivot and rank[j] > rank[pivot]:
                x[pivot] = graph.sub(x[pivot], graph.mul(lu[pivot, j], x[j]))
        x[pivot] = graph.mul(x[pivot], lu[pivot, pivot])
    return tape(graph, "solve", [("lu", len(places)), ("b", size)], x)
