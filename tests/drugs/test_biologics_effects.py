"""How biologics compete, what they do beyond the signal they aim at, and what they risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cytostorm.model import Dose, Regimen
from cytostorm.simulation import simulate
from tests.drugs.table import bench, volunteer

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.model import Model


def test_two_antibodies_to_tnf_share_one_site() -> None:
    """Loads add: each takes less beside the other than alone, and never as if it acted apart."""
    model = bench()
    one, other = Dose("infliximab.iv", "0.1 mg"), Dose("afelimomab.iv", "0.1 mg")
    a, b, both = (
        float(simulate(model, None, plan, np.array([0.0, 1.0]), quantities=["tnf.loose"])["tnf.loose"][0, -1])
        for plan in (one, other, Regimen() + one + other)
    )
    assert 1 / both == pytest.approx(1 / a + 1 / b - 1, rel=1e-6)
    assert both > a * b


def test_caught_tnf_piles_up_without_a_signal() -> None:
    model = bench()
    dose = Dose("infliximab.iv", "5 mg/kg", 0, "2 h")
    run = simulate(model, None, dose, np.array([0.0, 48.0]), quantities=["tnf.level", "tnf.signal"])
    (before, after), (felt, left) = run["tnf.level"].to_numpy()[0], run["tnf.signal"].to_numpy()[0]
    assert after > 20 * before
    assert left < 0.1 * felt


GIVEN = {
    "infliximab": Dose("infliximab.iv", "5 mg/kg"),
    "tocilizumab": Dose("tocilizumab.iv", "8 mg/kg"),
    "nothing": None,
}
AT_REST = {
    "defence": 1.0,
    "glucose": 5.2,
    "thrombosis_hazard": 0.001,
    "neutropenia_grade": 0.0,
    "alt": 21.0,
}


def course(model: Model, drug: str) -> xr.Dataset:
    """Return a day of the typical volunteer who was given a drug at the time of endotoxin."""
    seen = [*AT_REST, "il6", "il6.signal", "secondary_infection"]
    return simulate(model, None, GIVEN[drug], np.arange(0.0, 25.0, 1.0), quantities=seen).isel(patient=0)


def test_tnf_caught_takes_what_it_amplifies() -> None:
    given, none = (course(volunteer(), drug) for drug in ("infliximab", "nothing"))
    assert float(given["il6"].max()) < 0.5 * float(none["il6"].max())


@pytest.mark.parametrize("drug", ["infliximab", "tocilizumab"])
def test_blocked_cytokines_cost_defence(drug: str) -> None:
    given, none = (course(volunteer(), plan).isel(time=-1) for plan in (drug, "nothing"))
    assert float(given["defence"]) < 0.9 * float(none["defence"])
    assert float(given["secondary_infection"]) > float(none["secondary_infection"]) > 0


def test_liver_cells_miss_il6() -> None:
    given, none = (course(volunteer(), plan)["alt"] for plan in ("tocilizumab", "nothing"))
    assert 1 < float(given[-1] - none[-1]) < 15


def test_read_outs_of_safety_are_those_of_health_at_rest() -> None:
    run = course(volunteer().replace({"endotoxin.dose": "0 ng/kg"}), "nothing")
    for name, value in AT_REST.items():
        np.testing.assert_allclose(run[name].to_numpy(), value, rtol=1e-6, atol=1e-9, err_msg=name)
    assert float(run["secondary_infection"][-1]) == pytest.approx(1 - np.exp(-0.006), rel=1e-3)
