"""Scores from the command line: one patient, the list, and cases with known answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "criteria" / "score_cases.json"
WHOLE = ("rr=30", "sbp=80", "gcs=15")


def setting(*facts):
    return [word for fact in facts for word in ("--set", fact)]


def test_one_patient_is_told_with_points_source_and_what_is_missing(said):
    code, out, _ = said("score", "sofa", *setting("platelets=80", "bilirubin_umol_L=34.3", "gcs=13"))
    assert code == 0
    lines = {line.split()[0]: line.split() for line in out.splitlines() if line.strip()}
    assert lines["coag"][1:3] == ["2", "2"]
    assert lines["liver"][1:3] == ["2", "2"]
    assert lines["total"][1:3] == ["5", "17"]
    assert "complete: no, 3 of 15 facts known" in out
    assert "missing: pao2 (mmHg), fio2, ventilation (no/yes)" in out
    assert "doi:10.1007/BF01709751" in out
    assert "confidence: read" in out
    assert out.endswith("For research and education only, never for the care of a patient.\n")


def test_one_patient_as_json(said):
    code, out, _ = said("score", "qSOFA", *setting(*WHOLE), "--json")
    told = json.loads(out)
    assert code == 0
    assert told["complete"]
    assert told["missing"] == []
    assert told["answers"]["points"] == {"label": "points", "low": 2, "high": 2}
    assert told["answers"]["positive"]["low"] is True
    assert told["source"] == "Singer2016"
    assert "never for the care of a patient" in told["disclaimer"]


def test_words_are_told_as_words(said):
    _, out, _ = said("score", "Berlin-ARDS", "--json")
    assert json.loads(out)["answers"]["severity"] == {"label": "severity", "low": "none", "high": "severe"}


def test_list(said):
    code, out, _ = said("score", "--list")
    assert code == 0
    assert {line.split()[0] for line in out.splitlines()} >= {"SOFA", "HScore", "NEWS2", "APACHE-II"}
    entries = {e["score"]: e for e in json.loads(said("score", "--list", "--json")[1])["scores"]}
    assert "gcs" in [f["name"] for f in entries["SOFA"]["facts"]]
    assert entries["KDIGO-AKI"]["window_h"] == 168


@pytest.mark.parametrize(
    "args, words",
    [
        ((), "name one score"),
        (("SOFA", "--list"), "name one score"),
        (("--list", "--set", "gcs=3"), "belongs to one score"),
        (("SOFAA",), "did you mean 'SOFA'"),
        (("SOFA", "--set", "gcs"), "KEY=VALUE"),
        (("SOFA", "--set", "gcs=3", "--set", "gcs=4"), "set twice"),
        (("SOFA", "--set", "gcs=2"), "3 to 15"),
        (("SOFA", "HScore"), "cytostorm grade grades by several"),
        (("HScore", "--set", "ferritin=800,5"), "with a point: 800.5"),
        (("HScore", "--set", "ferritin=800 ug/L"), "as in hb_g_dL=8"),
        (("SOFA", "--set", "gcs=__import__('os')"), "a finite number"),
        (("SOFA", "--set", "gcs=" + "9" * 400), "KEY=VALUE"),
        (("--cases", "none.json"), "no file"),
    ],
)
def test_mistakes(said, args, words):
    code, out, err = said("score", *args)
    assert (code, out) == (2, "")
    assert words in err


def test_cases_that_agree_and_cases_that_do_not(said, tmp_path):
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [c for c in cases if c["score"] in ("SOFA", "HScore")]}))
    code, out, _ = said("score", "--cases", file, "--json")
    assert (code, json.loads(out)) == (0, {"cases": 29, "agree": 29, "disagreements": []})
    wrong = {"id": "w", "score": "qSOFA", "input": {"rr": 30}, "expected": {"points": 3}}
    file.write_text(json.dumps([wrong, {**wrong, "id": "v", "score": "unheard of"}]))
    code, out, _ = said("score", "--cases", file, "--json")
    found = json.loads(out)
    assert (code, found["cases"], found["agree"]) == (4, 2, 0)
    assert found["disagreements"][0] == {
        "id": "w",
        "score": "qSOFA",
        "part": "points",
        "expected": 3,
        "got": 1,
    }
    assert "no score" in found["disagreements"][1]["reason"]
    assert said("score", "--cases", file)[1].startswith("0 of 2 cases agree")


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "no JSON"),
        ('{"cases": 3}', "holds no cases"),
        ('[{"score": "SOFA"}]', "case 0 is incomplete"),
        ("[NaN]", "NaN is no number"),
        ('{"a": 1, "a": 2}', "there twice"),
        ("[" * 30 + "]" * 30, "nested too deeply"),
        ("[" * 100_000, "no JSON"),
        ("[" + "9" * 5000 + "]", "no JSON"),
        ('{"cases": [1]}', "case 0 is incomplete"),
    ],
)
def test_files_that_are_no_cases(said, tmp_path, text, words):
    file = tmp_path / "cases.json"
    file.write_text(text)
    code, out, err = said("score", "--cases", file)
    assert (code, out) == (2, "")
    assert words in err


def test_what_cannot_be_a_number_is_a_disagreement(said, tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(
        '[{"score": "qSOFA", "input": {"rr": ' + "9" * 500 + ', "gcs": [1]}, "expected": {"points": 1}}]'
    )
    code, out, _ = said("score", "--cases", file, "--json")
    assert code == 4
    assert "finite number" in json.loads(out)["disagreements"][0]["reason"]


def test_a_file_too_large_is_not_read(said, tmp_path, monkeypatch):
    from cytostorm.cli import json_file

    monkeypatch.setattr(json_file, "MAX_BYTES", 10)
    file = tmp_path / "cases.json"
    file.write_text("[1, 2, 3, 4, 5]")
    code, _, err = said("score", "--cases", file)
    assert code == 2
    assert "too large" in err


def test_how_many_criteria_were_tested_is_told_beside_how_many_are_met(said):
    code, out, _ = said("score", "HLH-2004", *setting("temp_C=39", "tg_mmol_L=4", "ferritin=200"))
    assert code == 0
    lines = {line.split()[0]: line.split() for line in out.splitlines() if line.strip()}
    assert lines["n_criteria"][1:3] == ["2", "7"]
    assert "tested: 3 of 8 items" in out


def test_an_index_that_nothing_known_limits_has_no_limit(said):
    _, out, _ = said("score", "EASIX", "--set", "creatinine=1.0", "--set", "plt=100")
    assert "no limit" in out
    _, out, _ = said("score", "EASIX", "--set", "creatinine=1.0", "--set", "plt=100", "--json")
    assert json.loads(out)["answers"]["easix"]["high"] is None


def test_temperature_may_be_in_fahrenheit(said):
    _, out, _ = said("score", "HScore", "--set", "temp_F=101.2", "--json")
    assert json.loads(out)["items"]["temperature"] == {"label": "temperature", "low": 33, "high": 33}
    code, _, err = said("score", "HScore", "--set", "platelets_F=101")
    assert code == 2
    assert "does not ask for 'platelets_F'" in err
