"""What is read off the typical person of a model before anything happens."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import sympy
from numpy.typing import NDArray

from cytostorm.model import Comparison, Flag, Model, Observable, Parameter, Quantity, Rule, Species
from cytostorm.model.algebra import value_of
from cytostorm.model.quantity import time
from cytostorm.model.rule import limit_of, quantity_of

if TYPE_CHECKING:
    import xarray as xr

BEYOND = 1e200
"""Beyond any number of a person, in any unit, and low enough to reckon with."""


class Start(dict[Quantity, float]):
    """The value of every quantity of a model at the start, in coherent units, found when asked for."""

    def __init__(self, model: Model) -> None:
        super().__init__({time: 0.0})
        self.model = model
        self._memo: dict[sympy.Basic, float] = {}

    def __missing__(self, quantity: Quantity) -> float:
        """Return a value that nobody asked for yet."""
        if isinstance(quantity, Parameter):
            return self.model.values[quantity]
        if isinstance(quantity, Species):
            found: sympy.Basic = quantity.initial
        elif isinstance(quantity, Observable):
            found = quantity.expression
        else:
            found = self.model.sockets.get(quantity, sympy.Integer(0))
        self[quantity] = value = value_of(found, self, self._memo)
        return value

    def holds(self, rule: Rule) -> bool:
        """Return whether the conditions of a rule hold; raise InputError for what the model cannot tell."""
        return all(self._one(condition) for condition in rule.when)

    def _one(self, condition: Comparison | Flag) -> bool:
        value, limit = self[quantity_of(self.model, condition)], limit_of(condition)
        if not isinstance(condition, Comparison):
            return (value > limit) == condition.wanted
        if math.isnan(value):
            return False
        return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[
            condition.relation
        ]


def possible(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the numbers that can be reckoned with; who has others has no say for the rest."""
    return values[np.abs(values) < BEYOND]


def typical(model: Model, cohort: xr.Dataset | None) -> Model:
    """Return a model with the medians of a cohort as its numbers, without what nobody can have."""
    if cohort is None:
        return model
    values = dict(model.values)
    for name in cohort.data_vars:
        number = model.names.get(str(name))
        found = possible(np.asarray(cohort.variables[name].values, float))
        if isinstance(number, Parameter) and found.size:
            values[number] = float(np.median(found)) * number.factor
    return replace(model, values=MappingProxyType(values))
