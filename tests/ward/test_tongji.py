"""Patients with COVID-19, whose table stays outside this project: CYTOSTORM_DATA names its folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import pytest

from cytostorm.ward.grading import grade
from cytostorm.ward.mapping import read_mapping
from cytostorm.ward.outcome import outcomes, with_aside
from cytostorm.ward.reading import read_table
from cytostorm.ward.separation import separation

FILE = Path(os.environ.get("CYTOSTORM_DATA", "nowhere")) / "covid_tongji_timeseries.csv"
MAPPING = Path(__file__).parents[2] / "examples" / "ward" / "tongji-mapping.toml"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="CYTOSTORM_DATA names no folder with the table")


@pytest.fixture(scope="module")
def reading():
    return read_table(FILE, with_aside(read_mapping(MAPPING), "outcome"))


@pytest.fixture(scope="module")
def grades(reading):
    return grade(reading.table)


def test_every_entry_is_accounted_for(reading):
    """Against a count of its own: cells with something under what is measured."""
    import pandas as pd

    raw = pd.read_csv(FILE, dtype=str, keep_default_na=False)
    aside = ["PATIENT_ID", "RE_DATE", "Admission time", "Discharge time", "outcome"]
    counts = reading.counts
    assert counts["entries"] == int((raw.drop(columns=aside) != "").to_numpy().sum())
    assert counts["accepted"] + counts["converted"] == len(reading.table)
    assert counts["not used"] == int((~reading.problems["used"]).sum())
    assert (reading.table["value"] != -1).all()


def test_levels_are_those_of_patients(reading):
    """A unit that was told wrongly would show in the middle of an analyte."""
    middle = reading.table.groupby("analyte", observed=True)["value"].median()
    bounds = {
        "haemoglobin": (10, 15), "creatinine": (0.6, 1.2), "bilirubin": (0.4, 1.0), "albumin": (2.5, 4.0),
        "crp": (20, 100),
        "ferritin": (300, 1500), "ldh": (200, 500), "d_dimer": (0.5, 5), "platelets": (120, 260),
        "urea": (3, 10),
        "troponin_i": (0.002, 0.1), "soluble_il2r": (300, 1200), "fibrinogen": (2, 6), "sodium": (135, 145),
        "ph": (7.2, 7.5),
    }  # fmt: skip
    for name, (low, high) in bounds.items():
        assert low <= middle[name] <= high, name


def test_every_patient_day_is_graded_low_and_high(reading, grades):
    days = reading.table.groupby("patient", observed=True)["time"].max() // 24 + 1
    for score in ("SOFA", "HScore", "cHIS"):
        mine = grades[(grades["score"] == score)]
        part = mine[mine["part"] == mine["part"].iloc[0]]
        assert len(part) == int(days.sum())
        assert np.isfinite(mine[["low", "high"]]).all(axis=None)
        assert (mine["low"] <= mine["high"]).all()
        assert mine["patient"].nunique() == reading.table["patient"].nunique() == 178


def test_the_manual_tells_what_is_measured(reading, grades):
    page = (Path(__file__).parents[2] / "docs" / "real-patients.md").read_text(encoding="utf-8")
    for n in (reading.counts[k] for k in ("entries", "accepted", "converted", "not used")):
        assert f"{n:,}" in page
    found = separation(grades, outcomes(FILE, "outcome", read_mapping(MAPPING)))
    found = found[found["answer"] == "low"].set_index(["score", "span"])
    names = {"Caricchio": "Caricchio-COVID-CS", "4C Mortality": "4C-Mortality"}
    rows = re.findall(r"^\| ([^|]+) \| (\d\.\d\d \([^|]+\)) \| (\d\.\d\d \([^|]+\)) \|$", page, re.MULTILINE)
    assert len(rows) >= 8
    for name, *told in rows:
        for span, text in zip(("first day", "worst of stay"), told, strict=True):
            one = found.loc[(names.get(name, name), span)]
            assert text == f"{one['auc']:.2f} ({one['auc_low']:.2f} to {one['auc_high']:.2f})", (name, span)


def test_scores_of_the_first_day_tell_who_died(grades):
    found = separation(grades, outcomes(FILE, "outcome", read_mapping(MAPPING)))
    first = found[found["span"] == "first day"].set_index(["score", "answer"])
    assert found["auc"].max() >= 0.8
    assert first.loc[("cHIS", "low"), "auc"] >= 0.8
    assert first.loc[("cHIS", "low"), "auc_low"] >= 0.8
