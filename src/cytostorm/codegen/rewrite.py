"""Rewritten expressions: the same values with fewer divisions, which cost eight times a product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cytostorm.codegen.graph import Graph, Node


class Rewriter:
    """Copies nodes with some of them replaced."""

    def __init__(self, graph: Graph, swap: dict[Node, Node]) -> None:
        self.graph = graph
        self.done = dict(swap)

    def __call__(self, node: Node) -> Node:
        """Return the copy of a node."""
        todo = [node]
        while todo:
            op, args = self.graph.nodes[todo[-1]]
            leaf = op in ("load", "const")
            missing = [] if leaf else [int(a) for a in args if int(a) not in self.done]
            if missing:
                todo.extend(missing)
                continue
            here = todo.pop()
            if here not in self.done:
                self.done[here] = here if leaf else self.copy(op, [self.done[int(a)] for a in args])
        return self.done[node]

    def copy(self, op: str, args: list[Node]) -> Node:
        """Return an operation on copied arguments."""
        return self.graph.make(op, *args)


class Multiplier(Rewriter):
    """Turns division by what depends on parameters alone into a product with its reciprocal."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, {})
        self.parameters = {n for n, (op, args) in enumerate(graph.nodes) if op == "load" and args[0] == "p"}

    def copy(self, op: str, args: list[Node]) -> Node:
        """Return an operation on copied arguments."""
        if op == "div":
            top, bottom = args
            fixed = self.graph.leaves(bottom) <= self.parameters
            if fixed and not self.graph.leaves(top) <= self.parameters:
                return self.graph.mul(top, self.graph.div(self.graph.const(1.0), bottom))
        return super().copy(op, args)


class _Sharer(Rewriter):
    def __init__(self, graph: Graph, shared: set[Node]) -> None:
        super().__init__(graph, {})
        self.shared = shared
        self.reciprocal = {n: graph.div(graph.const(1.0), n) for n in shared}

    def copy(self, op: str, args: list[Node]) -> Node:
        if op == "div" and args[1] in self.reciprocal:
            return self.graph.mul(args[0], self.reciprocal[args[1]])
        return super().copy(op, args)


def share_divisions(graph: Graph, outputs: Sequence[Node]) -> list[Node]:
    """Return the outputs with one reciprocal for each denominator that occurs more than once.

    Denominators within denominators are left to their own: a node is looked at as it was made.
    """
    needed = (graph.nodes[node] for node in graph.reachable(outputs))
    bottoms = Counter(int(args[1]) for op, args in needed if op == "div")
    renew = _Sharer(graph, {node for node, count in bottoms.items() if count > 1})
    return [renew(node) for node in outputs]
