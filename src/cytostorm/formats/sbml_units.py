"""The coherent units as SBML unit definitions, where SBML has words for them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from cytostorm import units

Dimension = tuple[tuple[str, float], ...]
# kind, scale, multiplier, exponent. Degrees Celsius and units of activity have no SBML unit.
_BASE: dict[str, tuple[str, int, float, float]] = {
    "mass": ("gram", -9, 1.0, 1.0),
    "body_weight": ("kilogram", 0, 1.0, 1.0),
    "volume": ("litre", 0, 1.0, 1.0),
    "time": ("second", 0, 3600.0, 1.0),
    "cells": ("item", 6, 1.0, 1.0),
    "substance": ("mole", -9, 1.0, 1.0),
    "pressure": ("pascal", 0, 133.322387415, 1.0),
    "beats": ("item", 0, 1.0, 1.0),
    "body_surface": ("metre", 0, 1.0, 2.0),
    "age": ("second", 0, 31557600.0, 1.0),
    "length": ("metre", -2, 1.0, 1.0),
}
_SUBSTANCES: tuple[Dimension, ...] = ((), (("mass", 1.0),), (("cells", 1.0),), (("substance", 1.0),))
"""What SBML takes for a species; a concentration or a temperature of one has no unit there."""


class Units:
    """Unit definitions, each made once, when it is first asked for."""

    def __init__(self) -> None:
        self.definitions: dict[str, Element] = {}

    def of(self, dims: Dimension) -> str | None:
        """Return the id of a unit, or None if SBML cannot express it."""
        if any(base not in _BASE for base, _ in dims):
            return None
        if not dims:
            return "dimensionless"
        name = "hour" if dims == (("time", 1.0),) else _id(units.name_of(dims))
        if name not in self.definitions:
            self.definitions[name] = _definition(name, dims)
        return name

    def substance(self, dims: Dimension) -> str | None:
        """Return the id of a unit that SBML takes for a species, or None."""
        return self.of(dims) if dims in _SUBSTANCES else None


def _id(text: str) -> str:
    """Return a coherent unit as an id: ng/(L*h) is ng_per_L_h."""
    top, _, low = text.partition("/")
    top = "" if top == "1" else top
    found = "_".join(p for p in (top, "per" if low else "", low) if p)
    return re.sub(r"\W", "_", found.replace("^", "").replace("(", "").replace(")", "").replace(".", "p"))


def _definition(name: str, dims: Dimension) -> Element:
    element = Element("unitDefinition", {"id": name, "name": units.name_of(dims)})
    parts = SubElement(element, "listOfUnits")
    for base, power in dims:
        kind, scale, multiplier, exponent = _BASE[base]
        SubElement(parts, "unit", {
            "kind": kind, "exponent": f"{exponent * power:g}", "scale": str(scale),
            "multiplier": repr(multiplier),
        })  # fmt: skip
    return element
