"""What is checked before anything runs: units, signs, balances, owners."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, BooleanAtom, Not, Or

from cytostorm import units
from cytostorm.errors import ModelError
from cytostorm.model.quantity import Quantity

Dimension = tuple[tuple[str, float], ...]
NO_UNIT: Dimension = ()
_PLAIN = (sympy.exp, sympy.log, sympy.tanh)
_SAME = (sympy.Max, sympy.Min)


@lru_cache(maxsize=1 << 14)
def symbols_of(expression: sympy.Basic) -> frozenset[sympy.Basic]:
    """Return the symbols of an expression, collected once: it is asked for again and again."""
    return frozenset(expression.free_symbols)


class UnitFaultError(Exception):
    """A term whose units do not fit; caught where the place is known."""


def _times(a: Dimension, b: Dimension, power: float = 1.0) -> Dimension:
    total = dict(a)
    for base, p in b:
        total[base] = total.get(base, 0.0) + p * power
    return tuple(sorted((k, round(v, 9)) for k, v in total.items() if abs(v) > 1e-9))


def dimension_of(expression: sympy.Basic, memo: dict[sympy.Basic, Dimension] | None = None) -> Dimension:
    """Return the dimension of an expression.

    Raises UnitFaultError, with the offending terms, if it has none.
    """
    memo = {} if memo is None else memo
    known = memo.get(expression)
    if known is None:
        known = memo[expression] = _dimension(expression, memo)
    return known


def _dimension(e: sympy.Basic, memo: dict[sympy.Basic, Dimension]) -> Dimension:
    if isinstance(e, Quantity):
        return e.dimension
    if isinstance(e, sympy.Symbol):
        raise UnitFaultError(f"{e.name!r} is a bare symbol that no module owns")
    if isinstance(e, (sympy.Number, sympy.NumberSymbol, BooleanAtom)):
        return NO_UNIT
    if isinstance(e, sympy.Mul):
        total = NO_UNIT
        for arg in e.args:
            total = _times(total, dimension_of(arg, memo))
        return total
    if isinstance(e, sympy.Pow):
        return _power(e, memo)
    if isinstance(e, (sympy.Add, *_SAME)):
        return _same(list(e.args), e, memo)
    if isinstance(e, (*_PLAIN, sympy.Abs)):
        inner = dimension_of(e.args[0], memo)
        if inner != NO_UNIT and not isinstance(e, sympy.Abs):
            raise UnitFaultError(
                f"{type(e).__name__} of {e.args[0]} in [{units.name_of(inner)}], which must have no unit"
            )
        return inner
    if isinstance(e, sympy.Piecewise):
        for _, condition in e.args:
            dimension_of(condition, memo)
        return _same([value for value, _ in e.args], e, memo)
    if isinstance(e, Relational):
        _same([e.lhs, e.rhs], e, memo)
        return NO_UNIT
    if isinstance(e, (And, Or, Not)):
        for arg in e.args:
            dimension_of(arg, memo)
        return NO_UNIT
    raise UnitFaultError(f"{type(e).__name__} cannot be used in a model (in {e})")


def _power(e: sympy.Pow, memo: dict[sympy.Basic, Dimension]) -> Dimension:
    base, exponent = dimension_of(e.base, memo), e.exp
    if dimension_of(exponent, memo) != NO_UNIT:
        raise UnitFaultError(f"exponent {exponent} has a unit")
    if base == NO_UNIT:
        return NO_UNIT
    if not exponent.is_number:
        raise UnitFaultError(
            f"{e.base} in [{units.name_of(base)}] is raised to {exponent}, which is no plain number"
        )
    return _times(NO_UNIT, base, float(exponent))


def _same(args: list[sympy.Basic], whole: sympy.Basic, memo: dict[sympy.Basic, Dimension]) -> Dimension:
    found: tuple[Dimension, sympy.Basic] | None = None
    for arg in args:
        if isinstance(arg, sympy.Number) and (arg.is_zero or arg.is_infinite):
            continue
        dims = dimension_of(arg, memo)
        if found is None:
            found = (dims, arg)
        elif dims != found[0]:
            raise UnitFaultError(
                f"{found[1]} in [{units.name_of(found[0])}] meets {arg} in [{units.name_of(dims)}] in {whole}"
            )
    return found[0] if found else NO_UNIT


def expect(what: str, expression: sympy.Expr, wanted: Dimension, memo: dict[sympy.Basic, Dimension]) -> None:
    """Raise ModelError unless the expression has the wanted dimension; 0 fits everywhere."""
    if isinstance(expression, sympy.Number) and expression.is_zero:  # to ask what else vanishes takes long
        return
    try:
        dims = dimension_of(expression, memo)
    except UnitFaultError as fault:
        raise ModelError(
            f"{what} does not fit together: {fault}",
            f"[{units.name_of(wanted)}] throughout",
            "mend the term named",
        ) from None
    if dims != wanted:
        missing = _times(wanted, dims, -1.0)
        raise ModelError(
            f"{what} is in [{units.name_of(dims)}]",
            f"[{units.name_of(wanted)}]",
            f"multiply by something in [{units.name_of(missing)}]",
        )


# --- values: a plain evaluator, so that signs can be looked at without compiling anything -----------

_FUNCTIONS: dict[type, Callable[..., float]] = {
    sympy.exp: math.exp,
    sympy.log: math.log,
    sympy.tanh: math.tanh,
    sympy.Abs: abs,
    sympy.Max: max,
    sympy.Min: min,
}


def value_of(e: sympy.Basic, at: Mapping[Quantity, float], memo: dict[sympy.Basic, float]) -> float:
    """Return the value of an expression at a point, in coherent units."""
    if e in memo:
        return memo[e]
    memo[e] = result = _value(e, at, memo)
    return result


def _value(e: sympy.Basic, at: Mapping[Quantity, float], memo: dict[sympy.Basic, float]) -> float:
    if isinstance(e, Quantity):
        return at[e]
    if isinstance(e, (sympy.Number, sympy.NumberSymbol)):
        return float(e)
    if isinstance(e, BooleanAtom):
        return float(e is sympy.true)
    if isinstance(e, sympy.Piecewise):
        for value, condition in e.args:
            if value_of(condition, at, memo):
                return value_of(value, at, memo)
        return math.nan
    args = [value_of(a, at, memo) for a in e.args]
    if isinstance(e, sympy.Add):
        return math.fsum(args)
    if isinstance(e, sympy.Mul):
        return math.prod(args)
    if isinstance(e, sympy.Pow):
        return float(args[0] ** args[1]) if args[0] or args[1] >= 0 else math.inf
    if isinstance(e, Relational):
        a, b = args
        return float(
            {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[e.rel_op]
        )
    if isinstance(e, And):
        return float(all(args))
    if isinstance(e, Or):
        return float(any(args))
    if isinstance(e, Not):
        return float(not args[0])
    return float(_FUNCTIONS[type(e)](*args))
