"""The rules of the comparison, on their borders."""

from dataclasses import replace

import numpy as np
import pytest

from cytostorm.observe.acceptance import Comparison, acceptance
from cytostorm.observe.compare import ScenarioKey, compare, curves_inside, judged_curves
from cytostorm.observe.targets import Kind, load
from tests import fakes

BOLUS = ScenarioKey(2.0)
HOURS = np.linspace(0.0, 48.0, 481)
BY_ID = {t.id: t for t in load("endotoxin")}


def one(name, run, **changes):
    """Return the row of one target, which is then a curve of its own."""
    target = replace(BY_ID[name], **changes)
    return compare(
        dict.fromkeys((BOLUS, ScenarioKey(0.0), ScenarioKey(4.0), ScenarioKey(2.0, 5)), run), [target]
    )[0]


def level(value, name="tnf", unit="pg/mL"):
    return fakes.flat([value], times=HOURS, name=name, unit=unit)


def wave(start, change, *, name, unit, peak=4.0):
    data = start + change * np.exp(-0.5 * ((HOURS - peak) / 1.5) ** 2)
    data[0] = start
    return fakes.curves([data], HOURS, name=name, unit=unit)


@pytest.mark.parametrize(
    "name, factor, inside",
    [
        ("A-LPS-002", 1.5, True),
        ("A-LPS-002", 1 / 1.5, True),
        ("A-LPS-002", 1.501, False),
        ("A-LPS-002", 0.666, False),
        ("A-LPSX-014", 3.0, True),
        ("A-LPSX-014", 1 / 3, True),
        ("A-LPSX-014", 3.01, False),
        ("A-LPSX-014", 0.333, False),
    ],
)
def test_level_within_and_between_laboratories(name, factor, inside):
    row = one(name, level(BY_ID[name].value * factor))
    assert row.inside is inside
    assert row.model == pytest.approx(BY_ID[name].value * factor)


def test_reported_zero():
    curve = [t for t in BY_ID.values() if t.curve == "endotoxin-017"]
    limit = 0.06 * max(t.value for t in curve)
    for value, inside in ((limit, True), (1.01 * limit, False)):
        rows = compare({ScenarioKey(1.0): level(value)}, curve)
        assert rows[0].target.value == 0
        assert rows[0].inside is inside


@pytest.mark.parametrize("late, inside", [(0.5, True), (-0.5, True), (0.6, False), (-0.6, False)])
def test_time_of_peak_and_nadir(late, inside):
    run = fakes.curves([-np.abs(HOURS - 1.5 - late)], HOURS)
    assert one("A-LPSX-003a", run).inside is inside
    run = fakes.curves([9.0 + np.abs(HOURS - 4.0 - late)], HOURS, name="lymphocytes", unit="cells/uL")
    assert one("A-LPSX-008a", run).inside is inside


def test_time_of_peak_is_read_at_the_hours_of_the_study():
    run = fakes.curves([-np.abs(HOURS - 2.4)], HOURS)
    assert one("A-LPS-011", run).model == 2.0  # samples at 2 h and 3 h; the true peak lies between
    assert one("A-LPSX-003a", run).model == pytest.approx(2.4)


@pytest.mark.parametrize("back, inside", [(24.5, True), (24.6, False), (12.0, True), (60.0, False)])
def test_recovery(back, inside):
    data = np.where((HOURS > 1.0) & (back - 0.05 > HOURS), 500.0, 1000.0) + 0.001 * (HOURS != 4.0)
    row = one("A-LPSX-008b", fakes.curves([data], HOURS, name="lymphocytes", unit="cells/uL"))
    assert row.inside is inside
    assert row.model == (None if back > 48 else pytest.approx(back))


@pytest.mark.parametrize("height, inside", [(1.0, True), (2.25, True), (0.99, False), (2.26, False)])
def test_rise_of_temperature(height, inside):
    assert one("A-LPSX-004", wave(36.0, height, name="temperature", unit="degC")).inside is inside


@pytest.mark.parametrize(
    "change, published, inside",
    [
        (0.3, 0.0, True),
        (0.31, 0.0, False),
        (1.5, 1.0, True),
        (1.51, 1.0, False),
        (-0.2, 0.1, True),
        (-0.21, 0.1, False),
    ],
)
def test_change_has_a_factor_and_a_floor(change, published, inside):
    rows = [replace(BY_ID["A-LPSD-236"]), replace(BY_ID["A-LPSD-237"], value=36.6 + published, hours=4.0)]
    run = wave(38.0, change, name="temperature", unit="degC")
    start, row = compare({BOLUS: run}, rows)
    assert row.inside is inside
    assert row.model == pytest.approx(change)
    assert start.inside is None
    assert not start.counted


def test_highest_value_of_a_day_counts_from_the_resting_value_of_the_model():
    row = one("A-LPSX-033", wave(36.8, 0.9, name="temperature", unit="degC"))
    assert row.published == pytest.approx(1.0)
    assert row.model == pytest.approx(0.9)
    assert row.inside


@pytest.mark.parametrize("factor, inside", [(1.3, True), (1 / 1.3, True), (1.31, False), (0.76, False)])
def test_geometric_sd(factor, inside):
    gsd = BY_ID["A-LPS-010"].value * factor
    draws = np.exp(np.log(gsd) * np.array([-1.0, 1.0]) / np.sqrt(2))
    row = one("A-LPS-010", fakes.flat(draws, times=HOURS))
    assert row.model == pytest.approx(gsd)
    assert row.inside is inside


def test_ratio_of_peaks():
    run = level(2.0, "il1b").assign(il1ra=level(300.0, "il1ra")["il1ra"])
    row = one("A-LPSX-047", run)
    assert row.model == pytest.approx(150.0)
    assert row.inside
    assert "dose not stated" in row.tolerance


