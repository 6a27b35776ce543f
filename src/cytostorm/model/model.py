"""The composed whole: flat, frozen, hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

import sympy

from cytostorm import units
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model.module import Module
from cytostorm.model.observable import Lab, Observable, Score
from cytostorm.model.process import Challenge, Ending, Process, Route
from cytostorm.model.quantity import Drive, Gain, Input, Parameter, Quantity, Species


@lru_cache(maxsize=1 << 14)
def text_of(expression: sympy.Basic) -> str:
    """Return an expression as text; models share most of theirs."""
    return str(expression)


@dataclass(frozen=True, eq=False)
class Model:
    """A set of mechanisms that belong together; made by `compose`, changed by `replace`.

    values : value of each parameter, in coherent units.
    sockets : what each Gain (product) and Drive (sum) has become.
    endings : what ends the run of a patient, such as death.
    """

    name: str
    modules: tuple[Module, ...]
    species: tuple[Species, ...]
    parameters: tuple[Parameter, ...]
    observables: tuple[Observable, ...]
    inputs: tuple[Input, ...]
    processes: tuple[Process, ...]
    sockets: Mapping[Gain | Drive, sympy.Expr]
    routes: Mapping[str, Route]
    challenges: tuple[Challenge, ...]
    values: Mapping[Parameter, float] = field(default_factory=dict)
    endings: tuple[Ending, ...] = ()

    def __repr__(self) -> str:
        """Return the sizes."""
        return (
            f"Model({self.name!r}: {len(self.modules)} modules, {len(self.species)} species, "
            f"{len(self.parameters)} parameters, {len(self.processes)} processes, {self.fingerprint[:12]})"
        )

    def __eq__(self, other: object) -> bool:
        """Two models are equal if their equations and numbers are."""
        return isinstance(other, Model) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        """Hash of the fingerprint."""
        return hash(self.fingerprint)

    @cached_property
    def text(self) -> str:
        """The whole model as text, in an order that does not depend on how it was composed."""
        before, after = self._told
        values = [
            f"parameter {p.name} = {self.values[p]!r} [{units.name_of(p.dimension)}]" for p in self.parameters
        ]
        return "\n".join([*before, *values, *after]) + "\n"

    @cached_property
    def _told(self) -> tuple[list[str], list[str]]:
        """What the text says before and after the values: slow to print, and the same for all values."""
        before = [
            f"species {s.name} [{s.unit}] = {text_of(s.initial)} in {s.within} ~ {s.scale!r}"
            + (" signed" if s.signed else "")
            for s in self.species
        ]
        after = [f"{o.kind} {o.name} [{o.unit}] = {text_of(o.expression)}" for o in self.observables]
        after += sorted(f"{s.kind} {s.name} = {text_of(e)}" for s, e in self.sockets.items())
        after += [
            f"process {p.full}: {text_of(p.rate)} -> " + ", ".join(f"{s.name} * {c}" for s, c in p.changes)
            for p in self.processes
        ]
        after += [f"route {r.full} -> {r.species.name} * {r.bioavailability}" for r in self.routes.values()]
        after += [f"challenge {c.route}: {c.amount} over {c.duration}" for c in self.challenges]
        after += [f"ending {e.full}: {e.species.name} >= {e.threshold}" for e in self.endings]
        return before, after

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the text: equal if and only if equations and numbers are equal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def structure(self) -> str:
        """SHA-256 of the equations alone: equal if only parameter values differ."""
        lines = [line for line in self.text.splitlines() if not line.startswith("parameter ")]
        names = [p.name for p in self.parameters]
        return hashlib.sha256("\n".join(lines + names).encode()).hexdigest()

    @cached_property
    def names(self) -> Mapping[str, Quantity]:
        """Every quantity by its full name; labs and scores by their short name too."""
        table: dict[str, Quantity] = {}
        for group in (self.species, self.parameters, self.observables, self.inputs, tuple(self.sockets)):
            table.update({q.name: q for q in group})
        table.update({o.short: o for o in self.observables if isinstance(o, (Lab, Score))})
        return MappingProxyType(table)

    @property
    def labs(self) -> tuple[Lab, ...]:
        """What a ward measures, scores left out."""
        return tuple(o for o in self.observables if isinstance(o, Lab))

    @property
    def scores(self) -> tuple[Score, ...]:
        """The ordinals."""
        return tuple(o for o in self.observables if isinstance(o, Score))

    def parameter(self, name: str) -> Parameter:
        """Return a parameter by its full name; raise InputError with the nearest names if there is none."""
        found = self.names.get(name)
        if isinstance(found, Parameter):
            return found
        raise InputError(
            f"model {self.name!r} has no parameter {name!r}",
            "a parameter of this model",
            did_you_mean(name, [p.name for p in self.parameters]),
        )

    def quantity(self, name: str) -> Quantity:
        """Return a species, observable, lab or score by name; raise InputError if there is none."""
        found = self.names.get(name)
        if isinstance(found, (Species, Observable)):
            return found
        known = [
            q.short if isinstance(q, (Lab, Score)) else q.name for q in (*self.observables, *self.species)
        ]
        raise InputError(
            f"model {self.name!r} has no quantity {name!r}", "a read-out", did_you_mean(name, known)
        )

    def replace(self, changes: Mapping[str, str | float]) -> Model:
        """Return a model with other numbers: text with a unit, or a float in the declared unit.

        Raises InputError for an unknown name, a unit that does not fit, a negative or non-finite value.
        """
        values = dict(self.values)
        for name, change in changes.items():
            parameter = self.parameter(name)
            values[parameter] = to_coherent(parameter, change)
        made = replace(self, values=MappingProxyType(values))
        made.__dict__["_told"] = self._told
        return made

    def warnings(self) -> list[str]:
        """Return a sentence for each number outside the range its mechanism was made for."""
        said = []
        for p in self.parameters:
            value = self.values[p] / p.factor
            if p.usual is not None and not p.usual[0] <= value <= p.usual[1]:
                low, high = p.usual
                said.append(
                    f"{p.name} is {value:g} {p.unit}; the model was made for {low:g} to {high:g} {p.unit}: "
                    "what it says here is a guess"
                )
        return said

    def rates(self) -> dict[Species, sympy.Expr]:
        """Return the sum of what the processes do to each species: its time derivative."""
        terms: dict[Species, list[sympy.Expr]] = {s: [] for s in self.species}
        for process in self.processes:
            for species, coefficient in process.changes:
                terms[species].append(coefficient * process.rate)
        return {s: sympy.Add(*t) for s, t in terms.items()}


def to_coherent(parameter: Parameter, change: str | float) -> float:
    """Return a new value of a parameter in coherent units; raise InputError if it cannot be one."""
    if isinstance(change, str):
        value, unit = units.quantity(change)
        if unit == "" and parameter.dimension:
            raise InputError(
                f"{parameter.name} is given as {change!r}, without a unit",
                f"a unit like {parameter.unit!r}",
                f"write '{change.strip()} {parameter.unit}'",
            )
        if unit and units.dimension(unit) != parameter.dimension:
            raise InputError(
                f"{parameter.name} is given in {unit!r}",
                f"a unit like {parameter.unit!r} ({parameter.label})",
                f"write it in {parameter.unit!r}",
            )
        coherent = value * (units.factor(unit) if unit else 1.0)
    else:
        coherent = float(change) * parameter.factor
    if not abs(coherent) < 1e300:
        raise InputError(f"{parameter.name} is {change}", "a finite number", "check the value")
    if coherent == 0 and parameter.covariate and not (parameter.usual and parameter.usual[0] == 0):
        raise InputError(f"{parameter.name} is 0", "more than zero", f"give the {parameter.label}")
    if coherent < 0:
        raise InputError(
            f"{parameter.name} is {change}, which is negative", "zero or more", "give a positive value"
        )
    return coherent
