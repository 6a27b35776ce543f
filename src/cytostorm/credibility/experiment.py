"""What is simulated: a recipe, how severe, who takes part, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.special import ndtr

from cytostorm import units
from cytostorm.dataset import PATIENT
from cytostorm.errors import InputError
from cytostorm.library.catalogue import model_for, modules, recipe, recipes
from cytostorm.model import Model, Regimen
from cytostorm.population.sampling import sample, standard_normal
from cytostorm.simulation import simulate

Array = NDArray[np.float64]


class Spread(Protocol):
    """How a number differs between people: LogNormal, Normal, Share, Between, Fold or alike."""

    def draw(self, median: float, z: Array, /) -> Array:
        """Return the values of people `z` standard deviations from the middle."""
        ...


@dataclass(frozen=True)
class Share:
    """1 in a share of people, 0 in the others.

    >>> Share(0.5).draw(0.0, np.array([-1.0, 1.0])).tolist()
    [1.0, 0.0]
    """

    share: float

    def draw(self, _: float, z: Array) -> Array:
        """Return 1 or 0 for each person."""
        return np.asarray(ndtr(z) < self.share, dtype=float)

    def __str__(self) -> str:
        """Return it as tables show it."""
        return f"1 in {100 * self.share:g} %"


@dataclass(frozen=True)
class Between:
    """Evenly spread between two ends, in the parameter's own unit.

    >>> Between(2.0, 4.0).draw(0.0, np.array([0.0])).tolist()
    [3.0]
    """

    low: float
    high: float

    def draw(self, _: float, z: Array) -> Array:
        """Return a value for each person."""
        return np.asarray(self.low + (self.high - self.low) * ndtr(z))

    def __str__(self) -> str:
        """Return it as tables show it."""
        return f"evenly {self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Fold:
    """Evenly spread in logs, to so many times less and more than the middle.

    >>> Fold(4.0).draw(2.0, np.array([-9.0, 0.0, 9.0])).tolist()
    [0.5, 2.0, 8.0]
    """

    times: float

    def draw(self, middle: float, z: Array) -> Array:
        """Return a value for each person."""
        return np.asarray(middle * self.times ** (2 * ndtr(z) - 1))

    def __str__(self) -> str:
        """Return it as tables show it."""
        return f"evenly in logs to {self.times:g} times less and more"


@dataclass(frozen=True)
class Experiment:
    """What is simulated to compare published rows with.

    name, label : for programs and for readers.
    recipe : what is run, by name.
    severity : one of the recipe's severities; empty takes the usual one.
    settings : parameter -> value with unit, for everyone.
    people : parameter -> (middle with unit, spread); replaces what the library says of its spread. An empty
        middle is the number of the model.
    regimen : doses besides those the trigger gives by itself; what they need comes into the model.
    lighter : (weight in kg, regimen): who weighs less is given this one.
    hours, step : how long and how finely it is looked at.
    patients : how many take part unless asked otherwise.
    quantities : read-outs that are kept, where the model has them; none is every lab and score.
    """

    name: str
    label: str
    recipe: str
    severity: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, tuple[str, Spread]] = field(default_factory=dict)
    regimen: Regimen = field(default_factory=Regimen)
    lighter: tuple[float, Regimen] | None = None
    hours: float = 672.0
    step: float = 3.0
    patients: int = 500
    quantities: tuple[str, ...] = ()

    @property
    def times(self) -> Array:
        """Hours at which it is looked at."""
        return np.round(np.linspace(0.0, self.hours, round(self.hours / self.step) + 1), 6)

    @property
    def drugs(self) -> tuple[str, ...]:
        """Names of what is given besides the trigger's own."""
        made = recipes().get(self.recipe)
        inside = {module.name for module in made.modules} if made else set()
        return tuple(name for name in self.regimen.modules if name not in inside)

    @property
    def lacking(self) -> str:
        """What the library does not have of it, in words; empty if nothing."""
        if self.recipe not in recipes():
            return f"no recipe {self.recipe!r} in the model yet"
        absent = [name for name in self.drugs if name not in modules()]
        return f"no {', '.join(absent)} in the model yet" if absent else ""

    def plan(self) -> str:
        """Return what is given, in words."""
        if self.lighter is None:
            return self.regimen.text()
        weight, other = self.lighter
        return f"{self.regimen.text()}\nbelow {weight:g} kg: {other.text()}"

    def as_json(self) -> dict[str, Any]:
        """Return what was declared, as JSON knows it."""
        return {
            "name": self.name,
            "label": self.label,
            "recipe": self.recipe,
            "severity": self.severity or "usual",
            "settings": dict(self.settings),
            "people": {
                name: f"{middle or 'as in the model'}, {spread}"
                for name, (middle, spread) in self.people.items()
            },
            "regimen": self.plan(),
            "hours": self.hours,
        }


