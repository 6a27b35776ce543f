"""What a good file becomes; that it can be written back; that the schema is the one that ships."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pydantic
import pytest

from cytostorm.model import Dose, Rule
from cytostorm.scenario import build, dumps, loads, read, schema_text, template
from cytostorm.scenario.building import moments

ROOT = Path(__file__).parents[2]
FULL = """
format = 1
title = "A \\"title\\" with \\u00e9"

[trigger]
name = "endotoxin"
dose = "1.5 ng/kg"
duration = 0.5

[model]
include = ["paracetamol"]

[person]
weight = "80 kg"

[population]
patients = 3
seed = 7

[parameters]
il6.half_life = "25 min"
"endotoxin.volume" = "6 L"

[[give]]
what = "tocilizumab"
amount = "8 mg/kg"
time = "24 h"
duration = "1 h"
every = "8 h"
until = "2 d"

[[give]]
what = "paracetamol"
route = "oral"
amount = "1 g"

[[rule]]
when = "temperature > 38 degC and il6 > 10 pg/mL for 2 h, then at most 3"
check = "1 h"
what = "paracetamol"
route = "iv"
amount = "500 mg"

[output]
hours = "3 d"
step = "30 min"
quantities = ["il6", "temperature"]
folder = "here"
"""
RULE = "temperature > 38 degC and il6 > 10 pg/mL for 2 h, then at most 3"
little = pytest.mark.usefixtures("little_library")


@little
def test_a_full_file():
    plan = build(loads(FULL))
    model = plan.model
    assert model.values[model.parameter("endotoxin.dose")] == 1.5
    assert model.values[model.parameter("il6.half_life")] == pytest.approx(25 / 60)
    assert (plan.cohort["person.weight"] == 80).all()
    assert "paracetamol" in {m.name for m in model.modules}
    assert dict(plan.cohort.sizes) == {"patient": 3}
    assert plan.regimen.text().splitlines() == [
        "8 mg/kg tocilizumab.iv at 24 h over 1 h every 8 h, 4 times",
        "1 g paracetamol.oral at 0 h",
        f"when {RULE}, looked at every 1 h: 500 mg paracetamol.iv at 0 h",
    ]
    assert len(plan.times) == 145
    assert plan.times[-1] == 72
    assert plan.quantities == ("il6", "temperature")


@little
@pytest.mark.parametrize(
    "when", ["time >= 3 d and il6 > 0.3 pg/mL, then at most 4, repeat after 8 h", "temperature < 36.1 degC"]
)
def test_rule_of_a_file(when):
    entry = f'[[rule]]\nwhen = "{when}"\nwhat = "tocilizumab"\namount = "8 mg/kg"\ncheck = "6 h"'
    (rule,) = build(loads(f'trigger.name = "endotoxin"\n{entry}')).regimen.rules
    assert rule == Rule.parse(when, Dose("tocilizumab.iv", "8 mg/kg"), check="6 h")
    assert rule.text() == when


@little
def test_defaults():
    plan = build(loads('trigger.name = "endotoxin"'))
    assert plan.cohort.sizes["patient"] == 1000
    assert plan.quantities is None
    assert (len(plan.times), plan.times[-1]) == (481, 48)
    assert plan.regimen.text() == ""


@pytest.mark.parametrize("text", [FULL, 'trigger = {name = "endotoxin"}', template("x.toml")])
def test_round_trip(text):
    scenario = loads(text)
    assert loads(dumps(scenario)) == scenario


def test_windows_files_read_the_same(tmp_path):
    (tmp_path / "s.toml").write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read(tmp_path / "s.toml") == loads(FULL)


def test_scenario_and_plan_are_frozen():
    scenario = loads(FULL)
    with pytest.raises(pydantic.ValidationError):
        scenario.title = "other"
    assert dataclasses.fields(build.__globals__["Plan"])[0].name == "scenario"


def test_schema_is_current():
    """Run `cytostorm schema > docs/schema/scenario.json` if this fails."""
    assert (ROOT / "docs" / "schema" / "scenario.json").read_text(encoding="utf-8") == schema_text()


def test_schema_is_plain_json():
    schema = json.loads(schema_text())
    assert schema["required"] == ["trigger"]
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {
        "format",
        "title",
        "description",
        "trigger",
        "model",
        "person",
        "population",
        "parameters",
        "give",
        "rule",
        "unsafe",
        "output",
    }


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda p: p.name)
def test_examples_can_be_built(path):
    """With the real library."""
    plan = build(read(path))
    assert plan.model.name == plan.scenario.trigger.name


def test_the_new_file_can_be_built():
    text = template("x.toml")
    build(loads(text))
    loose = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if line.startswith(("# [", "# weight", "# quan"))
    ]
    assert "[person]                    # what everyone has in common" in loose


@pytest.mark.parametrize("end, step", [(48, 0.1), (1, 0.3), (24, 24), (0.5, 0.1)])
def test_moments_rise_to_the_end(end, step):
    times = moments(end, step)
    assert times[0] == 0
    assert times[-1] == end
    assert (np.diff(times) > 0).all()
    assert np.diff(times).max() <= step + 1e-9


def test_the_examples_of_the_manual_can_be_built():
    """Each TOML block of the page that names a trigger, with the real library."""
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```toml\n")[1:]]
    whole = [block for block in blocks if "[trigger]" in block]
    assert len(whole) == 4
    for block in whole:
        build(loads(block))


def test_every_key_is_in_the_manual():
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    schema = json.loads(schema_text())
    for table in (schema, *schema["$defs"].values()):
        for key in table["properties"]:
            assert f"`{key}`" in page or f"[{key}]" in page, key


def test_the_rules_of_the_manual_can_be_read():
    """Each line of the block."""
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    section = page.split("### When a rule gives")[1].partition("\n## ")[0]
    lines = section.split("```text\n")[1].partition("```")[0].splitlines()
    assert len(lines) >= 5
    for line in lines:
        assert Rule.parse(line).when


def test_the_examples_of_the_schema_can_be_read():
    for example in json.loads(schema_text())["$defs"]["RuleEntry"]["properties"]["when"]["examples"]:
        assert Rule.parse(example).text() == example
