"""What drugs do to the loop, and to what a ward sees; what is true of each drug is in test_table.py."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
import xarray as xr

from cytostorm.library import catalogue
from cytostorm.model import Dose, Model, compose
from cytostorm.simulation import simulate
from tests.drugs.table import bench, volunteer

DEATHLESS = {"fate.endurance": "1e9"}
STEROIDS = {"dexamethasone.oral": "6 mg", "dexamethasone.iv": "10 mg", "methylprednisolone.iv": "80 mg"}
ANTIVIRALS = {"remdesivir.iv": ("200 mg", 24), "oseltamivir.oral": ("75 mg", 12)}
"""Route: a usual dose, and hours between two."""
NEEDED = {
    "car_t": ["tocilizumab.iv", "siltuximab.iv", "dasatinib.oral"],
    "hlh": ["emapalumab.iv", "etoposide.iv", "ciclosporin.iv"],
    "sars_cov_2": [*STEROIDS, *ANTIVIRALS],
}
"""Trigger: the routes that are tried on it."""


@lru_cache(maxsize=8)
def ward(trigger: str, severity: str = "") -> Model:
    """Return a trigger's model with the drugs that are tried on it, so that each is compiled once."""
    model = (
        volunteer()
        if trigger == "endotoxin"
        else catalogue.model_for(trigger, NEEDED[trigger], severity=severity)
    )
    return model.replace(DEATHLESS)


def course(trigger: str, severity: str, dose: Dose | None, days: float, *quantities: str) -> xr.Dataset:
    """Return the typical person who cannot die, every six hours."""
    hours = np.arange(0.0, 24 * days + 1, 6.0)
    run = simulate(ward(trigger, severity), None, dose, hours, quantities=list(quantities))
    return run.isel(patient=0)


def test_receptor_block_raises_il6_and_halves_crp_in_days() -> None:
    dose = Dose("tocilizumab.iv", "560 mg", "96 h", "1 h")
    seen = ("il6", "sil6r", "crp", "temperature")
    given, never = (course("car_t", "severe", d, 8, *seen) for d in (dose, None))
    assert float(given["il6"].sel(time=120)) > 1.3 * float(never["il6"].sel(time=120))
    assert float(given["sil6r"].sel(time=120)) > 1.5 * float(never["sil6r"].sel(time=120))
    fall = float(given["crp"].sel(time=96 + 48)) / float(given["crp"].sel(time=96))
    assert 0.2 < fall < 0.7
    assert float(never["crp"].sel(time=96 + 48)) > 1.2 * float(given["crp"].sel(time=96 + 48))


def test_receptor_block_cools_and_spares_vessels_within_days() -> None:
    dose = Dose("tocilizumab.iv", "560 mg", "60 h", "1 h")
    seen = ("temperature", "endothelium.injury", "ifng")
    given, never = (course("car_t", "severe", d, 8, *seen) for d in (dose, None))
    assert float(given["temperature"].sel(time=84)) < float(never["temperature"].sel(time=84)) - 1.5
    assert float(given["endothelium.injury"].sel(time=120)) < 0.7 * float(
        never["endothelium.injury"].sel(time=120)
    )
    assert float(given["ifng"].max()) < 1.5 * float(never["ifng"].max())  # no brake goes with it


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


def test_tofacitinib_takes_more_of_il2_and_ruxolitinib_of_gmcsf() -> None:
    drugs, seen = ("tofacitinib", "ruxolitinib"), ["reader.il2_passed", "reader.gmcsf_passed"]
    tofacitinib, ruxolitinib = (
        simulate(bench(), None, Dose(f"{drug}.oral", "10 mg"), [0.0, 1.0], quantities=seen).isel(
            patient=0, time=-1
        )
        for drug in drugs
    )
    assert float(tofacitinib[seen[0]]) < 0.5 * float(tofacitinib[seen[1]])
    assert float(ruxolitinib[seen[1]]) < float(ruxolitinib[seen[0]])


def test_paracetamol_cools_fever_and_nothing_else() -> None:
    model = ward("endotoxin")
    hours = np.arange(0.0, 9.0, 0.5)
    runs = [
        simulate(model, None, dose, hours, quantities=["temperature", "il6"]).isel(patient=0)
        for dose in (Dose("paracetamol.oral", "1 g"), None)
    ]
    fall = float(runs[1]["temperature"].max() - runs[0]["temperature"].max())
    assert 0.2 < fall < 1.5
    np.testing.assert_allclose(runs[0]["il6"], runs[1]["il6"], rtol=1e-4)
    run = simulate(bench(), None, Dose("paracetamol.oral", "1 g"), hours, quantities=["fever.core"])
    np.testing.assert_allclose(run["fever.core"], float(run["fever.core"][0, 0]), rtol=1e-9)


