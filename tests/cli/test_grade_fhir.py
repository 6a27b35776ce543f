import json

import pytest

from cytostorm.ward.fhir_write import write_bundle
from tests.ward.fhir_examples import ZERO, table

LABS = (
    "patient,date,platelets (10^9/L),bilirubin (mg/dL)\nA,2026-03-01 08:00,87,2.1\nA,2026-03-02 08:00,41,\n"
)
HOURS = "patient,time (h),platelets (10^9/L)\nA,0,87\nA,24,41\n"


@pytest.fixture
def bundle(tmp_path):
    write_bundle(tmp_path / "b.json", table(), zero=ZERO)
    return tmp_path / "b.json"


def test_a_bundle_is_graded(said, bundle):
    code, out, _ = said("grade", bundle, "--scores", "SOFA", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["counts"]["entries"] == len(table()) + 2
    assert {g["patient"]: g["low"] for g in told["grades"]} == {"Bed 7/ä": 2, "B": 4}
    assert "research and education" in told["disclaimer"]


def test_grades_are_written_as_a_bundle_which_is_read_again(said, tmp_path):
    (tmp_path / "labs.csv").write_text(LABS)
    assert said("grade", "labs.csv", "--scores", "SOFA", "--fhir", "--out", "g")[0] == 0
    made = json.loads((tmp_path / "g" / "grades.fhir.json").read_text())
    dates = [e["resource"].get("effectiveDateTime") for e in made["entry"]]
    assert dates[1:] == [
        "2026-03-01T08:00:00+00:00", "2026-03-01T08:00:00+00:00", "2026-03-02T08:00:00+00:00",
        "2026-03-01T08:00:00+00:00", "2026-03-02T08:00:00+00:00",
    ]  # fmt: skip
    again = said("grade", "g/grades.fhir.json", "--scores", "SOFA", "--out", "h")
    assert again[0] == 0
    assert (tmp_path / "h" / "grades.csv").read_text() == (tmp_path / "g" / "grades.csv").read_text()


def test_a_table_of_hours_needs_a_date_for_hour_0(said, tmp_path):
    (tmp_path / "hours.csv").write_text(HOURS)
    code, _, err = said("grade", "hours.csv", "--scores", "SOFA", "--fhir", "--out", "g")
    assert code != 0
    assert "add --zero DATE" in err
    assert not (tmp_path / "g").exists()
    assert (
        said("grade", "hours.csv", "--scores", "SOFA", "--fhir", "--zero", "2026-03-01 08:30", "--out", "g")[
            0
        ]
        == 0
    )
    assert "2026-03-02T08:30:00+00:00" in (tmp_path / "g" / "grades.fhir.json").read_text()
    assert "such as" in said("grade", "hours.csv", "--fhir", "--zero", "soon", "--out", "h")[2]


def test_a_bundle_needs_a_folder(said, bundle):
    assert "add --out FOLDER" in said("grade", bundle, "--scores", "SOFA", "--fhir", "--json")[2]


@pytest.mark.parametrize(
    "options,words",
    [(["--map", "m.toml"], "--map with a bundle"), (["--outcome", "died"], "--outcome with a bundle")],
)
def test_what_is_for_tables_is_refused(said, bundle, options, words):
    code, _, err = said("grade", bundle, *options)
    assert code != 0
    assert words in err


def test_json_that_is_no_bundle_is_refused(said, tmp_path):
    (tmp_path / "x.txt").write_text('{"resourceType": "Patient"}')
    assert "a resource Patient" in said("grade", "x.txt")[2]