@pytest.mark.parametrize("last, inside", [(0.06, True), (0.061, False), (0.0, True)])
def test_percent_reduction(last, inside):
    hours = np.linspace(0.0, 120.0, 121)
    data = np.where(hours < 96.0, 100.0 * (hours == 2.0), 100.0 * last * (hours == 98.0))
    row = one("A-LPSX-029", fakes.curves([data], hours))
    assert row.model == pytest.approx(100.0 * (1 - last))
    assert row.inside is inside


def test_crp_is_converted():
    row = one("A-LPSX-018", level(42.0, "crp", "mg/L"))
    assert row.model == pytest.approx(4.2)
    assert row.unit == "mg/dL"
    assert row.inside


def test_mean_or_median_as_the_study_did():
    run = fakes.flat([100.0, 100.0, 400.0], times=HOURS)
    assert one("A-LPS-002", run).model == pytest.approx(100.0)
    assert one("A-LPSX-014", run).model == pytest.approx(200.0)
    assert one("A-LPSX-014", run, statistic="group mean/median, digitised").model == pytest.approx(100.0)


def test_failed_volunteers_do_not_count():
    run = fakes.curves([[128.0] * 481, [np.nan] * 481], HOURS, status=np.array([0, 2], np.int8))
    assert one("A-LPS-002", run).model == pytest.approx(128.0)
    nobody = fakes.curves([[np.nan] * 481], HOURS, status=np.array([2], np.int8))
    assert one("A-LPS-002", nobody).inside is False


@pytest.mark.parametrize(
    "name, inside, reason",
    [
        ("A-LPSX-025", None, "treated arm: drug not in the model"),
        ("A-LPSX-043", None, "treated arm: drug not in the model"),
        ("A-LPSX-016", None, "bioassay units"),
        ("A-LPSX-037", False, "no such quantity in the model yet"),
        ("A-LPSX-018", False, "no such quantity in the model"),
        ("A-LPSX-048a", None, "recalled from memory, not read: not scored"),
    ],
)
def test_rows_without_a_number_say_why(name, inside, reason):
    row = one(name, level(1.0))
    assert (row.inside, row.reason, row.model) == (inside, reason, None)


def test_missing_and_short_runs_are_not_counted():
    target = BY_ID["A-LPS-008"]
    assert compare({}, [target])[0].reason == "no run of 2 ng/kg was given"
    row = compare({BOLUS: fakes.flat([18.0], times=(0.0, 4.0))}, [target])[0]
    assert row.inside is None
    assert "0 to 4 h" in row.reason


def test_saline_is_held_against_the_run_without_a_dose_at_any_time():
    row = one("A-LPSL-005", level(3.255))
    assert row.scenario == ScenarioKey(0.0)
    assert row.inside


@pytest.mark.parametrize("hits, inside", [(7, True), (6, False)])
def test_a_curve_is_inside_from_seventy_percent_on(hits, inside):
    rows = [replace(BY_ID["A-LPS-002"], curve="c", value=10.0 if k < hits else 1000.0) for k in range(10)]
    judged = judged_curves(compare({BOLUS: level(10.0)}, rows))
    assert [c.inside for c in judged] == [inside]
    assert (judged[0].hits, judged[0].scored) == (hits, 10)


def test_counting_leaves_out_with_reason_and_ignores_what_is_never_scored():
    rows = [
        replace(BY_ID["A-LPS-002"], curve="a", value=10.0),
        replace(BY_ID["A-LPS-002"], curve="b", value=1000.0),
        replace(BY_ID["A-LPSX-025"], curve="c"),
        replace(BY_ID["A-LPSX-009"], curve="d", quantities=("tnf",)),
    ]
    counts = curves_inside(compare({BOLUS: level(10.0)}, rows))
    assert (counts["overall"].inside, counts["overall"].scored, counts["overall"].excused) == (1, 2, 1)
    assert counts["overall"].share == 0.5
    assert counts["TNF"].scored == 2


def test_all_rows_of_all_experiments():
    comparison = Comparison.of(fakes.runs())
    assert len(comparison.rows) == 278
    overall = comparison.counts["overall"]
    assert (overall.scored, overall.excused) == (57, 4)
    parts = [c for name, c in comparison.counts.items() if name != "overall"]
    assert sum(c.scored for c in parts) == overall.scored
    assert sum(c.inside for c in parts) == overall.inside
    for row in comparison.rows:
        assert row.inside is not None or row.reason
        assert row.model is None or type(row.model) is float
        assert row.target.kind is not Kind.DIRECTION or row.inside is None


def test_acceptance_shows_both_laboratories():
    found = acceptance(fakes.runs())
    tnf, il6, il10 = found["dose_ratios"]
    assert tnf["published"]["Dillingh 2014"] == pytest.approx(222.8 / 86.9)
    assert tnf["published"]["Kiers 2017"] == pytest.approx(291.8 / 195.4)
    assert tnf["accepted"] == pytest.approx([1.0, 222.8 / 86.9 * 1.5])  # 0.996 would let a peak fall
    assert il6["published"]["Dillingh 2014"] == pytest.approx(317.7 / 98.4)
    assert il10["published"]["Dillingh 2014"] is None
    assert [p["label"] for p in found["peaks"]] == ["TNF", "IL-6", "IL-8", "IL-10"]
    assert found["peaks"][0]["iqr"] == [185.0, 514.7]
    assert found["curves"]["overall"]["scored"] == 57


def test_acceptance_without_runs_is_open_not_failed():
    found = acceptance({})
    assert all(
        p["inside"] is None and p["time_inside"] is None and p["gsd_inside"] is None for p in found["peaks"]
    )
    assert all(r["inside"] is None for r in found["dose_ratios"])
