"""What support does, in a person whose vessels are injured from outside and nothing else happens."""

from __future__ import annotations

import itertools
from functools import lru_cache

import numpy as np
import pytest
import xarray as xr

from cytostorm.library import catalogue
from cytostorm.library.drugs._kinetics import in_plasma
from cytostorm.library.organs import endothelium, lung
from cytostorm.library.supports import blood_volume
from cytostorm.model import Dose, Model, Module, Regimen, compose
from cytostorm.scenario import order
from cytostorm.simulation import simulate

SUPPORTS = sorted(name for name, m in catalogue.modules().items() if m.kind == "support" and m.routes)
ROUTES = [route.full for name in SUPPORTS for route in catalogue.find(name).routes.values()]


@lru_cache(maxsize=1)
def ward() -> Model:
    """Return a person with leaking vessels and lung, all support, and something that stays in plasma."""
    m = Module("shock", "trigger", "leaking vessels")
    rate = m.assumed("rate", 0.0, "1/h", "injury", "set by each test")
    m.stimulate(endothelium.direct, rate)
    m.stimulate(lung.share, 1)
    tracer = Module("tracer", "drug", "a tracer")
    none = tracer.assumed("none", 1e-12, "L/h", "clearance", "it stays")
    stays = in_plasma(tracer, volume=blood_volume.plasma, clearance=none)
    tracer.route("iv", stays.amount, "vein")
    scores = [catalogue.find(name) for name in ("sofa_score", "astct", "gas_exchange")]
    return compose(m, tracer, *scores, *(catalogue.find(name) for name in SUPPORTS))


@lru_cache(maxsize=4)
def person(rate: float) -> Model:
    """Return a person who cannot die, and whose vessels are injured at this rate."""
    return ward().replace({"shock.rate": rate, "fate.endurance": 1e9})


def course(text: str | None, hours: list[float], *seen: str, rate: float = 0.05, **how: float) -> xr.Dataset:
    """Return the typical person under an order in a ward's words."""
    return simulate(person(rate), None, plan(text), hours, quantities=list(seen), **how).isel(patient=0)


def plan(text: str | None) -> Regimen:
    """Return an order as a plan."""
    if text is None:
        return Regimen()
    said = order(text)
    route = said.get("route") or next(iter(catalogue.find(said["what"]).routes))
    return Regimen() + Dose(
        f"{said['what']}.{route}", said["amount"], said.get("time", 0.0), said.get("duration", 0.0)
    )


@pytest.mark.parametrize("dose, level", [(0.1, 3.5703), (0.5, 16.904)])
def test_noradrenaline_of_a_volunteer(dose: float, level: float) -> None:
    model = ward().replace({"shock.rate": 0, "person.weight": "70 kg", "person.age": "35 year"})
    given = plan(f"noradrenaline {dose} ug/kg/min over 6 h")
    run = simulate(model, None, given, [0, 5.9], quantities=["noradrenaline"], rtol=1e-8)
    assert float(run["noradrenaline"][0, -1]) == pytest.approx(level, rel=2e-3)


@pytest.mark.parametrize("volumes, removed", [(1.0, 0.63212), (1.5, 0.77687)])
@pytest.mark.parametrize("by", ["plasma", "albumin"])
def test_plasma_exchange_removes_what_is_well_mixed(volumes: float, removed: float, by: str) -> None:
    volume = 65 * 0.7 * volumes  # mL/kg
    given = Dose("tracer.iv", "100 mg") + plan(f"plasma_exchange {by} {volume} mL/kg over 2 h at 1 h")
    model = person(0)
    run = simulate(model, None, given, [0, 1, 5], quantities=["tracer.plasma"], rtol=1e-8).isel(patient=0)
    before, after = run["tracer.plasma"].to_numpy()[1:]
    assert 1 - after / before == pytest.approx(removed, rel=2e-3)


