"""Reynolds 2006: its three outcomes and the thresholds between them."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import numpy as np
import pytest

PAPER = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "papers" / "reynolds2006.py"))
STATES = [f"reynolds2006.{s}" for s in ("germs", "phagocytes", "damage", "mediator")]
ENDS = {
    "health": (0.0, 0.0, 0.0, 0.125),
    "aseptic": (0.0, 0.6350, 17.399, 0.5229),
    "septic": (4.936, 0.9810, 17.49, 0.5229),
}
"""Where an independent solver (SciPy, and libroadrunner on BIOMD0000000714) ends."""


@pytest.mark.parametrize("fate", ENDS)
def test_each_fate_of_figure_5_ends_where_it_should(fate):
    run = PAPER["course"](*PAPER["FATES"][fate])
    end = [float(run[s][0, -1]) for s in STATES]
    np.testing.assert_allclose(end, ENDS[fate], rtol=1e-3, atol=1e-6)


def test_health_comes_back_after_damage():
    run = PAPER["course"](*PAPER["FATES"]["health"])
    assert float(run["peak_reynolds2006_damage"][0]) == pytest.approx(3.411, rel=1e-3)
    assert float(run["time_of_peak_reynolds2006_damage"][0]) == pytest.approx(32.3, abs=0.2)


@pytest.mark.parametrize(
    "name, low, high, given, expected",
    [
        ("germs_start", 0.5, 1.5, {}, 1.035667),
        ("growth", 0.1, 0.5, {}, 0.310762),
        ("phagocytes_start", 0.05, 0.5, {"germs_start": 0.0}, 0.173575),
    ],
)
def test_inflammation_stays_beyond_a_threshold(name, low, high, given, expected):
    assert PAPER["threshold"](name, low, high, given=given) == pytest.approx(expected, rel=1e-4)


def test_sepsis_needs_a_growth_beyond_the_saddle_node_of_figure_6():
    found = PAPER["threshold"]("growth", 0.4, 0.6, "germs")
    assert 0.5137 < found < 0.52
    assert found == pytest.approx(0.5137, rel=2e-3)


@pytest.mark.parametrize("fate", ENDS)
def test_whole_course_agrees_with_another_solver(fate):
    folder = os.environ.get("CYTOSTORM_DATA")
    if not folder:
        pytest.skip("CYTOSTORM_DATA names no folder with reference courses")
    table = np.loadtxt(
        Path(folder) / "models" / f"reynolds2006_{fate}.csv", comments="t", delimiter=",", skiprows=1
    )
    run = PAPER["course"](*PAPER["FATES"][fate], hours=table[-1, 0])
    for column, name in enumerate(STATES, start=1):
        ours = np.interp(table[:, 0], run["time"].values, run[name].values[0])
        size = np.abs(table[:, column]).max()
        np.testing.assert_allclose(ours, table[:, column], atol=1e-5 * size, rtol=0)
