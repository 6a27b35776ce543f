"""Healthy people stay healthy, and their laboratory values are those of healthy people."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm.library import catalogue
from cytostorm.model import Lab, Model

MONTH = np.arange(0.0, 673.0, 84.0)
DISEASE = {"car_t": ("car_t.load",), "bispecific": ("bispecific.load",)}
"""What a trigger's usual patient has besides its dose, by trigger: leukaemia grows by itself."""
LIMITS = {
    "gcs": "15 is the most there is",
    "spo2": "no saturation is above 100 %, and 95 % is where clinicians act",
    "pf_ratio": "400 mmHg is the limit of a score, which nobody healthy is below",
    "heart_rate": "it holds for adults of all ages; young volunteers at rest lie in its lower half",
    "pao2": "it is 0.21 of that ratio in air, so that nobody healthy is below 84 mmHg",
    "egfr": "60 is where chronic disease begins",
    "il6": "the limit of detection of clinical assays, far above what finer ones find in health",
}
"""Ranges that are no interval of 95 % of healthy people, and why."""


def triggers() -> dict[str, str]:
    """Return a recipe for each trigger."""
    found: dict[str, str] = {}
    for name, recipe in catalogue.recipes().items():
        trigger = next(m.name for m in recipe.modules if m.kind == "trigger")
        found.setdefault(trigger, name)
    return found


def healthy(trigger: str, n: int) -> tuple[Model, xr.Dataset]:
    """Return the model of a trigger that is not given, and young adults."""
    model = catalogue.composed_for(triggers()[trigger])
    off = dict.fromkeys([c.amount.name for c in model.challenges], 0.0)
    off |= dict.fromkeys(DISEASE.get(trigger, ()), 0.0)
    return model, cs.sample(model, n, seed=5, fixed=off)


def stays(trigger: str, n: int) -> None:
    """Check that every state of every person is where it was, all month."""
    model, people = healthy(trigger, n)
    assert model.challenges
    names = [s.name for s in model.species]
    run = cs.simulate(model, people, times=MONTH, quantities=names)
    assert run.attrs["failed"] == 0
    for species in model.species:
        values = run[species.name].to_numpy()
        rest = values[:, :1]
        size = np.where(np.abs(rest) > 0, np.abs(rest), species.scale / species.factor)
        assert (np.abs(values - rest) <= 1e-3 * size).all(), species.name
    assert not np.isfinite(run["died_at"].to_numpy()).any()


def test_healthy_people_stay_healthy_for_four_weeks() -> None:
    stays("endotoxin", 200)


@pytest.mark.slow
@pytest.mark.parametrize("trigger", triggers())
def test_healthy_people_stay_healthy_whatever_is_not_given(trigger: str) -> None:
    stays(trigger, 1000)


@cache
def volunteers() -> tuple[Model, xr.Dataset]:
    model, people = healthy("endotoxin", 1000)
    return model, cs.simulate(model, people, times=[0.0, 24.0])


def ranges() -> list[str]:
    """Return the labs that have a reference range."""
    model = catalogue.composed_for("endotoxin")
    return [o.short for o in model.labs if o.normal not in (None, (None, None))]


@pytest.mark.parametrize("name", ranges())
def test_healthy_people_have_healthy_values(name: str) -> None:
    """90 to 99 % within the range of clinical laboratories, half of them around its middle."""
    model, run = volunteers()
    lab = model.quantity(name)
    assert isinstance(lab, Lab)
    assert lab.normal is not None
    low, high = (np.nan if limit is None else limit for limit in lab.normal)
    values = run[name].to_numpy()[:, -1]
    inside = float(np.mean(~(values < low) & ~(values > high)))
    assert inside >= 0.9
    if name in LIMITS:
        return
    assert inside <= 0.99
    middle = float(np.median(values))
    if np.isnan(low):
        assert 0.25 <= middle / high <= 0.75
    else:  # levels are skewed: the middle of a range is that of the logarithms
        assert 0.25 <= np.log(middle / low) / np.log(high / low) <= 0.75


def test_limits_that_are_no_intervals_are_still_there() -> None:
    assert set(LIMITS) <= set(ranges())
