"""What a calibration asks: which numbers are free, what is known of them, and which rows they must meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Model
from cytostorm.model.quantity import UNSOURCED

Array = NDArray[np.float64]
Values = Mapping[str, float]
"""Value of each free parameter, in its unit."""


@dataclass(frozen=True)
class Row:
    """A published result beside the model's.

    id, curve : its name, and what it belongs to; the rows of one curve weigh together as much as any other.
    model : the model's number; None if it cannot be read.
    accepted : lowest and highest number of the model that is inside; None if there is no number at all.
    counted : whether it is held against the model.
    failed : somebody whom it is read off could not be simulated; it is then as bad as can be.
    """

    id: str
    curve: str
    model: float | None
    accepted: tuple[float, float] | None
    counted: bool = True
    failed: bool = False


@dataclass(frozen=True)
class Prior:
    """What the literature says of a number: a value, the factor it is sure to, and who says it.

    factor : a value this many times higher or lower costs as much as a curve at the edge of its tolerance.
    """

    value: float
    factor: float
    source: str

    def __post_init__(self) -> None:
        """Refuse what is no spread."""
        if not (0 < self.value < math.inf and 1 < self.factor < math.inf):
            raise InputError(
                f"prior {self.value:g} ×/÷ {self.factor:g} from {self.source!r} cannot be used",
                "a value above zero and a factor above one",
                "give the spread as a factor, such as 1.5",
            )

    def misfit(self, value: float) -> float:
        """Return how many spreads a value is away."""
        return math.log(max(value, 1e-300) / self.value) / math.log(self.factor)


@dataclass(frozen=True)
class Free:
    """A parameter that may change, within bounds that are in its unit.

    log : searched in logarithms, as rates and levels should be.
    start : what the search begins at, the value that the model has.
    """

    name: str
    low: float
    high: float
    unit: str
    start: float
    log: bool = True
    prior: Prior | None = None

    def __post_init__(self) -> None:
        """Refuse bounds between which nothing can be searched."""
        good = 0 <= self.low <= self.start <= self.high < math.inf and self.low < self.high
        if not good or (self.log and self.low <= 0):
            raise InputError(
                f"{self.name} cannot be searched from {self.low:g} to {self.high:g}, starting at "
                f"{self.start:g} {self.unit}",
                "finite bounds, the lower one above zero, with the start between them",
                "choose others, or log=False",
            )

    @classmethod
    def of(
        cls, model: Model, name: str, *, times: float = 10.0, factor: float = 1.5, log: bool = True
    ) -> Free:
        """Return a parameter of a model, free to fall or rise by a number of times.

        factor : spread of the prior, which there is if the model cites a source for the number.
        Raises InputError for a parameter that is not there.
        """
        parameter = model.parameter(name)
        value = model.values[parameter] / parameter.factor
        cited = parameter.source not in UNSOURCED
        prior = Prior(parameter.value, factor, parameter.source) if cited else None
        return cls(name, value / times, value * times, parameter.unit, value, log, prior)

    def value(self, place: float) -> float:
        """Return the value at a place from 0, the lower bound, to 1, the upper.

        >>> Free("a.k", 1.0, 100.0, "1/h", 10.0).value(0.5)
        10.0
        """
        if self.log:
            return float(self.low * (self.high / self.low) ** place)
        return float(self.low + (self.high - self.low) * place)

    def place(self, value: float) -> float:
        """Return the place of a value, from 0 to 1; values outside are moved to the nearer bound."""
        value = min(max(value, self.low), self.high)
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def relative(self, value: float) -> float:
        """Return how far a step of one place changes a value, relative to it: d(ln value)/d(place)."""
        return math.log(self.high / self.low) if self.log else (self.high - self.low) / (value or self.high)


@dataclass(frozen=True, eq=False)
class Problem:
    """Free parameters, and the rows that come of their values.

    simulate_rows : values of the free parameters in, rows out; always the same rows in the same order, for
        the same people (common random numbers), so that only the values make a difference.
    simulate_many : the same for several sets of values at once, where that is faster.
    about : what the rows depend on beside the values, as JSON knows it: models, table, people.
    reason : why there is more than one free parameter for five curves, if there is.
    """

    name: str
    free: tuple[Free, ...]
    simulate_rows: Callable[[Values], Sequence[Row]]
    simulate_many: Callable[[Sequence[Values]], Sequence[Sequence[Row]]] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a problem without free parameters, or with one named twice."""
        names = [free.name for free in self.free]
        if not names or len(set(names)) < len(names):
            raise InputError(
                f"problem {self.name!r} frees {', '.join(names) or 'nothing'}",
                "at least one parameter, each once",
                "change what is free",
            )

    @property
    def start(self) -> Array:
        """Place of the values that the model has, (parameter)."""
        return self.places({free.name: free.start for free in self.free})

    def places(self, values: Values) -> Array:
        """Return the places of values, (parameter); raise InputError if one is missing or out of bounds."""
        missing = [free.name for free in self.free if free.name not in values]
        if missing:
            raise InputError(
                f"no value is given for {', '.join(missing)}",
                "one for each free parameter",
                f"free are: {', '.join(free.name for free in self.free)}",
            )
        for free in self.free:
            if not free.low * (1 - 1e-9) <= values[free.name] <= free.high * (1 + 1e-9):
                raise InputError(
                    f"{free.name} is {values[free.name]:g} {free.unit}",
                    f"a value from {free.low:g} to {free.high:g} {free.unit}, the bounds of the problem",
                    "change the value, or the bounds",
                )
        return np.array([free.place(values[free.name]) for free in self.free])

    def values(self, places: Array) -> dict[str, float]:
        """Return the values at places (parameter), each in its unit."""
        return {free.name: free.value(float(x)) for free, x in zip(self.free, places, strict=True)}

    def rows(self, places: Array) -> list[list[Row]]:
        """Return the rows that count at each of some places (set, parameter)."""
        sets = [self.values(one) for one in places]
        found = self.simulate_many(sets) if self.simulate_many else [self.simulate_rows(v) for v in sets]
        return [[row for row in rows if row.counted] for rows in found]
