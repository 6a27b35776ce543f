"""What happens to a patient between and at doses: the loop around an engine that knows no events."""

from __future__ import annotations

import bisect
import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.problem import STATE, Event, Problem
from harness.source import PYTHON, statements

Array = NDArray[np.float64]
Advance = Callable[[Array, Array, Array, int], Array]
"""(state, inputs, hours: the start and then each wanted hour, patient) -> states at the wanted hours."""
Fired = list[tuple[float, int]]
HOLDS = (operator.lt, operator.le, operator.gt, operator.ge)
NEAR = 1e-9


def term_rows(problem: Problem) -> list[int]:
    """Return the rows of the observables that rules look at, in the order of all terms."""
    return [row for order in problem.orders for row, _, _ in order.terms]


def reader(problem: Problem) -> Callable[..., list[float]]:
    """Return a function (t, y, p, u, h) to the values that rules look at, in plain Python."""
    loads = {a: a + "[{0}]" for a in ("y", "p", "u", "h")} | {"t": "t"}
    lines, outputs = statements(problem.system.read, PYTHON, loads, wanted=term_rows(problem))
    body = "".join(f"    {name} = {value}\n" for name, value in lines)
    space: dict[str, Any] = {"exp": math.exp, "log": math.log, "tanh": math.tanh}
    exec(f"def read(t, y, p, u, h):\n{body}    return [{', '.join(outputs)}]\n", space)
    return space["read"]


@dataclass
class Watcher:
    """The rules of one patient, with their memory."""

    problem: Problem
    patient: int
    read: Callable[..., list[float]]
    since: list[float] = field(default_factory=list)
    given: list[int] = field(default_factory=list)

    def look(self, time: float, y: Array, u: Array) -> list[tuple[int, Sequence[Event]]]:
        """Return which orders fire, and what they give from now on."""
        orders, k, fired = self.problem.orders, self.patient, []
        self.since = self.since or [math.nan] * len(orders)
        self.given = self.given or [0] * len(orders)
        values = iter(self.read(time, y, self.problem.p[:, k], u, self.problem.h[:, k]))
        for index, order in enumerate(orders):
            seen = [HOLDS[relation](next(values), limit) for _, relation, limit in order.terms]
            if abs(time - round(time / order.check) * order.check) > NEAR:
                continue
            if not all(seen):
                self.since[index] = math.nan
                continue
            if math.isnan(self.since[index]):
                self.since[index] = time
            if time - self.since[index] >= order.lasting - NEAR and self.given[index] < order.most:
                self.given[index] += 1
                fired.append((index, [(time + t, *rest) for t, *rest in order.gives[k]]))
        return fired


class Segments:
    """Follows a patient from stop to stop; the engine only advances."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.read = reader(problem)

    def follow(self, patient: int, advance: Advance) -> tuple[Array, Fired]:
        """Return the states at the output times and when which rule fired."""
        problem, times = self.problem, self.problem.times
        events, end = list(problem.events[patient]), float(times[-1])
        looks = [*problem.looks, end]
        watcher = Watcher(problem, patient, self.read)
        y, u = problem.y0[:, patient].copy(), np.zeros(len(problem.system.inputs))
        out, fired = np.empty(problem.shape), []
        t, done, k = 0.0, 0, 0
        if times[0] == 0.0:
            out[0], k = y, 1
        while t < end - NEAR:
            while done < len(events) and events[done][0] <= t + NEAR:
                _, kind, index, value = events[done]
                (y if kind == STATE else u)[index] += value
                done += 1
            while looks[0] <= t + NEAR:
                del looks[0]
            stop = min(looks[0], events[done][0] if done < len(events) else end)
            last = int(np.searchsorted(times, stop + NEAR))
            wanted = times[k:last]
            if not len(wanted) or wanted[-1] < stop - NEAR:
                wanted = np.append(wanted, stop)
            states = advance(y, u, np.concatenate([[t], wanted]), patient)
            out[k:last], y, t, k = states[: last - k], np.array(states[-1]), stop, last
            if problem.orders and abs(stop - looks[0]) < NEAR and stop < end:
                for index, given in watcher.look(t, y, u):
                    fired.append((t, index))
                    for event in given:
                        bisect.insort(events, event, lo=done)
        return out, fired
