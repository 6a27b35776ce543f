"""cytostorm credibility: counts on stdout, talk on stderr, a page in a folder."""

import json
from pathlib import Path

import pytest

from cytostorm import credibility
from tests.credibility.fakes import recruit


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Give people by formula instead of simulating them."""
    real = credibility.both
    monkeypatch.setattr(credibility, "both", lambda values=None, **how: real(values, **how, recruit=recruit))


def test_counts_and_reasons(said):
    code, out, _ = said("credibility", "--group", "viral", "--quiet")
    assert code == 0
    assert out.index("untreated people:") < out.index("\ntreated people:")
    assert "trial arm: waits for virtual trials" in out
    assert "clearly in the wrong direction" in out
    assert out.rstrip().endswith("never for the care of a patient.")


def test_rows(said):
    code, out, _ = said("credibility", "--group", "sepsis", "--rows", "--quiet")
    assert code == 0
    assert "A-COVX-003" in out
    assert "B-153" not in out


def test_json(said):
    code, out, _ = said("credibility", "--group", "healthy", "--json", "--quiet")
    found = json.loads(out)["calibration"]
    assert code == 0
    assert json.loads(out)["treatment"]["rows"] == []
    assert found["scored"] == 12
    assert set(found["groups"]["healthy"]) >= {"scored", "inside"}
    assert {"id", "model", "accepted", "inside", "reason"} <= set(found["rows"][0])


def test_page(said):
    code, out, _ = said("credibility", "--group", "HLH/MAS", "-o", "table", "--quiet")
    assert code == 0
    assert "table: table" in out
    assert "A-COVX-033" in Path("table/credibility.html").read_text(encoding="utf-8")
    assert said("credibility", "--group", "HLH/MAS", "-o", "table", "--quiet")[0] == 0


def test_a_folder_of_somebody_else_is_refused_before_anything_is_simulated(said):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("precious")
    code, out, err = said("credibility", "-o", "mine")
    assert (code, out) == (2, "")
    assert "holds files" in err


@pytest.mark.parametrize(
    "args, words",
    [
        (("--group", "virus"), "there is no group 'virus'"),
        (("--set", "il6.half"), "NAME=VALUE"),
        (("--patients", "2"), "10"),
    ],
)
def test_mistakes(said, args, words):
    code, out, err = said("credibility", *args)
    assert (code, out) == (2, "")
    assert words in err
