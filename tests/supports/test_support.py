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


SEEN = [
    "il6.level", "circulation.pressure", "spo2", "pf_ratio", "coagulation.platelets",
    "coagulation.fibrinogen", "kidney.creatinine", "lung.water", "liver.crp", "marrow.haemoglobin",
]  # fmt: skip
"""What would show if support did anything."""


def seen_under(plan: Regimen, changes: dict[str, str | float]) -> xr.Dataset:
    """Return what a person with leaking vessels shows."""
    hours = np.arange(0.0, 13.0, 3.0)
    return simulate(person(0.05).replace(changes), None, plan, hours, quantities=SEEN, rtol=1e-6, unsafe=True)


def test_no_dose_is_no_support() -> None:
    """A dose of zero by every route at once gives the very bits of the same model without one."""
    none = seen_under(Regimen(), {})

    def differs(routes: list[str]) -> bool:
        given = Regimen()
        for route in routes:
            given = given + Dose(route, f"0 {ward().routes[route].species.unit}")
        zero = seen_under(given, {})
        return any(not np.array_equal(zero[name], none[name]) for name in SEEN)

    if differs(ROUTES):  # only then is it asked which
        assert not [route for route in ROUTES if differs([route])]
        pytest.fail("each alone is nothing, all together are not")


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
    "insulin {} U/h": ((1, 4, 10), "glucose", -1),
    "plasma_exchange plasma {} mL/kg/h": ((2, 5, 10), "liver.crp", -1),
    "plasma_exchange albumin {} mL/kg/h": ((2, 5, 10), "coagulation.fibrinogen", -1),
}


ONCE = {
    "platelet_transfusion {} cells": ((1e11, 3e11), "coagulation.platelets"),
    "red_cells {} g": ((25, 55), "marrow.haemoglobin"),
    "fibrinogen_concentrate {} g": ((2, 4), "coagulation.fibrinogen"),
    "transplant {} Mcell/kg": ((1, 5), "transplant.graft"),
}
"""What is given once and stays: amounts, and what rises."""
VAST = {"blood_volume.by_weight": "1e12 mL/kg"}
WITHOUT: dict[str, dict[str, str | float]] = {
    "crystalloid.iv": VAST | {"crystalloid.to_lung": 0.0},
    "ecmo.circuit": {"ecmo.output": "1e12 L/min", "ecmo.used": "0 1/h"},
    "fibrinogen_concentrate.iv": {"fibrinogen_concentrate.kept": 0.0},
    "haemoadsorption.circuit": {"haemoadsorption.fresh": 0.0},
    "heparin.iv": {"heparin.half": "1e12 U/mL"},
    "insulin.iv": {"insulin.most": 0.0},
    "noradrenaline.iv": {"noradrenaline.most": "0 mmHg", "noradrenaline.resisted": "0 mmHg"},
    "oxygen.cannula": {"oxygen.for_cannula": "0 min/L"},
    "oxygen.high_flow": {"oxygen.least": 1e12},
    "oxygen.mask": {"oxygen.for_mask": "0 min/L"},
    "plasma_exchange.albumin": VAST,
    "plasma_exchange.plasma": VAST,
    "platelet_transfusion.iv": {"platelet_transfusion.kept": 0.0},
    "red_cells.iv": VAST,
    "renal_replacement.effluent": {"renal_replacement.water": "1e12 L/kg"},
    "renal_replacement.fluid": {"renal_replacement.from_vessels": 0.0, "renal_replacement.from_lung": 0.0},
    "transplant.iv": {"person.killing": 1.0},
    "vasopressin.iv": {"vasopressin.most": "0 mmHg"},
    "ventilation.fio2": {"ventilation.least": 1e12},
    "ventilation.peep": {"ventilation.opened": 0.0, "ventilation.hindered": "0 1/cmH2O"},
    "ventilation.prone": {"ventilation.turned": 0.0},
    "ventilation.tidal": {
        "ventilation.harm": "0 1/h", "ventilation.il6_rate": "0 pg/mL/h", "ventilation.il8_rate": "0 pg/mL/h",
    },
}  # fmt: skip
"""Route: what takes away what it acts on, or its action where all of the body is acted on."""


def route_of(text: str) -> str:
    """Return the route of an order with a gap for its amount."""
    return plan(text.format(1) + " over 1 h").doses[0].route


