"""Ordered equations of a model as straight-line programs: rates, sparse Jacobian, read-outs."""

from __future__ import annotations

import hashlib
import json
import math
from collections import OrderedDict
from dataclasses import dataclass, fields
from typing import Any

import sympy

from cytostorm._version import __version__
from cytostorm.codegen.cache import recall, remember, sources
from cytostorm.codegen.graph import Graph, Node
from cytostorm.codegen.linear import elimination
from cytostorm.codegen.rewrite import Multiplier, Rewriter, share_divisions
from cytostorm.codegen.tape import Tape, tape
from cytostorm.model import Model
from cytostorm.model.quantity import time


@dataclass(frozen=True, eq=False)
class System:
    """The programs of a model. Arrays: t (1), y (species), p (parameters), u (inputs), h (hoisted).

    species, parameters, inputs, observables, routes : names, in the order of the arrays.
    endings : the species that may end a patient's run, by index.
    scales : size of each species, in coherent units, below which differences do not matter.
    signed : whether each species may be negative; all others are held at zero or above.

    hoist : p -> h, all that depends on parameters alone, once per patient.
    rates : t, y, p, u, h -> dy/dt.
    jacobian : t, y, p, u, h -> non-zeros of d(dy/dt)/dy in the order of `pattern`.
    drift : t, y, p, u, h -> d(dy/dt)/dt, all zero without time-dependent terms.
    read : t, y, p, u, h -> observables, in coherent units.
    initial : p -> y before the trigger; share : p -> bioavailability of each route.
    threshold : p -> what each species in `endings` must reach for the patient's run to end.
    factor, solve : the linear systems of an implicit solver (see `linear`).
    linearise : t, y, p, u, h, g -> rates, drift if `timed`, lu: all that a step needs at its start.
    decay : t, y, p, u, h -> a and b of each species in `decaying`, of which dy/dt = a y + b with a and b that
        depend on no state and not on time: a depot that empties. Its course is known in closed form.
    """

    species: tuple[str, ...]
    scales: tuple[float, ...]
    signed: tuple[bool, ...]
    parameters: tuple[str, ...]
    inputs: tuple[str, ...]
    observables: tuple[str, ...]
    routes: tuple[str, ...]
    pattern: tuple[tuple[int, int], ...]
    timed: bool
    decaying: tuple[int, ...]
    endings: tuple[int, ...]
    hoist: Tape
    rates: Tape
    jacobian: Tape
    drift: Tape
    read: Tape
    initial: Tape
    share: Tape
    threshold: Tape
    factor: Tape
    solve: Tape
    linearise: Tape
    decay: Tape

    @property
    def floors(self) -> tuple[float, ...]:
        """Lowest value of each species."""
        return tuple(-math.inf if signed else 0.0 for signed in self.signed)

    @property
    def tapes(self) -> tuple[Tape, ...]:
        """Every program."""
        return (
            self.hoist, self.rates, self.jacobian, self.drift, self.read,
            self.initial, self.share, self.threshold, self.factor, self.solve, self.linearise, self.decay,
        )  # fmt: skip


_made: OrderedDict[str, System] = OrderedDict()
_KEPT = 32
"""Models whose programs are kept in memory."""


def system(model: Model) -> System:
    """Return the programs of a model; parameter values are run-time input and do not matter here."""
    found = _made.get(model.structure)
    if found is None:
        found = _made[model.structure] = _recalled(model)
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return found


def _recalled(model: Model) -> System:
    """Return the programs of a model, from disk if they were made before."""
    made_by = f"system {__version__} {sources()} {sympy.__version__}"
    key = hashlib.sha256(f"{made_by} {model.structure}".encode()).hexdigest()
    kept = recall(key)
    if kept is not None:
        return _read(kept)
    made = _system(model)
    remember(key, _written(made))
    return made


def _written(made: System) -> bytes:
    """Return programs as JSON."""
    values = _fields(made).items()
    return json.dumps({name: _fields(v) if isinstance(v, Tape) else v for name, v in values}).encode()


def _fields(made: System | Tape) -> dict[str, Any]:
    return {field.name: getattr(made, field.name) for field in fields(made)}


def _read(content: bytes) -> System:
    """Return programs from JSON, number for number as they were written."""
    values: dict[str, Any] = {
        name: _tape(**value) if isinstance(value, dict) else _frozen(value)
        for name, value in json.loads(content).items()
    }
    return System(**values)


def _tape(name: str, arrays: list[Any], code: list[Any], outputs: list[int]) -> Tape:
    return Tape(name, _frozen(arrays), tuple([(op, tuple(args)) for op, args in code]), tuple(outputs))


