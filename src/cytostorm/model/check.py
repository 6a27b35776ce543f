"""What is checked of a composed model before anything runs: units, signs, balances."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

import sympy

from cytostorm.errors import ModelError
from cytostorm.model.algebra import (
    Dimension,
    UnitFaultError,
    dimension_of,
    expect,
    symbols_of,
    value_of,
)
from cytostorm.model.model import Model
from cytostorm.model.process import Challenge, Ending, Process
from cytostorm.model.quantity import Drive, Parameter, Quantity, Species, Time, time

PROBES = 12
"""Random points at which every rate's sign is looked at."""


def check(model: Model) -> None:
    """Raise ModelError unless units fit, rates are never negative, and declared totals are conserved."""
    _check_units(model)
    _check_signs(model)
    _check_conserved(model)


def _check_units(model: Model) -> None:
    memo: dict[sympy.Basic, Dimension] = {}
    for s in model.species:
        expect(f"initial value of {s.name!r}", s.initial, s.dimension, memo)
        if not all(isinstance(x, Parameter) for x in s.initial.free_symbols):
            raise ModelError(
                f"initial value of {s.name!r} is {s.initial}", "parameters only", "use parameters"
            )
    for o in model.observables:
        expect(f"{o.kind} {o.name!r}", o.expression, o.dimension, memo)
    for socket, expression in model.sockets.items():
        for term in expression.args if isinstance(socket, Drive) and expression.is_Add else (expression,):
            expect(f"what is plugged into {socket.name!r}, {term},", term, socket.dimension, memo)
    for process in model.processes:
        _check_process_units(process, memo)
    for route in model.routes.values():
        expect(f"bioavailability of {route.full!r}", route.bioavailability, (), memo)
        if dict(route.species.dimension).get("volume", 0.0) < 0:  # a volume of fluid is an amount
            raise ModelError(
                f"route {route.full!r} leads into {route.species.name!r} in [{route.species.unit}]",
                "a species that holds an amount",
                "let the species hold an amount and read the concentration off it",
            )
    for ending in model.endings:
        _check_ending(ending, memo)
    for challenge in model.challenges:
        check_amount(model, challenge)


def _check_ending(ending: Ending, memo: dict[sympy.Basic, Dimension]) -> None:
    if not isinstance(ending.species, Species):
        raise ModelError(
            f"ending {ending.full!r} waits for {ending.species}, which is no species",
            "a species, which the solver follows to the moment",
            "let a species follow it, or gather it in one",
        )
    expect(f"threshold of ending {ending.full!r}", ending.threshold, ending.species.dimension, memo)
    if not all(isinstance(x, Parameter) for x in ending.threshold.free_symbols):
        raise ModelError(
            f"threshold of ending {ending.full!r} is {ending.threshold}", "parameters only", "use parameters"
        )


def _check_process_units(process: Process, memo: dict[sympy.Basic, Dimension]) -> None:
    for species, coefficient in process.changes:
        if not isinstance(species, Species):
            raise ModelError(f"process {process.full!r} changes {species}", "a species", "change a species")
        wanted = dict(species.dimension)
        wanted["time"] = wanted.get("time", 0.0) - 1.0
        dims = tuple(sorted((k, v) for k, v in wanted.items() if v))
        if len(process.changes) > 1:
            _check_transfer(process, species, coefficient, dims, memo)
        expect(f"process {process.full!r}, for {species.name!r},", coefficient * process.rate, dims, memo)


def _check_transfer(
    process: Process,
    species: Species,
    coefficient: sympy.Expr,
    dims: Dimension,
    memo: dict[sympy.Basic, Dimension],
) -> None:
    try:
        moved = dimension_of(coefficient * process.rate, memo)
        first = dimension_of(process.changes[0][1] * process.rate, memo)
    except UnitFaultError:
        return
    if moved != dims and moved == first:
        other = process.changes[0][0]
        raise ModelError(
            f"transfer {process.full!r} is unbalanced: {other.name!r} is in [{other.unit}], "
            f"{species.name!r} in [{species.unit}]",
            "species of one unit, or a ratio between them",
            "give ratio=..., such as a volume ratio or a yield",
        )


