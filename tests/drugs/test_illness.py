"""Illness changes exposure: it slows what CYP3A4 clears and speeds the loss of antibodies with albumin."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
import xarray as xr

from cytostorm.library import catalogue
from cytostorm.model import Dose, Model, Regimen
from cytostorm.simulation import simulate
from tests.drugs.table import bench

SEEN = ["cyp3a4.activity", "ciclosporin.level"]
BLOCK = Dose("tocilizumab.iv", "560 mg", "96 h", "1 h")
DRIP = Dose("ciclosporin.iv", "2000 mg", 0, "200 h")


@lru_cache(maxsize=1)
def storm() -> Model:
    model = catalogue.model_for("car_t", ["ciclosporin.iv", "tocilizumab.iv"], severity="storm")
    return model.replace({"fate.endurance": "1e9"})


def course(model: Model, plan: Dose | Regimen) -> xr.Dataset:
    days = np.arange(0.0, 9.0) * 24
    return simulate(model, None, plan, days, quantities=SEEN, unsafe=True).isel(patient=0)


def test_health_leaves_it_alone() -> None:
    activity = course(bench(), DRIP)["cyp3a4.activity"].to_numpy()
    np.testing.assert_allclose(activity, 1.0, rtol=1e-6)


def test_a_storm_slows_clearance_and_receptor_block_restores_it() -> None:
    never, given = course(storm(), DRIP), course(storm(), Regimen() + DRIP + BLOCK)
    slow, back = (run["cyp3a4.activity"].to_numpy() for run in (never, given))
    assert slow[-1] < 0.7
    assert back[-1] > slow[-1] + 0.1
    assert back[4] == pytest.approx(slow[4])
    ill, healthy = (run["ciclosporin.level"].to_numpy()[-1] for run in (never, course(bench(), DRIP)))
    assert ill > 1.3 * healthy


def test_antibodies_are_lost_faster_while_albumin_is_low() -> None:
    dose = Dose("infliximab.iv", "385 mg", 0, "2 h")
    model = catalogue.model_for("sepsis", ["infliximab.iv"], severity="severe")
    model = model.replace({"fate.endurance": "1e9"})
    ill, same = (
        simulate(m, None, dose, np.arange(0.0, 9.0) * 24, quantities=["albumin", "infliximab"]).isel(
            patient=0
        )
        for m in (model, model.replace({"infliximab.by_albumin": 0.0}))
    )
    assert float(ill["albumin"].min()) < 0.85 * float(ill["albumin"][0])
    assert float(ill["infliximab"][-1]) < 0.98 * float(same["infliximab"][-1])
