"""One mechanism, line by line: what a file of the library writes."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import sympy

from cytostorm.errors import ModelError
from cytostorm.model.observable import Lab, Noise, Observable, Score
from cytostorm.model.process import Challenge, Ending, Process, Route
from cytostorm.model.quantity import (
    NAME,
    Drive,
    Gain,
    Input,
    Parameter,
    Quantity,
    Species,
    check_number,
    check_source,
)
from cytostorm.model.spread import Spread

KINDS = ("person", "mediator", "cell", "trigger", "organ", "drug", "support", "lab", "score")
Q = TypeVar("Q", bound=Quantity)
Amount: TypeAlias = Any
"""A SymPy expression or a plain number; SymPy has no types."""


class Module:
    """One mechanism: its quantities, processes, sockets and plugs. It can be added to and read.

    name : the field's name, lower case.
    kind : one of KINDS.
    label : what it is, in a few words.
    about : one or two sentences for readers: what it does, and what it leaves out.

    >>> m = Module("toy", "mediator", "a toy mediator")
    >>> k = m.parameter("loss", 2.0, "1/h", "loss rate", source="assumed", note="an example")
    >>> level = m.species("level", "pg/mL", "toy in plasma")
    >>> m.remove(level, "elimination", k * level)
    >>> m.processes[0].name
    'elimination'
    """

    def __init__(self, name: str, kind: str, label: str, *, about: str = "") -> None:
        if not NAME.match(name):
            raise ModelError(
                f"module name {name!r} cannot be used", "lower-case letters, digits and _", "rename it"
            )
        if kind not in KINDS:
            raise ModelError(
                f"module {name!r} is of kind {kind!r}", "one of " + ", ".join(KINDS), "choose a kind"
            )
        self.name = name
        self.kind = kind
        self.label = label
        self.about = about
        self.quantities: dict[str, Quantity] = {}
        self.processes: list[Process] = []
        self.plugs: list[tuple[Gain | Drive, sympy.Expr, str]] = []
        self.routes: dict[str, Route] = {}
        self.challenges: list[Challenge] = []
        self.endings: dict[str, Ending] = {}
        self.conserved: list[tuple[str, sympy.Expr]] = []

    def __repr__(self) -> str:
        """Return name and kind."""
        return f"Module({self.name!r}, {self.kind!r})"

    def _own(self, quantity: Q) -> Q:
        if quantity.short in self.quantities:
            raise ModelError(
                f"{quantity.name!r} is declared twice",
                "one declaration of each name in a module",
                f"rename one of the two, or delete the second {quantity.kind}",
            )
        self.quantities[quantity.short] = quantity
        return quantity

    # --- quantities -----------------------------------------------------------------------------

    def parameter(
        self,
        name: str,
        value: float,
        unit: str,
        label: str,
        *,
        source: str = "",
        note: str = "",
        spread: Spread | None = None,
        usual: tuple[float, float] | None = None,
    ) -> Parameter:
        """Declare a number: value in `unit`, its source (or 'assumed' and a note), its spread.

        usual : lowest and highest value for which the mechanism was made, in `unit`; beyond it a run warns.
        """
        p = Parameter(self, name, unit, label)
        p.usual = usual
        check_source(p.name, source, note)
        p.value, p.source, p.note, p.spread, p.covariate = (
            check_number(p.name, value),
            source,
            note,
            spread,
            False,
        )
        return self._own(p)

    def assumed(
        self, name: str, value: float, unit: str, label: str, note: str, *, spread: Spread | None = None
    ) -> Parameter:
        """Declare a number that nobody has measured, and why this value."""
        return self.parameter(name, value, unit, label, source="assumed", note=note, spread=spread)

    def calibrated(
        self, name: str, value: float, unit: str, label: str, note: str, *, spread: Spread | None = None
    ) -> Parameter:
        """Declare a number that was fitted, and to what."""
        return self.parameter(name, value, unit, label, source="calibrated", note=note, spread=spread)

    def covariate(
        self,
        name: str,
        value: float,
        unit: str,
        label: str,
        *,
        source: str = "",
        note: str = "",
        spread: Spread | None = None,
        usual: tuple[float, float] | None = None,
    ) -> Parameter:
        """Declare a number that describes the person, such as weight; zero only if `usual` allows it."""
        p = self.parameter(name, value, unit, label, source=source, note=note, spread=spread, usual=usual)
        p.covariate = True
        return p

    def species(
        self,
        name: str,
        unit: str,
        label: str,
        *,
        initial: Amount = 0,
        scale: float | None = None,
        within: tuple[float, float] | None = None,
        signed: bool = False,
    ) -> Species:
        """Declare a state; never negative unless it is signed.

        initial : value before the trigger, an expression of parameters, or 0.
        scale : size, in `unit`, below which differences do not matter; sets the absolute tolerance.
        within : lowest and highest value that makes sense, in `unit`; rates must make sense there.
        signed : it may be negative, such as a difference; what changes no other species may go either way.
        """
        s = Species(self, name, unit, label)
        s.initial = sympy.sympify(initial, strict=True)
        s.within, s.signed = within, signed
        s.scale = check_number(f"scale of {s.name}", 1.0 if scale is None else scale) * s.factor
        return self._own(s)

    def observable(self, name: str, expression: Amount, unit: str, label: str) -> Observable:
        """Declare a read-out: an expression of other quantities."""
        o = Observable(self, name, unit, label)
        o.expression = sympy.sympify(expression, strict=True)
        return self._own(o)

    def lab(
        self,
        name: str,
        expression: Amount,
        unit: str,
        label: str,
        *,
        noise: Noise | None = None,
        limits: tuple[float | None, float | None] = (None, None),
        normal: tuple[float | None, float | None] = (None, None),
        source: str = "",
        note: str = "",
    ) -> Lab:
        """Declare what a ward measures; `name` is how users call it, without the module's name."""
        lab = Lab(self, name, unit, label)
        if noise is not None or limits != (None, None) or normal != (None, None):
            check_source(lab.name, source, note)
        lab.expression = sympy.sympify(expression, strict=True)
        lab.noise, lab.limits, lab.normal, lab.source, lab.note = noise, limits, normal, source, note
        return self._own(lab)

    def score(self, name: str, expression: Amount, label: str, *, source: str = "", note: str = "") -> Score:
        """Declare an ordinal of labs, usually a `sympy.Piecewise`; no unit."""
        score = Score(self, name, "1", label)
        check_source(score.name, source, note)
        score.expression, score.source = sympy.sympify(expression, strict=True), source
        return self._own(score)

    # --- sockets and plugs ----------------------------------------------------------------------

    def gain(self, name: str, label: str) -> Gain:
        """Offer a socket that others multiply (independent action); neutral 1."""
        return self._own(Gain(self, name, "1", label))

    def drive(self, name: str, unit: str, label: str) -> Drive:
        """Offer a socket that others add to (one site, or parallel sources); neutral 0."""
        return self._own(Drive(self, name, unit, label))

    def modulate(self, gain: Gain, factor: Amount, why: str = "") -> None:
        """Multiply another mechanism's gain; `factor` has no unit and is 1 where nothing acts."""
        self.plugs.append((gain, sympy.sympify(factor, strict=True), why))

    def stimulate(self, drive: Drive, term: Amount, why: str = "") -> None:
        """Add to another mechanism's drive."""
        self.plugs.append((drive, sympy.sympify(term, strict=True), why))

    # --- processes ------------------------------------------------------------------------------

    def react(self, name: str, rate: Amount, changes: dict[Species, Amount]) -> None:
        """Declare a process that changes several species by rate x coefficient each."""
        one = sympy.Integer(1)
        pairs = tuple((s, sympy.sympify(c, strict=True) * one) for s, c in changes.items())
        self.processes.append(Process(self.name, name, sympy.sympify(rate, strict=True), pairs))

    def produce(self, species: Species, name: str, rate: Amount) -> None:
        """Add to a species, from outside the model's balance."""
        self.react(name, rate, {species: 1})

    def remove(self, species: Species, name: str, rate: Amount) -> None:
        """Take from a species, out of the model's balance; the rate must vanish with the species."""
        self.react(name, rate, {species: -1})

    def move(self, source: Species, target: Species, name: str, rate: Amount, *, ratio: Amount = 1) -> None:
        """Take from one species and give to another; `ratio` is what arrives per unit taken."""
        self.react(name, rate, {source: -1, target: ratio})

    def relax(self, species: Species, name: str, target: Amount, rate: Amount) -> None:
        """Draw a species towards a target with a first-order rate: two processes, up and down."""
        self.produce(species, f"{name}, up", sympy.sympify(rate, strict=True) * target)
        self.remove(species, f"{name}, down", sympy.sympify(rate, strict=True) * species)

    def conserve(self, name: str, total: Amount) -> None:
        """Declare a total that no process of the composed model may change."""
        self.conserved.append((name, sympy.sympify(total, strict=True)))

    def ending(self, name: str, species: Species, threshold: Amount, label: str) -> Ending:
        """Declare what ends the run of a patient, such as death: the species reaches the threshold.

        threshold : an expression of parameters, in the unit of the species.
        """
        if not NAME.match(name) or name in self.endings:
            raise ModelError(
                f"ending {name!r} of {self.name!r} cannot be used", "a new lower-case name", "rename it"
            )
        limit = sympy.sympify(threshold, strict=True)
        self.endings[name] = Ending(self.name, name, species, limit, label)
        return self.endings[name]

    # --- dosing ---------------------------------------------------------------------------------

    def route(self, name: str, species: Species, label: str, *, bioavailability: Amount = 1) -> Route:
        """Offer a way in for doses; the species holds an amount, not a concentration."""
        if not NAME.match(name) or name in self.routes:
            raise ModelError(
                f"route {name!r} of {self.name!r} cannot be used", "a new lower-case name", "rename it"
            )
        infusion = Input(self, f"{name}_rate", f"{species.unit}/h", f"delivery by {label}")
        self.routes[name] = Route(
            self.name, name, species, sympy.sympify(bioavailability, strict=True), self._own(infusion), label
        )
        self.produce(species, f"infusion, {name}", infusion)
        return self.routes[name]

    def challenge(self, route: str, amount: Parameter, duration: Parameter | None = None) -> None:
        """Say what starting this trigger means: its dose, spread evenly over the duration."""
        if route not in self.routes:
            raise ModelError(
                f"challenge of {self.name!r} goes in by {route!r}, which is no route of it",
                "a route of this module: " + (", ".join(self.routes) or "none declared"),
                "declare m.route(...) first",
            )
        self.challenges.append(Challenge(f"{self.name}.{route}", amount, duration))
