"""Regimens and protocols by name, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

import cytostorm as cs
from cytostorm.cli.main import main
from cytostorm.errors import InputError
from cytostorm.formulary import limits
from cytostorm.formulary.caps import capped
from cytostorm.formulary.limits import refusals
from cytostorm.formulary.reading import drugs
from cytostorm.library import catalogue
from cytostorm.model import Gate, compose
from cytostorm.scenario import build, dumps, loads, order, ordering

ONE = 'trigger = {name = "endotoxin"}\npopulation = {patients = 1}\n'
LABEL = "tocilizumab, CAR-T CRS label"
TOCILIZUMAB = compose(catalogue.find("tocilizumab"))


def amounts(dose: cs.Dose, **person: list[float]) -> np.ndarray:
    """Return what patients have of tocilizumab right after a bolus."""
    size = len(next(iter(person.values())))
    people = cs.sample(TOCILIZUMAB, size, vary=False)
    for name, values in person.items():
        people[f"person.{name}"] = ("patient", np.array(values))
    run = cs.simulate(
        TOCILIZUMAB, people, dose, [0.0, 1e-6], quantities=["tocilizumab.plasma"], rtol=1e-8, unsafe=True
    )
    return run["tocilizumab.plasma"].to_numpy()[:, -1]


def test_each_patient_gets_what_weight_and_maximum_say() -> None:
    label = cs.regimen(LABEL).doses[0]
    dose = cs.Dose(label.route, label.amount, bands=label.bands, most=label.most)
    got = amounts(dose, weight=[10.0, 29.9, 30.0, 75.0, 100.0, 130.0])
    np.testing.assert_allclose(got, [120, 358.8, 240, 600, 800, 800], rtol=1e-6)


def test_first_band_that_holds_counts_and_age_may_decide() -> None:
    bands = (cs.Band("person.age", "2 year", "1 mg"), cs.Band("person.age", "9 year", "2 mg"))
    got = amounts(cs.Dose("tocilizumab.iv", "4 mg", bands=bands), age=[1.0, 2.0, 8.9, 9.0])
    np.testing.assert_allclose(got, [1, 2, 2, 4], rtol=1e-6)


def test_dose_per_surface() -> None:
    got = amounts(cs.Dose("tocilizumab.iv", "10 mg/m2"), weight=[10.0, 70.0])
    np.testing.assert_allclose(got, [4.7, 10 * 287 / 160], rtol=1e-6)


@pytest.mark.parametrize(
    "band, why",
    [
        (cs.Band("person.weigth", "30 kg", "1 mg"), "person.weight"),
        (cs.Band("person.weight", "30 year", "1 mg"), "kg"),
        (cs.Band("person.weight", "30 kg", "1 mL"), "mg"),
    ],
)
def test_bands_that_make_no_sense_are_told(band: cs.Band, why: str) -> None:
    with pytest.raises(InputError, match=why):
        cs.simulate(TOCILIZUMAB, None, cs.Dose("tocilizumab.iv", "1 mg", bands=(band,)), [0.0, 1.0])


def test_a_regimen_is_a_dose_and_its_repeats() -> None:
    plan = cs.regimen("Tocilizumab,  car-t crs LABEL", start="4 d")
    assert [dose.time for dose in plan.doses] == [96]
    (again,) = plan.rules
    assert (again.most, again.pause) == (3, 8)
    assert again.when[0].text() == "time >= 104 h"


def test_the_same_by_file_by_order_and_in_python() -> None:
    wanted = cs.regimen(LABEL, "4 d")
    file = ONE + f'[[give]]\nregimen = "{LABEL}"\ntime = "4 d"'
    scenario = loads(file)
    assert build(scenario).regimen == wanted
    assert build(ordering(loads(ONE), [f"{LABEL} at day 4"])).regimen == wanted
    assert loads(dumps(scenario)) == scenario


@pytest.mark.parametrize(
    "text, entry",
    [
        ("tocilizumab, CAR-T CRS label at day 4", {"regimen": LABEL, "time": "4 d"}),
        ("anakinra, COVID-19 (SAVE-MORE)", {"regimen": "anakinra, COVID-19 (SAVE-MORE)"}),
        ("CAR-T CRS protocol", {"protocol": "CAR-T CRS"}),
        ("COVID-19 protocol at 12 h", {"protocol": "COVID-19", "time": "12 h"}),
    ],
)
def test_orders_by_name(text: str, entry: dict[str, str]) -> None:
    assert order(text) == entry


@pytest.mark.parametrize(
    "name, words",
    [
        ("tocilizumab, CAR-T CRS labels", f"did you mean '{LABEL}'"),
        ("tocilizumab, for colds", "CAR-T CRS label"),
        ("aspirin, for colds", "no regimen"),
    ],
)
def test_regimens_that_do_not_exist_are_told(name: str, words: str) -> None:
    with pytest.raises(InputError) as told:
        cs.regimen(name)
    assert words in str(told.value)


def test_protocols_that_do_not_exist_are_told() -> None:
    with pytest.raises(InputError, match="no protocol 'measles'") as told:
        cs.protocol("measles")
    assert "CAR-T CRS" in told.value.remedy


def test_mistakes_in_orders_by_name_are_told_together() -> None:
    with pytest.raises(InputError, match="says nothing after 'at'"):
        order(f"{LABEL} at")
    with pytest.raises(InputError, match="dy 4"):
        ordering(loads(ONE), [f"{LABEL} at dy 4"])
    with pytest.raises(InputError) as told:
        build(ordering(loads(ONE), ["tocilizumab, for colds", "measles protocol"]))
    assert str(told.value).count("option --give") == 2


def test_a_drug_that_the_library_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: m for name, m in catalogue.modules().items() if name not in ("tocilizumab", "emapalumab")}
    monkeypatch.setattr(catalogue, "modules", lambda: few)
    with pytest.raises(InputError, match="not in the library"):
        cs.regimen(LABEL)
    kept = cs.protocol("CAR-T CRS")
    assert [rule.dose.route for rule in kept.rules] == ["dexamethasone.iv"]


def test_a_regimen_says_itself_what_is_given() -> None:
    with pytest.raises(InputError, match="'amount' cannot stand beside a regimen"):
        loads(ONE + f'[[give]]\nregimen = "{LABEL}"\namount = "8 mg/kg"')
    with pytest.raises(InputError, match="both a regimen and a protocol"):
        loads(ONE + f'[[give]]\nregimen = "{LABEL}"\nprotocol = "COVID-19"')


UNSAFE = {
    "too much": ((cs.Dose("tocilizumab.iv", "20 mg/kg"),), "more than 800 mg"),
    "too much per kg": ((cs.Dose("siltuximab.iv", "900 mg"),), "more than 11 mg/kg"),
    "too often": ((cs.Dose("tocilizumab.iv", "4 mg/kg", every="4 h", count=2),), "4 h apart"),
    "too near to another": (
        (cs.Dose("tocilizumab.iv", "4 mg/kg"), cs.Dose("tocilizumab.iv", "4 mg/kg", "7 h")),
        "7 h apart",
    ),
    "not so": (
        (cs.Dose("tocilizumab.iv", "8 mg/kg"), cs.Dose("tocilizumab.iv", "8 mg/kg", "8 h")),
        "",
    ),
    "too fast": ((cs.Dose("vasopressin.iv", "10 U", duration=1),), "over 1 h is more than 0.06 U/min"),
    "at once": ((cs.Dose("noradrenaline.iv", "10 ug/kg"),), "at once is more than 2 ug/kg/min"),
    "slow": ((cs.Dose("noradrenaline.iv", "144 ug/kg", duration=24),), ""),
    "set too high": ((cs.Dose("ventilation.peep", "300 cmH2O*h", duration=10),), "more than 24 cmH2O"),
    "nothing": ((cs.Dose("tocilizumab.iv", "4 mg/kg"), cs.Dose("tocilizumab.iv", "0 mg/kg", "7 h")), ""),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_what_is_unsafe(case: str) -> None:
    doses, why = UNSAFE[case]
    model = compose(*(catalogue.find(dose.route.split(".")[0]) for dose in doses))
    said = refusals(model, cs.Regimen(doses))
    assert [why in refusal.thing for refusal in said] == [True] * bool(why)


def test_a_way_in_that_is_not_among_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    known = drugs()["tocilizumab"]
    beside = known.model_copy(update={"limit": {"sc": known.limit["iv"]}})
    monkeypatch.setattr(limits, "drugs", lambda: {"tocilizumab": beside})
    (refusal,) = refusals(TOCILIZUMAB, cs.Regimen((cs.Dose("tocilizumab.iv", "1 mg"),)))
    assert (refusal.thing, refusal.remedy) == ("tocilizumab is not given by 'iv'", "give it by sc")


def test_unsafe_orders_are_told_where_they_stand_and_can_be_allowed() -> None:
    file = (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg/kg"\n[[give]]\nwhat = "baricitinib"\namount = "8 mg"'
    )
    with pytest.raises(InputError) as told:
        build(ordering(loads(ONE + file), ["tocilizumab 4 mg/kg at 2 h"]))
    assert "[[give]] number 2: 8 mg of baricitinib (oral) is more than 4 mg — scenario, line 6" in str(
        told.value
    )
    assert "2 h apart — option --give" in str(told.value)
    assert "--allow-unsafe" in str(told.value)
    allowed = build(loads("unsafe = true\n" + ONE + file)).regimen
    assert allowed.unsafe
    assert len(allowed.doses) == 2


def test_rules_that_give_too_often_are_refused() -> None:
    fast = cs.Rule.parse("time >= 1 h", cs.Dose("tocilizumab.iv", "4 mg/kg"), check="4 h")
    rare = cs.Rule.parse("time >= 1 h, repeat after 8 h", cs.Dose("tocilizumab.iv", "4 mg/kg"), check="4 h")
    assert "4 h apart" in refusals(TOCILIZUMAB, cs.Regimen() + fast)[0].thing
    assert refusals(TOCILIZUMAB, cs.Regimen() + rare) == []


def test_a_run_says_what_it_broke_and_can_be_repeated() -> None:
    dose = cs.Dose("tocilizumab.iv", "20 mg/kg", bands=(cs.Band("person.weight", "30 kg", "1 mg/kg"),))
    with pytest.raises(InputError, match="more than 800 mg"):
        cs.simulate(TOCILIZUMAB, None, dose, [0.0, 1.0])
    run = cs.simulate(TOCILIZUMAB, None, dose, [0.0, 1.0], unsafe=True)
    assert run.attrs["unsafe"] == "20 mg/kg of tocilizumab (iv) is more than 800 mg"
    stored = json.loads(run.attrs["regimen_json"])
    assert stored["unsafe"] is True
    safe = cs.simulate(TOCILIZUMAB, None, cs.Dose("tocilizumab.iv", "8 mg/kg"), [0.0, 1.0])
    assert safe.attrs["unsafe"] == ""


def test_nobody_gets_more_than_the_maximum_by_an_order_per_kilogram() -> None:
    people = cs.sample(TOCILIZUMAB, 3, vary=False)
    people["person.weight"] = ("patient", np.array([60.0, 75.0, 130.0]))
    dose = cs.Dose("tocilizumab.iv", "8 mg/kg")

    def given(**how: object) -> np.ndarray:
        run = cs.simulate(TOCILIZUMAB, people, dose, [1e-6], quantities=["tocilizumab.plasma"], **how)
        return run["tocilizumab.plasma"].to_numpy()[:, 0]

    np.testing.assert_allclose(given(), [480, 600, 800], rtol=1e-4)
    np.testing.assert_allclose(given(unsafe=True), [480, 600, 1040], rtol=1e-4)
    light = people.isel(patient=[0, 1])
    plans = {str(capped(TOCILIZUMAB, cs.Regimen() + dose, who)) for who in (light, None)}
    assert plans == {str(cs.Regimen() + dose)}, "who is not beyond it changes nothing"


@pytest.mark.parametrize("weight", [8e301, np.inf, np.nan, -1.0])
def test_who_has_no_weight_does_not_touch_the_dose_of_others(weight: float) -> None:
    people = cs.sample(TOCILIZUMAB, 3, vary=False)
    people["person.weight"] = ("patient", np.array([60.0, 130.0, weight]))
    dose = cs.Dose("tocilizumab.iv", "8 mg/kg")
    run = cs.simulate(TOCILIZUMAB, people, dose, [1e-6], quantities=["tocilizumab.plasma"])
    *others, strange = (cs.STATUS[int(s)] for s in run["status"])
    assert others == ["ok", "ok"]
    assert strange == ("ok" if 0 < weight < np.inf else "bad input")  # of 1e302 kg all is finite here
    np.testing.assert_allclose(run["tocilizumab.plasma"][:2, 0], [480, 800], rtol=1e-4)
    assert np.isfinite(run["tocilizumab.plasma"][2]).all() == (strange == "ok")


def test_rules_that_order_one_drug_wait_for_each_other() -> None:
    """Two rules that see the same do not give twice, nor within the least interval of a dose that is set."""
    dose = cs.Dose("tocilizumab.iv", "4 mg/kg")
    often = [cs.Rule.parse("time >= 1 h, then at most 3, repeat after 8 h", dose, check="1 h")] * 2
    plan = cs.Regimen() + often[0] + often[1] + cs.Dose("tocilizumab.iv", "4 mg/kg", time=20)

    def times(plan: cs.Regimen) -> list[float]:
        return sorted(cs.simulate(TOCILIZUMAB, None, plan, [0.0, 60.0])["decided_at"].to_numpy().tolist())

    assert times(plan) == [1, 9, 28, 36, 44, 52]
    assert times(plan.allow_unsafe()) == [1, 1, 9, 9, 17, 17]


def test_a_row_that_a_rule_orders_is_not_ordered_again_while_it_lasts() -> None:
    row = cs.Dose("tocilizumab.iv", "4 mg/kg", every=12, count=3)
    rule = cs.Rule.parse("time >= 1 h, repeat after 8 h", row, check="1 h")
    run = cs.simulate(TOCILIZUMAB, None, rule, [0.0, 40.0])
    assert run["decided_at"].to_numpy().tolist() == [1, 33]


def test_a_policy_is_held_to_the_limits_as_well() -> None:
    def much(ward: cs.Round) -> None:
        ward.give(cs.Dose("tocilizumab.iv", "50 mg/kg"))

    policy = cs.Policy(much, every="1 h")
    with pytest.raises(InputError, match="more than 800 mg"):
        cs.simulate(TOCILIZUMAB, None, None, [0.0, 2.0], policy=policy)
    cs.simulate(TOCILIZUMAB, None, None, [0.0, 2.0], policy=policy, unsafe=True)


def test_gates_hold_at_the_start_or_are_said_to_be_unchecked() -> None:
    """With nothing but the drug in the model, its own level is the lab that is looked at."""
    dose = cs.Dose("tocilizumab.iv", "8 mg/kg")
    never = Gate("it", "none in plasma", cs.Rule.parse("tocilizumab < 1 mg/L"))
    unknown = Gate("it", "low platelets", cs.Rule.parse("platelets < 50 10^9/L"))
    plan = cs.Regimen((dose,), (), (never, unknown, Gate("it", "tuberculosis")))
    with pytest.raises(InputError, match="not given with none in plasma"):
        cs.simulate(TOCILIZUMAB, None, plan, [0.0, 1.0])
    run = cs.simulate(TOCILIZUMAB, None, plan.allow_unsafe(), [0.0, 1.0])
    assert "none in plasma" in run.attrs["unsafe"]
    assert run.attrs["unchecked"] == "it: low platelets; it: tuberculosis"


def test_a_label_gate_is_looked_at_in_the_body() -> None:
    plan = cs.regimen("tocilizumab, COVID-19 label", "1 d")
    model = catalogue.composed_for("endotoxin", ["tocilizumab.iv"])
    assert refusals(model, plan) == []
    few = model.replace({"coagulation.count": "30 10^9/L"})
    assert "platelets below 50" in refusals(few, plan)[0].thing


def test_listed_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "regimen"]) == 0
    assert LABEL in capsys.readouterr().out
    assert main(["list", "protocol", "--json"]) == 0
    assert {"CAR-T CRS", "COVID-19"} <= {row["name"] for row in json.loads(capsys.readouterr().out)}
