"""A model with the tangents of all its states and read-outs, along a direction that each lane sets itself.

S' = J S + df/dp v: the direction v, one number per parameter, is a parameter of the larger model, so that
one program with twice the states serves every parameter.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import sympy

from cytostorm import units
from cytostorm.model import Dose, Model, Module, Parameter, Regimen
from cytostorm.model.dose import PER_PERSON
from cytostorm.model.observable import Observable
from cytostorm.model.process import Challenge, Process, Route
from cytostorm.model.quantity import Drive, Gain, Input, Quantity, Species, time
from cytostorm.model.slopes import Derivative, jumps
from cytostorm.simulation.asking import Question, Slopes, cohort_of, first_failure
from cytostorm.simulation.run import simulate

ONE = sympy.Integer(1)
_KEPT = 16
"""Models whose tangents are kept in memory."""


@dataclass(frozen=True)
class Tangents:
    """A model with its tangents.

    model : its parameters are those of the model itself and a direction for each, zero by itself.
    direction, of : by full name of a parameter, that of its direction; of a quantity, that of its tangent.
    ways : by route and by what of the person a dose is given per, the route of the tangent.
    why_not : by full name of a parameter, why its tangent would not be the whole slope.
    """

    model: Model
    direction: Mapping[str, str]
    of: Mapping[str, str]
    ways: Mapping[tuple[str, str | None], str]
    why_not: Mapping[str, str]

    def given(self, plan: Regimen) -> Regimen:
        """Return a plan with what each dose does to the tangents."""
        return replace(plan, doses=(*plan.doses, *(self._twin(dose) for dose in plan.doses)))

    def lacks(self, plan: Regimen) -> str:
        """Return why the doses of a plan have no tangents, or nothing."""
        for dose in plan.doses:
            if dose.bands or dose.most:
                return f"how much {dose.route} is given jumps between people"
            if (dose.route, _per(dose)) not in self.ways:
                return f"what {dose.route} is given per depends on states"
        return ""

    def _twin(self, dose: Dose) -> Dose:
        per, way = _per(dose), self.model.routes[dose.route]
        route = self.ways[dose.route, per]
        if per is None:
            return replace(dose, route=route)
        value, unit = units.quantity(dose.amount)
        amount = value * units.factor(unit) / way.species.factor
        return replace(dose, route=route, amount=f"{amount!r} {way.species.unit}")


def _per(dose: Dose) -> str | None:
    """Return the name of what of the person an amount is given per."""
    return _per_unit(units.quantity(dose.amount)[1])


def _per_unit(unit: str) -> str | None:
    dims = dict(units.dimension(unit))
    return next((name for d, name in PER_PERSON.items() if dims.get(d) == -1.0), None)


_made: OrderedDict[str, Tangents] = OrderedDict()


def tangents(model: Model) -> Tangents:
    """Return a model with its tangents; models that differ in numbers alone share one program."""
    made = _made.get(model.fingerprint)
    if made is None:
        made = _made[model.fingerprint] = _Builder(model).made()
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return made


def by_tangents(question: Question) -> Slopes:
    """Return slopes and first failures of some patients: a lane for each parameter, with its tangent."""
    made = tangents(question.model)
    shape = question.values.shape
    variables = {name: np.broadcast_to(v, shape) for name, v in question.people.items()}
    for k, p in enumerate(question.parameters):
        along = variables[made.direction[p.name]] = np.zeros(shape)
        along[k] = question.sizes[k]
    names = [made.of[str(question.model.quantity(name).name)] for name in question.how["quantities"]]
    how = question.how | {"quantities": names}
    run = simulate(made.model, cohort_of(variables), made.given(question.plan), **how)
    slopes = np.stack([run[name].to_numpy().reshape(*shape, -1) for name in names])
    scale = question.values if question.relative else np.ones(shape)
    slopes *= (scale / question.sizes)[..., None]
    failed = first_failure(run["status"].to_numpy().reshape(shape))
    return Slopes(slopes, np.full(slopes.shape[:-1], np.nan), failed)


class _Builder:
    """Makes the tangents of one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        name = "tangent"
        while name in {m.name for m in model.modules}:
            name += "_"
        self.module = Module(name, "lab", "derivatives along a direction")
        self.slope = Derivative()
        self.directions = [self._parameter(f"v{k}", p.unit) for k, p in enumerate(model.parameters)]
        self.species = [self._species(k, s) for k, s in enumerate(model.species)]
        self.inputs = [Input(self.module, f"u{k}", i.unit, i.label) for k, i in enumerate(model.inputs)]
        self.read = [
            self.module.observable(f"o{k}", 0, q.unit, q.label)
            for k, q in enumerate((*model.observables, *model.sockets))
        ]
        for quantities, own in (
            (model.parameters, self.directions),
            (model.species, self.species),
            (model.inputs, self.inputs),
            ((*model.observables, *model.sockets), self.read),
        ):
            self.slope.dot |= dict(zip(quantities, own, strict=True))

    def _parameter(self, name: str, unit: str) -> Parameter:
        note = "zero, or what is asked for"
        return self.module.covariate(name, 0.0, unit, "direction", source="assumed", note=note)

    def _species(self, k: int, s: Species) -> Species:
        return self.module.species(f"s{k}", s.unit, s.label, scale=s.scale / s.factor, signed=True)

    def made(self) -> Tangents:
        """Return the model with its tangents."""
        model = self.model
        for quantity, tangent in zip((*model.observables, *model.sockets), self.read, strict=True):
            tangent.expression = self.slope(_expression(model, quantity))
        for s, tangent in zip(model.species, self.species, strict=True):
            tangent.initial = self.slope(s.initial)
        rates = model.rates()
        moves = [
            Process(self.module.name, f"tangent{k}", self.slope(rates[s]), ((tangent, ONE),))
            for k, (s, tangent) in enumerate(zip(model.species, self.species, strict=True))
        ]
        routes, ways = self._routes()
        challenges, more, amounts = self._challenges()
        added = (*self.directions, *amounts)
        larger = replace(
            model,
            species=(*model.species, *self.species),
            parameters=(*model.parameters, *added),
            observables=(*model.observables, *self.read),
            inputs=(*model.inputs, *self.inputs),
            processes=(*model.processes, *moves),
            routes=MappingProxyType({**model.routes, **routes, **more}),
            challenges=(*model.challenges, *challenges),
            values=MappingProxyType(
                {**model.values, **dict.fromkeys(self.directions, 0.0), **dict.fromkeys(amounts, 1.0)}
            ),
        )
        direction = zip(model.parameters, self.directions, strict=True)
        of = zip((*model.species, *model.observables), (*self.species, *self.read), strict=False)
        return Tangents(
            larger,
            {p.name: v.name for p, v in direction},
            {q.name: tangent.name for q, tangent in of},
            ways,
            why_not(model),
        )

    def _routes(self) -> tuple[dict[str, Route], dict[tuple[str, str | None], str]]:
        """Return a route of the tangent for each route and what doses may be given per."""
        routes, ways = dict[str, Route](), dict[tuple[str, str | None], str]()
        per = [None, *(name for name in PER_PERSON.values() if self._known(name))]
        for full, route in self.model.routes.items():
            for name in per:
                share = route.bioavailability * (ONE if name is None else self.model.names[name])
                made = self._way(f"way{len(routes)}", route, share)
                routes[made.full], ways[full, name] = made, made.full
        return routes, ways

    def _known(self, name: str) -> bool:
        """Return whether something of the person is known from parameters alone."""
        quantity = self.model.names.get(name)
        return quantity is not None and all(isinstance(s, Parameter) for s in leaves(self.model, quantity))

    def _way(self, name: str, route: Route, arrives: sympy.Expr) -> Route:
        """Return a route into a tangent; what arrives of one coherent unit has the slope of `arrives`."""
        into = self.slope.dot
        return Route(
            self.module.name,
            name,
            into[route.species],
            self.slope(arrives),
            into[route.infusion],
            route.label,
        )

    def _challenges(self) -> tuple[list[Challenge], dict[str, Route], list[Parameter]]:
        """Return what the triggers' own doses do to the tangents: one unit, and the slope of what arrives."""
        challenges, routes, amounts = [], dict[str, Route](), []
        for k, c in enumerate(self.model.challenges):
            route, per = self.model.routes[c.route], _per_unit(c.amount.unit)
            arrives = c.amount * route.bioavailability * (ONE if per is None else self.model.names[per])
            way = self._way(f"challenge{k}", route, arrives)
            amount = self._parameter(f"unit{k}", route.species.unit)
            routes[way.full] = way
            amounts.append(amount)
            challenges.append(Challenge(way.full, amount, c.duration))
        return challenges, routes, amounts


