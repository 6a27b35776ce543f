"""The experiments that published endotoxin data come from, simulated; and which of them a run is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import xarray as xr

from cytostorm import units
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.quantity import Parameter
from cytostorm.observe.readout import ScenarioKey, needed
from cytostorm.observe.targets import load

DOSE = "endotoxin.dose"
"""Parameter that holds the first dose."""
DURATION = "endotoxin.duration"
"""Parameter that spreads the first dose over time; the published experiments gave it at once."""
ROUTE = "endotoxin.iv"
"""Way in of the later doses."""
UNIT = "ng/kg"
BOLUS_HOURS, STEP = 48.0, 0.1
"""Length and resolution of a single-dose experiment, hours; the sampling times of studies lie on the grid."""
Progress = Callable[[int, int], None]


def comparison_runs(
    model: Model,
    patients: int,
    seed: int,
    simulate: Callable[..., xr.Dataset],
    sample: Callable[..., xr.Dataset],
    *,
    progress: Progress | None = None,
) -> dict[ScenarioKey, xr.Dataset]:
    """Return a run of every experiment that published endotoxin rows ask for.

    model : an endotoxin model; its dose is set by each experiment, whatever the user chose.
    patients, seed : the same virtual volunteers take part in every experiment.
    simulate, sample : `cytostorm.simulate` and `cytostorm.sample`, or alike.
    progress : called with patients done and patients in all, over all experiments.
    """
    keys = needed(load("endotoxin"))
    at_once = {p.name: "0 h" for p in model.parameters if p.name == DURATION}
    runs = {}
    for place, key in enumerate(keys):
        variant = model.replace({DOSE: f"{key.dose:g} {UNIT}"} | at_once)
        cohort = sample(variant, n=patients, seed=seed)
        told = None if progress is None else _shifted(progress, place * patients, len(keys) * patients)
        runs[key] = simulate(variant, cohort, repeats(key), times(key), progress=told)
    return runs


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def repeats(key: ScenarioKey) -> Regimen:
    """Return the doses after the first, which the trigger gives by itself at time 0."""
    if key.days == 1:
        return Regimen()
    return Regimen() + Dose(ROUTE, f"{key.dose:g} {UNIT}", time=24.0, every=24.0, count=key.days - 1)


def times(key: ScenarioKey) -> np.ndarray:
    """Return the hours at which an experiment is looked at."""
    last = max(BOLUS_HOURS, 24.0 * key.days)
    return np.round(np.linspace(0.0, last, round(last / STEP) + 1), 6)


def scenario_of(run: xr.Dataset, model: Model, cohort: xr.Dataset | None = None) -> ScenarioKey | None:
    """Return which experiment a run is, or None if it is none of the published kind."""
    known = {p.name: p for p in model.parameters}
    if DOSE not in known or (DURATION in known and model.values[known[DURATION]] > 0):
        return None
    dose = _dose(known[DOSE], model.values, cohort)
    if dose is None:
        return None
    regimen = str(run.attrs.get("regimen", "")).strip()
    candidates = [ScenarioKey(dose), *(ScenarioKey(dose, key.days) for key in needed(load("endotoxin")))]
    return next((key for key in candidates if repeats(key).text() == regimen), None)


def _dose(parameter: Parameter, values: Mapping[Parameter, float], cohort: xr.Dataset | None) -> float | None:
    """Return the one dose everyone was given, in ng/kg; None if doses differ."""
    if cohort is not None and parameter.name in cohort:
        given: Any = np.unique(cohort[parameter.name].values)
        return None if given.size != 1 else units.convert(float(given[0]), parameter.unit, UNIT)
    return float(f"{values[parameter] / units.factor(UNIT):.12g}")
