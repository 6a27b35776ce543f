"""The loop of `segments` compiled by numba, for engines that can be called from compiled code."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.problem import Problem
from harness.segments import term_rows
from harness.source import PYTHON, statements

Array = NDArray[np.float64]
MOST_FIRED = 256


def offsets(problem: Problem) -> dict[str, str]:
    """Return how to load from `y` and from `q`, which is p, h and u in a row."""
    rows, more = len(problem.p), len(problem.h)
    return {
        "t": "t",
        "y": "y[{0}]",
        "p": "q[{0}]",
        "h": f"q[{rows} + {{0}}]",
        "u": f"q[{rows + more} + {{0}}]",
    }


def constants(problem: Problem, patient: int) -> Array:
    """Return p, h and u at time 0 in a row."""
    return np.concatenate(
        [problem.p[:, patient], problem.h[:, patient], np.zeros(len(problem.system.inputs))]
    )


def table(events: tuple[tuple[float, ...], ...]) -> Array:
    """Return events as rows."""
    return np.array(events, float).reshape(-1, 4)


def plan(problem: Problem) -> tuple[Array, ...]:
    """Return looks, per rule (check, lasting, most), per term (rule, relation, limit)."""
    rules = np.array([(o.check, o.lasting, o.most) for o in problem.orders], float).reshape(-1, 3)
    terms = [(k, relation, limit) for k, o in enumerate(problem.orders) for _, relation, limit in o.terms]
    return np.array([*problem.looks, problem.times[-1]]), rules, np.array(terms, float).reshape(-1, 3)


def gifts(problem: Problem, patient: int) -> Array:
    """Return what each rule gives as rows (rule, hours, kind, index, value)."""
    rows = [(k, *event) for k, o in enumerate(problem.orders) for event in o.gives[patient]]
    return np.array(rows, float).reshape(-1, 5)


def reader(problem: Problem) -> Callable[..., Any]:
    """Return a compiled function (t, y, q, out) of the values that rules look at; y in coherent units."""
    import numba

    lines, outputs = statements(problem.system.read, PYTHON, offsets(problem), wanted=term_rows(problem))
    body = [f"    {name} = {value}\n" for name, value in lines]
    body += [f"    out[{k}] = {value}\n" for k, value in enumerate(outputs)]
    space: dict[str, Any] = {"exp": math.exp, "log": math.log, "tanh": math.tanh}
    exec(f"def read(t, y, q, out):\n{''.join(body)}    return\n", space)
    return numba.njit(error_model="numpy")(space["read"])


def rules_loop(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a compiled function: look at the rules and write what they give into the sorted events."""
    import numba

    @numba.njit(error_model="numpy")
    def holds(relation: float, value: float, limit: float) -> bool:
        if relation == 0:
            return value < limit
        if relation == 1:
            return value <= limit
        return value > limit if relation == 2 else value >= limit

    @numba.njit(error_model="numpy")
    def look(t, y, q, rules, terms, gives, since, given, events, count):  # noqa: ANN001, ANN202, PLR0917  # numba takes no keywords
        values = np.empty(len(terms))
        read(t, y, q, values)
        ok = np.ones(len(rules), np.bool_)
        for k in range(len(terms)):
            ok[int(terms[k, 0])] &= holds(terms[k, 1], values[k], terms[k, 2])
        fires = np.zeros(len(rules), np.bool_)
        for k in range(len(rules)):
            check, lasting, most = rules[k]
            if abs(t - round(t / check) * check) > 1e-9:
                continue
            since[k] = (t if math.isnan(since[k]) else since[k]) if ok[k] else np.nan
            if ok[k] and t - since[k] >= lasting - 1e-9 and given[k] < most:
                given[k] += 1
                fires[k] = True
                for row in gives:
                    if int(row[0]) == k:
                        at = count
                        while at > 0 and events[at - 1, 0] > t + row[1]:
                            events[at] = events[at - 1]
                            at -= 1
                        events[at, 0] = t + row[1]
                        events[at, 1:] = row[2:]
                        count += 1
        return count, fires

    return look


def follow_loop(advance: Callable[..., Any], read: Callable[..., Any], *, inputs: int) -> Callable[..., Any]:
    """Return a compiled function that takes a patient from stop to stop.

    advance : compiled (y, q, hours, rtol, atol) -> states at each of the hours; the first is the start.
    """
    import numba

    look = rules_loop(read)

    @numba.njit(error_model="numpy")
    def follow(y0, q, times, given_events, looks, rules, terms, gives, rtol, atol):  # noqa: ANN001, ANN202, PLR0917  # the same
        count = len(given_events)
        events = np.empty((count + len(looks) * len(gives) + 1, 4))
        events[:count] = given_events
        out = np.empty((len(times), len(y0)))
        fired = np.empty((MOST_FIRED, 2))
        since, given = np.full(len(rules), np.nan), np.zeros(len(rules), np.int64)
        y, end, first = y0.copy(), times[-1], len(q) - inputs
        t, done, due, k, hits = 0.0, 0, 0, 0, 0
        if times[0] == 0.0:
            out[0] = y
            k = 1
        while t < end - 1e-9:
            while done < count and events[done, 0] <= t + 1e-9:
                index = int(events[done, 2])
                if events[done, 1] == 0.0:
                    y[index] += events[done, 3]
                else:
                    q[first + index] += events[done, 3]
                done += 1
            while looks[due] <= t + 1e-9:
                due += 1
            stop = min(looks[due], events[done, 0]) if done < count else looks[due]
            last = np.searchsorted(times, stop + 1e-9)
            extra = 1 if last == k or times[last - 1] < stop - 1e-9 else 0
            hours = np.empty(last - k + 1 + extra)
            hours[0] = t
            hours[1 : last - k + 1] = times[k:last]
            hours[-1] = stop
            states = advance(y, q, hours, rtol, atol)
            out[k:last] = states[1 : last - k + 1]
            y[:] = states[-1]
            t, k = stop, last
            if len(rules) > 0 and abs(looks[due] - stop) < 1e-9 and stop < end:
                count, fires = look(t, y, q, rules, terms, gives, since, given, events, count)
                for r in range(len(rules)):
                    if fires[r]:
                        fired[hits, 0], fired[hits, 1] = t, r
                        hits += 1
        return out, fired[:hits]

    return follow
