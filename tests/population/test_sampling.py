"""Who is drawn depends on seed, name and index alone."""

from __future__ import annotations

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.model import Exponential, LogNormal, Module, Normal, compose
from cytostorm.population import sample, standard_normal
from tests.toys import number


def model():
    m = Module("toy", "mediator", "a toy")
    k = number(m, "k", 0.4, "1/h", spread=LogNormal(1.5))
    base = number(m, "base", 3.0, "pg/mL", spread=Normal(1.0, low=0.5))
    fixed = number(m, "fixed", 1.0, "1/h")
    x = m.species("x", "pg/mL", "x", initial=base)
    m.produce(x, "rise", k * base)
    m.remove(x, "loss", (k + fixed) * x)
    return compose(m)


def test_same_seed_same_people_in_any_batch() -> None:
    everyone = sample(model(), n=100, seed=3)
    part = sample(model(), n=7, seed=3, first=40)
    for name in ("toy.k", "toy.base"):
        assert everyone[name].to_numpy()[40:47].tobytes() == part[name].to_numpy().tobytes()
    assert list(part["patient"].to_numpy()) == list(range(40, 47))


def test_other_seed_other_people() -> None:
    assert not np.allclose(sample(model(), 20, 1)["toy.k"], sample(model(), 20, 2)["toy.k"])


def test_numbers_vary_independently_and_as_declared() -> None:
    cohort = sample(model(), n=20_000, seed=1)
    logs = np.log(cohort["toy.k"].to_numpy() / 0.4)
    assert abs(logs.mean()) < 0.01
    assert logs.std() == pytest.approx(np.log(1.5), rel=0.02)
    assert float(cohort["toy.base"].min()) >= 0.5
    assert abs(np.corrcoef(logs, cohort["toy.base"])[0, 1]) < 0.03
    assert "toy.fixed" not in cohort
    assert cohort["toy.k"].attrs["units"] == "1/h"


def test_normal_numbers_are_normal() -> None:
    from scipy.stats import kstest

    assert kstest(standard_normal(5, "weight", np.arange(5000)), "norm").pvalue > 1e-3


def test_fixed_and_not_varied() -> None:
    cohort = sample(model(), n=3, seed=1, vary=False, fixed={"toy.fixed": "48 1/d"})
    np.testing.assert_allclose(cohort["toy.fixed"], 2.0)
    assert "toy.k" not in cohort


@pytest.mark.parametrize(
    "arguments",
    [
        {"n": 0},
        {"n": 10**9},
        {"seed": -1},
        {"seed": 2**64},
        {"fixed": {"toy.kk": 1.0}},
        {"fixed": {"toy.k": "3 mg"}},
    ],
)
def test_refuses(arguments) -> None:
    with pytest.raises(InputError):
        sample(model(), **arguments)


def test_exponential_spread() -> None:
    """The value is the mean; both tails have all their digits."""
    m = Module("toy", "mediator", "exponential")
    number(m, "bears", 3.0, "1", spread=Exponential())
    model = compose(m)
    drawn = sample(model, 20_000, 2)["toy.bears"].to_numpy()
    assert drawn.mean() == pytest.approx(3.0, rel=0.03)
    assert (drawn > 3.0).mean() == pytest.approx(np.exp(-1), abs=0.015)
    assert (drawn > 0).all()
    z = np.array([-8.0, -5.0, 0.0, 5.0, 8.0])
    exact = [6.2209605742717861e-16, 2.8665161296376359e-7, np.log(2), 15.064998393988726, 35.01343715991455]
    np.testing.assert_allclose(Exponential().draw(1.0, z), exact, rtol=1e-13)
    assert "toy.bears" not in sample(model, 3, vary=False)  # the typical person has the mean


def test_two_patients_far_apart_get_their_own_words_at_once():
    far = np.array([9_999_999, 3])
    near = [standard_normal(5, "weight", np.arange(first, first + 10)) for first in (9_999_990, 0)]
    assert standard_normal(5, "weight", far).tolist() == [near[0][9], near[1][3]]
