"""What the ward measures: visits, error, limits, missing draws, drugs in the way, and chance that repeats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from cytostorm.dataset import variable
from cytostorm.errors import InputError
from cytostorm.observe.assays import Assay, assay, assays
from cytostorm.observe.interference import INTERFERENCES
from cytostorm.observe.reports import COLUMNS, known_at, long_table
from cytostorm.observe.sampling import readings
from cytostorm.observe.visits import VISITS, Visits
from tests import fakes

EXACT = {name: replace(one, cv=0.0, sd=0.0) for name, one in assays().items()}
ALWAYS = {panel: replace(visits, missing=0.0) for panel, visits in VISITS.items()}


def level(name: str, values, unit: str, hours=(0.0, 24.0, 48.0)) -> xr.Dataset:
    """Return a run in which one quantity is constant in each patient."""
    data = np.repeat(np.asarray(values, float)[:, None], len(hours), axis=1)
    coords = {"patient": np.arange(len(data)), "time": ("time", list(hours), {"units": "h"})}
    return xr.Dataset({name: variable(data, ("patient", "time"), unit, name)}, coords)


def test_without_error_it_is_the_run_at_the_visits():
    run = fakes.run(n=3, hours=48.0)
    found = readings(run, visits=ALWAYS, measured=EXACT, analytes=["crp", "temperature"])
    assert found["value"].dims == ("patient", "time", "analyte")
    crp = found["value"].sel(analyte="crp").dropna("time")
    assert crp["time"].values.tolist() == [6.0, 30.0]
    np.testing.assert_allclose(crp, run["crp"].sel(time=[6.0, 30.0]))
    assert found["value"].sel(analyte="temperature").dropna("time")["time"].values.tolist() == [
        *np.arange(0.0, 49.0, 6.0)
    ]


def test_hours_of_the_day_count_from_when_the_trigger_came():
    run = fakes.run(n=1, hours=48.0)
    at_two = readings(run, visits=ALWAYS, analytes=["crp"], clock=14.0)
    assert at_two["time"].values.tolist() == [16.0, 40.0]


def test_a_patient_has_the_same_readings_in_any_batch_and_order():
    run = fakes.run(n=20)
    whole = readings(run, seed=3)
    some = readings(run.isel(patient=[17, 2, 5]), seed=3)
    alone = readings(run.isel(patient=[5]), seed=3, analytes=["il6"])
    for name in ("value", "limit", "note"):
        expected = whole[name].sel(patient=[17, 2, 5])
        assert np.array_equal(some[name], expected, equal_nan=name == "value")
    there = alone["value"].to_numpy()[0, :, 0]
    expected = whole["value"].sel(patient=5, analyte="il6", time=alone["time"]).to_numpy()
    assert np.array_equal(there, expected, equal_nan=True)
    assert not whole["value"].equals(readings(run, seed=4)["value"])


def test_a_reading_does_not_hang_on_the_other_visits():
    run = fakes.run(n=5)
    often = ALWAYS | {"routine": Visits(every=2.0, first=6.0)}
    daily = readings(run, visits=ALWAYS, analytes=["crp"])
    hourly = readings(run, visits=often, analytes=["crp"]).sel(time=daily["time"])
    assert np.array_equal(daily["value"], hourly["value"])


def test_error_of_levels_is_log_normal_and_of_vital_signs_additive():
    n = 4000
    run = xr.merge([level("crp", [100.0] * n, "mg/L"), level("map", [90.0] * n, "mmHg")])
    found = readings(run, visits=ALWAYS, seed=1)
    crp = found["value"].sel(analyte="crp").dropna("time").to_numpy().ravel()
    pressure = found["value"].sel(analyte="map").to_numpy()
    assert np.std(np.log(crp)) == pytest.approx(assay("crp").cv, rel=0.05)
    assert np.median(crp) == pytest.approx(100.0, rel=0.005)
    assert pressure.mean() == pytest.approx(90.0, abs=0.1)
    assert pressure.std() == pytest.approx(assay("map").sd, rel=0.03)
    first, second = pressure[:, 0], pressure[:, 1]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06


def test_beyond_the_limits_of_il6_the_limit_is_reported_and_marked():
    run = level("il6", [0.8, 100.0, 20000.0], "pg/mL")
    found = readings(run, visits=ALWAYS, measured=EXACT)
    assert found["value"].to_numpy()[:, 0, 0].tolist() == [1.5, 100.0, 5000.0]
    assert found["limit"].to_numpy()[:, 0, 0].tolist() == [-1, 0, 1]
    table = long_table(found)
    assert list(table.columns) == list(COLUMNS)
    assert table[table.time == 6.0]["limit"].tolist() == ["<", "", ">"]
    assert set(table["unit"]) == {"pg/mL"}
    assert set(table["method"]) == {"ECLIA"}


def test_a_saturation_above_its_scale_is_no_reading_beyond_a_limit():
    found = readings(level("spo2", [99.5] * 200, "percent"), visits=ALWAYS)
    assert float(found["value"].max()) == 100.0
    assert not found["limit"].any()


def test_some_draws_are_missing_with_the_whole_panel():
    run = xr.merge([level("crp", [9.0] * 2000, "mg/L"), level("ldh", [200.0] * 2000, "U/L")])
    found = readings(run, visits={"routine": Visits(24.0, 6.0, missing=0.25)})
    lost = np.isnan(found["value"].to_numpy())
    assert lost.mean() == pytest.approx(0.25, abs=0.02)
    assert np.array_equal(lost[:, :, 0], lost[:, :, 1])
    assert len(long_table(found)) == (~lost).sum()


def test_nothing_is_drawn_after_death_nor_of_who_failed():
    run = fakes.deadly(n=12, deaths=4)
    found = readings(run, visits=ALWAYS)
    died = run["died_at"].to_numpy()
    late = found["time"].to_numpy()[None, :] > died[:, None]
    assert late.any()
    assert np.isnan(found["value"].to_numpy()[late]).all()
    table = long_table(found)
    assert (table.time <= np.where(np.isnan(died), np.inf, died)[table.patient]).all()
    failed = readings(fakes.run(n=3, failed=1), visits=ALWAYS)
    assert np.isnan(failed["value"].to_numpy()[0]).all()


@pytest.mark.parametrize("one", INTERFERENCES, ids=lambda one: f"{one.drug} {one.analyte}")
def test_a_drug_in_the_way_is_told_while_it_is_there(one):
    run = level(one.analyte, [30.0, 30.0], assay(one.analyte).unit)
    run[one.drug] = level(one.drug, [0.0, 50.0], "mg/L")[one.drug]
    found = readings(run, visits=ALWAYS, analytes=[one.analyte])
    table = long_table(found)
    without, under = table[table.patient == 0], table[table.patient == 1]
    assert set(without["note"]) == {""}
    assert set(under["note"]) == {one.note}
    assert without["value"].notna().all()
    assert under["value"].notna().all() == one.readable
    assert len(under) == len(without)


def test_a_drug_whose_level_the_run_does_not_tell_is_not_passed_over():
    run = level("il6", [30.0], "pg/mL").assign_attrs(modules="il6 siltuximab")
    with pytest.raises(InputError, match="level of siltuximab") as told:
        readings(run)
    assert "siltuximab" in told.value.remedy
    readings(level("crp", [3.0], "mg/L").assign_attrs(modules="siltuximab"))


def test_the_ward_knows_what_is_back_from_the_laboratory():
    run = xr.merge([level("crp", [9.0], "mg/L"), level("cxcl9", [500.0], "pg/mL")])
    found = readings(run, visits=ALWAYS)
    assert set(long_table(known_at(found, 30.0)).analyte) == {"crp"}
    both = long_table(known_at(found, 6.0 + assay("cxcl9").turnaround))
    assert both[both.analyte == "cxcl9"]["time"].tolist() == [6.0]


def test_units_of_the_run_become_those_of_the_assay():
    found = readings(level("crp", [9e6], "ng/L"), visits=ALWAYS, measured=EXACT)
    assert found["value"].to_numpy()[0, 0, 0] == pytest.approx(9.0)


def test_each_assay_is_whole():
    for name, one in assays().items():
        assert one.analyte == name
        assert one.panel in VISITS
        assert one.method
        assert one.source == "assumed" or one.source.startswith("doi:"), name
        assert len(one.note) >= 8, name
        assert one.cv == 0 or one.sd == 0
    assert assay("il6").lower == 1.5
    assert 0.037 <= assay("il6").cv <= 0.08


@pytest.mark.parametrize(
    "wrong, match",
    [
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"analytes": ["cpr"]}, "cpr cannot be read"),
        ({"analytes": ["ferritin"]}, "the run does not hold it"),
        ({"clock": 25}, "clock"),
        ({"visits": {"vitals": Visits(6)}}, "has no visits"),
        ({"visits": dict.fromkeys(VISITS, Visits(every=1000, first=5)), "clock": 6}, "no visit falls"),
    ],
)
def test_what_cannot_be_is_refused(wrong, match):
    run = fakes.run(n=2, hours=12.0)
    with pytest.raises(InputError, match=match) as told:
        readings(run, **wrong)
    assert told.value.expected
    assert told.value.remedy


def test_schedules_and_assays_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="every 0"):
        Visits(every=0)
    with pytest.raises(InputError, match="missing 2"):
        Visits(every=6, missing=2)
    with pytest.raises(InputError, match="cv 6"):
        Assay("crp", "mg/L", "routine", "x", cv=6.0)
    with pytest.raises(InputError, match="limits 5"):
        Assay("crp", "mg/L", "routine", "x", lower=5.0, upper=1.0)
    with pytest.raises(InputError, match="no assay of 'cpr'"):
        assay("cpr")
    with pytest.raises(InputError, match="no readings"):
        long_table(fakes.run(n=1))
    with pytest.raises(InputError, match="not numbered"):
        readings(fakes.run(n=1).assign_coords(patient=["Ann"]))
