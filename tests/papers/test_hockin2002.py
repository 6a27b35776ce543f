"""Thrombin and whole course of BIOMD0000000335, and the paper's threshold of tissue factor."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def hockin():
    return paper("hockin2002")


def test_sizes_are_those_of_the_abstract(hockin):
    assert len(hockin.model.species) == 34
    assert len(hockin.constants) == 42


def test_thrombin_peaks(hockin):
    seen = hockin.thrombin()
    assert seen.max() == pytest.approx(247.4, rel=1e-3)  # nmol/L
    assert hockin.SECONDS[seen.argmax()] == pytest.approx(338, abs=2)


def test_below_a_threshold_of_tissue_factor_there_is_no_thrombin(hockin):
    assert hockin.thrombin(0.001).max() < 0.01 * hockin.thrombin(0.005).max()
    assert hockin.thrombin(0.005).max() > 100


def test_more_tissue_factor_makes_thrombin_sooner(hockin):
    first = [hockin.SECONDS[(hockin.thrombin(nm) > 10).argmax()] for nm in (0.005, 0.025, 0.05)]
    assert first == sorted(first, reverse=True)


def test_whole_course(hockin):
    seen = trajectory("hockin2002")
    names = {column: f"hockin2002.{column.lower()}" for column in seen if column != "t"}
    run = cs.simulate(hockin.model, times=seen["t"] / 3600, rtol=1e-8, quantities=list(names.values()))
    for column, name in names.items():
        stored = 1e9 * seen[column]  # mol/L
        np.testing.assert_allclose(run[name].values[0], stored, rtol=1e-4, atol=1e-5 * stored.max())
