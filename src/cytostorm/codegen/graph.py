"""A hash-consed expression graph: equal expressions are one node, so sharing and sparsity are free.

SymPy is what people read and write; this graph is what is differentiated and printed. A node is an
integer; its arguments are always smaller integers. Operations:

const, load, add, sub, mul, div, pow, exp, log, tanh, abs, max, min,
lt, le, eq, and, or, not (0 or 1), select (condition, then, else).

`pow(a, b)` is the power of what is positive in `a`: exp(b log(max(a, TINY))), so that a state that
the solver leaves a hair below zero has the power of zero, not NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Not, Or

from cytostorm.model import Quantity

Node = int
TINY = 1e-300
"""Base below which a power counts as the power of zero."""
FLAT = 1e-30
"""Base below which the slope of a root counts as zero."""

_UNARY = {sympy.exp: "exp", sympy.log: "log", sympy.tanh: "tanh", sympy.Abs: "abs"}
_LOGIC = {And: "and", Or: "or"}
_FOLD: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "max": max,
    "min": min,
}


class Graph:
    """Nodes, each an operation and its arguments, made once."""

    def __init__(self) -> None:
        self.nodes: list[tuple[str, tuple[float | int | str, ...]]] = []
        self._known: dict[tuple[object, ...], Node] = {}
        self._translated: dict[sympy.Basic, Node] = {}
        self._slopes: dict[tuple[Node, Node], Node] = {}
        self._leaves: list[frozenset[Node]] = []
        self.symbols: dict[Quantity, Node] = {}

    def make(self, op: str, *args: float | str) -> Node:
        """Return the node of this operation; a new one only if there is none."""
        key = (op, *args, math.copysign(1.0, float(args[0])) if op == "const" else 0)
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self.nodes)
            self.nodes.append((op, args))
            if op == "load":
                self._leaves.append(frozenset((node,)))
            elif op == "const":
                self._leaves.append(frozenset())
            else:
                self._leaves.append(frozenset().union(*(self._leaves[int(a)] for a in args)))
        return node

    def leaves(self, node: Node) -> frozenset[Node]:
        """Return the loads that a node depends on."""
        return self._leaves[node]

    def reachable(self, outputs: Iterable[Node]) -> list[Node]:
        """Return what some nodes need, themselves included, arguments first."""
        seen: set[Node] = set()
        todo = list(outputs)
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            op, args = self.nodes[node]
            if op not in ("load", "const"):
                todo.extend(int(a) for a in args)
        return sorted(seen)

    def const(self, value: float) -> Node:
        """Return a constant."""
        return self.make("const", float(value))

    def load(self, array: str, index: int) -> Node:
        """Return an element of an input array."""
        return self.make("load", array, index)

    def value(self, node: Node) -> float | None:
        """Return the value of a constant, else None."""
        op, args = self.nodes[node]
        return float(args[0]) if op == "const" else None

    # --- arithmetic with the folding that keeps sparsity ---------------------------------------

    def add(self, a: Node, b: Node) -> Node:
        """Return a + b."""
        if self.value(a) == 0:
            return b
        if self.value(b) == 0:
            return a
        return self._fold("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        """Return a - b."""
        if self.value(b) == 0:
            return a
        return self.const(0.0) if a == b else self._fold("sub", a, b)

    def mul(self, a: Node, b: Node) -> Node:
        """Return a b."""
        for one, other in ((a, b), (b, a)):
            known = self.value(one)
            if known == 0:
                return self.const(0.0)
            if known == 1:
                return other
        return self._fold("mul", a, b)

    def div(self, a: Node, b: Node) -> Node:
        """Return a / b."""
        if self.value(a) == 0:
            return a
        if self.value(b) == 1:
            return a
        return self.make("div", a, b)

    def negative(self, a: Node) -> Node:
        """Return -a."""
        return self.sub(self.const(0.0), a)

    def _fold(self, op: str, a: Node, b: Node) -> Node:
        x, y = self.value(a), self.value(b)
        if x is not None and y is not None:
            return self.const(_FOLD[op](x, y))
        return self.make(op, a, b)

    def select(self, condition: Node, then: Node, other: Node) -> Node:
        """Return `then` where the condition holds, else `other`."""
        return then if then == other else self.make("select", condition, then, other)

    def power(self, base: Node, exponent: Node) -> Node:
        """Return base ** exponent: products for small whole exponents, else the power of what is positive."""
        whole = self.value(exponent)
        if whole is not None and whole == int(whole) and 0 <= whole <= 16:
            result, square, left = self.const(1.0), base, int(whole)
            while left:
                if left & 1:
                    result = self.mul(result, square)
                left >>= 1
                square = self.mul(square, square) if left else square
            return result
        return self.make("pow", base, exponent)

    # --- from SymPy ----------------------------------------------------------------------------------

    def translate(self, e: sympy.Basic) -> Node:
        """Return the node of a SymPy expression; its quantities must be in `symbols`."""
        node = self._translated.get(e)
        if node is None:
            node = self._translated[e] = self._translate(e)
        return node

    def _translate(self, e: sympy.Basic) -> Node:
        if isinstance(e, Quantity):
            return self.symbols[e]
        if isinstance(e, (sympy.Number, sympy.NumberSymbol)):
            return self.const(float(e))
        if e in (sympy.true, sympy.false):
            return self.const(float(e is sympy.true))
        if isinstance(e, sympy.Add):
            return self._sum(e)
        if isinstance(e, sympy.Mul):
            return self._product(e)
        if isinstance(e, sympy.Pow):
            if e.exp.could_extract_minus_sign():
                return self.div(self.const(1.0), self.translate(e.base**-e.exp))
            return self.power(self.translate(e.base), self.translate(e.exp))
        if isinstance(e, sympy.Piecewise):
            return self._pieces(e)
        if isinstance(e, Relational):
            return self._relation(e)
        args = [self.translate(a) for a in e.args]
        if type(e) in _UNARY:
            return self.make(_UNARY[type(e)], args[0])
        if isinstance(e, Not):
            return self.make("not", args[0])
        op = _LOGIC.get(type(e)) or {sympy.Max: "max", sympy.Min: "min"}[type(e)]
        total = args[0]
        for a in args[1:]:
            total = self.make(op, total, a)
        return total

    def _sum(self, e: sympy.Add) -> Node:
        total = self.const(0.0)
        plus = [a for a in e.args if not a.could_extract_minus_sign()]
        minus = [a for a in e.args if a.could_extract_minus_sign()]
        for a in plus:
            total = self.add(total, self.translate(a))
        for a in minus:
            total = self.sub(total, self.translate(-a))
        return total

    def _product(self, e: sympy.Mul) -> Node:
        top, bottom = self.const(1.0), self.const(1.0)
        for a in e.args:
            if isinstance(a, sympy.Pow) and a.exp.could_extract_minus_sign():
                bottom = self.mul(bottom, self.translate(a.base**-a.exp))
            else:
                top = self.mul(top, self.translate(a))
        return self.div(top, bottom)

    def _pieces(self, e: sympy.Piecewise) -> Node:
        value, condition = e.args[-1]
        rest = self.translate(value)
        if condition is not sympy.true:
            rest = self.select(self.translate(condition), rest, self.const(math.nan))
        for value, condition in reversed(e.args[:-1]):
            rest = self.select(self.translate(condition), self.translate(value), rest)
        return rest

    def _relation(self, e: Relational) -> Node:
        a, b = self.translate(e.lhs), self.translate(e.rhs)
        match e.rel_op:
            case "<":
                return self.make("lt", a, b)
            case "<=":
                return self.make("le", a, b)
            case ">":
                return self.make("lt", b, a)
            case ">=":
                return self.make("le", b, a)
            case "==":
                return self.make("eq", a, b)
            case _:
                return self.make("not", self.make("eq", a, b))

    # --- differentiation -----------------------------------------------------------------------------

    def slope(self, node: Node, leaf: Node) -> Node:
        """Return the derivative of a node with respect to a load."""
        if leaf not in self._leaves[node]:
            return self.const(0.0)
        if node == leaf:
            return self.const(1.0)
        known = self._slopes.get((node, leaf))
        if known is None:
            known = self._slopes[node, leaf] = self._slope(node, leaf)
        return known

    def _slope(self, node: Node, leaf: Node) -> Node:
        op, raw = self.nodes[node]
        args: tuple[Node, ...] = tuple(int(a) for a in raw)
        d = [self.slope(a, leaf) for a in args]
        match op:
            case "add":
                return self.add(d[0], d[1])
            case "sub":
                return self.sub(d[0], d[1])
            case "mul":
                return self.add(self.mul(d[0], args[1]), self.mul(args[0], d[1]))
            case "div":
                return self.div(self.sub(d[0], self.mul(node, d[1])), args[1])
            case "exp":
                return self.mul(node, d[0])
            case "log":
                return self.div(d[0], args[0])
            case "tanh":
                return self.mul(d[0], self.sub(self.const(1.0), self.mul(node, node)))
            case "abs":
                return self.select(self.make("lt", args[0], self.const(0.0)), self.negative(d[0]), d[0])
            case "max" | "min":
                first = (
                    self.make("le", args[1], args[0]) if op == "max" else self.make("le", args[0], args[1])
                )
                return self.select(first, d[0], d[1])
            case "select":
                return self.select(args[0], d[1], d[2])
            case "pow":
                return self._slope_of_power(node, args, d)
            case _:
                return self.const(0.0)  # comparisons and logic are flat

    def _slope_of_power(self, node: Node, args: tuple[Node, ...], d: list[Node]) -> Node:
        base, exponent = args
        positive = self.make("max", base, self.const(TINY))
        less = self.div(node, positive)  # a quotient costs less than another power
        known = self.value(exponent)
        if known is None or known < 1:
            # a root is infinitely steep at zero: there no slope serves better than a huge one
            root = self.make("lt", exponent, self.const(1.0))
            at_zero = self.make("and", self.make("lt", base, self.const(FLAT)), root)
            less = self.select(at_zero, self.const(0.0), less)
        by_base = self.mul(self.mul(exponent, less), d[0])
        return self.add(by_base, self.mul(self.mul(node, self.make("log", positive)), d[1]))
