"""Each process apart: its rate, what it does to whom, and its slope along every state."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy
from numpy.typing import NDArray

from cytostorm.codegen.graph import Graph, Node
from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.tape import tape
from cytostorm.model import Model, Process
from cytostorm.model.quantity import Quantity, time
from cytostorm.understand.trace import Trace

Array = NDArray[np.float64]
_KEPT = 16
"""Models whose programs are kept in memory."""


@dataclass(frozen=True, eq=False)
class Slopes:
    """The processes of a model as one program.

    changes : (process, species) for each coefficient; pattern : (process, species) for each slope that is
    not zero by structure; both are indices into the model's processes and species.
    terms : process of each term of each rate, a sum of one or more; in the order of `terms_of`.
    """

    changes: tuple[tuple[int, int], ...]
    pattern: tuple[tuple[int, int], ...]
    processes: int
    program: Callable[..., Array]
    terms: tuple[int, ...]
    apart: Callable[..., Array]

    def __call__(self, t: Array, y: Array, p: Array, u: Array) -> tuple[Array, Array, Array]:
        """Return rates (process, lane), coefficients (change, lane), slopes d rate / d state (entry, lane).

        t : hours (lane,); y, p, u : (row, lane) in coherent units.
        """
        out = self.program(t[None], y, p, u)
        first, second = self.processes, self.processes + len(self.changes)
        return out[:first], out[first:second], out[second:]

    def along(self, course: Trace) -> tuple[Array, Array, Array]:
        """Return the same along a patient's course, a lane for each moment."""
        p = np.broadcast_to(course.p[:, None], (len(course.p), len(course.times)))
        return self(course.times, course.y, p, course.u)

    def apart_along(self, course: Trace) -> Array:
        """Return the terms of the rates along a patient's course (term, moment)."""
        p = np.broadcast_to(course.p[:, None], (len(course.p), len(course.times)))
        return self.apart(course.times[None], course.y, p, course.u)


def terms_of(process: Process) -> list[sympy.Expr]:
    """Return the terms of a process's rate; the order depends on names alone, not on the model at hand."""
    return sorted(sympy.Add.make_args(process.rate), key=str)


_made: OrderedDict[str, Slopes] = OrderedDict()


def slopes(model: Model) -> Slopes:
    """Return the program of a model's processes; parameter values do not matter here."""
    found = _made.get(model.structure)
    if found is None:
        found = _made[model.structure] = _slopes(model)
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return found


def gradient_of(model: Model, quantity: Quantity, course: Trace) -> Array:
    """Return the slopes of a quantity along every state, and along time (species + 1, moment), coherent."""
    graph, arrays = loaded(model)
    node = graph.symbols[quantity]
    leaves = [*(graph.symbols[s] for s in model.species), graph.symbols[time]]
    program = numpy_program(tape(graph, "gradient", arrays, [graph.slope(node, leaf) for leaf in leaves]))
    p = np.broadcast_to(course.p[:, None], (len(course.p), len(course.times)))
    return program(course.times[None], course.y, p, course.u)


def loaded(model: Model) -> tuple[Graph, list[tuple[str, int]]]:
    """Return a graph that knows every quantity of a model, and the arrays it loads from."""
    graph = Graph()
    arrays = {"t": 1, "y": len(model.species), "p": len(model.parameters), "u": len(model.inputs)}
    graph.symbols[time] = graph.load("t", 0)
    for name, quantities in (("y", model.species), ("p", model.parameters), ("u", model.inputs)):
        for index, quantity in enumerate(quantities):
            graph.symbols[quantity] = graph.load(name, index)
    waiting = [(o, o.expression) for o in model.observables] + list(model.sockets.items())
    while waiting:  # sockets and read-outs, each after what it reads
        ready = [(q, e) for q, e in waiting if all(s in graph.symbols for s in e.free_symbols)]
        graph.symbols.update({q: graph.translate(e) for q, e in ready})
        waiting = [(q, e) for q, e in waiting if q not in graph.symbols]
    return graph, list(arrays.items())


def _slopes(model: Model) -> Slopes:
    graph, arrays = loaded(model)
    row = {s: k for k, s in enumerate(model.species)}
    rates = [graph.translate(process.rate) for process in model.processes]
    changes = [(k, row[s]) for k, process in enumerate(model.processes) for s, _ in process.changes]
    coefficients = [graph.translate(c) for process in model.processes for _, c in process.changes]
    pattern, entries = _pattern(graph, rates, [graph.symbols[s] for s in model.species])
    outputs = [*rates, *coefficients, *entries]
    program = numpy_program(tape(graph, "slopes", arrays, outputs))
    terms = [(k, term) for k, process in enumerate(model.processes) for term in terms_of(process)]
    apart = numpy_program(tape(graph, "terms", arrays, [graph.translate(t) for _, t in terms]))
    return Slopes(tuple(changes), tuple(pattern), len(rates), program, tuple(k for k, _ in terms), apart)


def _pattern(graph: Graph, rates: list[Node], states: list[Node]) -> tuple[list[tuple[int, int]], list[Node]]:
    pattern, entries = [], []
    for k, rate in enumerate(rates):
        for j, state in enumerate(states):
            slope = graph.slope(rate, state)
            if graph.value(slope) != 0:
                pattern.append((k, j))
                entries.append(slope)
    return pattern, entries
