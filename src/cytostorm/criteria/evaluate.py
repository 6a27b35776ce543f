"""Definitions over columns of patients: the lower answer, the higher, and whether all was known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import sympy
from numpy.typing import ArrayLike, NDArray

from cytostorm.criteria.definition import Definition, Part
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError

Array = NDArray[np.float64]
Values = Mapping[sympy.Basic, Any]

_COMPARED: dict[type, Callable[[Any, Any], Any]] = {
    sympy.StrictLessThan: operator.lt,
    sympy.LessThan: operator.le,
    sympy.StrictGreaterThan: operator.gt,
    sympy.GreaterThan: operator.ge,
    sympy.Equality: operator.eq,
    sympy.Ne: operator.ne,
}
_FOLDED: dict[type, Callable[[Any, Any], Any]] = {
    sympy.Add: operator.add,
    sympy.Mul: operator.mul,
    sympy.Max: np.maximum,
    sympy.Min: np.minimum,
    sympy.And: np.logical_and,
    sympy.Or: np.logical_or,
}

DECIMALS = 9
"""Decimals to which what is reckoned, and limits, are compared."""


@dataclass(frozen=True)
class Graded:
    """What a definition says of n patients.

    low, high : (n) numbers of each part by name, with the unknown normal and the worst; a higher one is
        infinite where nothing known limits it.
    complete : (n) whether every fact was known; of facts that stand in for each other one is enough.
    known : (n) how many of the facts were.
    missing : (n) whether each fact, by name, was unknown and wanted.
    """

    definition: Definition
    low: dict[str, Array]
    high: dict[str, Array]
    complete: NDArray[np.bool_]
    known: NDArray[np.int64]
    missing: dict[str, NDArray[np.bool_]]

    @property
    def settled(self) -> NDArray[np.int64]:
        """(n) how many of the items are the same whatever the unknown is: those that were tested."""
        none = np.zeros_like(self.known)
        return sum((self.low[i.name] == self.high[i.name] for i in self.definition.items), none)


def evaluate(definition: Definition, columns: Mapping[str, ArrayLike]) -> Graded:
    """Return the answers of a definition for n patients.

    columns : (n) numbers of each fact by its name, in the fact's unit; NaN, or no column, is unknown.
    Raises InputError if a column is no fact of the definition, is infinite, or is of another length.
    """
    given = _columns(definition, columns)
    n = max((len(x) for x in given.values()), default=1)
    missing = {
        f.name: np.isnan(given[f.name]) if f.name in given else np.ones(n, bool) for f in definition.facts
    }
    holes = {f.symbol: f for f in definition.facts if missing[f.name].any()}
    told: dict[sympy.Basic, Any] = {f.known: ~missing[f.name] for f in definition.facts}

    def filled(values: Mapping[str, float]) -> dict[sympy.Basic, Any]:
        return told | {
            f.symbol: _fill(given.get(f.name), missing[f.name], values[f.name]) for f in definition.facts
        }

    usual = filled({f.name: f.normal for f in definition.facts})
    low = high = _parts(definition, usual, n)
    if holes:
        sides = max(len(f.worst) for f in holes.values())
        tried = [
            filled({f.name: f.worst[min(side, len(f.worst) - 1)] for f in definition.facts})
            for side in range(sides)
        ]
        high = _worst(definition, low, [*tried, usual], holes)
    high = _without_end(definition, given, high)
    wanted = _wanted(definition, missing)
    unknown = reduce(operator.add, (m.astype(np.int64) for m in missing.values()))
    complete = ~reduce(operator.or_, wanted.values())
    return Graded(definition, low, high, complete, len(definition.facts) - unknown, wanted)


def _wanted(definition: Definition, missing: Mapping[str, NDArray[np.bool_]]) -> dict[str, NDArray[np.bool_]]:
    """Return what is unknown and not stood in for by another fact of its group."""
    wanted = {f.name: missing[f.name] & (not f.presumed) for f in definition.facts}
    for group in definition.either:
        none = reduce(operator.and_, (missing[f.name] for f in group))
        wanted |= {f.name: none for f in group}
    return wanted


def _columns(definition: Definition, columns: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """Return the columns as arrays of one length."""
    known = [f.name for f in definition.facts]
    given = {name: np.atleast_1d(np.asarray(x, float)) for name, x in columns.items()}
    for name, x in given.items():
        if name not in known:
            raise InputError(
                f"{definition.name} does not ask for {name!r}", "one of: " + ", ".join(known), "leave it out"
            )
        if np.isinf(x).any():
            raise InputError(f"{name} is infinite", "a finite number, or NaN for unknown", "mend the table")
    if len({len(x) for x in given.values()}) > 1:
        raise InputError(
            f"columns of different lengths: { {k: len(x) for k, x in given.items()} }",
            "one value a patient",
            "mend the table",
        )
    return given


def _parts(definition: Definition, values: dict[sympy.Basic, Any], n: int) -> dict[str, Array]:
    """Return each part's numbers."""
    here, out = dict(values), {}
    for part in definition.parts:
        here[part.symbol] = out[part.name] = _full(part, here, n)
    return out


