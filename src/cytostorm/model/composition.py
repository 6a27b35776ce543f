"""Modules in, one checked Model out."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import sympy

from cytostorm.errors import ModelError
from cytostorm.model.algebra import symbols_of
from cytostorm.model.check import check
from cytostorm.model.model import Model, text_of
from cytostorm.model.module import Module
from cytostorm.model.observable import Lab, Observable, Score
from cytostorm.model.quantity import Drive, Gain, Input, Parameter, Quantity, Species, Time


def compose(*modules: Module, name: str = "") -> Model:
    """Return the model of these modules and of every module they touch.

    The order does not matter: any order gives the same fingerprint. All units, owners,
    sources, signs and balances are checked here, before anything runs.

    Raises ModelError with the thing, what was expected, and the remedy.
    """
    closed = closure(modules)
    owned = [q for m in closed for q in m.quantities.values()]
    _check_names(owned)
    sockets = _plug(closed)
    by_name = {q.name: q for q in owned}

    def of(kind: type) -> list[Quantity]:
        return [by_name[n] for n in sorted(by_name) if isinstance(by_name[n], kind)]

    processes = sorted((p for m in closed for p in m.processes), key=lambda p: (p.full, text_of(p.rate)))
    parameters = of(Parameter)
    model = Model(
        name=name or "+".join(sorted(m.name for m in modules)),
        modules=tuple(closed),
        species=tuple(of(Species)),
        parameters=tuple(parameters),
        observables=_in_order(of(Observable), sockets),
        inputs=tuple(of(Input)),
        processes=tuple(processes),
        sockets=MappingProxyType(sockets),
        routes=MappingProxyType({r.full: r for m in closed for r in m.routes.values()}),
        challenges=tuple(c for m in closed for c in m.challenges),
        values=MappingProxyType({p: p.value * p.factor for p in parameters}),
        endings=tuple(m.endings[name] for m in closed for name in sorted(m.endings)),
    )
    check(model)
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
    for ending in module.endings.values():
        yield f"ending {ending.full!r}", sympy.Tuple(ending.species, ending.threshold)
    for label, total in module.conserved:
        yield f"conserved total {label!r} of {module.name!r}", total


def closure(modules: Iterable[Module]) -> list[Module]:
    """Return the modules and the owners of all they touch, by name: those of a model, nothing checked yet."""
    todo, found = list(modules), dict[str, Module]()
    if not todo:
        raise ModelError("nothing to compose", "at least one module", "give the modules of a recipe")
    while todo:
        module = todo.pop()
        if found.setdefault(module.name, module) is module:
            for what, expression in _expressions(module):
                for symbol in symbols_of(expression):
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
        raise ModelError(
            f"{what} uses {symbol.name!r}, which its module does not own", "its owner's symbol", "import it"
        )
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
                "read-outs go round in a circle: "
                + " -> ".join((*path[path.index(quantity.name) :], quantity.name)),
                "each read-out from species, parameters and earlier read-outs",
                "make one of them a species, with a process and a time constant",
            )
        state[quantity] = "open"
        expression = quantity.expression if isinstance(quantity, Observable) else sockets[quantity]
        for symbol in sorted(expression.free_symbols, key=lambda s: str(s.name)):
            if isinstance(symbol, (Observable, Gain, Drive)):
                visit(symbol, (*path, quantity.name))
        state[quantity] = "done"
        if isinstance(quantity, Observable):
            done.append(quantity)

    for quantity in [*observables, *sorted(sockets, key=lambda s: str(s.name))]:
        visit(quantity, ())
    return tuple(done)