def check_amount(model: Model, challenge: Challenge) -> None:
    """Raise ModelError unless a trigger's own dose fits its route."""
    species = model.routes[challenge.route].species
    amount = dict(challenge.amount.dimension)
    amount.pop("body_weight", None)
    amount.pop("body_surface", None)
    if tuple(sorted(amount.items())) != species.dimension:
        raise ModelError(
            f"dose {challenge.amount.name!r} in [{challenge.amount.unit}] goes into "
            f"{species.name!r} in [{species.unit}]",
            f"an amount like [{species.unit}], also per kg or per m2",
            "give the dose in the unit of the species",
        )


def _points(model: Model) -> Iterable[dict[Quantity, float]]:
    """Yield points at which rates must make sense: the start, then random ones."""
    base: dict[Quantity, float] = dict(model.values)
    memo: dict[sympy.Basic, float] = {}
    start = {s: value_of(s.initial, base, memo) for s in model.species}
    generator = random.Random(20261121)
    for probe in range(PROBES):
        point = dict(base)
        for s in model.species:
            size = start[s] or s.scale
            drawn = start[s] if probe == 0 else size * 10 ** generator.uniform(-3, 3)
            if s.signed and probe % 2:
                drawn = -drawn
            low, high = s.within or (-math.inf if s.signed else 0.0, math.inf)
            point[s] = min(max(drawn, low * s.factor), high * s.factor)
        for i in model.inputs:
            point[i] = 0.0 if probe == 0 else 1.0
        yield point


def resolve(model: Model, point: dict[Quantity, float], memo: dict[sympy.Basic, float]) -> None:
    """Add the values of observables and sockets to a point."""
    waiting: list[tuple[Quantity, sympy.Expr]] = [(o, o.expression) for o in model.observables]
    waiting += list(model.sockets.items())
    while waiting:
        later = []
        for quantity, expression in waiting:
            if all(isinstance(s, Time) or s in point for s in symbols_of(expression)):
                point[quantity] = value_of(expression, point, memo)
            else:
                later.append((quantity, expression))
        waiting = later


def _check_signs(model: Model) -> None:
    for point in _points(model):
        point[time] = 0.0
        memo: dict[sympy.Basic, float] = {}
        resolve(model, point, memo)
        for process in model.processes:
            if all(s.signed for s, _ in process.changes):
                continue
            rate = value_of(process.rate, point, memo)
            if rate < 0:
                raise ModelError(
                    f"rate of {process.full!r} is negative ({rate:.3g}) at " + _where(process.rate, point),
                    "a rate of zero or more wherever species and parameters are",
                    "write the reverse direction as a process of its own, or turn the sign of the change",
                )
            _check_vanishing(process, point)


def _check_vanishing(process: Process, point: dict[Quantity, float]) -> None:
    """Raise ModelError if a process still takes from a species that is used up."""
    for species, coefficient in process.changes:
        if species.signed or not coefficient.could_extract_minus_sign():
            continue
        empty = process.rate.xreplace({species: sympy.Integer(0)})
        left = 0.0 if empty.is_zero else value_of(empty, point, {})
        if left > 0:
            raise ModelError(
                f"process {process.full!r} takes from {species.name!r} even when none is left",
                "a rate that vanishes with what it takes",
                f"multiply the rate by {species.name!r} (or a saturating term of it)",
            )


def _where(rate: sympy.Expr, point: dict[Quantity, float]) -> str:
    names = sorted((q for q in rate.free_symbols if q in point), key=lambda q: str(q.name))
    return ", ".join(f"{q.name} = {point[q] / q.factor:.3g} {q.unit}" for q in names[:4])


def _check_conserved(model: Model) -> None:
    totals = [(label, total, m) for m in model.modules for label, total in m.conserved]
    for label, total, module in totals:
        for process in model.processes:
            change = sympy.Add(*(c * sympy.diff(total, s) for s, c in process.changes if total.has(s)))
            if not change.is_zero and not sympy.expand(change).is_zero:
                raise ModelError(
                    f"process {process.full!r} changes {label!r}, which {module.name!r} declares conserved",
                    "processes that only move between its parts",
                    "use m.move(...), or drop the m.conserve(...) line",
                )
