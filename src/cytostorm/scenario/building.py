"""From a Scenario to what is simulated: model, cohort, regimen, times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.model import Model, Regimen
from cytostorm.scenario.checking import PERSON, Check
from cytostorm.scenario.fields import Scenario

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Plan:
    """What `simulate` takes, made from a scenario.

    times : hours from the trigger; quantities : what is kept, None for every lab and score.
    """

    scenario: Scenario
    model: Model
    cohort: xr.Dataset
    regimen: Regimen
    times: NDArray[np.float64]
    quantities: tuple[str, ...] | None


def build(scenario: Scenario) -> Plan:
    """Return what is simulated.

    Raises ScenarioError with all names and units that do not fit the model.
    """
    from cytostorm.population import sample

    work = Check(scenario)
    work.run()
    if work.problems or work.model is None:
        raise scenario.source.error(work.problems)
    who = scenario.population
    fixed = {f"{PERSON}.{name}": value for name, value in scenario.person.items()}
    cohort = sample(work.model, who.patients, who.seed, vary=who.vary, fixed=fixed)
    return Plan(
        scenario, work.model, cohort, work.regimen, moments(work.end, work.step), scenario.output.quantities
    )


def moments(end: float, step: float) -> NDArray[np.float64]:
    """Return the hours from 0 to the end, a step apart; the end is always among them.

    >>> moments(1.0, 0.4)
    array([0. , 0.4, 0.8, 1. ])
    """
    count = int(end / step + 1e-9)
    times = np.arange(count + 1, dtype=np.float64) * step
    if step > 1e-6:
        times = times.round(9)
    if abs(float(times[-1]) - end) > 1e-9:
        times = np.append(times, end)
    return np.asarray(times, dtype=np.float64)