def usual(text: str) -> Regimen:
    """Return the middle of the amounts that are tried."""
    doses = MORE[text][0] if text in MORE else ONCE[text][0]
    return plan(text.format(doses[len(doses) // 2]) + (" over 12 h" if text in MORE else ""))


def test_every_route_of_every_support_is_in_the_tables() -> None:
    assert sorted(map(route_of, (*MORE, *ONCE))) == sorted(ROUTES) == sorted(WITHOUT)


@pytest.mark.parametrize("vast", [False, True], ids=["each without its target", "in blood without end"])
def test_without_its_target_support_does_nothing(vast: bool) -> None:
    """All are given at once; those that act by the share of blood they reach, apart."""
    texts = [text for text in (*MORE, *ONCE) if (VAST.keys() <= WITHOUT[route_of(text)].keys()) == vast]
    changes, given = {}, Regimen()
    for text in texts:
        changes |= WITHOUT[route_of(text)]
        given = given + usual(text)
    none, without = seen_under(Regimen(), changes), seen_under(given, changes)
    for name in SEEN:
        np.testing.assert_allclose(without[name], none[name], rtol=1e-4, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("text", ONCE)
def test_more_of_what_stays_does_more(text: str) -> None:
    doses, seen = ONCE[text]
    orders = [None, *(text.format(dose) for dose in doses)]
    found = [float(course(order, [24], seen, rate=0)[seen][0]) for order in orders]
    assert found == sorted(set(found)), found


SETTINGS = {
    route_of(text): text for text in MORE if ward().routes[route_of(text)].species.name.endswith("_held")
}


def test_what_runs_down_is_what_was_ordered() -> None:
    """The area under each setting is setting times time."""
    given = Regimen()
    for text in SETTINGS.values():
        given = given + usual(text)
    names = {route: f"area {route}_now" for route in SETTINGS}
    run = simulate(
        person(0.05), None, given, [0, 24], quantities=[], summaries=[*names.values()], rtol=1e-8, unsafe=True
    )
    for route, text in SETTINGS.items():
        setting, unit = MORE[text][0][1], text.rsplit("}", 1)[1]
        setting *= (75 if "/kg" in unit else 1) * (0.01 if "percent" in unit else 1)
        found = float(run[names[route].replace(" ", "_").replace(".", "_")][0])
        assert found == pytest.approx(12 * setting, rel=1e-3), route


INFUSED = {
    "noradrenaline.iv": (0.5, "mg", 2.1 * 60 * np.exp(-0.00344 * (30 - 35)) * (75 / 70) ** 0.75, 1.0),
    "vasopressin.iv": (2.0, "U", np.log(2) / 0.25 * 10, 1e-3),
    "heparin.iv": (1000.0, "U", np.log(2) / 1.25 * 0.05 * 75, 1e3),
    "insulin.iv": (10.0, "U", np.log(2) * 12 * 0.15 * 75, 1.0),
}
"""Route: an amount, clearance in L/h, and what the level is counted in, per litre.

Others have no level of their own to add up: settings are held to what was ordered, bags to what they hold,
and fluid is not linear, since empty vessels hold it.
"""


@pytest.mark.parametrize("route", INFUSED)
def test_infusions_add_up_and_leave_by_their_clearance(route: str) -> None:
    amount, unit, clearance, per = INFUSED[route]
    model = person(0)
    first, later = Dose(route, f"{amount} {unit}", 0, 2), Dose(route, f"{amount / 2} {unit}", 1, 2)
    twice = Dose(route, f"{2 * amount} {unit}", 0, 2)
    seen, hours = route.replace(".iv", ".level"), np.array([0, 0.5, 1.5, 2.5, 24])
    plans = (Regimen() + first, Regimen() + later, Regimen() + first + later, Regimen() + twice)
    area = f"area {seen}"
    runs = [simulate(model, None, p, hours, quantities=[seen], summaries=[area], rtol=1e-8) for p in plans]
    a, b, both, double = (run[seen].to_numpy()[0] for run in runs)
    np.testing.assert_allclose(a + b, both, rtol=1e-4, atol=1e-6 * a.max())
    np.testing.assert_allclose(2 * a, double, rtol=1e-4, atol=1e-6 * a.max())
    left = clearance * per * float(runs[0][area.replace(" ", "_").replace(".", "_")][0])
    assert left == pytest.approx(amount, rel=2e-3)


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
    """The most it adds falls from 32 to 12 mmHg as organs fail (Oualha2014), here at fewer of them."""
    model = ward().replace({"shock.rate": 1.0, "fate.endurance": 1e9, "noradrenaline.between": 1.4})
    seen = ["noradrenaline.response", "noradrenaline.felt"]
    first, last = (
        simulate(model, None, None, [0, 400], quantities=seen).isel(patient=0, time=at) for at in (0, 1)
    )
    assert float(first["noradrenaline.response"]) == pytest.approx(32, rel=0.01)
    assert float(last["noradrenaline.felt"]) > 2.2
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


@pytest.mark.parametrize("dose, taken", [(4, 0.25), (10, 0.45)])
def test_insulin_takes_as_much_glucose_as_it_is_said_to(dose: float, taken: float) -> None:
    without = float(course(None, [8], "glucose", rate=0)["glucose"][0])
    held = float(course(f"insulin {dose} U/h over 12 h", [8], "glucose", rate=0)["glucose"][0])
    assert 1 - held / without == pytest.approx(taken, abs=0.03)


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
