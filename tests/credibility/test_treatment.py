"""Treated people have a table of their own; doses follow their studies; what is read depends on the drug."""

from dataclasses import replace

import numpy as np
import pytest

from cytostorm.credibility import Unscored, calibration, check_of, clinic, treatment
from cytostorm.credibility.experiment import Experiment, perform, prepare
from cytostorm.credibility.experiments import endotoxin, immunotherapy
from cytostorm.credibility.people import People
from cytostorm.dataset import variable
from cytostorm.infer import find
from cytostorm.model import Dose, Normal, Regimen
from cytostorm.observe.targets import load
from tests.credibility.fakes import dosed, outbreak, recruit

BY_ID = {t.id: t for t in load()}
TOCILIZUMAB = Regimen() + Dose("tocilizumab.iv", "8 mg/kg")


@pytest.fixture(scope="module")
def rows():
    return {row.target.id: row for row in treatment(recruit=recruit).rows}


def test_only_treated_people_are_given_drugs():
    untreated, treated = (
        [e for e, _ in table(group="viral", recruit=recruit).experiments]
        for table in (calibration, treatment)
    )
    assert not any(e.drugs for e in untreated)
    assert {e.name for e in treated if not e.drugs} == {"healthy"}


def test_effects_of_treatment_are_not_calibrated_on():
    problem = find("other", 6, 0, ["il6.baseline"])
    assert list(problem.about["models"]) == ["sepsis"]


def test_what_wards_gave_and_when(rows):
    assert rows["A-CART-026"].model == pytest.approx(50.0)
    assert "of 200 virtual patients" in rows["A-CART-026"].reason
    assert "with cytokine release" in rows["A-CART-020"].reason
    before, after = rows["A-COVX-018a"], rows["A-COVX-018b"]
    assert after.contrast == (pytest.approx(14 / 95), pytest.approx(after.model / before.model))


def test_patients_in_intensive_care_are_those_under_receptor_block(rows):
    assert "tocilizumab" in rows["A-COVL-008"].experiment
    assert {i for i, row in rows.items() if i.startswith("A-COVL")} == {
        t.id for t in load() if "severe (ICU)" in t.population
    }


def test_both_must_rise_under_receptor_block(rows):
    assert rows["A-COVX-023"].tolerance == "both rise"

    def flat(experiment):
        run = recruit(experiment).run.copy()
        run["sil6r"] = (0.0 * run["sil6r"] + 40.0).assign_attrs(run["sil6r"].attrs)
        return People.of(run)

    other = {r.target.id: r for r in treatment(group="other", recruit=flat).rows}
    assert other["A-COVX-023"].inside is False


def test_who_weighs_less_is_given_the_other_dose():
    light = Experiment(
        "light", "light", "endotoxin", hours=1.0, step=1.0, patients=12,
        people={"person.weight": ("30 kg", Normal(8.0, low=15.0, high=80.0))},
        settings={"endotoxin.dose": "0 ng/kg"},
        regimen=TOCILIZUMAB, lighter=(30.0, Regimen() + Dose("tocilizumab.iv", "12 mg/kg")),
    )  # fmt: skip
    made = prepare(light)
    run = perform(made)
    same = perform(replace(made, experiment=replace(light, lighter=None)))
    weight = made.cohort["person.weight"].values
    more = (run["tocilizumab"] / same["tocilizumab"]).values[:, -1]
    assert run["patient"].values.tolist() == same["patient"].values.tolist()
    assert more[weight >= 30.0] == pytest.approx(1.0)
    assert more[weight < 30.0] == pytest.approx(1.5, rel=0.01)
    assert 0 < (weight < 30.0).sum() < len(weight)
    assert "below 30 kg: 12 mg/kg" in light.as_json()["regimen"]


