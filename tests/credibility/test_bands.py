"""How near is near enough, on the borders."""

import math
from dataclasses import replace

import pytest

from cytostorm.credibility import bands
from cytostorm.observe.targets import load

BY_ID = {t.id: t for t in load()}
OTHER, FITTED = BY_ID["A-COVT-001"], BY_ID["A-LPS-009"]


def test_levels_of_the_laboratory_fitted_must_be_nearer():
    assert bands.times_over(FITTED, 6.0).high == pytest.approx(9.0)
    assert bands.times_over(OTHER, 6.0).low == pytest.approx(2.0)
    assert bands.times_over(BY_ID["A-COVL-060"], 6.0).low == pytest.approx(4.0)
    assert bands.times_over(BY_ID["A-COVL-002"], 6.0).low == pytest.approx(2.0)


@pytest.mark.parametrize(
    "published, low, high", [(0.39, 0.26, 0.585), (1.4, 1.0, 2.1), (0.8, 0.8 / 1.5, 1.0), (3.0, 2.0, 4.5)]
)
def test_a_ratio_stays_on_its_side_of_one(published, low, high):
    band = bands.ratio(OTHER, published)
    assert (band.low, band.high) == (pytest.approx(low), pytest.approx(high))


def test_the_other_side_of_one_is_wrong_only_if_clearly_there():
    assert bands.ratio(OTHER, 0.39).wrong == (1.1, math.inf)
    assert bands.ratio(OTHER, 1.4).wrong == (0.0, pytest.approx(1 / 1.1))


@pytest.mark.parametrize(
    "percent, n, low, high", [(70.0, 133, 61.7, 77.1), (0.0, 10, 0.0, 27.8), (100.0, 10, 72.2, 100.0)]
)
def test_interval_of_a_rate(percent, n, low, high):
    band = bands.rate_of(n)(BY_ID["A-CART-001"], percent)
    assert band.low == pytest.approx(low, abs=0.1)
    assert band.high == pytest.approx(high, abs=0.1)


def test_a_published_interval_of_a_rate_is_taken():
    band = bands.rate(BY_ID["A-CART-049"], 69.0)
    assert (band.low, band.high) == (53.0, 82.0)


@pytest.mark.parametrize(
    "unit, published, low, high",
    [("days", 7.0, 6.0, 8.0), ("days", 1.0, 1 / 3, 2.0), ("h", 1.0, 1 / 3, 3.0), ("h", 100.0, 76.0, 124.0)],
)
def test_a_time_is_right_within_a_day_and_a_factor(unit, published, low, high):
    band = bands.time(replace(OTHER, unit=unit), published)
    assert (band.low, band.high) == (pytest.approx(low), pytest.approx(high))


def test_area_and_difference():
    assert bands.area(OTHER, 0.87).low == pytest.approx(0.82)
    assert bands.difference(OTHER, 20.0).wrong == (-math.inf, 0.0)
