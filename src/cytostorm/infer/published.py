"""The models against published rows: those of one group, or all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from importlib import resources

from cytostorm.credibility import Check, Experiment, calibration, check_of
from cytostorm.credibility.experiment import prepare
from cytostorm.credibility.judging import Row as Published
from cytostorm.credibility.people import People
from cytostorm.dataset import OK, STATUS
from cytostorm.errors import InputError, did_you_mean
from cytostorm.infer.problem import Free, Problem, Row, Values
from cytostorm.infer.together import apart, stacked
from cytostorm.library.catalogue import model_for, recipes
from cytostorm.model import Model
from cytostorm.observe.readout import absent
from cytostorm.observe.targets import groups, load
from cytostorm.simulation import simulate

PEOPLE = 30
"""Virtual patients in each experiment unless another number is asked for."""
TOGETHER = 128
"""Patients of an experiment simulated at once at most, over all sets of values: memory."""
ALL = "all"
FAILED = "somebody could not be simulated"
FREE = {
    "endotoxin": (
        "endotoxin.half",
        "endotoxin.elimination",
        "macrophage.activation",
        "macrophage.pace",
        "macrophage.half_tnf",
        "macrophage.tnf_rate",
        "macrophage.il6_rate",
        "macrophage.il8_rate",
        "macrophage.il10_rate",
    ),
}
"""What is free unless others are named: the trigger, the pace of the cells, and what they secrete."""


def find(group: str, people: int = PEOPLE, seed: int = 0, free: Iterable[str] = ()) -> Problem:
    """Return the calibration of what a group of published rows is held against.

    group : name of a group, or "all".
    people : virtual patients in each experiment; seed : who they are.
    free : names of parameters, those of FREE if there are none. Each may fall to a tenth and rise to ten
        times its value; one whose number is cited is held near it. A number that a severity sets becomes
        the same for all.

    Raises InputError for an unknown group, if nothing is free, or if no model has one of the parameters.
    """
    if group not in (known := [*groups(), ALL]):
        raise InputError(
            f"there is no calibration {group!r}", "a group of published rows", did_you_mean(group, known)
        )
    names = tuple(free) or FREE.get(group, ())
    if not names:
        raise InputError(
            f"the calibration of {group!r} frees nothing by itself", "parameters by name", "add --free NAME"
        )
    rows_of = None if group == ALL else group
    checks = [check for check in map(check_of, load(rows_of)) if isinstance(check, Check)]
    checks = [check for check in checks if not check.treated]  # effects of treatment are never fitted
    needed = sorted({e.recipe for check in checks for e in check.experiments} & set(recipes()))
    models = [model_for(name) for name in needed]
    table = resources.files("cytostorm.observe") / "data" / "targets.csv"
    about = {
        "models": {model.name: model.fingerprint for model in models},
        "table": hashlib.sha256(table.read_bytes()).hexdigest(),
        "people": people,
        "people_seed": seed,
    }

    def many(sets: Sequence[Values]) -> list[list[Row]]:
        size = max(1, TOGETHER // people)
        parts = [sets[k : k + size] for k in range(0, len(sets), size)]
        return [rows for part in parts for rows in _rows(rows_of, part, people, seed)]

    chosen = tuple(Free.of(_owner(models, name), name) for name in names)
    return Problem(group, chosen, lambda values: many([values])[0], many, about)


def _owner(models: Sequence[Model], name: str) -> Model:
    """Return the first model that has a parameter."""
    for model in models:
        if any(p.name == name for p in model.parameters):
            return model
    known = list(dict.fromkeys(p.name for model in models for p in model.parameters))
    raise InputError(
        f"no model has a parameter {name!r}",
        "a parameter of what is simulated for these rows",
        did_you_mean(name, known),
    )


def _rows(group: str | None, sets: Sequence[Values], n: int, seed: int) -> list[list[Row]]:
    """Return the rows beside the models for each set of values."""
    kept: dict[str, list[People | str]] = {}

    def recruit(which: int) -> Callable[[Experiment], People | str]:
        def people(experiment: Experiment) -> People | str:
            if experiment.name not in kept:
                kept[experiment.name] = _people(experiment, sets, n, seed)
            return kept[experiment.name][which]

        return people

    tables = [
        calibration(values, group=group, patients=n, seed=seed, recruit=recruit(k))
        for k, values in enumerate(sets)
    ]
    return [[_row(row) for row in table.rows] for table in tables]


def _row(row: Published) -> Row:
    """Return a published row as it is calibrated on; what the model has no quantity for is left out."""
    nothing = row.target.group == "endotoxin" and absent(row.target)
    failed = row.reason == FAILED
    return Row(row.target.id, row.target.curve, row.model, row.accepted, row.counted and not nothing, failed)


def _people(experiment: Experiment, sets: Sequence[Values], n: int, seed: int) -> list[People | str]:
    """Return who took part in an experiment, for each set of values; a word where somebody failed.

    Who is left then would be no fair sample.
    """
    if experiment.recipe not in recipes():
        return [f"no recipe {experiment.recipe!r}"] * len(sets)
    prepared = [prepare(experiment, values, patients=n, seed=seed) for values in sets]
    model = prepared[0].model
    inside = {p.name for p in model.parameters}
    names = dict.fromkeys(name for values in sets for name in values if name in inside)
    cohort = stacked([p.model for p in prepared], [p.cohort for p in prepared], names)
    seen = [name for name in experiment.quantities if name in model.names] or None
    run = simulate(model, cohort, experiment.regimen, experiment.times, quantities=seen)
    return [People.of(part) if (part[STATUS] == OK).all() else FAILED for part in apart(run, n)]
