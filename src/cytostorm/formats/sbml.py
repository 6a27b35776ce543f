"""A composed model and what is given as SBML, so that other simulators run the very same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import numpy as np
import sympy

from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError
from cytostorm.formats.sbml_doses import Moment, moments
from cytostorm.formats.sbml_math import math
from cytostorm.formats.sbml_units import Units
from cytostorm.model import Dose, Ending, Model, Parameter, Process, Quantity, Regimen, Rule, Species, time
from cytostorm.units import name_of

_SBML = "http://www.sbml.org/sbml/level3/version2/core"
_XHTML = "http://www.w3.org/1999/xhtml"
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BODY = "body"


def to_sbml(
    model: Model, regimen: Regimen | Dose | Rule | None = None, *, patient: Mapping[Any, Any] | None = None
) -> str:
    """Return a model with its doses as SBML Level 3 Version 2, in coherent units and hours.

    A trigger's own dose is given at time 0 by itself, as in a simulation.

    regimen : doses besides the trigger.
    patient : parameter values of one person, in display units; a row of a cohort will do.

    What ends a run, such as death, is left out and said in the notes.

    Raises InputError for a dose that cannot be given, and for rules, which SBML cannot say.
    """
    plan = Regimen() + regimen if isinstance(regimen, (Dose, Rule)) else regimen or Regimen()
    return _Writer(_person(model, patient), plan).text()


def _person(model: Model, patient: Mapping[Any, Any] | None) -> Model:
    """Return the model with the numbers of one person."""
    values: dict[str, str | float] = {}
    for name, value in (patient or {}).items():
        if isinstance(value, str):
            values[name] = value
            continue
        numbers = np.asarray(value, float)
        if numbers.size != 1:
            raise InputError(
                f"patient has {numbers.size} values of {name!r}",
                "one person",
                "choose one: cohort.isel(patient=3)",
            )
        values[name] = float(numbers.item())
    return model.replace(values)


class _Names:
    """Ids, each used once."""

    def __init__(self) -> None:
        self.taken = {_BODY}

    def __call__(self, wanted: str) -> str:
        """Return an id like the name wanted: il6.level is il6__level."""
        base = re.sub(r"[^A-Za-z0-9_]+", "_", wanted.replace(".", "__")).strip("_")
        base = base if re.match(r"[A-Za-z]", base) else f"m_{base}"
        name, k = base, 1
        while name in self.taken:
            k += 1
            name = f"{base}_{k}"
        self.taken.add(name)
        return name


def _ended(ending: Ending) -> str:
    """Return in words what ends the run of a patient."""
    return f"In cytostorm a run ends by {ending.label} when {ending.species.name} reaches {ending.threshold}."


def _clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def _note(element: Element, *lines: str) -> None:
    """Put lines for readers into an element, before all else."""
    notes = Element("notes")
    body = SubElement(notes, "body", {"xmlns": _XHTML})
    for line in lines:
        if line:
            SubElement(body, "p").text = _clean(line)
    element.insert(0, notes)


class _Writer:
    """Writes one model; each list of the document is one method."""

    def __init__(self, model: Model, regimen: Regimen) -> None:
        self.model = model
        self.regimen = regimen
        self.moments = moments(model, regimen)
        self.names = _Names()
        self.units = Units()
        m = model
        groups = (m.species, m.parameters, m.observables, m.inputs, tuple(m.sockets))
        self.ids: dict[Quantity, str] = {q: self.names(str(q.name)) for group in groups for q in group}

    def text(self) -> str:
        """Return the document."""
        hour = str(self.units.of(time.dimension))
        top = Element("sbml", {"xmlns": _SBML, "level": "3", "version": "2"})
        name = {"id": self.names(self.model.name), "name": _clean(self.model.name)}
        model = SubElement(top, "model", {**name, "timeUnits": hour})
        lists = {
            "listOfCompartments": self._compartments(),
            "listOfSpecies": [self._species(s) for s in self.model.species],
            "listOfParameters": self._parameters(),
            "listOfInitialAssignments": self._initial(),
            "listOfRules": self._rules(),
            "listOfReactions": [r for p in self.model.processes for r in self._reactions(p)],
            "listOfEvents": [self._event(k, m) for k, m in enumerate(self.moments, 1)],
        }
        for kind, elements in {"listOfUnitDefinitions": [*self.units.definitions.values()], **lists}.items():
            if elements:
                SubElement(model, kind).extend(elements)
        plan = self.regimen.text()
        _note(
            model,
            DISCLAIMER,
            f"Written by cytostorm from model {self.model.name}, fingerprint {self.model.fingerprint}.",
            "Time is in hours; every number is in the unit that its note names.",
            f"Given besides the triggers: {plan}" if plan else "",
            *(f"{_ended(e)} SBML cannot end a run; it is left out." for e in self.model.endings),
        )
        indent(top)
        text = tostring(top, encoding="us-ascii", xml_declaration=False).decode()
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'

    def _compartments(self) -> list[Element]:
        return [Element("compartment", {
            "id": _BODY, "spatialDimensions": "3", "size": "1", "units": "litre", "constant": "true",
        })]  # fmt: skip

    def _describe(self, element: Element, quantity: Quantity) -> Element:
        coherent = name_of(quantity.dimension)
        shown = "" if quantity.factor == 1 else f"; cytostorm shows it in {quantity.unit}"
        source, note = getattr(quantity, "source", ""), getattr(quantity, "note", "")
        _note(
            element,
            f"{quantity.label} [{coherent}]{shown}",
            f"Source: {source}" + (f" ({note})" if note else "") if source else "",
        )
        return element

    def _species(self, species: Species) -> Element:
        made = {
            "id": self.ids[species], "name": str(species.name), "compartment": _BODY,
            "hasOnlySubstanceUnits": "true", "boundaryCondition": "false", "constant": "false",
        }  # fmt: skip
        unit = self.units.substance(species.dimension)
        if unit:
            made["substanceUnits"] = unit
        if species.initial.is_number:
            made["initialAmount"] = repr(float(species.initial))
        return self._describe(Element("species", made), species)

    def _parameters(self) -> list[Element]:
        found = [self._parameter(p, self.model.values[p]) for p in self.model.parameters]
        found += [self._parameter(i, 0.0) for i in self.model.inputs]
        return found + [self._parameter(q, None) for q in (*self.model.sockets, *self.model.observables)]

    def _parameter(self, quantity: Quantity, value: float | None) -> Element:
        made = {"id": self.ids[quantity], "name": str(quantity.name)}
        if value is not None:
            made["value"] = repr(float(value))
        unit = self.units.of(quantity.dimension)
        if unit:
            made["units"] = unit
        made["constant"] = "true" if isinstance(quantity, Parameter) else "false"
        return self._describe(Element("parameter", made), quantity)

    def _initial(self) -> list[Element]:
        found = []
        for species in self.model.species:
            if not species.initial.is_number:
                found.append(Element("initialAssignment", {"symbol": self.ids[species]}))
                found[-1].append(math(species.initial, self.ids))
        return found

    def _rules(self) -> list[Element]:
        """Return sockets and read-outs, each after what it reads."""
        waiting: list[tuple[Quantity, sympy.Expr]] = [*self.model.sockets.items()]
        waiting += [(o, o.expression) for o in self.model.observables]
        found, missing = [], {q for q, _ in waiting}
        while waiting:
            ready = [(q, e) for q, e in waiting if not e.free_symbols & missing]
            for quantity, expression in ready:
                found.append(Element("assignmentRule", {"variable": self.ids[quantity]}))
                found[-1].append(math(expression, self.ids))
            missing -= {q for q, _ in ready}
            waiting = [(q, e) for q, e in waiting if q in missing]
        return found

    def _reactions(self, process: Process) -> Iterable[Element]:
        """Yield a process as one reaction, and one more for each coefficient that is no plain number."""
        plain = [(s, c) for s, c in process.changes if c.is_number]
        if plain:
            yield self._reaction(process, process.rate, plain)
        for species, coefficient in process.changes:
            if not coefficient.is_number:
                sign = -1 if coefficient.could_extract_minus_sign() else 1
                rate = sign * coefficient * process.rate
                yield self._reaction(process, rate, [(species, sympy.Integer(sign))])

    def _reaction(
        self, process: Process, rate: sympy.Expr, changes: list[tuple[Species, sympy.Expr]]
    ) -> Element:
        reaction = Element("reaction", {
            "id": self.names(f"{process.module}.{process.name}"), "name": _clean(process.full),
            "reversible": "false",
        })  # fmt: skip
        for kind, sign in (("listOfReactants", -1), ("listOfProducts", 1)):
            moved = [(s, float(c) * sign) for s, c in changes if float(c) * sign > 0]
            if moved:
                SubElement(reaction, kind).extend(
                    Element("speciesReference", {
                        "species": self.ids[s], "stoichiometry": repr(c), "constant": "true",
                    }) for s, c in moved
                )  # fmt: skip
        read = {s for s in rate.free_symbols if isinstance(s, Species)} - {s for s, c in changes if float(c)}
        if read:
            SubElement(reaction, "listOfModifiers").extend(
                Element("modifierSpeciesReference", {"species": name})
                for name in sorted(self.ids[s] for s in read)
            )
        SubElement(reaction, "kineticLaw").append(math(rate, self.ids))
        return reaction

    def _event(self, number: int, moment: Moment) -> Element:
        event = Element("event", {
            "id": self.names(f"doses_{number}"), "name": _clean("; ".join(moment.why)),
            "useValuesFromTriggerTime": "true",
        })  # fmt: skip
        trigger = SubElement(event, "trigger", {"initialValue": "false", "persistent": "true"})
        trigger.append(math(sympy.Ge(time, sympy.Float(moment.time), evaluate=False), self.ids))
        changes: dict[Quantity, sympy.Expr] = {s: s + a for s, a in moment.boluses.items()}
        changes |= moment.rates
        assignments = SubElement(event, "listOfEventAssignments")
        for quantity, value in changes.items():
            assignment = SubElement(assignments, "eventAssignment", {"variable": self.ids[quantity]})
            assignment.append(math(value, self.ids))
        return event
