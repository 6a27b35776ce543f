"""What can be read off the states: observables, labs with their error, scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cytostorm.model.quantity import Quantity

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True)
class Noise:
    """Error of a measurement: proportional and constant part.

    cv : coefficient of variation, dimensionless.
    sd : constant part, in the lab's unit.
    """

    cv: float = 0.0
    sd: float = 0.0


class Observable(Quantity):
    """An expression of other quantities, with a unit of its own."""

    kind = "observable"
    expression: sympy.Expr


class Lab(Observable):
    """What a ward measures; its short name is unique in a model.

    noise : error of the assay; None if not stated.
    limits : (lowest, highest) value reported, in `unit`; None where there is none.
    normal : (low, high) reference range of healthy adults, in `unit`; None where there is none.
    source : citation key of noise, limits and range, or 'assumed'.
    """

    kind = "lab"
    noise: Noise | None
    limits: tuple[float | None, float | None]
    normal: tuple[float | None, float | None]
    source: str
    note: str


class Score(Observable):
    """An ordinal of labs: a Piecewise whose text serves grading, rules and docs alike."""

    kind = "score"
    source: str
