"""What each mechanism does, and the sign of what every other one does to that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy
from numpy.typing import NDArray

from cytostorm.codegen import Kernel, kernel
from cytostorm.codegen.graph import Graph
from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.tape import tape
from cytostorm.model import Drive, Model, Module, Observable, Species
from cytostorm.model.quantity import Quantity, time
from cytostorm.understand.slopes import loaded

Array = NDArray[np.float64]
ARRAYS = ("t", "y", "p", "u", "o")
"""Time, states, parameters, inputs, and read-outs of other mechanisms."""
SEED = 20261129
"""Start of the random numbers of the probes: the same signs every time."""
PROBES = 24
"""States at which signs are looked at, the first at rest."""
NOTABLE = 1e-6
"""Relative change per relative change from which on it counts."""
MINOR = 0.2
"""Share of the probes up to which one sign is an exception to the other."""


@dataclass(frozen=True)
class Doing:
    """A process of a mechanism, or a read-out of it that others read.

    changes : (species, coefficient) of a process, none of a read-out; by : (quantity, signs) of what acts on
    it, that is states, and read-outs of other mechanisms; readout : itself, if it is one.
    """

    module: str
    name: str
    changes: tuple[tuple[Quantity, float], ...]
    by: tuple[tuple[Quantity, frozenset[int]], ...]
    readout: Quantity | None = None


def doings(model: Model) -> list[Doing]:
    """Return what all mechanisms do: all processes, and the read-outs that others read."""
    probes = _Probes(model)
    found = [d for module in model.modules for d in probes.processes(module)]
    waiting = _read_by_others(found)
    known: set[Quantity] = set()
    while waiting - known:
        new = sorted(waiting - known, key=lambda q: str(q.name))
        known |= waiting
        made = [probes.readout(q) for q in new]
        found += made
        waiting = _read_by_others(made)
    return found


def _read_by_others(found: list[Doing]) -> set[Quantity]:
    return {q for d in found for q, _ in d.by if not isinstance(q, Species)}


class _Probes:
    """States at rest and around it, with every read-out, and the programs that differentiate there."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.kernel: Kernel = kernel(model, "numpy")
        self.modules = {m.name: m for m in model.modules}
        self._graphs: dict[str, Graph] = {}

    @cached_property
    def readable(self) -> list[Quantity]:
        """Read-outs, and sums that others read as such."""
        return [*self.model.observables, *(q for q in self.model.sockets if isinstance(q, Drive))]

    @cached_property
    def arrays(self) -> tuple[Array, Array, Array, Array, Array]:
        """t, y, p, u and observables, a lane for each probe."""
        model = self.model
        p = np.array([[model.values[q]] for q in model.parameters]).reshape(-1, 1)
        rest = self.kernel.initial(p)
        generator = np.random.default_rng(SEED)
        y = np.repeat(rest, PROBES, axis=1)
        for k, species in enumerate(model.species):
            size = max(abs(float(rest[k, 0])), species.scale)
            y[k, 1:] = size * 10 ** generator.uniform(-0.7, 1.2, PROBES - 1)
            if species.within is not None:
                low, high = (limit * species.factor for limit in species.within)
                y[k, 1:] = np.clip(y[k, 1:], low, low + 0.98 * (high - low))
        p = np.repeat(p, PROBES, axis=1)
        t, u = np.zeros((1, PROBES)), np.zeros((len(model.inputs), PROBES))
        graph, loads = loaded(model)
        read = tape(graph, "read", loads, [graph.symbols[q] for q in self.readable])
        return t, y, p, u, numpy_program(read)(t, y, p, u)

    def processes(self, module: Module) -> list[Doing]:
        """Return the processes of a mechanism."""
        found = []
        for process in module.processes:
            signs, rest = self._signs(module.name, process.rate, [c for _, c in process.changes])
            changes = tuple((s, c) for (s, _), c in zip(process.changes, rest, strict=True))
            found.append(Doing(module.name, process.name, changes, signs))
        return found

    def readout(self, quantity: Quantity) -> Doing:
        """Return a read-out as a doing of its owner."""
        owner = owner_of(quantity)
        e = quantity.expression if isinstance(quantity, Observable) else self.model.sockets[quantity]
        return Doing(owner, quantity.label, (), self._signs(owner, e, [])[0], quantity)

    def _signs(
        self, module: str, e: sympy.Expr, others: list[sympy.Expr]
    ) -> tuple[tuple[tuple[Quantity, frozenset[int]], ...], list[float]]:
        """Return the signs of an expression's slopes along what acts on it; the values of others at rest."""
        graph = self._graph(module)
        node = graph.translate(e)
        leaves = {graph.symbols[q]: q for q in (*self.model.species, *self._foreign(module))}
        acting = sorted(graph.leaves(node) & set(leaves))
        outputs = [node, *(graph.slope(node, n) for n in acting), *acting, *map(graph.translate, others)]
        loads = [(name, len(array)) for name, array in zip(ARRAYS, self.arrays, strict=True)]
        values = numpy_program(tape(graph, "signs", loads, outputs))(*self.arrays)
        many = len(acting)
        with np.errstate(all="ignore"):
            share = values[1 : many + 1] * values[many + 1 : 2 * many + 1] / np.abs(values[0])
        share = np.where(np.isfinite(share), share, 0.0)
        signs = [(leaves[n], _signs_of(row)) for n, row in zip(acting, share, strict=True)]
        return tuple((q, s) for q, s in signs if s), [float(v) for v in values[2 * many + 1 :, 0]]

    def _foreign(self, module: str) -> list[Quantity]:
        """Return the read-outs of other mechanisms that depend on some state."""
        return [q for q in self.readable if owner_of(q) != module and q in self._moving]

    @cached_property
    def _moving(self) -> set[Quantity]:
        """Sockets and read-outs that depend on some state."""
        found: set[Quantity] = set(self.model.species)
        more = found
        while more:
            more = {q for q, _, symbols in self._read if q not in found and symbols & found}
            found |= more
        return found

    @cached_property
    def _read(self) -> list[tuple[Quantity, sympy.Expr, set[sympy.Basic]]]:
        """Read-outs and sockets, with what each is made of."""
        made = [(o, o.expression) for o in self.model.observables] + list(self.model.sockets.items())
        return [(q, e, e.free_symbols) for q, e in made]

    def _graph(self, module: str) -> Graph:
        """Return a graph in which the read-outs of other mechanisms are given."""
        if module in self._graphs:
            return self._graphs[module]
        graph = self._graphs[module] = Graph()
        graph.symbols[time] = graph.load("t", 0)
        for array, quantities in (
            ("y", self.model.species),
            ("p", self.model.parameters),
            ("u", self.model.inputs),
        ):
            for index, quantity in enumerate(quantities):
                graph.symbols[quantity] = graph.load(array, index)
        foreign = set(self._foreign(module))
        for index, q in enumerate(self.readable):
            if q in foreign:
                graph.symbols[q] = graph.load("o", index)
        waiting = [made for made in self._read if made[0] not in foreign]
        while waiting:
            ready = [(q, e) for q, e, symbols in waiting if symbols <= graph.symbols.keys()]
            graph.symbols.update({q: graph.translate(e) for q, e in ready})
            waiting = [made for made in waiting if made[0] not in graph.symbols]
        return graph


def owner_of(quantity: Quantity) -> str:
    """Return the name of the mechanism that owns a quantity."""
    return quantity.owner.name if quantity.owner is not None else ""


def _signs_of(share: Array) -> frozenset[int]:
    """Return the signs that count among those at the probes."""
    up, down = float((share > NOTABLE).sum()), float((share < -NOTABLE).sum())
    if up + down == 0:
        return frozenset()
    return frozenset(sign for sign, many in ((1, up), (-1, down)) if many > MINOR * (up + down))