def test_no_more_il6_is_adsorbed_than_flow_times_extraction() -> None:
    """A steady level falls to CL / (CL + plasma flow x extraction), and comes back when the pump stops."""
    seen = ("il6", "haemoadsorption.extraction", "haemoadsorption.cleared")
    hours = [0.0, 0.5, 6.0, 12.0, 24.0, 36.0]
    run = course("haemoadsorption 140 mL/min over 24.5 h", hours, "il6.level", *seen[1:], rate=0, rtol=1e-8)
    rest, *levels = run["il6.level"].to_numpy()
    own = 1.6 * 65 * 75 * 0.7 / 60  # mL/min
    extraction = run["haemoadsorption.extraction"].to_numpy()
    for hour in (2, 3, 4):
        left = own / (own + 140 * 0.7 * extraction[hour])
        assert levels[hour - 1] / rest == pytest.approx(left, rel=5e-3)
    assert levels[-1] == pytest.approx(rest, rel=1e-3)
    np.testing.assert_allclose(extraction[[1, 3]], [0.26, 0.20], atol=0.005)  # as published
    assert 0.09 <= extraction[4] <= 0.16
    assert extraction[5] == pytest.approx(0.26, abs=1e-3), "a new cartridge"
    fast = course("haemoadsorption 260 mL/min over 24.5 h", hours, *seen[1:], rate=0)
    assert float(fast["haemoadsorption.extraction"][2]) == pytest.approx(0.06, abs=0.01)


def test_beads_take_a_drug_of_their_size_and_plasma_exchange_any() -> None:
    model = compose(*(catalogue.find(n) for n in ("anakinra", "haemoadsorption", "plasma_exchange")))

    def level(text: str | None) -> float:
        run = simulate(
            model, None, Dose("anakinra.iv", "100 mg") + plan(text), [0, 6], quantities=["anakinra"]
        )
        return float(run["anakinra"][0, -1])

    none, beads = level(None), level("haemoadsorption 140 mL/min over 6 h")
    exchange = level("plasma_exchange albumin 40 mL/kg over 3 h")
    assert beads < 0.95 * none
    assert exchange < 0.98 * none


@pytest.mark.parametrize("route", ROUTES)
def test_no_dose_is_no_support(route: str) -> None:
    unit = ward().routes[route].species.unit
    seen = ["il6.level", "circulation.pressure", "spo2", "coagulation.platelets", "crs_grade", "sofa"]
    model = person(0.05)
    hours = np.arange(0.0, 13.0, 3.0)
    none, zero = (
        simulate(model, None, given, hours, quantities=seen)
        for given in (Regimen(), Regimen() + Dose(route, f"0 {unit}"))
    )
    for name in none.data_vars:
        np.testing.assert_array_equal(none[name].to_numpy(), zero[name].to_numpy(), err_msg=str(name))


MORE = {
    "noradrenaline {} ug/kg/min": ((0.05, 0.1, 0.5), "circulation.pressure", 1),
    "vasopressin {} U/min": ((0.01, 0.03, 0.06), "circulation.pressure", 1),
    "crystalloid {} mL/kg/h": ((1, 5, 10), "circulation.pressure", 1),
    "oxygen cannula {} L/min": ((1, 3, 6), "spo2", 1),
    "oxygen mask {} L/min": ((5, 10, 15), "spo2", 1),
    "oxygen high_flow {} percent": ((30, 50, 90), "spo2", 1),
    "ventilation fio2 {}": ((0.3, 0.6, 1.0), "spo2", 1),
    "ventilation peep {} cmH2O": ((5, 10, 15), "pf_ratio", 1),
    "ventilation prone {}": ((0.3, 0.6, 1.0), "pf_ratio", 1),
    "ventilation tidal {} mL/kg": ((6, 9, 14), "il6.level", 1),
    "ecmo {} L/min": ((1, 3, 5), "spo2", 1),
    "haemoadsorption {} mL/min": ((30, 60, 100), "il6.level", -1),
    "renal_replacement effluent {} mL/kg/h": ((10, 20, 40), "kidney.creatinine", -1),
    "renal_replacement fluid {} mL/h": ((50, 100, 200), "lung.water", -1),
    "heparin {} U/kg/h": ((5, 10, 20), "coagulation.platelets", 1),
    "plasma_exchange plasma {} mL/kg/h": ((2, 5, 10), "liver.crp", -1),
    "plasma_exchange albumin {} mL/kg/h": ((2, 5, 10), "coagulation.fibrinogen", -1),
}


