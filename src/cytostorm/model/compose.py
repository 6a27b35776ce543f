"""Modules in, one checked Model out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from types import MappingProxyType

import sympy

from cytostorm import units
from cytostorm.errors import ModelError
from cytostorm.model.check import Dimension, UnitFault, dimension_of, expect, value_of
from cytostorm.model.model import Model
from cytostorm.model.module import Module
from cytostorm.model.observable import Lab, Observable, Score
from cytostorm.model.process import Challenge, Process
from cytostorm.model.quantity import Drive, Gain, Input, Parameter, Quantity, Species, Time

PER_HOUR = units.dimension("1/h")
PROBES = 12
"""Random points at which every rate's sign is looked at."""


def compose(*modules: Module, name: str = "") -> Model:
    """Return the model of these modules and of every module they touch.

    The order does not matter: any order gives the same fingerprint. All units, owners,
    sources, signs and balances are checked here, before anything runs.

    Raises ModelError with the thing, what was expected, and the remedy.
    """
    closed = _closure(modules)
    owned = [q for m in closed for q in m.quantities.values()]
    _check_names(owned)
    sockets = _plug(closed)
    by_name = {q.name: q for q in owned}

    def of(kind: type) -> list[Quantity]:
        return [by_name[n] for n in sorted(by_name) if isinstance(by_name[n], kind)]

    processes = sorted((p for m in closed for p in m.processes), key=lambda p: (p.full, str(p.rate)))
    parameters = of(Parameter)
    model = Model(
        name=name or "+".join(sorted(m.name for m in modules)),
        modules=tuple(closed),
        species=tuple(of(Species)),  # type: ignore[arg-type]
        parameters=tuple(parameters),  # type: ignore[arg-type]
        observables=_in_order(of(Observable), sockets),
        inputs=tuple(of(Input)),  # type: ignore[arg-type]
        processes=tuple(processes),
        sockets=MappingProxyType(sockets),
        routes=MappingProxyType({r.full: r for m in closed for r in m.routes.values()}),
        challenges=tuple(c for m in closed for c in m.challenges),
        values=MappingProxyType({p: p.value * p.factor for p in parameters}),  # type: ignore[attr-defined]
    )
    _check_units(model)
    _check_signs(model)
    _check_conserved(model)
    return model


def _expressions(module: Module) -> Iterable[tuple[str, sympy.Basic]]:
    """Yield every expression of a module, with what it is for messages."""
    for quantity in module.quantities.values():
        if isinstance(quantity, Observable):
            yield f"{quantity.kind} {quantity.name!r}", quantity.expression
        elif isinstance(quantity, Species):
            yield f"initial value of {quantity.name!r}", quantity.initial
    for p in module.processes:
        yield f"process {p.full!r}", sympy.Tuple(p.rate, *(x for pair in p.changes for x in pair))
    for socket, term, _ in module.plugs:
        yield f"plug of {module.name!r} into {socket.name!r}", sympy.Tuple(socket, term)
    for route in module.routes.values():
        yield f"route {route.full!r}", sympy.Tuple(route.species, route.bioavailability)
    for label, total in module.conserved:
        yield f"conserved total {label!r} of {module.name!r}", total


def _closure(modules: Iterable[Module]) -> list[Module]:
    """Return the modules and the owners of all they touch, by name."""
    todo, found = list(modules), dict[str, Module]()
    if not todo:
        raise ModelError("nothing to compose", "at least one module", "give the modules of a recipe")
    while todo:
        module = todo.pop()
        if found.setdefault(module.name, module) is module:
            for what, expression in _expressions(module):
                for symbol in expression.free_symbols:
                    owner = _owner(symbol, what)
                    if owner is not None and found.get(owner.name) is not owner:
                        todo.append(owner)
        else:
            raise ModelError(
                f"two modules are named {module.name!r}",
                "one owner of each name",
                "rename one, or compose only one of the two",
            )
    return [found[n] for n in sorted(found)]


def _owner(symbol: sympy.Symbol, what: str) -> Module | None:
    if not isinstance(symbol, Quantity):
        raise ModelError(
            f"{what} uses {symbol.name!r}, which no module owns",
            "quantities declared by a module",
            "declare it with m.parameter(...) or import the module that owns it",
        )
    if isinstance(symbol, Time):
        return None
    if symbol.owner is None or symbol.owner.quantities.get(symbol.short) is not symbol:
        raise ModelError(f"{what} uses {symbol.name!r}, which its module does not own", "its owner's symbol", "import it")
    return symbol.owner


def _check_names(owned: list[Quantity]) -> None:
    public: dict[str, Quantity] = {}
    for quantity in owned:
        if isinstance(quantity, (Lab, Score)):
            other = public.setdefault(quantity.short, quantity)
            if other is not quantity:
                raise ModelError(
                    f"{quantity.name!r} and {other.name!r} are both called {quantity.short!r}",
                    "one lab or score of each name in a model",
                    "rename one of them",
                )


