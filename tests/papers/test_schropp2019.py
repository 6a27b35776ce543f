"""The ternary complex of BIOMD0000000788 and its whole course; what the paper says of figure 3."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def schropp():
    return paper("schropp2019")


def test_ternary_complex_peaks(schropp):
    seen = schropp.courses("150 nmol")["ternary"]
    assert seen.max() == pytest.approx(10.00, rel=1e-3)
    assert schropp.DAYS[seen.argmax()] == pytest.approx(0.26, abs=0.02)


def test_larger_dose_delays_the_complex_and_hardly_adds_to_it(schropp):
    """Figure 3: about 1.5 times the complex and hundreds of times the free drug, built up later."""
    small, large = (schropp.courses(f"{mg * 6.7} nmol", schropp.ALONE)["ternary"] for mg in (50, 250))
    assert schropp.DAYS[large.argmax()] > 5 * schropp.DAYS[small.argmax()]
    assert schropp.ratios["ternary"] == pytest.approx(1.5, abs=0.15)
    assert schropp.ratios["free"] > 200


def test_targets_begin_in_balance(schropp):
    names = ["schropp2019.a", "schropp2019.b"]
    run = cs.simulate(schropp.model, times=[0, 2400], rtol=1e-8, quantities=names)
    for name, level in zip(names, (10, 100), strict=True):
        np.testing.assert_allclose(run[name].values, level)


def test_three_quarters_of_a_dose_under_the_skin_arrive(schropp):
    plan = cs.Regimen() + cs.Dose("schropp2019.sc", "100 nmol")
    run = cs.simulate(schropp.model, regimen=plan, times=[0, 0.001], quantities=["schropp2019.skin"])
    assert float(run["schropp2019.skin"][0, -1]) == pytest.approx(75, rel=1e-3)


def test_whole_course(schropp):
    seen = trajectory("schropp2019")
    pairs = {"free": "C_free", "a": "R_A", "b": "R_B", "drug_a": "RC_A", "drug_b": "RC_B", "ternary": "RC_AB"}
    run = cs.simulate(
        schropp.model,
        regimen=cs.Regimen() + cs.Dose("schropp2019.iv", "150 nmol"),
        times=24 * seen["t"],
        rtol=1e-8,
        quantities=[f"schropp2019.{name}" for name in pairs],
    )
    for name, column in pairs.items():
        ours = run[f"schropp2019.{name}"].values[0][1:]  # the dose is given at time 0
        np.testing.assert_allclose(ours, seen[column][1:], rtol=1e-4, atol=1e-6)