@pytest.mark.parametrize("text", MORE)
def test_more_does_more_and_ends_when_it_is_stopped(text: str) -> None:
    doses, seen, sign = MORE[text]
    runs = [
        course(order and f"{order} over 24 h at 1 d", [24, 47.9, 96], seen, unsafe=True)[seen]
        for order in (None, *map(text.format, doses))
    ]
    during = [sign * float(run[1]) for run in runs]
    assert all(less < more for less, more in itertools.pairwise(during)), during
    never, most = runs[0].to_numpy(), runs[-1].to_numpy()
    assert abs(most[2] - never[2]) < 0.5 * abs(most[1] - never[1])


def test_failing_organs_resist_noradrenaline() -> None:
    """The most it adds falls from 32 to 12 mmHg as organs fail (Oualha2014), here at half as many of them."""
    model = ward().replace({"shock.rate": 1.0, "fate.endurance": 1e9, "noradrenaline.between": 1.75})
    seen = ["noradrenaline.response", "noradrenaline.felt"]
    first, last = (
        simulate(model, None, None, [0, 400], quantities=seen).isel(patient=0, time=at) for at in (0, 1)
    )
    assert float(first["noradrenaline.response"]) == pytest.approx(32, rel=0.01)
    assert float(last["noradrenaline.felt"]) > 2.5
    assert 12 < float(last["noradrenaline.response"]) < 14


@pytest.mark.parametrize(
    "text, seen, rise",
    [
        ("platelet_transfusion 3e11 cells", "coagulation.platelets", 3e5 * 0.6 / (65e-3 * 75)),
        ("red_cells 55 g", "marrow.haemoglobin", 55 / (65e-3 * 75)),
        ("fibrinogen_concentrate 4 g", "coagulation.fibrinogen", 4 * 0.9 / (65e-3 * 75 * 0.7)),
    ],
)
def test_what_hangs_in_a_bag_is_in_blood_within_the_hour(text: str, seen: str, rise: float) -> None:
    given, never = (course(order, [1], seen, rate=0) for order in (text, None))
    assert float(given[seen][0] - never[seen][0]) == pytest.approx(rise, rel=0.02)


def test_a_graft_kills_where_its_host_cannot() -> None:
    model = compose(catalogue.find("transplant"), catalogue.find("viraemia"))
    model = model.replace({"person.killing": 0, "person.immunity": 0})
    runs = [
        simulate(
            model,
            None,
            plan(order_),
            [0, 672],
            quantities=["viraemia.infected"],
        )
        for order_ in ("transplant 5 Mcell/kg", None)
    ]
    given, never = (float(run["viraemia.infected"][0, -1]) for run in runs)
    assert given < 0.5 * never


def test_fluid_stays_when_vessels_are_empty_and_floods_when_they_leak() -> None:
    seen = ("crystalloid.infused", "lung.water")
    text = "crystalloid 25 mL/kg over 30 min"
    well = course(text, [0.5, 1.0, 12], *seen, rate=0)
    held = well["crystalloid.infused"].to_numpy()[:2] / (25 * 75)
    assert 0.5 < held[0] < 0.6  # Hahn2020
    assert 0.1 < held[1] < 0.2
    leak, dry = (course(order, [61, 80], *seen) for order in (text + " at 60 h", None))
    assert float(leak["lung.water"][1]) > float(dry["lung.water"][1]) + 0.05


def test_scores_read_what_is_ordered() -> None:
    def at(text: str | None, *seen: str) -> list[int]:
        run = course(text, [0, 30], *seen, "fever.core", rate=0)
        return [int(run[name][-1]) for name in seen]

    assert at(None, "sofa_circulation") == [0]
    assert at("noradrenaline 0.08 ug/kg/min over 2 d", "sofa_circulation") == [3]
    assert at("noradrenaline 0.2 ug/kg/min over 2 d", "sofa_circulation") == [4]
    assert at("noradrenaline 0.2 ug/kg/min over 1 d", "sofa_circulation") == [0]
    model = ward().replace({"shock.rate": 0, "fever.normal": 39})
    grades = {
        "oxygen cannula 2 L/min": 2,
        "oxygen high_flow 40 percent": 3,
        "ventilation peep 5 cmH2O": 4,
        "vasopressin 0.03 U/min": 3,
    }
    for text, grade in grades.items():
        run = simulate(model, None, plan(text + " over 2 d"), [0, 30], quantities=["crs_grade"])
        assert int(run["crs_grade"][0, -1]) == grade, text
