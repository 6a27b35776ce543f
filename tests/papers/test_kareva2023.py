"""The four ways of dosing and the storm's threshold, computed once from the published equations by LSODA."""

from __future__ import annotations

import pytest

from tests.papers.reading import paper

WITHIN = 0.002


@pytest.fixture(scope="module")
def kareva():
    return paper("kareva2023")


@pytest.mark.parametrize(
    "dose, how, peak, tumour",
    [
        (10, {}, 0.0664, 0.1421),
        (20, {}, 4.235, 0.03354),
        (10, {"count": 3}, 20.53, 0.01326),
        (10, {"eager": True}, 29.47, 0.00794),
    ],
)
def test_cytokine_and_tumour(kareva, dose, how, peak, tumour):
    assert kareva.course(dose, **how) == pytest.approx((peak, tumour), rel=WITHIN)


def test_the_dose_that_starts_a_storm(kareva):
    threshold = kareva.storm_dose()
    assert threshold == pytest.approx(21.127, abs=1e-3)
    assert kareva.course(threshold - 0.01)[0] < 6 < kareva.course(threshold + 0.01)[0]


def test_the_same_total_in_pieces_clears_the_tumour_without_a_storm(kareva):
    storm, after_one = kareva.course(10, eager=True)
    calm, after_ten = kareva.course(1, count=10, eager=True)
    assert storm > 6
    assert calm < 0.01
    assert after_ten < after_one


def test_example_prints_the_threshold(kareva):
    assert "from which on there is a storm: 21.127\n" in kareva.text
