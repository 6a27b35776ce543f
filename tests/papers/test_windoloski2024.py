"""Windoloski 2024: peaks of both arms, agreement with what was measured, and no storm."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import numpy as np
import pytest

PAPER = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "papers" / "windoloski2024.py"))
ARMS = {"bolus": {}, "infusion": PAPER["INFUSION"]}
PEAKS = {
    ("bolus", "tnf"): (365.7, 1.70),
    ("bolus", "il6"): (749.0, 2.05),
    ("bolus", "il8"): (747.0, 2.12),
    ("bolus", "il10"): (42.2, 2.56),
    ("infusion", "tnf"): (490.7, 2.79),
    ("infusion", "il6"): (592.5, 3.35),
    ("infusion", "il8"): (434.0, 3.31),
    ("infusion", "il10"): (133.9, 4.33),
}
"""Peaks in pg/mL and h: the authors' program (bolus), the equations in SciPy's LSODA at 1e-11 (infusion)."""
HOURS = {"bolus": (0, 1, 1.5, 2, 3, 4, 5, 6), "infusion": (0, 1, 2, 3, 4, 6)}
MEASURED = {
    ("bolus", "tnf"): (6.2427, 124.1062, 330.9709, 289.3106, 84.726, 39.5524, 25.1419, 19.7689),
    ("bolus", "il6"): (0.6097, 10.3633, 222.4913, 701.5588, 610.7103, 254.6923, 67.1107, 22.897),
    ("bolus", "il8"): (2.9643, 8.3049, 211.6683, 714.0801, 685.5525, 215.4964, 119.2183, 83.8953),
    ("bolus", "il10"): (4.1968, 7.7042, 14.3663, 27.8727, 43.5631, 22.7634, 12.0411, 8.6781),
    ("infusion", "tnf"): (6.2427, 14.0207, 208.4228, 531.6914, 362.1931, 87.3619),
    ("infusion", "il6"): (0.6097, 0.9980, 25.6215, 347.6054, 706.9959, 123.1612),
    ("infusion", "il8"): (2.9643, 2.8165, 39.1348, 367.7278, 456.1747, 171.4482),
    ("infusion", "il10"): (4.1968, 5.2615, 19.4469, 84.6842, 136.0970, 94.4584),
}
"""Means of the volunteers without outliers, pg/mL, from msolufse/Inflammation_Bolus_Cont (MIT)."""
EXPLAINED = {
    ("bolus", "tnf"): 0.933,
    ("bolus", "il6"): 0.935,
    ("bolus", "il8"): 0.939,
    ("bolus", "il10"): 0.937,
    ("infusion", "tnf"): 0.875,
    ("infusion", "il6"): 0.800,
    ("infusion", "il8"): 0.961,
    ("infusion", "il10"): 0.956,
}
"""Share of the variance of these means that other programs find explained by the model."""


@pytest.fixture(scope="module")
def runs():
    return {arm: PAPER["course"](changes) for arm, changes in ARMS.items()}


@pytest.mark.parametrize("arm, cytokine", PEAKS)
def test_peaks_of_figure_6(runs, arm, cytokine):
    top, when = PEAKS[arm, cytokine]
    found = PAPER["peaks"](runs[arm])[cytokine]
    assert found[0] == pytest.approx(top, rel=5e-3)
    assert found[1] == pytest.approx(when, abs=0.05)


@pytest.mark.parametrize("arm, cytokine", MEASURED)
def test_model_explains_what_was_measured_as_well_as_published(runs, arm, cytokine):
    run, measured = runs[arm], np.array(MEASURED[arm, cytokine])
    ours = run[f"windoloski2024.{cytokine}"][0].interp(time=list(HOURS[arm])).values
    explained = 1 - ((measured - ours) ** 2).sum() / ((measured - measured.mean()) ** 2).sum()
    assert explained == pytest.approx(EXPLAINED[arm, cytokine], abs=2e-3)


def test_endless_endotoxin_makes_no_storm():
    run = PAPER["course"](PAPER["HELD"], 72.0)
    peaks = PAPER["peaks"](run)
    assert peaks["il6"][0] <= 880
    assert peaks["tnf"][0] <= 451
    assert peaks["il10"][0] <= 144
    assert float(run["windoloski2024.il6"][0, -1]) < 10


def test_weight_does_not_matter_as_the_dose_is_per_kg(runs):
    light = PAPER["peaks"](PAPER["course"]({"person.weight": 50.0}))
    heavy = PAPER["peaks"](runs["bolus"])
    np.testing.assert_allclose(list(light.values()), list(heavy.values()), rtol=1e-6)


def test_whole_course_agrees_with_the_authors_program(runs):
    folder = os.environ.get("CYTOSTORM_DATA")
    if not folder:
        pytest.skip("CYTOSTORM_DATA names no folder with reference courses")
    path = Path(folder) / "models" / "windoloski_bolus_2ngkg.csv"
    table = np.genfromtxt(path, delimiter=",", names=True)
    columns = dict(zip(PAPER["CYTOKINES"], ("TNF", "IL6", "IL8", "IL10"), strict=True))
    for cytokine, column in columns.items():
        ours = runs["bolus"][f"windoloski2024.{cytokine}"].values[0]
        theirs = table[f"{column}_pg_mL"]
        np.testing.assert_allclose(ours, theirs, atol=1e-4 * theirs.max(), rtol=0)
