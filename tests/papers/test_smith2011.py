"""Outcomes of BIOMD0000000924, and what the print says of macrophages alone and of 10,000 bacteria per mL."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def smith():
    return paper("smith2011")


@pytest.mark.parametrize("start", [1e3, 1e4])
def test_few_bacteria_are_cleared(smith, start):
    assert smith.bacteria_at(72, start) < 1


@pytest.mark.parametrize("start", [2e4, 1e5])
def test_many_bacteria_fill_the_lung(smith, start):
    assert smith.bacteria_at(72, start) > 1e8


def test_neutrophils_peak(smith):
    assert float(smith.course.max()) == pytest.approx(1.092e5, rel=1e-3)
    assert float(smith.course.idxmax("time")) == pytest.approx(11.84, abs=0.02)


def test_macrophages_alone_clear_almost_ten_thousand(smith):
    """The print says 9.99e3; P^2 = n^2 M (γ M / r - 1) says 9.945e3 while P is far below K_P."""
    alone = smith.threshold(smith.ALONE)
    assert alone == pytest.approx(9.99e3, rel=0.01)
    assert alone == pytest.approx(np.sqrt(25e6 * (5.6 / 1.13 - 1)), rel=1e-4)


def test_neutrophils_widen_the_range(smith):
    assert smith.threshold() > 1.2 * smith.threshold(smith.ALONE)


def test_printed_table_does_not_clear_ten_thousand(smith):
    assert smith.bacteria_at(72, 1e4, smith.PRINTED) > 1e8


def test_whole_course(smith):
    seen = trajectory("smith2011_P0_1e5")
    pairs = dict(
        zip(
            ("bacteria", "healthy", "attached", "cytokine", "neutrophils", "debris"),
            list(seen)[1:],
            strict=True,
        )
    )
    run = cs.simulate(smith.model, times=seen["t"], rtol=1e-8, quantities=[f"smith2011.{n}" for n in pairs])
    for name, column in pairs.items():
        ours = run[f"smith2011.{name}"].values[0]
        np.testing.assert_allclose(ours, seen[column], rtol=1e-4, atol=1e-6 * seen[column].max())
