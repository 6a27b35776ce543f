"""What usual care is in the model: oxygen that nobody orders, and hours of shock that are survived."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.library import catalogue
from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, compose
from cytostorm.population import sample
from cytostorm.simulation import simulate
from tests.storm.people import DEATHLESS

HOURS = np.arange(0, 21 * 24.0 + 1, 6.0)
GASES = ("spo2", "fio2", "pao2", "pf_ratio", "lactate")


def gases(**changes: str) -> xr.Dataset:
    """Return the gases of those with influenza that floods the lung."""
    model = model_for("influenza", severity="storm").replace(DEATHLESS | changes)
    return simulate(model, sample(model, 30, seed=2), None, HOURS, quantities=list(GASES))


def test_a_ward_gives_the_oxygen_that_is_lacking_and_no_more() -> None:
    given, air = gases(), gases(**{"lung.ward": "0"})
    breathed, ratio = given["fio2"].to_numpy(), given["pf_ratio"].to_numpy()
    assert (air["fio2"] == pytest.approx(0.21)).all()
    assert float(air["spo2"].min()) < 85
    np.testing.assert_allclose(ratio, air["pf_ratio"], rtol=0.03)
    np.testing.assert_allclose(breathed, np.clip(63 / ratio, 0.21, 1), rtol=0.036)
    assert 91 < float(given["spo2"].min()) < 92
    assert float(given["lactate"].max()) < float(air["lactate"].max())


def test_beyond_pure_oxygen_a_ward_can_do_no_more() -> None:
    drowned = gases(**{"lung.half_water": "0.05"})
    assert 0.99 < float(drowned["fio2"].max()) < 1 + 1e-9
    assert float(drowned["spo2"].min()) < 80


def test_of_oxygen_that_is_ordered_and_that_of_the_ward_the_larger_counts() -> None:
    modules = [*model_for("influenza", severity="storm").modules, catalogue.find("oxygen")]
    model = compose(*modules).replace(DEATHLESS | dict(catalogue.numbers_for("influenza", "storm")))
    mask = Dose("oxygen.mask", f"{15 * 60 * 480:g} L", time=24, duration=480)
    run = simulate(model, None, mask, HOURS[HOURS > 48], quantities=["fio2", "spo2"])
    assert float(run["fio2"].max()) < 0.7
    assert float(run["spo2"].min()) > 92


def test_hours_of_shock_are_survived_and_weeks_are_not() -> None:
    """The hazard for each hour of failing organs is less where these hours are few."""
    paid = []
    for name in ("endotoxin", "sepsis"):
        model = model_for(name, severity="storm").replace(DEATHLESS | {"person.age": "60 year"})
        hours, asked = np.arange(0, 337.0), ["fate.failing", "fate.hazard"]
        run = simulate(model, sample(model, 40, seed=3), None, hours, quantities=asked)
        failing, hazard = (run[quantity].to_numpy() for quantity in asked)
        ill = failing.max(axis=1) > 0.5
        paid.append(float((hazard[ill, -1] / (failing[ill] ** 1.8).sum(axis=1)).mean()))
    assert paid[0] < 0.7 * paid[1]


def test_what_has_worn_out_recovers_once_organs_do() -> None:
    model = model_for("endotoxin", severity="storm").replace(DEATHLESS)
    run = simulate(model, None, None, np.arange(0, 24 * 28.0), quantities=["fate.failing", "fate.toll"])
    toll = run["fate.toll"].to_numpy()[0]
    assert toll.argmax() > run["fate.failing"].to_numpy()[0].argmax()
    assert toll[-1] < 0.05 * toll.max()