def test_rescue_follows_the_grade():
    first, steroid = immunotherapy.RESCUED_CHILD.regimen.rules
    assert first.text() == "crs_grade >= 3, then at most 2, repeat after 8 h"
    assert "tocilizumab > 1 mg/L for 24 h" in steroid.text()
    assert immunotherapy.RESCUED_CHILD.drugs == ("methylprednisolone", "tocilizumab")
    assert immunotherapy.STEP_UP.drugs == ()  # the trigger's own
    assert "crs_grade >= 2" in immunotherapy.RESCUED_LYMPHOMA.plan()


def test_a_drug_that_is_not_there_is_told():
    assert Experiment("x", "x", "endotoxin", regimen=TOCILIZUMAB).lacking == ""
    odd = Experiment("x", "x", "endotoxin", regimen=Regimen() + Dose("aurum.oral", "1 mg"))
    assert odd.lacking == "no aurum in the model yet"
    found = check_of(BY_ID["A-CART-019"])
    assert isinstance(found, Unscored)
    assert found.treated


def test_il10_as_a_drug_is_compared_with_none():
    without, given = check_of(BY_ID["A-LPSX-043"]).experiments
    assert [e.regimen.given[0].amount for e in (without, given)] == ["0 mg/kg", "0.025 mg/kg"]
    assert without.settings == given.settings


def test_the_response_must_follow_the_dose_of_prednisolone():
    falls, rises = (endotoxin._prednisolone(BY_ID[i]) for i in ("A-LPSX-025", "A-LPSX-026"))
    assert [e.regimen.given[0].amount for e in falls.experiments] == ["0 mg", "3 mg", "10 mg", "30 mg"]
    assert falls.experiments == rises.experiments

    def groups(*sizes):
        runs = []
        for size in sizes:
            run = outbreak([0.0, 24.0, 48.0], peak=24.0, deaths=False)
            for name in ("tnf", "il6", "il8", "ccl2", "il10"):
                run[name] = (run[name] * size).assign_attrs(run[name].attrs)
            runs.append(People.of(run))
        return runs

    def verdicts(check, target):
        rows = [check.judge(BY_ID[target], groups(*s)) for s in ((8, 4, 2, 1), (8, 4, 4, 1), (1, 2, 4, 8))]
        return [(row.inside, row.wrong_direction) for row in rows]

    assert verdicts(falls, "A-LPSX-025") == [(True, False), (False, False), (False, True)]
    assert verdicts(rises, "A-LPSX-026") == [(False, True), (False, True), (True, False)]


def course(temperature, pressure, ratio):
    """Return a person for each course, looked at every 6 h; with fever the grade is 1."""
    times = 6.0 * np.arange(len(temperature[0]))
    run = outbreak(times, n=len(temperature), deaths=False)
    for name, unit, data in (
        ("temperature", "degC", temperature),
        ("map", "mmHg", pressure),
        ("pf_ratio", "mmHg", ratio),
        ("crs_grade", "1", np.asarray(temperature) >= 38.0),
    ):
        run[name] = variable(np.asarray(data, float), ("patient", "time"), unit, name)
    return People.of(run)


def test_release_ends_with_the_last_of_fever_low_pressure_and_lack_of_oxygen():
    fever = [37, 39, 39, 37, 37, 37]
    who = course(
        [fever, fever, fever, [37, 39, 39, 39, 39, 39], [37] * 6],
        [[93] * 6, [93, 93, 93, 60, 93, 93], [60] * 6, [93] * 6, [60] * 6],
        [[450] * 6, [450] * 6, [450, 450, 450, 450, 250, 450], [450] * 6, [250] * 6],
    )
    assert clinic.released_until(who).tolist() == [12.0, 18.0, 24.0, np.inf, np.inf]
    assert clinic.release_ends(who).tolist() == [12.0, 18.0, 24.0, 30.0, np.inf]


def test_the_hour_of_a_dose_is_the_last_without_it():
    run = dosed(outbreak([0.0, 6.0, 12.0, 18.0], n=4), "tocilizumab", 6.0)
    assert clinic.given("tocilizumab")(People.of(run)).tolist() == [np.inf, 6.0, np.inf, 6.0]