@pytest.mark.parametrize(
    "virus, severity, works, fails",
    [
        ("sars_cov_2", "severe", "remdesivir.iv", "oseltamivir.oral"),
        ("influenza", "", "oseltamivir.oral", "remdesivir.iv"),
    ],
)
def test_an_antiviral_slows_its_virus_and_no_other(virus: str, severity: str, works: str, fails: str) -> None:
    if severity:
        model = ward(virus, severity)
    else:
        model = compose(*(catalogue.find(name) for name in (virus, "remdesivir", "oseltamivir")))
    hours = np.arange(0.0, 121.0, 12.0)
    plans = [
        Dose(route, amount, 24, 1, every, 72 // every)
        for route in (works, fails)
        for amount, every in [ANTIVIRALS[route]]
    ]
    given, other, never = (
        simulate(model, None, plan, hours, quantities=["pathogen"])["pathogen"].to_numpy()[0]
        for plan in (*plans, None)
    )
    assert given[-1] < 0.6 * never[-1]
    np.testing.assert_allclose(other, never, rtol=1e-3)


def test_antibiotics_kill_bacteria_that_then_show_more() -> None:
    """And they do nothing to what is not susceptible, as fungi."""
    model = compose(*(catalogue.find(name) for name in ("sepsis", "meropenem", "ceftriaxone")))
    seen = ["pathogen", "inflamed.danger_body"]
    hours = np.arange(0.0, 49.0, 1.0)
    doses = [Dose("meropenem.iv", "1 g", 24, 0.5, 8, 4), Dose("ceftriaxone.iv", "2 g", 24, 0.5), None]
    meropenem, ceftriaxone, never = (
        simulate(model, None, dose, hours, quantities=seen).isel(patient=0) for dose in doses
    )
    for given in (meropenem, ceftriaxone):
        assert float(given["pathogen"][-1]) < 0.1 * float(never["pathogen"][-1])
        danger = (given["inflamed.danger_body"] / never["inflamed.danger_body"]).sel(time=[26, 47])
        assert float(danger[0]) > 1.02
        assert float(danger[1]) < 0.9
    fungus = model.replace({"sepsis.susceptible": "0"})
    runs = [simulate(fungus, None, dose, hours, quantities=seen) for dose in (doses[0], None)]
    np.testing.assert_allclose(runs[0]["pathogen"], runs[1]["pathogen"], rtol=1e-6)


def test_dasatinib_pauses_car_t_cells_that_then_go_on() -> None:
    dose = Dose("dasatinib.oral", "100 mg", "120 h", 0, "12 h", 2)
    given, never = (course("car_t", "severe", d, 8, "car_t.engaged", "ifng") for d in (dose, None))
    share = given["car_t.engaged"] / never["car_t.engaged"]
    assert float(share.sel(time=126)) < 0.35
    assert float(share.sel(time=192)) > 0.75
    assert float(given["ifng"].sel(time=138)) < 0.7 * float(never["ifng"].sel(time=138))


@pytest.mark.parametrize(
    "dose",
    [
        Dose("etoposide.iv", "150 mg/m2", "336 h", 1, "84 h", 3),
        Dose("ciclosporin.iv", "50 mg", "336 h", 2, "12 h", 20),
    ],
)
def test_fewer_t_cells_in_hlh(dose: Dose) -> None:
    given, never = (course("hlh", "storm", d, 28, "effectors", "ferritin") for d in (dose, None))
    at = {"time": 24 * 24.0}
    assert float(given["effectors"].sel(at)) < 0.6 * float(never["effectors"].sel(at))
    assert float(given["ferritin"].sel(at)) < 0.7 * float(never["ferritin"].sel(at))


def test_etoposide_costs_the_marrow_for_weeks() -> None:
    hours = np.array([0.0, 24.0, 240.0, 1008.0])
    counts = ["neutrophil.blood", "coagulation.platelets"]
    low, high = (
        simulate(bench(), None, Dose("etoposide.iv", f"{mg} mg"), hours, quantities=counts).isel(patient=0)
        for mg in (27, 270)
    )
    for name in counts:
        rest = float(high[name][0])
        assert float(high[name][2]) < min(0.9 * rest, float(low[name][2]))
        assert float(high[name][3]) > 0.8 * rest
