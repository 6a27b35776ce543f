"""Dwivedi 2014: CRP and IL-6 under an antibody against the receptor, and its switch-like dose response."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import numpy as np
import pytest

import cytostorm as cs

PAPER = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "papers" / "dwivedi2014.py"))
CRP = {24: 99.785, 168: 87.410, 336: 40.586, 672: 93.226, 1344: 5.6377, 2016: 1.02646}
"""Per cent of the start under 300 mg every four weeks: libroadrunner on BIOMD0000000537."""
AFTER_TWELVE_WEEKS = {200: 99.756, 250: 98.888, 300: 1.0265, 400: 0.69482}
"""CRP at 2016 h by the dose in mg: the same, with another dose."""


def test_crp_falls_comes_back_and_falls_for_good():
    run = PAPER["course"](300, list(CRP))
    found = run["dwivedi2014.crp_share"].values[0, 1:]
    np.testing.assert_allclose(found, list(CRP.values()), rtol=1e-3)


def test_antibody_against_the_receptor_raises_il6():
    run = PAPER["course"](300)
    rise = float(run["peak_dwivedi2014_il6_serum"][0]) / float(run["dwivedi2014.il6_serum"][0, 0])
    assert rise == pytest.approx(1.7368, rel=1e-3)


@pytest.mark.parametrize("dose", AFTER_TWELVE_WEEKS)
def test_dose_response_of_figure_4e_is_a_switch(dose):
    left = float(PAPER["course"](dose)["dwivedi2014.crp_share"][0, -1])
    assert left == pytest.approx(AFTER_TWELVE_WEEKS[dose], rel=2e-3)


def test_patient_whom_nobody_treats_stays_as_he_is():
    names = [str(s.name) for s in PAPER["model"].species]
    run = cs.simulate(PAPER["model"], None, None, [0, 2016], quantities=names, rtol=1e-8)
    for name in names:
        start, end = run[name].values[0]
        assert end == pytest.approx(start, rel=1e-4, abs=1e-12), name


def test_whole_course_agrees_with_another_solver():
    folder = os.environ.get("CYTOSTORM_DATA")
    if not folder:
        pytest.skip("CYTOSTORM_DATA names no folder with reference courses")
    path = Path(folder) / "models" / "dwivedi2014_antiIL6R_300mg_q4w.csv"
    hours, il6, *_, crp = np.loadtxt(path, delimiter=",", skiprows=1).T
    run = PAPER["course"](300, hours[1:])
    np.testing.assert_allclose(run["dwivedi2014.crp_share"].values[0], crp, rtol=1e-5)
    np.testing.assert_allclose(run["dwivedi2014.il6_serum"].values[0], il6, rtol=1e-5)
