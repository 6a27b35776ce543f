"""The endotoxin model against the published volunteers, as the report shows it."""

from __future__ import annotations

import pytest

from cytostorm.library.catalogue import model_for
from cytostorm.observe.acceptance import Comparison
from cytostorm.population import sample
from cytostorm.report.endotoxin import comparison_runs
from cytostorm.simulation import simulate

VARIABLES = (
    "TNF",
    "IL-6",
    "IL-8",
    "IL-10",
    "IL-1β",
    "temperature",
    "heart rate",
    "mean arterial pressure",
    "lymphocytes",
    "CRP",
)


def compared(volunteers: int, seed: int) -> Comparison:
    return Comparison.of(comparison_runs(model_for("endotoxin"), volunteers, seed, simulate, sample))


@pytest.fixture(scope="module")
def few() -> Comparison:
    return compared(300, seed=0)


def check_curves(comparison: Comparison) -> None:
    """At least 80 % of all untreated curves, and half of those of each variable."""
    overall = comparison.counts["overall"].share
    assert overall is not None
    assert overall >= 0.8
    for name in VARIABLES:
        share = comparison.counts[name].share
        assert share is not None, name
        assert share >= 0.5, name


def check_peaks(comparison: Comparison) -> None:
    for peak in comparison.acceptance["peaks"]:
        assert peak["inside"], peak
        assert peak["time_inside"], peak
        assert peak["gsd_inside"], peak
    for ratio in comparison.acceptance["dose_ratios"]:
        assert ratio["inside"], ratio


def test_curves_of_a_few_volunteers(few: Comparison) -> None:
    check_curves(few)
    assert all(run.attrs["failed"] == 0 for run in few.runs.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_thousand_volunteers(seed: int) -> None:
    comparison = compared(1000, seed)
    check_curves(comparison)
    check_peaks(comparison)
