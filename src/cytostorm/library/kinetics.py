"""Rate laws that many mechanisms share, named once.

All take and give SymPy expressions. A concentration is always compared with a concentration, so the
results have no unit. Every law is smooth: a kink would cost the solver its order.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import sympy

Expr: TypeAlias = Any
"""A SymPy expression; SymPy has no types."""


def rises(x: Expr, half: Expr, power: Expr | int = 1) -> Expr:
    """Return the saturating rise (x/half)^n / (1 + (x/half)^n): 0 at none, 1/2 at `half`, 1 at plenty.

    >>> x, k = sympy.symbols("x k")
    >>> rises(x, k).subs({x: 3, k: 1})
    3/4
    """
    ratio = (x / half) ** power
    return ratio / (1 + ratio)


def falls(x: Expr, half: Expr, power: Expr | int = 1) -> Expr:
    """Return the saturating fall 1 / (1 + (x/half)^n): 1 at none, 1/2 at `half`, 0 at plenty."""
    return 1 / (1 + (x / half) ** power)


def damped(x: Expr, half: Expr, most: Expr, power: Expr | int = 1) -> Expr:
    """Return 1 - most * rises(x): a brake that never closes fully while `most` is below 1."""
    return 1 - most * rises(x, half, power)


def rise_above(x: Expr, baseline: Expr, half: Expr, power: Expr | int = 1) -> Expr:
    """Return rises(x) - rises(baseline): exactly 0 at rest, so that health is a steady state."""
    return rises(x, half, power) - rises(baseline, half, power)


def rate_of(half_life: Expr) -> Expr:
    """Return the first-order rate of a half-life: log(2) / half-life."""
    return sympy.log(2) / half_life
