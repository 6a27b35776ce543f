"""Virtual patients are graded by the same text as tables are."""

from __future__ import annotations

import numpy as np
import pytest

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.evaluate import evaluate
from cytostorm.library.catalogue import model_for
from cytostorm.population import sample
from cytostorm.simulation import simulate
from cytostorm.units import convert

PARTS = {
    "resp": "respiration",
    "coag": "coagulation",
    "liver": "liver",
    "cns": "brain",
    "renal": "kidney",
}
"""Items that need no word on what a ward would do, in the table's names and the kernel's."""
READ = {
    "pao2": "lung.ratio",
    "platelets": "coagulation.platelets",
    "bilirubin_umol_L": "liver.bilirubin",
    "gcs": "brain.gcs",
    "creatinine_umol_L": "kidney.creatinine",
}
"""What is read off for each fact; over pure oxygen, the pressure is the ratio."""


@pytest.fixture(scope="module")
def run():
    model = model_for("sepsis", severity="storm")
    seen = [*READ.values(), *(f"sofa_{name}" for name in PARTS.values()), "sofa_circulation", "sofa"]
    return simulate(model, sample(model, 40, seed=3), None, np.arange(0.0, 200.0, 8.0), quantities=seen)


def test_read_outs_graded_as_a_table_have_the_kernels_points(run):
    definition = find("SOFA")
    units = {f.name: f.unit for f in definition.facts}
    columns = {
        fact: run[name].to_numpy().ravel() * convert(1.0, run[name].attrs["units"], units[fact])
        for fact, name in READ.items()
    }
    alive = ~np.isnan(columns["gcs"])
    columns = {fact: column[alive] for fact, column in columns.items()}
    columns["gcs"] = np.floor(columns["gcs"] + 0.5)
    on = np.ones(alive.sum())
    graded = evaluate(definition, {**columns, "fio2": on, "ventilation": on})
    for part, name in PARTS.items():
        kernel = run[f"sofa_{name}"].to_numpy().ravel()[alive]
        assert len(set(kernel)) > 1, name
        np.testing.assert_array_equal(graded.low[part], kernel, err_msg=name)


def test_the_kernels_total_is_that_of_its_items(run):
    items = [run[f"sofa_{name}"] for name in (*PARTS.values(), "circulation")]
    np.testing.assert_array_equal(sum(items[1:], items[0]).to_numpy(), run["sofa"].to_numpy())


def test_what_is_given_or_would_be_graded_as_a_table_has_the_kernels_grades():
    model = model_for("car_t", severity="severe")
    seen = ["fever.core", "astct.low_pressure", "astct.vasopressors", "astct.device", "crs_grade"]
    seen += ["penn.dose", "penn.given", "penn.device", "penn_grade"]
    run = simulate(model, sample(model, 40, seed=3), None, np.arange(0.0, 400.0, 8.0), quantities=seen)
    values = {name: run[name].to_numpy().ravel() for name in seen}
    alive = ~np.isnan(values["crs_grade"])
    values = {name: column[alive] for name, column in values.items()}
    shared = {"temperature": values["fever.core"], "hypotension": values["astct.low_pressure"]}
    by_astct = {"vasopressors": values["astct.vasopressors"], "oxygen": values["astct.device"]}
    graded = evaluate(find("ASTCT-CRS-2019"), {**shared, **by_astct})
    assert len(set(values["crs_grade"])) > 2
    np.testing.assert_array_equal(graded.low["grade"], values["crs_grade"])
    by_penn = {"noradrenaline": values["penn.dose"], "vasopressin": values["penn.given"]}
    graded = evaluate(find("Penn-CRS"), {**shared, **by_penn, "oxygen": values["penn.device"]})
    worse = np.maximum(graded.low["hypotension"], graded.low["hypoxia"])
    febrile, penn = values["fever.core"] >= 38, values["penn_grade"]
    assert (penn[~febrile] == 0).all()
    assert (penn >= worse)[febrile].all()
    assert (penn == worse)[febrile & (worse >= 3)].all()
