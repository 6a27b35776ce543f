"""Derivatives of expressions along a direction, as SymPy; and where an expression jumps."""

from __future__ import annotations

import random
from collections.abc import Iterator

import sympy
from sympy.core.relational import Eq, Ne, Relational

from cytostorm.model.algebra import value_of
from cytostorm.model.quantity import Quantity

TINY = sympy.Float(1e-300)
"""Base below which a power counts as the power of zero, as where programs are printed."""
FLAT = sympy.Float(1e-30)
"""Base below which the slope of a root counts as zero: it is infinitely steep there."""
POINTS = 4
"""Points of a boundary at which both sides must agree."""
TRIALS = 40
CLOSE = 1e-9


class Derivative:
    """Derivatives along a direction; `dot` maps each symbol that moves to its own derivative.

    Where two branches meet each has the slope of its own side: nothing is said of a jump (see `jumps`).
    """

    def __init__(self) -> None:
        self.dot: dict[sympy.Basic, sympy.Expr] = {}
        self._known: dict[sympy.Basic, sympy.Expr] = {}

    def __call__(self, e: sympy.Basic) -> sympy.Expr:
        """Return the derivative of an expression."""
        if e in self.dot:
            return self.dot[e]
        found = self._known.get(e)
        if found is None:
            moves = any(symbol in self.dot for symbol in e.free_symbols)
            found = self._known[e] = self._slope(e) if moves else sympy.S.Zero
        return found

    def _slope(self, e: sympy.Basic) -> sympy.Expr:
        if isinstance(e, sympy.Add):
            return sympy.Add(*map(self, e.args))
        if isinstance(e, sympy.Mul):
            terms = (sympy.Mul(*e.args[:k], self(a), *e.args[k + 1 :]) for k, a in enumerate(e.args))
            return sympy.Add(*terms)
        if isinstance(e, sympy.Pow):
            return self._power(e)
        if isinstance(e, sympy.Piecewise):
            return _pieces([(self(value), condition) for value, condition in e.args])
        if isinstance(e, (sympy.Max, sympy.Min)):
            first, rest = e.args[0], type(e)(*e.args[1:])
            slopes = self(first), self(rest)
            if slopes[0] == slopes[1]:
                return slopes[0]
            ahead = first >= rest if isinstance(e, sympy.Max) else first <= rest
            return _pieces([(slopes[0], ahead), (slopes[1], sympy.true)])
        inner = e.args[0]
        if isinstance(e, sympy.Abs):
            return sympy.Piecewise((-self(inner), inner < 0), (self(inner), True))
        outer = {sympy.exp: e, sympy.log: 1 / inner, sympy.tanh: 1 - e**2}
        return outer[type(e)] * self(inner)

    def _power(self, e: sympy.Pow) -> sympy.Expr:
        base, exponent = e.args
        if exponent.is_Integer:
            return exponent * base ** (exponent - 1) * self(base)
        positive = sympy.Max(base, TINY)
        steep = sympy.And(base < FLAT, exponent < 1)
        less = sympy.Piecewise((0, steep), (e / positive, True))
        return exponent * less * self(base) + e * sympy.log(positive) * self(exponent)


def _pieces(pairs: list[tuple[sympy.Expr, sympy.Basic]]) -> sympy.Expr:
    """Return pieces, or what they all are: conditions that decide nothing, as a grade's, take minutes."""
    if all(slope == pairs[0][0] for slope, _ in pairs):
        return pairs[0][0]
    return sympy.Piecewise(*pairs)


def jumps(e: sympy.Basic) -> Iterator[sympy.Basic]:
    """Yield the conditions at which an expression jumps, or at which that cannot be excluded."""
    for piece in e.atoms(sympy.Piecewise):
        for k, (value, condition) in enumerate(piece.args[:-1]):
            rest = sympy.Piecewise(*piece.args[k + 1 :])
            if not _meet(condition, value, rest):
                yield condition


def _meet(condition: sympy.Basic, one: sympy.Expr, other: sympy.Expr) -> bool:
    """Return whether two branches agree wherever both sides of their condition are equal.

    Asked at random points; what cannot be asked counts as no.
    """
    if one == other:
        return True
    if not isinstance(condition, Relational) or isinstance(condition, (Eq, Ne)):
        return False
    gap = condition.lhs - condition.rhs
    symbols = sorted(
        (condition.free_symbols | one.free_symbols | other.free_symbols), key=lambda s: str(s.name)
    )
    straight = [q for q in symbols if gap.has(q) and not gap.diff(q).has(q)]
    generator, met = random.Random(20261121), 0
    for _, q in zip(range(TRIALS), _again(straight), strict=False):
        point: dict[Quantity, float] = {s: 10 ** generator.uniform(-1, 1) for s in symbols}
        low, high = (_value(gap, point | {q: x}) for x in (0.0, 1.0))
        if low is None or high is None or low == high or -low / (high - low) <= 0:
            continue
        point[q] = -low / (high - low)
        a, b = _value(one, point), _value(other, point)
        if a is None or b is None or abs(a - b) > CLOSE * max(abs(a), abs(b), 1e-6):
            return False
        met += 1
        if met == POINTS:
            return True
    return False


def _again(found: list[Quantity]) -> Iterator[Quantity]:
    while found:
        yield from found


def _value(e: sympy.Basic, point: dict[Quantity, float]) -> float | None:
    try:
        return value_of(e, point, {})
    except (ArithmeticError, ValueError, TypeError, KeyError):
        return None
