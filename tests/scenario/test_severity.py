"""How bad it is: what a severity changes, what goes before it, and what is told when there is none."""

from __future__ import annotations

import json

import pytest

import cytostorm as cs
from cytostorm.scenario import ScenarioError, assignment, build, changed, dumps, from_values, loads
from cytostorm.scenario import rerun as again
from tests.scenario import little

pytestmark = pytest.mark.usefixtures("little_library")
STORM = '[trigger]\nname = "endotoxin"\nseverity = "storm"\n'
SEPSIS = '[trigger]\nname = "sepsis"\n'


def value(plan, name):
    parameter = plan.model.parameter(name)
    return plan.model.values[parameter] / parameter.factor


def with_set(scenario, text):
    path, told = assignment(text, scenario)
    return changed(scenario, {path: told})


def test_severity_sets_trigger_and_person():
    plan = build(loads(STORM))
    assert value(plan, "endotoxin.dose") == pytest.approx(9.0)
    assert value(plan, "person.weight") == pytest.approx(60.0)
    assert value(build(loads(STORM.replace("storm", "mild"))), "endotoxin.dose") == pytest.approx(1.0)


def test_what_the_file_says_goes_before_the_severity():
    plan = build(loads(STORM + 'dose = "3 ng/kg"\n[person]\nweight = "90 kg"\n'))
    assert value(plan, "endotoxin.dose") == pytest.approx(3.0)
    assert (plan.cohort["person.weight"] == 90.0).all()
    plan = build(loads(STORM + '[parameters]\n"endotoxin.dose" = "4 ng/kg"\n'))
    assert value(plan, "endotoxin.dose") == pytest.approx(4.0)


def test_options_go_before_the_file():
    scenario = loads(STORM)
    told = {("trigger", "severity"): ("mild", "--severity mild")}
    assert value(build(changed(scenario, told)), "endotoxin.dose") == pytest.approx(1.0)
    assert value(build(with_set(scenario, "endotoxin.dose=5 ng/kg")), "endotoxin.dose") == pytest.approx(5.0)
    assert value(build(with_set(scenario, "endotoxin.severity=mild")), "endotoxin.dose") == pytest.approx(1.0)


def test_preset_has_its_own_numbers_and_its_usual_severity():
    plan = build(loads(SEPSIS))
    assert value(plan, "endotoxin.dose") == pytest.approx(5.0)
    assert value(plan, "endotoxin.loss") == pytest.approx(0.1)
    plan = build(loads(SEPSIS + 'severity = "storm"'))
    assert value(plan, "endotoxin.dose") == pytest.approx(50.0)
    assert value(plan, "endotoxin.loss") == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["endotoxin.dose", "sepsis.dose"])
def test_trigger_of_a_preset_is_set_by_its_short_name(name):
    scenario = loads(SEPSIS + 'dose = "7 ng/kg"')
    assert value(build(scenario), "endotoxin.dose") == pytest.approx(7.0)
    assert value(build(with_set(scenario, f"{name}=8 ng/kg")), "endotoxin.dose") == pytest.approx(8.0)
    with pytest.raises(ScenarioError, match="did you mean 'dose'"):
        build(loads(SEPSIS + 'dos = "7 ng/kg"'))


def test_unknown_severity_is_told_with_its_line():
    with pytest.raises(ScenarioError) as told:
        build(loads(STORM.replace("storm", "strom")))
    text = str(told.value)
    assert "severity in [trigger]" in text
    assert "line 3" in text
    assert "one of mild, storm" in text
    assert "did you mean 'storm'" in text


def test_severity_in_the_wrong_place_is_told_where_it_belongs():
    with pytest.raises(ScenarioError, match=r"it belongs under \[trigger\]"):
        build(loads('severity = "storm"\n' + SEPSIS))


def test_other_mistakes_are_told_beside_it():
    with pytest.raises(ScenarioError) as told:
        build(loads(STORM.replace("storm", "strom") + 'dos = "1 ng/kg"'))
    assert len(told.value.problems) == 2


def test_it_is_written_and_read_back():
    scenario = loads(STORM)
    assert 'severity = "storm"' in dumps(scenario)
    assert loads(dumps(scenario)) == scenario
    assert "severity" not in dumps(loads(SEPSIS))
    assert from_values(json.loads(scenario.model_dump_json(exclude_unset=True))) == scenario


def test_run_of_a_severity_is_run_again_to_the_bit(monkeypatch):
    monkeypatch.setattr(again, "composed_for", little.composed_for)
    # one number is set back to what the mechanism declares, so that it differs from the severity's alone
    plan = build(loads(SEPSIS + '[parameters]\nendotoxin.loss = "1 1/h"\n[population]\npatients = 3'))
    run = cs.simulate(plan.model, plan.cohort, plan.regimen, [0, 1, 2])
    assert again.rerun(run).identical(run)
