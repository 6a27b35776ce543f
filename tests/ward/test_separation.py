from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cytostorm.errors import InputError
from cytostorm.ward.grading import grade
from cytostorm.ward.separation import area, separation, why_poor


def test_the_area_is_the_chance_of_the_higher_score():
    rng = np.random.default_rng(2)
    for _ in range(20):
        a, b = (
            rng.integers(0, 6, rng.integers(2, 30)).astype(float),
            rng.integers(0, 6, rng.integers(2, 30)).astype(float),
        )
        pairs = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
        assert area(a, b)[0] == pytest.approx(pairs.mean())


def test_the_interval_is_delongs():
    """Against the definition: variances of the placements of each patient."""
    rng = np.random.default_rng(4)
    a, b = rng.normal(1, 1, 40), rng.normal(0, 1, 60)
    pairs = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    variance = pairs.mean(1).var(ddof=1) / 40 + pairs.mean(0).var(ddof=1) / 60
    auc, low, high = area(a, b)
    logit = np.log(auc / (1 - auc))
    half = 1.959964 * np.sqrt(variance) / (auc * (1 - auc))
    assert np.log(low / (1 - low)) == pytest.approx(logit - half, abs=1e-6)
    assert np.log(high / (1 - high)) == pytest.approx(logit + half, abs=1e-6)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    from scipy.stats import norm

    rng = np.random.default_rng(5)
    truth = norm.cdf(1 / np.sqrt(2))
    inside = [
        low <= truth <= high
        for _ in range(400)
        for _, low, high in [area(rng.normal(1, 1, 50), rng.normal(0, 1, 50))]
    ]
    assert 0.91 < np.mean(inside) < 0.99


def test_no_interval_is_told_where_all_are_told_apart():
    auc, low, high = area(np.array([2.0, 3.0]), np.array([0.0, 1.0]))
    assert auc == 1.0
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize("a, b, expected", [([2.0] * 6, [2.0] * 7, 0.5), ([2.0], [0.0, 1.0, 3.0], 2 / 3)])
def test_no_interval_is_told_where_nothing_tells_how_sure_it_is(a, b, expected):
    """All have the same score, or one alone has the outcome: no interval of no width."""
    auc, low, high = area(np.array(a), np.array(b))
    assert auc == pytest.approx(expected)
    assert np.isnan([low, high]).all()


def test_of_nobody_there_is_no_area():
    assert np.isnan(area(np.array([]), np.array([1.0, 2.0]))).all()


def test_the_interval_is_near_that_of_the_bootstrap():
    rng = np.random.default_rng(7)
    a, b = rng.normal(1, 1, 60).round(1), rng.normal(0, 1, 80).round(1)
    drawn = [area(rng.choice(a, 60), rng.choice(b, 80))[0] for _ in range(800)]
    assert area(a, b)[1:] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.02)


@pytest.fixture
def told():
    """Grades of 40 patients, half of whom have low platelets and the outcome, a day before the end."""
    rng = np.random.default_rng(6)
    rows = []
    for k in range(40):
        for day in range(3):
            ill = k % 2 and day > 0
            rows += [(f"p{k}", 24.0 * day, "platelets", 30 + 5 * rng.random() if ill else 200 + rng.random())]
            rows += [(f"p{k}", 24.0 * day, "creatinine", 0.8)]
    rows = pd.DataFrame(rows, columns=["patient", "time", "analyte", "value"])
    outcome = pd.Series({f"p{k}": bool(k % 2) for k in range(40)}, name="died")
    return grade(rows, ["SOFA", "HLH-2004"]), outcome


def test_the_worst_of_the_stay_knows_what_the_first_day_does_not(told):
    grades, outcome = told
    got = separation(grades, outcome).set_index(["score", "answer", "span"])
    assert got.loc[("SOFA", "low", "worst of stay"), "auc"] == 1.0
    assert got.loc[("SOFA", "low", "first day"), "auc"] == 0.5
    assert (got["patients"] == 40).all()
    assert (got["with_outcome"] == 20).all()
    assert not got["complete"].any()


def test_words_say_why_a_score_tells_little(told):
    grades, outcome = told
    table = separation(grades, outcome)
    said = why_poor(grades, outcome, table)
    assert set(said) == {"HLH-2004"}
    assert "Never known here: fever" in said["HLH-2004"]


def test_patients_without_an_outcome_are_left_out_and_too_few_are_refused(told):
    grades, outcome = told
    assert (separation(grades, outcome.iloc[:30])["patients"] == 30).all()
    with pytest.raises(InputError, match="2 of 4 patients"):
        separation(grades, outcome.iloc[:4])
