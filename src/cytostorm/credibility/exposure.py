"""Published exposure to drugs beside the model: peaks, troughs, half-lives, occupied receptors.

No number of a drug was fitted to these figures. Each has limits within which the model counts as inside: the
spread or range that was published; a fifth for a rounded figure without one, a tenth for others, and one in a
hundred for occupied receptors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cytostorm.library import catalogue
from cytostorm.model import Dose, Model, Regimen, compose
from cytostorm.population import sample
from cytostorm.simulation import simulate

DAY = 24.0
PEOPLE = 200
LABEL = "label"
RECALLED = "recalled"


Read = Callable[[Model, Dose], float]
"""From a model and a dose to one number."""


@dataclass(frozen=True)
class Figure:
    """A published figure, and how it is read in the drug alone in a typical person.

    published : as it was published, with its spread.
    low, high : limits within which the model counts as inside, in `unit`.
    source : a paper's DOI, "label", or "recalled".
    read : from the model and the dose to the number, in `unit`.
    changes : what makes the typical person of those whom it was published for.
    reason : why the model is outside; empty where it is inside.
    """

    words: str
    published: str
    unit: str
    low: float
    high: float
    source: str
    dose: Dose
    read: Read
    changes: Mapping[str, str | float] = field(default_factory=dict)
    reason: str = ""

    @property
    def drug(self) -> str:
        """The drug's name."""
        return self.dose.route.split(".", maxsplit=1)[0]

    def model(self) -> float:
        """Return what the model shows."""
        return self.read(_alone(self.drug).replace(self.changes), self.dose)

    def inside(self, value: float) -> bool:
        """Tell whether a value lies within the limits."""
        return self.low <= value <= self.high


@lru_cache(maxsize=32)
def _alone(drug: str) -> Model:
    return compose(catalogue.find(drug))


def course(
    model: Model, plan: Dose | Regimen, hours: NDArray[np.float64], seen: str = ""
) -> NDArray[np.float64]:
    """Return what is seen at hours above zero; the level of the first drug if nothing is named."""
    given = Regimen() + plan
    drug = given.doses[0].route.split(".", maxsplit=1)[0]
    seen = seen or next(lab.short for lab in model.labs if lab.owner and lab.owner.name == drug)
    run = simulate(
        model, None, given, np.concatenate([[0.0], hours]), quantities=[seen], rtol=1e-6, unsafe=True
    )
    return np.asarray(run[seen].to_numpy()[0, 1:], dtype=float)


def at(hour: float, seen: str = "") -> Read:
    """Read a level at an hour."""
    return lambda model, dose: float(course(model, dose, np.array([hour]), seen)[0])


def half_life(first: float, last: float, hours: float = 1.0, seen: str = "") -> Read:
    """Read the half-life between two hours, in multiples of some hours."""

    def read(model: Model, dose: Dose) -> float:
        early, late = course(model, dose, np.array([first, last]), seen)
        return float(np.log(2) * (last - first) / np.log(early / late) / hours)

    return read


def peak(first: float, last: float, seen: str = "") -> Read:
    """Read the highest level between two hours."""
    return lambda model, dose: float(course(model, dose, _hours(first, last), seen).max())


def _hours(first: float, last: float) -> NDArray[np.float64]:
    return np.linspace(first, last, 600)[1:]


def peak_time(first: float, last: float) -> Read:
    """Read the hour of the highest level, counted from the first hour."""

    def read(model: Model, dose: Dose) -> float:
        hours = _hours(first, last)
        return float(hours[course(model, dose, hours).argmax()] - first)

    return read


def area(first: float, last: float, hours: float) -> Read:
    """Read the area under the level between two hours, in multiples of some hours."""

    def read(model: Model, dose: Dose) -> float:
        times = np.linspace(first, last, 600)
        return float(np.trapezoid(course(model, dose, times), times)) / hours

    return read


def occupied(hour: float) -> Read:
    """Read the share of IL-6 receptors that are occupied, in percent."""
    return lambda model, dose: 100 * (1 - float(course(model, dose, np.array([hour]), "il6.free")[0]))


def lasting(stop: float, last: float, seen: str) -> Read:
    """Read ln 2 times volume over clearance, in minutes: the area of the fall after a steady level."""

    def read(model: Model, dose: Dose) -> float:
        hours = np.linspace(stop, last, 600)
        levels = course(model, dose, hours, seen)
        return float(60 * np.log(2) * np.trapezoid(levels, hours) / levels[0])

    return read


def share_below(limit: float, hour: float) -> Read:
    """Read how many in a hundred people have a level below a limit at an hour."""

    def read(model: Model, dose: Dose) -> float:
        drug = dose.route.split(".", maxsplit=1)[0]
        run = simulate(model, sample(model, PEOPLE, seed=1), Regimen() + dose, [0.0, hour], quantities=[drug])
        return 100 * float((run[drug].to_numpy()[:, -1] < limit).mean())

    return read
