"""Healthy people at rest."""

from __future__ import annotations

import numpy as np

from cytostorm.credibility.bands import times_over
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.experiments.names import NAMES
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import Array, People
from cytostorm.credibility.reading import level
from cytostorm.observe.targets import Target

HEALTHY = Experiment(
    "healthy",
    "healthy people without a trigger",
    recipe="endotoxin",
    settings={"endotoxin.dose": "0 ng/kg"},
    hours=24.0,
    step=6.0,
    patients=1000,
)


def at_rest(people: People) -> Array:
    """Return the last hour of the run, at which nothing has happened for a day."""
    return np.full(len(people), people.hours[-1])


def check_of(target: Target) -> Check | Unscored:
    """Compare the levels of healthy controls."""
    if target.variable not in NAMES:
        return Unscored("no such quantity is declared")
    name, unit = NAMES[target.variable]
    return check(HEALTHY, level(name, unit, at_rest), times_over)