def _frozen(value: Any) -> Any:
    """Return what JSON holds with tuples for its lists."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _system(model: Model) -> System:
    graph = Graph()
    graph.symbols[time] = graph.load("t", 0)
    for array, quantities in (("y", model.species), ("p", model.parameters), ("u", model.inputs)):
        for index, quantity in enumerate(quantities):
            graph.symbols[quantity] = graph.load(array, index)
    _resolve(graph, model)
    rates = model.rates()
    dy = [graph.translate(rates[s]) for s in model.species]
    states = [graph.symbols[s] for s in model.species]
    pattern, jacobian = _jacobian(graph, dy, states)
    drift = [graph.slope(node, graph.symbols[time]) for node in dy]
    read = [graph.symbols[o] for o in model.observables]
    decaying, decay = _decaying(graph, dy, states)
    sizes = {"t": 1, "y": len(states), "p": len(model.parameters), "u": len(model.inputs)}
    multiply = Multiplier(graph)
    dy, jacobian, drift, read, decay = (
        [multiply(n) for n in nodes] for nodes in (dy, jacobian, drift, read, decay)
    )
    hoisted = _hoist(graph, [*dy, *jacobian, *drift, *read, *decay])
    sizes["h"] = len(hoisted)
    run = [(name, sizes[name]) for name in ("t", "y", "p", "u", "h")]
    renew = Rewriter(graph, {node: graph.load("h", k) for k, node in enumerate(hoisted)})
    dy, jacobian, drift, read, decay = (
        [renew(n) for n in nodes] for nodes in (dy, jacobian, drift, read, decay)
    )
    only_p = [("p", sizes["p"])]
    routes = tuple(sorted(model.routes))
    timed = any(graph.value(d) != 0 for d in drift)
    lu = elimination(len(states), pattern)
    start = [*dy, *(drift if timed else ()), *lu.factors(graph, jacobian, graph.load("g", 0))]

    def program(name: str, nodes: list[Node], arrays: list[tuple[str, int]] = run) -> Tape:
        return tape(graph, name, arrays, share_divisions(graph, nodes))

    return System(
        **_names(model),
        routes=routes,
        pattern=tuple(pattern),
        timed=timed,
        decaying=decaying,
        hoist=tape(graph, "hoist", only_p, hoisted),
        rates=program("rates", dy),
        jacobian=program("jacobian", jacobian),
        drift=program("drift", drift),
        read=program("read", read),
        initial=tape(graph, "initial", only_p, [graph.translate(s.initial) for s in model.species]),
        share=tape(
            graph, "share", only_p, [graph.translate(model.routes[r].bioavailability) for r in routes]
        ),
        threshold=tape(graph, "threshold", only_p, [graph.translate(e.threshold) for e in model.endings]),
        factor=lu.factor(),
        solve=lu.solve(),
        linearise=program("linearise", start, [*run, ("g", 1)]),
        decay=program("decay", decay),
    )


def _names(model: Model) -> dict[str, Any]:
    """Return the names of what the arrays hold, and what is known of each species."""
    return {
        "species": tuple(str(s.name) for s in model.species),
        "scales": tuple(s.scale for s in model.species),
        "signed": tuple(s.signed for s in model.species),
        "parameters": tuple(str(p.name) for p in model.parameters),
        "inputs": tuple(str(i.name) for i in model.inputs),
        "observables": tuple(str(o.name) for o in model.observables),
        "endings": tuple(model.species.index(e.species) for e in model.endings),
    }


def _jacobian(graph: Graph, dy: list[Node], states: list[Node]) -> tuple[list[tuple[int, int]], list[Node]]:
    """Return the places of the non-zeros of the Jacobian, row by row, and the non-zeros."""
    pattern, found = [], []
    for i, node in enumerate(dy):
        for j, state in enumerate(states):
            entry = graph.slope(node, state)
            if graph.value(entry) != 0:
                pattern.append((i, j))
                found.append(entry)
    return pattern, found


def _decaying(graph: Graph, dy: list[Node], states: list[Node]) -> tuple[tuple[int, ...], list[Node]]:
    """Return the species whose rate is a y + b, with a and b that no state and no time changes; a and b."""
    found, parts = [], []
    for i, (rate, state) in enumerate(zip(dy, states, strict=True)):
        reads = {graph.nodes[leaf][1][0] for leaf in graph.leaves(rate) - {state}}
        slope = graph.slope(rate, state)
        if reads <= {"p", "u"} and state not in graph.leaves(slope) and graph.value(slope) != 0:
            found.append(i)
            parts += [slope, Rewriter(graph, {state: graph.const(0.0)})(rate)]
    return tuple(found), parts


def _resolve(graph: Graph, model: Model) -> None:
    """Translate sockets and observables, each after what it reads."""
    waiting = [(o, o.expression) for o in model.observables] + list(model.sockets.items())
    while waiting:
        later = []
        for quantity, expression in waiting:
            if all(s in graph.symbols for s in expression.free_symbols):
                graph.symbols[quantity] = graph.translate(expression)
            else:
                later.append((quantity, expression))
        waiting = later


def _hoist(graph: Graph, outputs: list[Node]) -> list[Node]:
    """Return the nodes that need parameters alone and are read by nodes that need more."""
    parameters = {n for n, (op, args) in enumerate(graph.nodes) if op == "load" and args[0] == "p"}

    def fixed(node: Node) -> bool:
        return graph.leaves(node) <= parameters and graph.nodes[node][0] not in ("load", "const")

    found, seen, todo = set[Node](), set[Node](), list(outputs)
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        op, args = graph.nodes[node]
        if op in ("load", "const"):
            continue
        if fixed(node):
            found.add(node)
        else:
            todo.extend(int(a) for a in args)
            if op == "pow" and graph.value(int(args[1])) is None and fixed(int(args[1])):
                found.add(int(args[1]))
    return sorted(found)
