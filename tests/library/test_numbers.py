"""No number of the library stands bare in an equation: each is a parameter, with unit and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sympy

from cytostorm.library import catalogue
from cytostorm.model import Module
from cytostorm.model.observable import Lab, Observable, Score

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = sorted(catalogue.modules())
STRUCTURAL = 4
"""Largest whole number that may stand: Hill powers, and the 1 and 2 of rate laws."""


def equations(module: Module) -> Iterator[tuple[str, sympy.Expr]]:
    """Yield what a module computes, with a name; points of scores are defined by who published them."""
    for process in module.processes:
        yield process.full, process.rate
        for species, coefficient in process.changes:
            yield f"{process.full}, for {species.name}", coefficient
    for socket, term, why in module.plugs:
        yield f"plug into {socket.name} ({why})", term
    for quantity in module.quantities.values():
        if isinstance(quantity, (Observable, Lab)) and not isinstance(quantity, Score):
            yield str(quantity.name), quantity.expression
        if hasattr(quantity, "initial"):
            yield f"start of {quantity.name}", quantity.initial


def bare(expression: sympy.Expr) -> list[str]:
    """Return the numbers of an expression that are not small and whole."""
    return sorted(
        f"{float(number):g}"
        for number in sympy.sympify(expression).atoms(sympy.Number)
        if not (number.is_Integer and abs(number) <= STRUCTURAL)
    )


@pytest.mark.parametrize("name", MODULES)
def test_every_number_of_an_equation_is_declared(name: str) -> None:
    module = catalogue.find(name)
    found = {what: numbers for what, expression in equations(module) if (numbers := bare(expression))}
    assert not found


def test_a_bare_number_is_found() -> None:
    module = Module("toy", "organ", "a toy")
    level = module.species("level", "1", "a level")
    module.remove(level, "loss", level**2)
    assert [bare(expression) for _, expression in equations(module)] == [[], [], []]
    module.observable("more", 0.8 * level, "1", "more of it")
    found = [number for _, expression in equations(module) for number in bare(expression)]
    assert found == ["0.8"]
