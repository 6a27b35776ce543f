"""What the rows tell of numbers, where the answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.infer import identifiability, profile
from tests.infer import tiny

WIDTH = math.log(1.5)
HOURS = np.array(tiny.HOURS)


def test_standard_errors_and_correlation_are_those_of_theory():
    """Ln level = ln dose - ln volume - rate * hours is a straight line, whose errors are textbook."""
    found = identifiability(tiny.problem(), tiny.TRUTH)
    slopes = np.column_stack([-0.3 * HOURS, -np.ones(4)]) / WIDTH  # by the logarithms of both
    information = len(tiny.DOSES) / len(HOURS) * slopes.T @ slopes
    covariance = np.linalg.inv(information)
    errors = np.sqrt(np.diag(covariance))
    assert list(found.factors.values()) == pytest.approx(np.exp(errors).tolist(), rel=1e-3)
    assert found.correlations[0, 1] == pytest.approx(covariance[0, 1] / errors.prod(), rel=1e-3)
    assert found.information.tolist() == pytest.approx(
        np.linalg.eigvalsh(information)[::-1].tolist(), rel=1e-3
    )
    assert found.loose == ()
    assert (found.curves, found.allowed) == (10, 2)


def test_a_product_is_not_told_apart():
    found = identifiability(tiny.product(), {"toy.one": 0.5, "toy.two": 0.6, "toy.volume": 5.0})
    (direction,) = found.loose
    shares = dict(direction.shares)
    assert set(shares) == {"toy.one", "toy.two"}
    assert shares["toy.one"] == pytest.approx(-shares["toy.two"], abs=1e-3)
    assert direction.factor > 1e6
    assert found.factors["toy.one"] > 1e6
    assert found.factors["toy.volume"] < 1.5
    assert found.correlations[0, 1] == pytest.approx(-1.0, abs=1e-6)
    assert found.allowed == 2


def test_a_number_held_by_its_citation_alone_is_told_so():
    found = identifiability(tiny.held(1.5), {"toy.rate": 0.4})
    assert found.factors["toy.rate"] == pytest.approx(1.5, rel=1e-3)
    assert found.information.tolist() == [0.0]
    assert [dict(d.shares) for d in found.loose] == [{"toy.rate": 1.0}]
    assert found.loose[0].factor == math.inf


def test_near_a_bound_differences_are_from_inside():
    found = identifiability(tiny.problem(), {"toy.rate": 3.0, "toy.volume": 0.5})
    assert all(math.isfinite(factor) for factor in found.factors.values())


def test_profile_is_closed_where_the_rows_see_a_number():
    found = profile(tiny.problem(), tiny.TRUTH, "toy.rate", points=9)
    assert found.values[4] == pytest.approx(0.3)
    assert found.costs[4] == pytest.approx(0.0, abs=1e-9)
    error = identifiability(tiny.problem(), tiny.TRUTH).factors["toy.rate"]
    assert found.high == pytest.approx(0.3 * error, rel=0.03)
    assert found.low == pytest.approx(0.3 / error, rel=0.03)


def test_profile_is_open_where_they_do_not():
    found = profile(tiny.product(), {"toy.one": 0.5, "toy.two": 0.6, "toy.volume": 5.0}, "toy.one")
    assert (found.low, found.high) == (None, None)
    assert found.costs.max() < 0.01


def test_profile_stops_at_the_bounds():
    found = profile(tiny.problem(free=("toy.rate",)), tiny.TRUTH, "toy.rate", times=100.0)
    assert found.values[0] == pytest.approx(0.03)
    assert found.values[-1] == pytest.approx(3.0)


@pytest.mark.parametrize("wrong", [{"points": 4}, {"points": 1}, {"times": 1.0}, {"times": math.nan}])
def test_impossible_profiles_are_refused(wrong):
    with pytest.raises(InputError):
        profile(tiny.problem(), tiny.TRUTH, "toy.rate", **wrong)


def test_names_are_checked():
    with pytest.raises(InputError, match=r"did you mean 'toy\.rate'"):
        profile(tiny.problem(), tiny.TRUTH, "toy.rat")
    with pytest.raises(InputError, match=r"no value is given for toy\.volume"):
        identifiability(tiny.problem(), {"toy.rate": 1.0})
    with pytest.raises(InputError, match=r"toy\.rate is 4 1/h"):
        identifiability(tiny.problem(), {"toy.rate": 4.0, "toy.volume": 5.0})