@lru_cache(maxsize=32)
def _composed(name: str, drugs: tuple[str, ...] = ()) -> Model:
    return model_for(name, include=drugs)


@dataclass(frozen=True)
class Prepared:
    """An experiment's model and cohort, and which of its settings the model does not know."""

    experiment: Experiment
    model: Model
    cohort: xr.Dataset
    unknown: tuple[str, ...]


def prepare(
    experiment: Experiment,
    values: Mapping[str, str | float] | None = None,
    *,
    patients: int | None = None,
    seed: int = 0,
) -> Prepared:
    """Return the model with all settings made, and who takes part.

    values : numbers to try, over the recipe's own; the experiment's settings come on top.
    Raises InputError if there is no such recipe, or a value cannot be used.
    """
    if experiment.recipe not in recipes():
        raise InputError(f"no recipe {experiment.recipe!r} in the model yet", "a recipe of the library")
    model = _composed(experiment.recipe, experiment.drugs)
    known = {p.name for p in model.parameters}
    severity, lacking = _severity(experiment)
    asked = {**recipe(experiment.recipe).settings, **severity}
    own = {k: v for k, v in (values or {}).items() if k in known}
    lacking += [name for name in (*experiment.settings, *experiment.people) if name not in known]
    made = {k: v for k, v in experiment.settings.items() if k in known}
    model = model.replace({**asked, **own, **made})
    cohort = sample(model, n=patients or experiment.patients, seed=seed)
    drawn = {name: who for name, who in experiment.people.items() if name in known}
    return Prepared(experiment, model, _spread(model, cohort, drawn, seed), tuple(lacking))


def _severity(experiment: Experiment) -> tuple[Mapping[str, str], list[str]]:
    """Return what the severity sets, and its name if the recipe does not have it."""
    made = recipe(experiment.recipe)
    wanted = experiment.severity or made.usual
    if wanted in made.severities:
        return made.severities[wanted], []
    usual = made.severities.get(made.usual, {})
    return usual, [f"severity {wanted}"] if experiment.severity else []


def _spread(
    model: Model, cohort: xr.Dataset, people: Mapping[str, tuple[str, Spread]], seed: int
) -> xr.Dataset:
    """Return the cohort with the experiment's own people; each still depends on seed and index alone."""
    index = np.asarray(cohort["patient"].values, dtype=np.int64)
    drawn = {}
    for name, (middle, spread) in people.items():
        parameter = model.parameter(name)
        centre = model.values[parameter] / parameter.factor
        if middle:
            number, given = units.quantity(middle)
            centre = units.convert(number, given or "1", parameter.unit)
        values = spread.draw(centre, standard_normal(seed, name, index))
        drawn[name] = ("patient", values, {"units": parameter.unit, "label": parameter.label})
    return cohort.assign(drawn)


def perform(prepared: Prepared) -> xr.Dataset:
    """Return the run of a prepared experiment: every lab and score, patients by time."""
    experiment, cohort = prepared.experiment, prepared.cohort
    if experiment.lighter is None:
        return simulate(prepared.model, cohort, experiment.regimen, experiment.times)
    weight, other = experiment.lighter
    light = np.asarray(cohort["person.weight"].values) < weight
    parts = [
        simulate(prepared.model, cohort.isel(patient=np.flatnonzero(who)), plan, experiment.times)
        for who, plan in ((light, other), (~light, experiment.regimen))
        if who.any()
    ]
    own = [part[[name for name in part.data_vars if PATIENT in part[name].dims]] for part in parts]
    joined = xr.concat(own, dim=PATIENT, combine_attrs="override", coords="minimal", compat="override")
    return joined.sortby(PATIENT)