def _worst(
    definition: Definition,
    low: dict[str, Array],
    runs: list[dict[sympy.Basic, Any]],
    holes: Mapping[sympy.Basic, Fact],
) -> dict[str, Array]:
    """Return each part's numbers where each item is the worst of those tried, and answers follow.

    low : what is found with the unknown normal. runs : values of the facts on each side, normal ones last.
    A part that asks for nothing unknown is not reckoned again, nor is a side on which nothing differs.
    """
    out: dict[str, Array] = {}
    raised: set[sympy.Basic] = set()
    for part in definition.parts:
        asked = part.expression.free_symbols
        sides = max((len(holes[s].worst) for s in asked & holes.keys()), default=0)
        follows = not asked.isdisjoint(raised)
        out[part.name] = worst = low[part.name]
        if sides or follows:
            n = len(worst)
            tried = [*runs[:sides], *runs[-1:]] if follows else runs[:sides]
            out[part.name] = worst = reduce(np.maximum, (_full(part, here, n) for here in tried), worst)
            raised.add(part.symbol)
        for here in runs:
            here[part.symbol] = worst
    return out


def _without_end(
    definition: Definition, given: Mapping[str, Array], high: dict[str, Array]
) -> dict[str, Array]:
    """Return higher answers, infinite where a fact that alone limits them is unknown or at its very end."""
    out = dict(high)
    for part in definition.parts:
        for fact in part.endless:
            known = given.get(fact.name, np.nan)
            out[part.name] = np.where(known < fact.possible[1], out[part.name], np.inf)
    return out


def _fill(known: Array | None, missing: NDArray[np.bool_], value: float) -> Any:
    """Return a fact's numbers with a value where it is unknown; one number if it is unknown in all."""
    if known is None:
        return value
    return np.where(missing, value, known) if missing.any() else known


def _full(part: Part, values: Values, n: int) -> Array:
    """Return a part's numbers, one a patient."""
    return np.broadcast_to(np.asarray(_reckon(part.expression, values), float), (n,))


def _reckon(expression: sympy.Basic, values: Values) -> Any:
    """Return an expression's value; only what definitions need is understood."""
    found = values.get(expression)
    if found is not None:
        return found
    kind = type(expression)
    if expression.is_Number:
        return float(expression)
    if expression in (sympy.true, sympy.false):
        return bool(expression)
    if kind in _FOLDED:
        return reduce(_FOLDED[kind], (_reckon(a, values) for a in expression.args))
    if kind in _COMPARED:
        return _COMPARED[kind](*(_side(a, values) for a in expression.args))
    if isinstance(expression, sympy.Piecewise):
        return _choose(expression, values)
    if isinstance(expression, sympy.ITE):
        return np.where(*(_reckon(a, values) for a in expression.args))
    if isinstance(expression, sympy.Not):
        return np.logical_not(_reckon(expression.args[0], values))
    if isinstance(expression, sympy.Pow):
        return np.power(*(_reckon(a, values) for a in expression.args))
    if isinstance(expression, sympy.log):
        return np.log(_reckon(expression.args[0], values))
    if isinstance(expression, sympy.exp):
        return np.exp(_reckon(expression.args[0], values))
    raise TypeError(f"a definition uses {kind.__name__}, which is not understood")


def _side(expression: sympy.Basic, values: Values) -> Any:
    """Return a side of a comparison; what is reckoned is rounded, so that 1.65 over 1.1 is not below 1.5."""
    if expression.is_Symbol:
        return values[expression]
    return np.round(_reckon(expression, values), DECIMALS)


def _choose(expression: sympy.Piecewise, values: Values) -> Any:
    """Return the value of the first condition that holds; later ones are overwritten by earlier."""
    chosen: Any = 0.0
    for value, condition in reversed(expression.args):
        holds = _reckon(condition, values)
        if np.any(holds):
            chosen = np.where(holds, _reckon(value, values), chosen)
    return chosen


def worse(one: Graded, other: Graded) -> Graded:
    """Return the worse of two gradings of the same patients, such as by the lowest and the highest of a day.

    Of each item the higher counts; what is told of items alone follows from these.
    """
    definition, sides = one.definition, ((one.low, other.low), (one.high, other.high))
    parts = {p.symbol for p in definition.parts}
    out: list[dict[str, Array]] = []
    for mine, theirs in sides:
        found: dict[str, Array] = {}
        here: dict[sympy.Basic, Any] = {}
        for part in definition.parts:
            asked = part.expression.free_symbols
            if asked and asked <= parts:
                found[part.name] = _full(part, here, len(mine[part.name]))
            else:
                found[part.name] = np.maximum(mine[part.name], theirs[part.name])
            here[part.symbol] = found[part.name]
        out.append(found)
    low, high = out
    return Graded(definition, low, high, one.complete, one.known, one.missing)
