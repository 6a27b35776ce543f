"""The differential from the command line: of facts, and of a patient of a table."""

from __future__ import annotations

import json

import pytest

RELEASE = ("temp_C=39.7", "vasopressors=1", "sbp=84", "oxygen=low_flow")


def setting(*facts):
    return [word for fact in facts for word in ("--set", fact)]


def test_facts_and_context_are_told_in_words(said):
    code, out, err = said(
        "differential", *setting(*RELEASE), "--context", "CAR-T on day 0", "--context", "no infection",
        "--day", 3,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert out.startswith("Consistent with CRS (cytokine release syndrome, cause: therapy)")
    assert "ASTCT-CRS-2019 [Lee2019]: grade 3" in out
    assert out.endswith("For research and education only, never for the care of a patient.\n")


def test_the_same_as_json(said):
    code, out, _ = said(
        "differential", *setting(*RELEASE), "--context", "CAR-T on day 0", "--day", 3, "--json"
    )
    told = json.loads(out)
    assert code == 0
    assert told["named"] == ["CRS"]
    assert told["day"] == 3
    assert "never for the care of a patient" in told["disclaimer"]
    crs = next(c for c in told["candidates"] if c["name"] == "CRS")
    assert crs["criteria"][0]["answers"]["grade"] == {"label": "grade", "low": 3, "high": 3}
    assert crs["told"] == ["CAR-T on day 0"]


def test_nothing_told_is_no_patient(said):
    code, out, err = said("differential")
    assert (code, out) == (2, "")
    assert "nothing is told" in err


TABLE = """patient,date,analyte,value,unit
7,2024-03-01 08:00,temperature,37.0,degC
7,2024-03-04 08:00,temperature,39.7,degC
7,2024-03-04 08:00,systolic,84,mmHg
8,2024-03-01 09:00,temperature,36.8,degC
"""


def test_a_patient_of_a_table_on_a_day(said, tmp_path):
    (tmp_path / "labs.csv").write_text(TABLE)
    call = ("differential", "--file", "labs.csv", "--context", "CAR-T on day 0", "--json", "--patient")
    code, out, err = said(*call, 7)
    assert code == 0, err
    told = json.loads(out)
    assert (told["patient"], told["day"], told["named"]) == ("7", 3, ["CRS"])
    assert json.loads(said(*call, 7, "--day", 0)[1])["named"] == []
    code, _, err = said(*call, 9)
    assert code == 2
    assert "no patient '9'" in err
    code, _, err = said(*call[:-1])
    assert code == 2
    assert "holds 2 patients" in err


@pytest.mark.parametrize(
    "args, words",
    [
        (["--context", "tocilizumb"], "did you mean 'tocilizumab'"),
        (["--set", "ferritine=900"], "did you mean 'ferritin'"),
        (["--set", "ferritin"], "KEY=VALUE"),
        (["--patient", "7"], "--file"),
        (["--file", "labs.csv", "--set", "plt=90"], "not from both"),
        (["--file", "labs.csv", "--day", "1.5"], "a whole day"),
        (["--file", "none.csv"], "none.csv"),
        (["--day", "nan"], "the day is nan"),
    ],
)
def test_mistakes_are_told(said, args, words):
    code, out, err = said("differential", *args)
    assert code == 2
    assert out == ""
    assert words in err
