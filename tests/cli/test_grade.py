"""cytostorm grade: a table in; grades, problems and a page out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

INVENTED = Path(__file__).parents[2] / "examples" / "ward" / "invented.csv"


@pytest.fixture
def graded(said, tmp_path):
    """Grade the invented table; return what was said and the folder."""

    def run(*words):
        code, out, err = said("grade", str(INVENTED), "--out", str(tmp_path / "out"), *words)
        return code, out, err, tmp_path / "out"

    return run


def test_grades_problems_and_a_page_are_written(graded):
    code, out, _, folder = graded("--scores", "SOFA,HScore,cHIS")
    assert code == 0
    assert out.endswith("For research and education only, never for the care of a patient.\n")
    grades, problems = pd.read_csv(folder / "grades.csv"), pd.read_csv(folder / "problems.csv")
    assert list(grades) == ["patient", "day", "score", "part", "low", "high", "complete", "known", "of"]
    assert set(grades["score"]) == {"SOFA", "HScore", "cHIS"}
    assert (grades["low"] <= grades["high"]).all()
    assert grades["patient"].nunique() == 14
    assert {"row", "column", "patient", "value", "reason"} <= set(problems)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "For research and education only, never for the care of a patient." in page
    assert "ordinary in g/dL" in page
    assert page.count("<svg") > 15
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert f"report: {folder / 'report.html'}" in out


def test_json_accounts_for_each_entry_and_tells_outcomes(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = said("grade", str(INVENTED), "--outcome", "died", "--scores", "SOFA,cHIS", "--json")
    told = json.loads(out)
    counts = told["counts"]
    assert code == 0
    assert counts["entries"] == counts["accepted"] + counts["converted"] + counts["not used"]
    assert sum(r["entries"] for r in told["reasons"]) == counts["not used"]
    assert {r["score"] for r in told["outcome"]} == {"SOFA", "cHIS"}
    assert all(0 <= r["auc"] <= 1 for r in told["outcome"])
    assert len(told["grades"]) == 28
    assert not list(tmp_path.iterdir())


def test_reasons_that_are_not_printed_are_counted(said, tmp_path):
    units = ("cows", "pigs", "hens", "rams", "ewes", "dogs", "cats", "owls", "rats")
    labs = tmp_path / "labs.csv"
    rows = "".join(f"a,0,CRP,5,{unit}\n" for unit in units)
    labs.write_text(f"patient,time,analyte,value,unit\n{rows}a,0,CRP,5,mg/L\n")
    _, out, _ = said("grade", str(labs), "--out", str(tmp_path / "out"))
    assert "and 1 more; problems.csv" in out


def test_a_table_of_which_nothing_is_left_says_so(said, tmp_path):
    labs = tmp_path / "labs.csv"
    labs.write_text("patient,time (h),CRP\na,0,5\n")
    code, out, _ = said("grade", str(labs), "--out", str(tmp_path / "out"))
    assert code == 0
    assert "has no unit" in out
    assert "nothing is left that a score asks for" in out


def test_what_nothing_known_limits_has_no_limit(graded):
    _, out, _, folder = graded("--scores", "EASIX")
    assert out.split("EASIX")[1].split("\n")[0].split()[-2:] == ["no", "limit"]
    assert "no limit</td>" in (folder / "report.html").read_text(encoding="utf-8")
    grades = pd.read_csv(folder / "grades.csv")
    assert (grades["high"] == float("inf")).any()
    assert (grades.loc[grades["complete"], "high"] < 1e4).all()


def test_one_patient_is_drawn(graded):
    code, out, _, folder = graded("--patient", "W06", "--scores", "SOFA")
    assert code == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Each value of patient W06" in page
    assert "Worst of the stay of patient W06" in page
    grades = pd.read_csv(folder / "grades.csv")
    mine = grades[(grades["patient"] == "W06") & (grades["part"] == "total")]
    assert f'<td class="nowrap">{mine["low"].max():g}</td>' in page
    assert f" {mine['low'].max():g} " in out.split("SOFA")[1]
    assert "worst of W06's stay" in out


def test_a_folder_of_others_is_left_alone(graded, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "grades.csv").write_text("mine")
    code, _, err, _ = graded()
    assert code == 2
    assert "no run of cytostorm wrote" in err
    assert (folder / "grades.csv").read_text() == "mine"


def test_a_second_run_replaces_the_first(graded):
    assert graded("--scores", "SOFA")[0] == 0
    code, _, _, folder = graded("--scores", "HScore")
    assert code == 0
    assert set(pd.read_csv(folder / "grades.csv")["score"]) == {"HScore"}


@pytest.mark.parametrize(
    "words,said_of_it",
    [
        (["--scores", "SOFFA"], "did you mean 'SOFA'"),
        (["--patient", "W66"], "there is no patient 'W66'"),
        (["--outcome", "dead"], "there is no column 'dead'"),
        (["--outcome", "sex"], "cannot be read"),
        (["--every", "weekly"], "--every is 'weekly'"),
        (["--map", "no.toml"], "cannot be read"),
    ],
)
def test_mistakes_are_told_and_leave_no_folder(graded, words, said_of_it):
    code, _, err, folder = graded(*words)
    assert code == 2
    assert said_of_it in err
    assert not folder.exists()


def test_what_a_table_says_is_escaped(said, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("patient,time (h),CRP (mg/L),<script>alert(1)</script>\n<b>x</b>,0,5,1\n")
    code, _, _ = said("grade", str(file), "--out", str(tmp_path / "o"))
    assert code == 0
    assert "<script>" not in (tmp_path / "o" / "report.html").read_text(encoding="utf-8")
