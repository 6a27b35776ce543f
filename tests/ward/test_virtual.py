"""One way for all: a virtual cohort, written as a hospital's table and read back, has the grades it had."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.observe import reports, sampling
from cytostorm.ward.fhir_read import read_bundle
from cytostorm.ward.fhir_write import write_bundle
from cytostorm.ward.grading import grade
from cytostorm.ward.reading import read_table
from cytostorm.ward.virtual import long_table


@pytest.fixture(scope="module")
def run():
    model = cs.model_for("endotoxin")
    return cs.simulate(model, cs.sample(model, n=5, seed=1), times=range(0, 73, 6))


def test_a_virtual_cohort_goes_the_way_of_real_patients(run, tmp_path):
    table = long_table(run, every=12)
    assert {"crp", "il6", "platelets", "haemoglobin", "creatinine", "temperature", "pf"} <= set(
        table["analyte"]
    )
    table.to_csv(tmp_path / "cohort.csv", index=False)
    got = read_table(tmp_path / "cohort.csv")
    assert got.counts == {"entries": len(table), "accepted": len(table), "converted": 0, "not used": 0}
    read, direct = grade(got.table), grade(table)
    assert set(read["score"]) >= {"SOFA", "HScore", "cHIS"}
    for frame in (read, direct):
        frame[["patient", "score", "part"]] = frame[["patient", "score", "part"]].astype(str)
    pd.testing.assert_frame_equal(read, direct)


def test_what_the_ward_sees_of_it_goes_the_same_way_by_table_and_by_bundle(run, tmp_path):
    """Readings with noise and limits have the same grades as CSV and, after that, as FHIR."""
    sent = reports.long_table(sampling.readings(run, seed=4))
    sent.to_csv(tmp_path / "readings.csv", index=False)
    table = read_table(tmp_path / "readings.csv")
    assert table.counts["not used"] == 0
    assert (table.table["limit"] != "").any()
    zero = datetime(2026, 1, 1, tzinfo=UTC)
    write_bundle(tmp_path / "readings.json", table.table, zero=zero, synthetic=True)
    bundle = read_bundle(tmp_path / "readings.json", zero=zero)
    by_table, by_bundle = grade(table.table), grade(bundle.table)
    assert len(by_table) > 100
    for frame in (by_table, by_bundle):
        frame[["patient", "score", "part"]] = frame[["patient", "score", "part"]].astype(str)
    pd.testing.assert_frame_equal(by_table, by_bundle)


def test_the_table_holds_what_the_run_tells_in_the_units_of_the_catalogue(run):
    table = long_table(run, every=6)
    mine = table[(table["analyte"] == "haemoglobin") & (table["patient"] == str(run["patient"].values[2]))]
    assert mine["value"].tolist() == pytest.approx((run["haemoglobin"].values[2] / 10).tolist())
    assert mine["time"].tolist() == run["time"].values.tolist()
    assert set(mine["unit"]) == {"g/dL"}


def test_a_run_without_labs_is_refused(run):
    with pytest.raises(InputError, match="no lab"):
        long_table(run[["alarmins"]])
