"""Law 12: who stays healthy, who recovers, who storms, who is exhausted; and how sharp the borders are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.library.catalogue import model_for, numbers_for
from cytostorm.model import compose
from cytostorm.simulation import simulate
from tests.storm.people import DEATHLESS, dead, peaks, population
from tests.storm.test_laws import suppression

STORM = 5.0
"""Points of SOFA from which a course is a storm."""
GRID = 41


def course(model, parameter: str, values: np.ndarray) -> np.ndarray:
    """Return the highest SOFA of one person at several values of a parameter."""
    people = xr.Dataset({parameter: ("patient", values)}, coords={"patient": np.arange(len(values))})
    run = simulate(model, people, None, np.arange(0, 1009, 4.0), quantities=["sofa"])
    assert run.attrs["failed"] == 0
    return peaks(run, "sofa")


def border(model, parameter: str, low: float, high: float) -> float:
    """Return the value at which the person's course turns into a storm."""
    values = np.geomspace(low, high, GRID)
    score = course(model, parameter, values)
    above = score >= STORM
    assert not above[0]
    assert above[-1]
    assert (np.diff(above.astype(int)) >= 0).all()
    first = int(above.argmax())
    return float(np.sqrt(values[first - 1] * values[first]))


@pytest.mark.parametrize(
    "name, severity, parameter, low, high",
    [
        ("sterile_injury", "severe", "sterile_injury.dose", 0.03, 0.9),
        ("sars_cov_2", "severe", "sars_cov_2.growth", 0.08, 0.3),
    ],
)
def test_border_between_recovery_and_storm_is_sharp(
    name: str, severity: str, parameter: str, low: float, high: float
) -> None:
    """The same person, the trigger a fifth weaker or stronger: another fate."""
    model = model_for(name, severity=severity).replace(DEATHLESS)
    edge = border(model, parameter, low, high)
    weaker, stronger = course(model, parameter, np.array([edge / 1.2, edge * 1.2]))
    assert weaker < STORM <= stronger
    assert stronger - weaker >= 3


def test_early_suppression_moves_the_border() -> None:
    """Law 10 by scanning: suppressed from the first day, a slower virus is enough for a storm."""
    plain = model_for("sars_cov_2", severity="severe").replace(DEATHLESS)
    numbers = dict(numbers_for("sars_cov_2", "severe")) | DEATHLESS
    held = compose(*plain.modules, suppression(24.0), name="suppressed").replace(numbers)
    water = []
    for model in (plain, held):
        slow = model.replace({"sars_cov_2.growth": "0.11 1/h"})
        run = simulate(slow, None, None, np.arange(0, 1009, 8.0), quantities=["lung.water"])
        water.append(float(run["lung.water"].max()))
    assert water[1] > 1.2 * water[0]


def test_same_trigger_gives_recovery_storm_and_exhaustion_in_different_people() -> None:
    """Exhausted is whose monocytes have lost nine tenths of their HLA-DR at some time."""
    run = population("car_t", "severe", n=400)
    score = peaks(run, "sofa")
    storm, recovered = score >= STORM, (score <= 2) & ~dead(run)
    spent = np.nanmin(run["hla_dr"].to_numpy(), axis=1) < 0.1
    for share in (storm.mean(), recovered.mean(), spent.mean()):
        assert 0.05 < share < 0.95
    assert spent[storm].mean() > 2 * spent[recovered].mean()


def test_endotoxin_never_kills_a_volunteer() -> None:
    for severity in ("mild", "severe"):
        assert not dead(population("endotoxin", severity, n=500)).any()


def test_endotoxin_in_plenty_is_shock_and_then_recovery() -> None:
    """Micrograms per kilogram [Taveira1993]: low pressure within hours, well in two weeks."""
    run = population("endotoxin", "storm", n=200)
    pressure, hours = run["map"].to_numpy(), run["time"].to_numpy()
    lowest = np.nanmin(pressure[:, hours <= 24], axis=1)
    assert np.median(lowest) < 60
    assert (lowest < 65).mean() > 0.8
    assert np.median(peaks(run, "lactate")) > 2
    assert dead(run).mean() < 0.05
    last = run.isel(time=-1)
    alive = ~dead(run)
    assert np.nanmin(last["map"].to_numpy()[alive] / pressure[alive, 0]) > 0.9
    assert np.nanmedian(last["sofa"].to_numpy()) == 0
