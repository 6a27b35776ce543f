"""cytostorm export sbml: a scenario in, a new file out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import cytostorm as cs
from cytostorm.cli import main

WEIGHT = ".//{*}parameter[@id='person__weight']"
SCENARIO = """
[trigger]
name = "endotoxin"
[person]
weight = "61 kg"
[population]
patients = 2
seed = 4
"""


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(["export", "sbml", *args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_trigger_is_printed(said):
    code, out, err = said("endotoxin")
    assert (code, err) == (0, "")
    assert out == cs.to_sbml(cs.model_for("endotoxin"))


def test_a_scenario_is_written_once(said):
    Path("s.toml").write_text(SCENARIO, encoding="utf-8")
    code, out, _ = said("s.toml", "-o", "s.xml")
    assert (code, out.strip()) == (0, "s.xml")
    written = Path("s.xml").read_text(encoding="utf-8")
    assert float(ET.fromstring(written).find(WEIGHT).get("value")) == 61.0
    code, _, err = said("s.toml", "-o", "s.xml")
    assert code == 2
    assert "'s.xml' exists" in err
    assert Path("s.xml").read_text(encoding="utf-8") == written


def test_one_of_its_patients(said):
    Path("s.toml").write_text(SCENARIO.replace('weight = "61 kg"', ""), encoding="utf-8")
    weights = [
        ET.fromstring(said("s.toml", *more)[1]).find(WEIGHT).get("value")
        for more in ((), ("--patient", "0"), ("--patient", "1"))
    ]
    assert weights[0] == "75.0"
    assert len(set(weights)) == 3
    code, _, err = said("s.toml", "--patient", "2")
    assert code == 2
    assert "0 to 1" in err


def test_only_what_can_be_written(said, capsys):
    assert said("endotoxin", "-o", "no/such/folder.xml")[0] == 2
    assert main(["export", "cellml", "endotoxin"]) == 2
    assert "sbml" in capsys.readouterr().err
