"""Bands over those who live, axes that fit, grades and survival: what stands on the axes is what is there."""

import numpy as np
import pytest

from cytostorm.observe import survival
from cytostorm.plot import curves, outcome, style
from cytostorm.plot.clock import Clock
from cytostorm.plot.drawing import NORMAL, Look
from cytostorm.plot.points import Points
from cytostorm.plot.shares import DECADES, decades, foot_of, percentiles
from tests import fakes
from tests.report import storm

RUN = storm.run(60)


def test_percentiles_are_those_of_numpy():
    data = np.random.default_rng(1).normal(size=(37, 11))
    assert percentiles(data) == pytest.approx(np.percentile(data, [5, 25, 50, 75, 95], axis=0), rel=1e-12)


def test_the_dead_are_left_out_of_the_bands():
    data = np.random.default_rng(1).normal(size=(20, 3))
    data[5:, 2] = np.nan
    data[1:, 1] = np.nan
    found = percentiles(data)
    assert found[:, 2] == pytest.approx(np.percentile(data[:5, 2], [5, 25, 50, 75, 95]))
    assert np.isnan(found[:, 1]).all(), "one patient left of many is no band"
    assert percentiles(data[:1, :1])[2, 0] == data[0, 0], "but one of one is"


def test_zeros_do_not_hide_decades():
    shares = np.tile([0.0, 1.0, 1e4, 1e8, 0.0], (5, 1))
    assert decades(shares)
    assert not decades(np.zeros((5, 4)))
    assert foot_of(shares) == pytest.approx(0.7e8 / DECADES)
    assert foot_of(shares, values=(2.0,)) == pytest.approx(0.7 * 2.0)


def test_days_for_long_runs_hours_for_short_ones():
    assert Clock.of(RUN).word == "days"
    assert Clock.of(fakes.run(n=2)).word == "hours"
    axes = curves.small(RUN, "crp", Look(clock=Clock.of(RUN))).axes[0]
    assert axes.get_xlim()[1] == pytest.approx(28.0, abs=1.0)
    shown = [tick for tick in axes.get_xticks() if 0 <= tick <= 28]
    assert shown == [0, 7, 14, 21, 28]


def test_reference_range_is_shaded_where_it_is():
    figure = curves.small(RUN, "lymphocytes", Look(normal=(1000.0, 4000.0)))
    band = next(patch for patch in figure.axes[0].patches if patch.get_label() == NORMAL)
    low, high = band.get_y(), band.get_y() + band.get_height()
    assert low == pytest.approx(1000.0)
    assert high == pytest.approx(figure.axes[0].get_ylim()[1]), "the axis ends below its upper end"
    bare = curves.small(RUN, "lymphocytes", Look())
    assert not [patch for patch in bare.axes[0].patches if patch.get_label() == NORMAL]


def test_range_that_is_far_away_does_not_flatten_the_curve():
    axes = curves.small(RUN, "temperature", Look(normal=(None, 400.0))).axes[0]
    assert axes.get_ylim()[1] < 60


def test_flat_curve_looks_flat():
    low, high = curves.small(fakes.flat([98.0, 98.0001]), "tnf", Look()).axes[0].get_ylim()
    assert high - low > 4.0


def test_known_to_span_decades_is_logarithmic_though_it_begins_at_zero():
    assert curves.small(RUN, "pathogen_blood", Look(decades=True)).axes[0].get_yscale() == "log"
    assert curves.small(RUN, "pathogen_blood", Look()).axes[0].get_yscale() == "linear"


def test_all_small_figures_are_laid_out_alike():
    places = [
        curves.small(RUN, n, Look()).axes[0].get_position().bounds for n in ("il6", "platelets", "sofa")
    ]
    assert places[0] == places[1] == places[2]


def test_grades_and_the_dead_are_all_patients():
    hours, rows = outcome.parts(RUN, "crs_grade")
    assert rows.sum(axis=0) == pytest.approx(1.0)
    dead = survival.deaths(RUN).size
    assert rows[-1, -1] * 60 == pytest.approx(dead)
    assert rows[-1, 0] == 0
    at = int(np.searchsorted(hours, 24.0 * 6))
    values = RUN["crs_grade"].sel(time=hours[at]).to_numpy()
    assert rows[2, at] == pytest.approx(np.mean(values == 2))


def test_score_of_many_points_is_not_graded():
    assert outcome.graded(RUN, "crs_grade")
    assert not outcome.graded(RUN, "sofa")
    assert not outcome.graded(RUN, "temperature")


def test_survival_starts_whole_and_ends_with_the_living():
    axes = outcome.living(RUN, Clock.of(RUN)).axes[0]
    share = axes.lines[0].get_ydata()
    assert share[0] == 100.0
    assert np.all(np.diff(share) <= 0)
    assert share[-1] == pytest.approx(100.0 * survival.alive(RUN, [672.0])[0] / 60)
    written = [text.get_text() for text in axes.texts]
    assert "alive" in written
    assert str(survival.alive(RUN, [672.0])[0]) in written


def test_published_points_follow_the_clock():
    points = [Points("A 2000", "il6", (240.0,), (500.0,), (100.0,), (900.0,))]
    axes = curves.small(RUN, "il6", Look(clock=Clock.of(RUN)), points).axes[0]
    assert 10.0 in [x for line in axes.lines for x in np.atleast_1d(line.get_xdata())]
    assert style.SIGNS[style.marker("A 2000")]