def _expression(model: Model, quantity: Quantity) -> sympy.Expr:
    return quantity.expression if isinstance(quantity, Observable) else model.sockets[quantity]


def leaves(model: Model, e: sympy.Basic) -> set[Quantity]:
    """Return the parameters, species, inputs and time that an expression depends on, read-outs resolved."""
    found, todo, seen = set[Quantity](), list(e.free_symbols), set[Quantity]()
    while todo:
        symbol = todo.pop()
        if symbol in seen:
            continue
        seen.add(symbol)
        if isinstance(symbol, (Observable, Gain, Drive)):
            todo.extend(_expression(model, symbol).free_symbols)
        else:
            found.add(symbol)
    return found


def why_not(model: Model) -> dict[str, str]:
    """Return, by parameter, why its tangent is not the whole slope: the moment of a jump depends on it."""
    found: dict[str, str] = {
        c.duration.name: f"the moment at which {c.route} ends depends on it"
        for c in model.challenges
        if c.duration is not None
    }
    for e in _matters(model):
        for condition in jumps(e):
            read = leaves(model, condition)
            if any(isinstance(q, Species) for q in read):
                movers: Iterable[Quantity] = model.parameters
            else:
                movers = [q for q in read if isinstance(q, Parameter)] if time in read else []
            for p in movers:
                found.setdefault(p.name, f"the moment of a jump depends on it: {condition}")
    return found


def _matters(model: Model) -> list[sympy.Expr]:
    """Return the expressions that move states, with the read-outs among what they read."""
    expressions: list[sympy.Expr] = list(model.rates().values())
    todo = [q for e in expressions for q in e.free_symbols]
    seen = set[Quantity]()
    while todo:
        q = todo.pop()
        if q not in seen and isinstance(q, (Observable, Gain, Drive)):
            expressions.append(_expression(model, q))
            todo.extend(expressions[-1].free_symbols)
        seen.add(q)
    return expressions
