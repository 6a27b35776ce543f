"""Metrics on curves whose answers are known by hand."""

import math

import numpy as np
import pytest

from cytostorm.dataset import ATTRS, check
from cytostorm.errors import InputError
from cytostorm.observe import metrics
from tests import fakes

HOURS = np.linspace(0.0, 10.0, 101)


def of(function, *, status=None):
    return fakes.curves([function(HOURS)], HOURS, status=status)["tnf"]


def test_parabola():
    da = of(lambda t: 9.0 - (t - 3.0) ** 2)
    assert float(metrics.peak(da)[0]) == pytest.approx(9.0)
    assert float(metrics.time_of_peak(da)[0]) == pytest.approx(3.0)
    assert float(metrics.trough(da)[0]) == pytest.approx(9.0 - 49.0)
    assert float(metrics.time_of_trough(da)[0]) == 10.0
    assert float(metrics.final(da)[0]) == pytest.approx(-40.0)
    assert float(metrics.auc(da)[0]) == pytest.approx(90.0 - (343.0 + 27.0) / 3.0, rel=1e-3)


def test_straight_line_has_the_exact_area_and_units():
    area = metrics.auc(of(lambda t: 2.0 * t))
    assert float(area[0]) == pytest.approx(100.0, rel=1e-12)
    assert area.attrs["units"] == "pg/mL*h"
    assert metrics.time_of_peak(of(np.sin)).attrs["units"] == "h"


def test_sampling_misses_the_peak_between_samples():
    da = of(lambda t: 9.0 - (t - 3.0) ** 2)
    assert float(metrics.peak(da, [0.0, 2.0, 5.0])[0]) == pytest.approx(8.0)
    assert float(metrics.time_of_peak(da, [0.0, 2.0, 5.0])[0]) == 2.0


def test_plateau_peaks_at_its_beginning():
    assert float(metrics.time_of_peak(of(lambda t: np.minimum(t, 4.0)))[0]) == pytest.approx(4.0)


@pytest.mark.parametrize("times", [[-1.0], [0.0, 10.5], []])
def test_samples_outside_the_run_are_refused(times):
    with pytest.raises(InputError, match="cannot be taken"):
        metrics.peak(of(np.sin), times)


def test_geometric_sd():
    values = np.exp(np.random.default_rng(1).normal(2.0, 0.4, 20_000))
    assert metrics.geometric_sd(values) == pytest.approx(math.exp(0.4), rel=0.02)
    assert metrics.geometric_sd(np.array([1.0, 0.0])) is None
    assert metrics.geometric_sd(np.array([1.0, -1.0])) is None
    assert metrics.geometric_sd(np.array([1.0])) is None


def test_failed_patients_are_left_out_and_counted():
    table = metrics.summary(fakes.run(n=10, failed=3))
    assert table["tnf"]["n"] == 7
    assert table["tnf"]["left_out"] == 3
    assert table["tnf"]["peak"]["median"] == pytest.approx(
        metrics.summary(fakes.run(n=10))["tnf"]["peak"]["median"], rel=0.5
    )


def test_a_gap_leaves_a_patient_out_even_if_its_status_is_ok():
    run = fakes.curves([[1.0, 2.0, 3.0], [1.0, np.nan, 3.0], [1.0, 2.0, np.nan]], [0.0, 1.0, 2.0])
    assert metrics.summary(run)["tnf"]["n"] == 1
    for metric in metrics.METRICS.values():
        assert np.isnan(metric(run["tnf"])[1])


def test_the_dead_count_with_what_there_was_until_then():
    rows = [[1.0, 2.0, 4.0, 3.0], [1.0, 5.0, 2.0, np.nan], [np.nan] * 4, [1.0, 2.0, np.nan, np.nan]]
    run = fakes.curves(rows, [0.0, 1.0, 2.0, 3.0], status=np.array([0, 0, 2, 0], np.int8))
    run["died_at"] = ("patient", [np.nan, 2.5, np.nan, 2.0])  # the last curve ends before it should
    entry = metrics.summary(run)["tnf"]
    assert (entry["n"], entry["left_out"], entry["died"]) == (2, 2, 1)
    dead = metrics.usable(run, "tnf").isel(patient=[1])
    got = {name: float(of(dead)[0]) for name, of in metrics.METRICS.items()}
    assert got == {
        "peak": 5.0, "time_of_peak": 1.0, "trough": 1.0, "time_of_trough": 0.0, "auc": 6.5, "final": 2.0,
    }  # fmt: skip
    assert "died" not in metrics.summary(run.drop_vars("died_at"))["tnf"]


def test_the_middle_is_of_those_who_are_there():
    data = np.array([[1.0, 3.0, np.nan], [5.0, np.nan, np.nan]])
    assert np.array_equal(metrics.middle(data), [3.0, 3.0, np.nan], equal_nan=True)


def test_nobody_left():
    entry = metrics.summary(fakes.run(n=2, failed=2))["il6"]
    assert entry["n"] == 0
    assert entry["peak"] == {"median": None, "q1": None, "q3": None, "gsd": None, "unit": "pg/mL"}


def test_summary_holds_plain_numbers():
    for entry in metrics.summary(fakes.run(n=5)).values():
        for name in metrics.METRICS:
            assert all(type(entry[name][key]) in (float, type(None)) for key in ("median", "q1", "q3", "gsd"))
    assert metrics.summary(fakes.run(n=5))["crp"]["auc"]["unit"] == "mg/L*h"


def test_check_accepts_a_run_and_names_what_is_missing():
    run = fakes.run(n=2)
    assert check(run) is run
    for key in ATTRS:
        with pytest.raises(InputError, match=key):
            check(run.drop_attrs(deep=False).assign_attrs({k: v for k, v in run.attrs.items() if k != key}))
    with pytest.raises(InputError, match="no dimension 'time'"):
        check(run.rename(time="t"))
    with pytest.raises(InputError, match="status"):
        check(run.drop_vars("status"))
    with pytest.raises(InputError, match="time is in None"):
        check(run.assign_coords(time=run["time"].values))
    with pytest.raises(InputError, match="do not rise"):
        check(run.isel(time=slice(None, None, -1)))
    bare = run.copy(deep=True)
    bare["tnf"].attrs = {}
    with pytest.raises(InputError, match="tnf has no units"):
        check(bare)
    with pytest.raises(InputError, match="no quantity"):
        check(run[["status"]].assign_coords(time=run["time"]))
