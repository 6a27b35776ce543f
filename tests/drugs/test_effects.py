"""What drugs do to the signal they aim at, to the loop, and to what a ward sees."""

from __future__ import annotations

import itertools
from functools import lru_cache

import numpy as np
import pytest
import xarray as xr

from cytostorm.library import catalogue
from cytostorm.model import Dose, Model, compose
from cytostorm.simulation import simulate

DEATHLESS = {"fate.endurance": "1e9"}
AIMS = {
    "tocilizumab.iv": ("560 mg", "il6.signal"),
    "sarilumab.iv": ("400 mg", "il6.signal"),
    "siltuximab.iv": ("800 mg", "il6.signal"),
    "anakinra.sc": ("100 mg", "il1b.signal"),
    "emapalumab.iv": ("70 mg", "ifng.share"),
    "baricitinib.oral": ("4 mg", "il6.signal"),
}
"""Route: a usual dose, and the signal that falls."""
STEROIDS = {"dexamethasone.oral": "6 mg", "dexamethasone.iv": "10 mg", "methylprednisolone.iv": "80 mg"}


@lru_cache(maxsize=8)
def ward(trigger: str, severity: str = "") -> Model:
    """Return a trigger's model with every drug in it, so that each is compiled once."""
    return catalogue.model_for(trigger, [*AIMS, *STEROIDS], severity=severity).replace(DEATHLESS)


def course(trigger: str, severity: str, dose: Dose | None, days: float, *quantities: str) -> xr.Dataset:
    """Return the typical person who cannot die, every six hours."""
    hours = np.arange(0.0, 24 * days + 1, 6.0)
    run = simulate(ward(trigger, severity), None, dose, hours, quantities=list(quantities))
    return run.isel(patient=0)


@pytest.mark.parametrize("route", AIMS)
def test_the_signal_it_aims_at_falls_with_the_dose(route: str) -> None:
    """With nothing else in the model but what it acts on."""
    full, signal = AIMS[route]
    model = compose(catalogue.find(route.split(".", maxsplit=1)[0]))
    value, unit = full.split()
    hours = np.arange(0.0, 25.0, 1.0)
    lowest = []
    for share in (0.0, 0.01, 0.1, 1.0, 10.0):
        dose = Dose(route, f"{share * float(value)} {unit}")
        run = simulate(model, None, dose, hours, quantities=[signal], unsafe=True)
        lowest.append(float(run[signal].min()))
    assert all(more > less for more, less in itertools.pairwise(lowest)), lowest
    assert lowest[3] < 0.75 * lowest[0]


@pytest.mark.parametrize("route", [*AIMS, *STEROIDS])
def test_no_dose_is_no_drug(route: str) -> None:
    """A dose of zero gives the very bits of the same model without one."""
    model = ward("endotoxin")
    full = AIMS.get(route, (STEROIDS.get(route, ""),))[0]
    dose = Dose(route, f"0 {full.split()[1]}", time=0)
    none, zero = (
        simulate(
            model, None, plan, np.arange(0.0, 13.0, 1.0), quantities=["il6", "tnf", "crp", "temperature"]
        )
        for plan in (None, dose)
    )
    for name in none.data_vars:
        np.testing.assert_array_equal(none[name].to_numpy(), zero[name].to_numpy(), err_msg=str(name))


def test_receptor_block_raises_il6_and_halves_crp_in_days() -> None:
    dose = Dose("tocilizumab.iv", "560 mg", "96 h", "1 h")
    seen = ("il6", "sil6r", "crp", "temperature")
    given, never = (course("car_t", "severe", d, 8, *seen) for d in (dose, None))
    assert float(given["il6"].sel(time=120)) > 1.3 * float(never["il6"].sel(time=120))
    assert float(given["sil6r"].sel(time=120)) > 1.5 * float(never["sil6r"].sel(time=120))
    fall = float(given["crp"].sel(time=96 + 48)) / float(given["crp"].sel(time=96))
    assert 0.2 < fall < 0.7
    assert float(never["crp"].sel(time=96 + 48)) > 1.2 * float(given["crp"].sel(time=96 + 48))


def test_ligand_block_holds_il6_in_plasma_without_its_signal() -> None:
    dose = Dose("siltuximab.iv", "800 mg", "96 h", "1 h")
    seen = ("il6", "il6.signal", "crp")
    given, never = (course("car_t", "severe", d, 8, *seen) for d in (dose, None))
    assert float(given["il6"].sel(time=144)) > 3 * float(never["il6"].sel(time=144))
    assert float(given["il6.signal"].sel(time=144)) < 0.05 * float(never["il6.signal"].sel(time=144))
    assert float(given["crp"].sel(time=192)) < 0.3 * float(never["crp"].sel(time=192))


def test_steroid_after_the_peak_undoes_none_and_stills_the_adrenal() -> None:
    seen = ["tnf", "lymphocytes", "cortisol"]
    hours = np.arange(0.0, 24.0, 0.5)
    late, never = (
        simulate(ward("endotoxin"), None, plan, hours, quantities=seen).isel(patient=0)
        for plan in (Dose("dexamethasone.iv", "10 mg", "6 h"), None)
    )
    assert float(late["tnf"].max()) == pytest.approx(float(never["tnf"].max()), rel=1e-6)
    assert float(late["cortisol"].isel(time=-1)) < 0.7 * float(never["cortisol"].isel(time=-1))
    assert float(late["lymphocytes"].isel(time=-1)) < 0.8 * float(never["lymphocytes"].isel(time=-1))


@pytest.mark.parametrize("route", STEROIDS)
def test_steroid_in_the_second_week_damps_covid(route: str) -> None:
    plan = Dose(route, STEROIDS[route], "168 h", 0, "24 h", 9)
    given, never = (course("sars_cov_2", "severe", dose, 16, "crp") for dose in (plan, None))
    assert float(given["crp"].max()) < 0.9 * float(never["crp"].max())


def test_interferon_blocked_in_hlh_takes_ten_times_the_starting_dose() -> None:
    """Caught interferon-γ piles up; 1 mg/kg leaves half of the ferritin of a storm, 10 mg/kg far less."""
    seen = ("ifng", "cxcl9", "ferritin")
    low, high = (
        course("hlh", "storm", dose, 28, *seen)
        for dose in (Dose("emapalumab.iv", f"{n} mg/kg", "336 h", "1 h", "72 h", 5) for n in (1, 10))
    )
    never = course("hlh", "storm", None, 28, *seen)
    at = {"time": 24 * 24.0}
    ferritin = [float(run["ferritin"].sel(at)) for run in (never, low, high)]
    assert ferritin[0] > 1.5 * ferritin[1] > 3 * ferritin[2]
    assert float(high["cxcl9"].sel(at)) < 0.6 * float(never["cxcl9"].sel(at))
    assert float(high["ifng"].sel(at)) > 20 * float(never["ifng"].sel(at))


def test_jak_blocker_takes_a_brake_with_the_fire_and_leaves_tnf() -> None:
    model = ward("endotoxin")
    hours = np.arange(0.0, 2.0, 0.1)
    seen = ["il6.signal", "il10.signal", "tnf"]
    dose = Dose("baricitinib.oral", "4 mg", 0, "27 min")
    given, never = (simulate(model, None, d, hours, quantities=seen).isel(patient=0) for d in (dose, None))
    for name in ("il6.signal", "il10.signal"):
        assert float(given[name].isel(time=-1)) < 0.8 * float(never[name].isel(time=-1)), name
    assert float(given["tnf"].max()) > 0.95 * float(never["tnf"].max())
