"""What a process's rate is a product of, and what changed each factor since rest."""

from __future__ import annotations

import math

import sympy

from cytostorm.model import Drive, Gain, Model, Observable, Parameter, Species
from cytostorm.model.algebra import NO_UNIT, dimension_of, value_of
from cytostorm.model.quantity import Input, Quantity
from cytostorm.understand.reasons import Factor, Influence, ratio
from cytostorm.understand.trace import completed

Values = dict[Quantity, float]
NOTABLE = 1e-3
"""Influences that change a factor by less than this share are left out."""
MOST = 6
"""Influences told of one factor."""
LONGEST = 3
"""Quantities named in the label of a factor that has no name of its own."""


class Factors:
    """Takes rates apart at one moment, against rest.

    model : with its values; now, rest : every quantity at the two moments, in coherent units.
    """

    def __init__(self, model: Model, now: Values, rest: Values) -> None:
        self.model, self.now, self.rest = model, now, rest
        self._without: dict[Quantity, Values] = {}
        self._leaves: dict[Quantity, frozenset[Quantity]] = {}
        self._plugs: dict[Quantity, list[tuple[str, str, sympy.Expr]]] = {}
        labels = {m.name: m.label for m in model.modules}
        for module in model.modules:
            for socket, term, why in module.plugs:
                entry = (module.name, why or labels[module.name], term)
                self._plugs.setdefault(socket, []).append(entry)

    def of(self, rate: sympy.Expr) -> tuple[Factor, ...]:
        """Return the factors of a rate, those that changed most first; numbers are left out."""
        found: list[Factor] = []
        together: dict[frozenset[Quantity], sympy.Expr] = {}  # x^2 and 1 / (1 + x^2) are one saturation
        for factor in sympy.Mul.make_args(rate):
            moving = self._moving(factor)
            if isinstance(factor, Gain):
                found += [self._factor(term, why) for _, why, term in self._plugs.get(factor, ())]
            elif moving:
                together[moving] = together.get(moving, sympy.Integer(1)) * factor
        found += [self._factor(e, self._label(moving)) for moving, e in together.items()]
        return tuple(sorted(found, key=lambda f: -_size(f.fold)))

    def _moving(self, e: sympy.Expr) -> frozenset[Quantity]:
        """Return what stands in an expression and depends on some state."""
        return frozenset(s for s in e.free_symbols if self._leaves_of(s))

    def _factor(self, e: sympy.Expr, label: str) -> Factor:
        now, rest = value_of(e, self.now, {}), value_of(e, self.rest, {})
        by = self._by_plugs(e, now) if isinstance(e, Drive) else self._by_leaves(e, now)
        strong = [i for i in by if _size(i.fold) > NOTABLE]
        by = sorted(strong, key=lambda i: -_size(i.fold))[:MOST]
        unit, size = "1" if dimension_of(e) == NO_UNIT else "", 1.0
        if isinstance(e, Quantity):
            unit, size = e.unit, e.factor
        return Factor(label, unit, now / size, rest / size, tuple(by))

    def _by_leaves(self, e: sympy.Expr, now: float) -> list[Influence]:
        """Return what each state or input does: the factor over what it is with that one as at rest."""
        found = []
        for leaf in sorted(self._under(e), key=lambda q: str(q.name)):
            if self.now[leaf] == self.rest[leaf]:
                continue
            fold = ratio(now, value_of(e, self._with(leaf), {}))
            values = (self.now[leaf] / leaf.factor, self.rest[leaf] / leaf.factor)
            found.append(Influence(str(leaf.name), leaf.label, leaf.unit, *values, fold))
        return found

    def _by_plugs(self, drive: Drive, now: float) -> list[Influence]:
        """Return what each plug of a sum does: the sum over what it is without what this one added."""
        found = []
        for name, why, term in self._plugs.get(drive, ()):
            mine, before = value_of(term, self.now, {}), value_of(term, self.rest, {})
            fold = ratio(now, now - mine + before)
            values = (mine / drive.factor, before / drive.factor)
            found.append(Influence(name, why, drive.unit, *values, fold))
        return found

    def _with(self, leaf: Quantity) -> Values:
        """Return every quantity as it would be now if one state were as at rest."""
        if leaf not in self._without:
            kept = (Species, Parameter, Input)
            base = {q: v for q, v in self.now.items() if isinstance(q, kept) or q.kind == "time"}
            self._without[leaf] = completed(self.model, base | {leaf: self.rest[leaf]})
        return self._without[leaf]

    def _under(self, e: sympy.Expr) -> frozenset[Quantity]:
        """Return the states and inputs an expression depends on, through read-outs and sockets."""
        return frozenset().union(*(self._leaves_of(s) for s in e.free_symbols))

    def _leaves_of(self, quantity: Quantity) -> frozenset[Quantity]:
        if quantity not in self._leaves:
            if isinstance(quantity, Observable):
                found = self._under(quantity.expression)
            elif isinstance(quantity, (Gain, Drive)):
                found = self._under(self.model.sockets[quantity])
            else:
                found = frozenset() if isinstance(quantity, Parameter) else frozenset((quantity,))
            self._leaves[quantity] = found
        return self._leaves[quantity]

    def _label(self, moving: frozenset[Quantity]) -> str:
        """Return what a factor is: the labels of what stands in it."""
        labels = [s.label for s in sorted(moving, key=lambda s: str(s.name))]
        if len(labels) > LONGEST:
            labels = [*labels[: LONGEST - 1], f"{len(labels) - LONGEST + 1} more"]
        return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _size(fold: float) -> float:
    """Return how far a fold change is from none."""
    return abs(math.log(fold)) if 0 < fold < math.inf else math.inf
