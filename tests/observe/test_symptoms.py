"""Symptoms visit by visit: grades, onset, what is new or worse, warning signs, and whose they are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import InputError
from cytostorm.observe.symptoms import COLUMNS, symptom_table, symptoms
from tests import fakes

HOURS = [0.0, 6.0, 12.0, 18.0, 24.0]
COURSES = {
    "fatigue": [0.6, 0.4, 1.2, 1.7, 1.6],
    "high_fever": [0.0, 1.9, 2.0, 3.0, 0.0],
    "nausea": [0.0, 2.4, 2.6, 0.0, 1.0],
    "vomiting": [0.0, 0.0, 0.0, 0.0, 0.0],
}


def run(courses=COURSES, **more) -> xr.Dataset:
    variables = {
        name: (("patient", "time"), [values], {"units": "1", "label": name, "quantity": f"symptoms.{name}"})
        for name, values in {**courses, **more}.items()
    }
    coords = {"patient": [4], "time": ("time", HOURS, {"units": "h"})}
    return xr.Dataset(variables, coords).rename({n: f"symptoms.{n}" for n in more})


def of(name: str, what: str, seen: xr.Dataset) -> list:
    return seen[what].sel(patient=4, symptom=name).to_numpy().tolist()


def test_grades_and_what_is_new_and_worse():
    seen = symptoms(run())
    assert of("fatigue", "severity", seen) == [1, 0, 1, 2, 2]
    assert of("fatigue", "new", seen) == [False, False, True, False, False]
    assert of("fatigue", "worsening", seen) == [False, False, False, True, False]
    assert of("fatigue", "onset", seen) == 0.0
    assert of("nausea", "new", seen) == [False, True, False, False, True]
    assert of("nausea", "worst", seen) == 3
    assert np.isnan(of("vomiting", "onset", seen))
    assert of("vomiting", "worst", seen) == 0


def test_warning_signs():
    seen = symptoms(run())
    assert of("high_fever", "warning", seen) == [False, False, True, True, False]
    assert of("nausea", "warning", seen) == [False, False, True, False, False]
    assert not any(of("fatigue", "warning", seen))


def test_share_of_the_disease_where_something_is_felt():
    seen = symptoms(run(fatigue_disease=[0.6, 0.4, 0.6, 0.17, 0.0]))
    np.testing.assert_allclose(of("fatigue", "from_disease", seen), [1.0, np.nan, 0.5, 0.1, 0.0])
    assert np.isnan(of("nausea", "from_disease", seen)).all()
    assert "from_disease" in symptom_table(seen)
    assert "from_disease" not in symptoms(run())


def test_the_dead_complain_no_more():
    seen = symptoms(run({"fatigue": [1.0, 2.0, np.nan, np.nan, np.nan]}))
    assert of("fatigue", "worst", seen) == 2
    assert not any(of("fatigue", "new", seen)[2:])
    assert not any(of("fatigue", "worsening", seen)[2:])
    table = symptom_table(seen)
    assert table["time"].tolist() == [0.0, 6.0]
    nobody = symptoms(run({"fatigue": [np.nan] * 5}))
    assert np.isnan(of("fatigue", "worst", nobody))
    assert np.isnan(of("fatigue", "onset", nobody))


def test_a_row_for_each_patient_visit_and_symptom():
    table = symptom_table(symptoms(run(), hours=[0.0, 12.0, 24.0]))
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 3 * len(COURSES)
    first = table.iloc[0]
    assert (first["patient"], first["time"], first["symptom"], first["severity"]) == (4, 0.0, "fatigue", 1)


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="holds no symptoms"):
        symptoms(fakes.run(n=1))
    with pytest.raises(InputError, match="do not rise"):
        symptoms(run(), hours=[6.0, 0.0])
    with pytest.raises(InputError, match="cannot be taken"):
        symptoms(run(), hours=[0.0, 99.0])
    with pytest.raises(InputError, match="no symptoms"):
        symptom_table(run())