def _plug(modules: list[Module]) -> dict[Gain | Drive, sympy.Expr]:
    """Return each socket as the product or sum of its plugs."""
    terms: dict[Gain | Drive, list[sympy.Expr]] = {
        q: [] for m in modules for q in m.quantities.values() if isinstance(q, (Gain, Drive))
    }
    for module in modules:
        for socket, term, _ in module.plugs:
            if not isinstance(socket, (Gain, Drive)):
                raise ModelError(
                    f"{module.name!r} plugs into {socket}, which is no socket",
                    "a socket (gain or drive) offered by its owner",
                    "ask the owner's file for m.gain(...) or m.drive(...), or add a process",
                )
            terms[socket].append(term)
    return {s: (sympy.Mul if isinstance(s, Gain) else sympy.Add)(*t) for s, t in terms.items()}


def _in_order(observables: list[Quantity], sockets: dict[Gain | Drive, sympy.Expr]) -> tuple[Observable, ...]:
    """Return the observables so that each comes after those it reads; raise ModelError on a circle."""
    done: list[Observable] = []
    state: dict[Quantity, str] = {}

    def visit(quantity: Quantity, path: tuple[str, ...]) -> None:
        if state.get(quantity) == "done":
            return
        if state.get(quantity) == "open":
            raise ModelError(
                "read-outs go round in a circle: " + " -> ".join((*path[path.index(quantity.name) :], quantity.name)),
                "each read-out from species, parameters and earlier read-outs",
                "make one of them a species, with a process and a time constant",
            )
        state[quantity] = "open"
        expression = quantity.expression if isinstance(quantity, Observable) else sockets[quantity]  # type: ignore[index]
        for symbol in sorted(expression.free_symbols, key=lambda s: str(s.name)):
            if isinstance(symbol, (Observable, Gain, Drive)):
                visit(symbol, (*path, quantity.name))
        state[quantity] = "done"
        if isinstance(quantity, Observable):
            done.append(quantity)

    for quantity in [*observables, *sorted(sockets, key=lambda s: str(s.name))]:
        visit(quantity, ())
    return tuple(done)


# --- checks ------------------------------------------------------------------------------------------


def _check_units(model: Model) -> None:
    memo: dict[sympy.Basic, Dimension] = {}
    for s in model.species:
        expect(f"initial value of {s.name!r}", s.initial, s.dimension, memo)
        if not all(isinstance(x, Parameter) for x in s.initial.free_symbols):
            raise ModelError(f"initial value of {s.name!r} is {s.initial}", "parameters only", "use parameters")
    for o in model.observables:
        expect(f"{o.kind} {o.name!r}", o.expression, o.dimension, memo)
    for socket, expression in model.sockets.items():
        for term in expression.args if isinstance(expression, (sympy.Add, sympy.Mul)) else (expression,):
            dimension_of_plug = () if isinstance(socket, Gain) else socket.dimension
            if isinstance(socket, Drive):
                expect(f"plug {term} into {socket.name!r}", term, dimension_of_plug, memo)
        expect(f"what is plugged into {socket.name!r}", expression, socket.dimension, memo)
    for process in model.processes:
        _check_process_units(process, memo)
    for route in model.routes.values():
        expect(f"bioavailability of {route.full!r}", route.bioavailability, (), memo)
        if "volume" in dict(route.species.dimension):
            raise ModelError(
                f"route {route.full!r} leads into {route.species.name!r} in [{route.species.unit}]",
                "a species that holds an amount",
                "let the species hold an amount and read the concentration off it",
            )
    for challenge in model.challenges:
        check_amount(model, challenge)


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
    process: Process, species: Species, coefficient: sympy.Expr, dims: Dimension, memo: dict[sympy.Basic, Dimension]
) -> None:
    try:
        moved = dimension_of(coefficient * process.rate, memo)
        first = dimension_of(process.changes[0][1] * process.rate, memo)
    except UnitFault:
        return
    if moved != dims and moved == first:
        other = process.changes[0][0]
        raise ModelError(
            f"transfer {process.full!r} is unbalanced: {other.name!r} is in [{other.unit}], {species.name!r} in [{species.unit}]",
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
            f"dose {challenge.amount.name!r} in [{challenge.amount.unit}] goes into {species.name!r} in [{species.unit}]",
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
            top = s.at_most * s.factor if s.at_most is not None else drawn
            point[s] = min(drawn, top)
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
            if all(isinstance(s, Time) or s in point for s in expression.free_symbols):
                point[quantity] = value_of(expression, point, memo)
            else:
                later.append((quantity, expression))
        waiting = later


def _check_signs(model: Model) -> None:
    from cytostorm.model.quantity import time

    for point in _points(model):
        point[time] = 0.0
        memo: dict[sympy.Basic, float] = {}
        resolve(model, point, memo)
        for process in model.processes:
            rate = value_of(process.rate, point, memo)
            if rate < 0:
                raise ModelError(
                    f"rate of {process.full!r} is negative ({rate:.3g}) at "
                    + _where(process.rate, point),
                    "a rate of zero or more wherever species and parameters are",
                    "write the reverse direction as a process of its own, or turn the sign of the change",
                )
            _check_vanishing(process, point)


def _check_vanishing(process: Process, point: dict[Quantity, float]) -> None:
    """Raise ModelError if a process still takes from a species that is used up."""
    for species, coefficient in process.changes:
        if not coefficient.could_extract_minus_sign():
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
