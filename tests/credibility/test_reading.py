"""What is read off people whose courses are known."""

import numpy as np
import pytest

from cytostorm.credibility import clinic, reading
from cytostorm.credibility.people import People, at, first, geometric_mean, last, mean_over, within
from cytostorm.observe.readout import NotReadError
from tests import fakes

HOURS = np.arange(0.0, 97.0, 3.0)


def people(data, name="il6", unit="pg/mL", **more):
    run = fakes.curves(np.asarray(data, float), HOURS, name=name, unit=unit)
    for other, (values, its_unit) in more.items():
        run[other] = fakes.curves(np.asarray(values, float), HOURS, name=other, unit=its_unit)[other]
    return People.of(run)


def rising(*slopes):
    return np.array(slopes)[:, None] * HOURS


def test_those_whose_run_failed_are_left_out():
    run = fakes.curves(rising(1, 2, 3), HOURS, name="il6", status=np.array([0, 2, 0], np.int8))
    assert People.of(run).values("il6")[:, -1].tolist() == [96.0, 288.0]


def test_levels_come_in_the_unit_asked_for():
    who = people(np.full((5, HOURS.size), 900.0), "lymphocytes", "cells/uL")
    assert who.values("lymphocytes", "10^9/L")[0, 0] == pytest.approx(0.9)


def test_first_and_last_moments():
    who = people(rising(1, 10, 0))
    assert first(who, who.values("il6") >= 30).tolist() == [30.0, 3.0, np.inf]
    assert last(who, who.values("il6") <= 30).tolist() == [30.0, 3.0, 96.0]


def test_a_value_after_death_is_none():
    data = rising(1, 1)
    data[0, HOURS > 48] = np.nan
    who = people(data)
    assert at(who, data, np.array([60.0, 60.5]))[1] == pytest.approx(60.5)
    assert np.isnan(at(who, data, np.array([60.0, np.inf]))).all()
    begin, end = np.array([60.0, 60.0]), np.array([72.0, 72.0])
    assert mean_over(data, within(who, begin, end))[1] == pytest.approx(66.0)


def test_level_over_days_sums_up_those_who_have_a_value():
    data = rising(1, 2, 3, 4, 5, 6)
    data[5, HOURS > 20] = np.nan
    who = people(data)
    day = lambda p: np.full(len(p), 24.0)
    later = lambda p: np.full(len(p), 48.0)
    assert reading.level("il6", "pg/mL", day)(who).number == 72.0
    assert reading.level("il6", "pg/mL", day, last=later)(who).number == 108.0


def test_floor_and_cap_of_an_assay():
    read = reading.level(
        "il6", "pg/mL", lambda p: np.full(len(p), 3.0), limits=reading.Limits(floor=5.0, cap=21.0)
    )
    assert read(people(rising(1, 1, 1, 2, 3))).number == 5.0
    assert read(people(rising(9, 9, 9, 9, 9))).number == 21.0


def test_too_few_people_are_not_summed_up():
    with pytest.raises(NotReadError, match="only 4"):
        reading.peak("il6", "pg/mL")(people(rising(1, 2, 3, 4)))
    with pytest.raises(NotReadError, match="no such quantity in the model yet: crp"):
        reading.peak("crp", "mg/L")(people(rising(1, 2, 3, 4, 5)))


def test_share_and_time_between():
    who = people(rising(1, 2, 3, 4, 0))
    above = lambda p: first(p, p.values("il6") >= 96)
    read = reading.share(reading.happens(above))
    assert read(who).number == 80.0
    assert reading.share(reading.happens(above, 40.0))(who).number == 40.0
    assert reading.time_between(reading.from_trigger, above)(people(rising(1, 2, 4, 4, 4))).number == 24.0


def test_pooled_samples_are_taken_while_it_holds():
    who = people(rising(1, 1, 1, 1, 1))
    begin = lambda p: np.zeros(len(p))
    during = lambda p: np.tile(p.hours <= 48, (len(p), 1))
    assert reading.pooled("il6", "pg/mL", begin, [1, 2, 3], during=during)(who).number == 36.0


def test_auc_of_markers_that_are_higher_or_lower_in_cases():
    who = people(rising(*range(1, 11)))
    day = lambda p: np.full(len(p), 24.0)
    worse = lambda p: p.values("il6")[:, -1] > 500
    assert reading.auc("il6", day, worse)(who).number == 1.0
    assert reading.auc("il6", day, worse, lower=True)(who).number == 0.0


def test_rank_correlation_and_difference():
    who = people(rising(1, 2, 3, 4, 5), crp=(rising(5, 4, 3, 2, 1), "mg/L"))
    assert reading.rank_correlation("il6", "crp")(who).number == pytest.approx(-1.0)
    top = reading.peak("il6", "pg/mL")
    assert reading.difference(top, top)(who).number == 0.0


def test_geometric_mean():
    assert geometric_mean(np.array([1.0, 100.0])) == pytest.approx(10.0)


def test_onset_is_a_degree_above_rest_or_the_flag_of_illness():
    heat = 36.0 + rising(0.02, 0.05, 0.0, 0.0, 0.0)
    flag = rising(0, 0, 0.1, 0, 0)
    who = people(heat, "temperature", "degC", illness=(flag, "1"))
    assert clinic.onset(who).tolist() == [51.0, 21.0, 3.0, np.inf, np.inf]


def test_hospital_goes_by_what_the_model_has():
    assert clinic.hospital(people(rising(10, 0), "crp", "mg/L")).tolist() == [12.0, np.inf]
    with pytest.raises(NotReadError, match="spo2, pf_ratio, crp"):
        clinic.hospital(people(rising(1, 1)))


def test_nobody_dies_without_deaths():
    with pytest.raises(NotReadError, match="nobody dies"):
        _ = people(rising(1)).died_at
