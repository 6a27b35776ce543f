"""How near is near: the unit of a calibration is the edge of a tolerance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.infer import Free, Prior, Problem, Row
from cytostorm.infer.misfit import WORST, Evidence, misfit, residuals, tempered
from cytostorm.library.catalogue import model_for
from tests.infer import tiny


@pytest.mark.parametrize(
    "accepted, model, far",
    [
        ((50.0, 200.0), 100.0, 0.0),
        ((50.0, 200.0), 200.0, 1.0),
        ((50.0, 200.0), 25.0, -2.0),
        ((50.0, 200.0), 0.0, -WORST),
        ((50.0, 200.0), -1.0, -WORST),
        ((50.0, 200.0), 1e300, WORST),
        ((-0.2, 0.4), 0.1, 0.0),  # a change: not in logarithms
        ((-0.2, 0.4), -0.2, -1.0),
        ((-30.0, -10.0), -10.0, 1.0),
        ((0.0, 6.0), 6.0, 1.0),  # reported as zero: one border only
        ((0.0, 6.0), 3.0, 0.0),
        ((0.0, 6.0), 0.0, 0.0),
        ((-math.inf, 6.0), 6.0, 1.0),
        ((-math.inf, 6.0), -100.0, 0.0),
        ((-math.inf, 6.0), 9.0, 2.0),
        ((-math.inf, 0.0), 0.5, 1.5),
        ((0.0, math.inf), -0.5, -1.5),
        ((20.0, math.inf), 20.0, -1.0),
        ((20.0, math.inf), 30.0, 0.0),
        ((20.0, math.inf), 1e9, 0.0),
        ((20.0, math.inf), 0.0, -3.0),
        ((1.0, 2.0), None, WORST),
        ((1.0, 2.0), math.nan, WORST),
        (None, 1.0, WORST),
    ],
)
def test_one_is_the_edge_of_the_tolerance(accepted, model, far):
    assert misfit(Row("a", "a", model, accepted)) == pytest.approx(far)


@pytest.mark.parametrize("accepted", [(2.0, 1.0), (1.0, 1.0), (math.nan, 1.0), (-math.inf, math.inf)])
def test_a_span_that_is_none_is_refused(accepted):
    with pytest.raises(InputError, match="row a accepts"):
        misfit(Row("a", "a", 1.0, accepted))


def test_with_somebody_who_failed_a_row_is_as_bad_as_can_be():
    assert misfit(Row("a", "a", 100.0, (50.0, 200.0), failed=True)) == WORST


def test_beyond_the_tolerance_squares_grow_in_proportion():
    far = np.array([-10.0, -1.0, 0.0, 0.5, 1.0, 1.0 + 1e-9, 10.0])
    assert tempered(far)[1:5].tolist() == [-1.0, 0.0, 0.5, 1.0]
    assert (tempered(far) ** 2)[[0, -1]].tolist() == pytest.approx([19.0, 19.0])
    assert tempered(far)[-2] == pytest.approx(1.0)


def test_each_curve_weighs_as_much_as_any_other():
    seen = Evidence(tuple("abcde"), ("long", "long", "long", "long", "short"))
    squares = seen.weights**2
    assert squares[:4].sum() == pytest.approx(squares[4])
    assert seen.inside(np.array([0.0, 0.9, 1.0, 2.0, 1.1])) == 1  # three of four are enough
    assert seen.inside(np.array([0.0, 0.9, 1.1, 2.0, -1.0])) == 1
    assert seen.inside(np.array([0.0, 1.2, 1.1, 2.0, -1.1])) == 0


def test_a_citation_is_one_more_row():
    problem = tiny.held(1.5)
    places = np.array([[problem.free[0].place(0.4 * 1.5)], [problem.free[0].place(0.4 / 1.5**2)]])
    seen = Evidence.of(problem.rows(places)[0])
    found = residuals(problem, seen, places, np.zeros((2, 40)))
    assert found.shape == (2, 41)
    assert found[:, -1].tolist() == pytest.approx([1.0, -2.0])


def test_a_cited_number_of_the_model_brings_its_citation():
    model = model_for("endotoxin")
    cited = Free.of(model, "endotoxin.elimination", factor=1.3)
    assert cited.prior == Prior(1.01, 1.3, "Windoloski2023")
    assert (cited.low, cited.high, cited.unit) == (pytest.approx(0.101), pytest.approx(10.1), "1/h")
    assert Free.of(model, "macrophage.pace").prior is None
    with pytest.raises(InputError, match=r"did you mean 'macrophage\.pace'"):
        Free.of(model, "macrophage.pac")


@pytest.mark.parametrize("log", [True, False])
def test_places_and_values(log):
    free = Free("toy.rate", 1.0, 100.0, "1/h", 10.0, log=log)
    assert free.place(1.0) == 0
    assert free.place(100.0) == 1
    assert free.place(1e9) == 1
    for value in (1.0, 3.0, 10.0, 100.0):
        assert free.value(free.place(value)) == pytest.approx(value)
    step = 1e-6
    slope = (math.log(free.value(0.3 + step)) - math.log(free.value(0.3))) / step
    assert free.relative(free.value(0.3)) == pytest.approx(slope, rel=1e-4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Free("a.k", 0.0, 1.0, "1/h", 0.5),
        lambda: Free("a.k", 2.0, 1.0, "1/h", 1.5),
        lambda: Free("a.k", 1.0, 2.0, "1/h", 3.0),
        lambda: Free("a.k", 1.0, math.inf, "1/h", 3.0),
        lambda: Free("a.k", math.nan, 2.0, "1/h", 1.0),
        lambda: Prior(0.0, 2.0, "x"),
        lambda: Prior(1.0, 1.0, "x"),
        lambda: Prior(1.0, math.nan, "x"),
        lambda: Problem("empty", (), tiny.rows),
        lambda: Problem("twice", (tiny.problem().free[0],) * 2, tiny.rows),
    ],
)
def test_what_cannot_be_searched_is_refused(make):
    with pytest.raises(InputError):
        make()


def test_rows_that_do_not_count_are_left_out():
    row = Row("a", "a", 1.0, (0.5, 2.0))
    both = [row, Row("b", "b", 1.0, None, counted=False)]
    problem = Problem("some", tiny.problem().free, lambda _: both)
    assert problem.rows(problem.start[None]) == [[row]]
    with pytest.raises(InputError, match="no published row counts"):
        Evidence.of([])
