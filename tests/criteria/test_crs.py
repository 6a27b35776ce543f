"""Cytokine release and neurotoxicity: hand-worked cases, and what is told of what nobody knows."""

import pytest

from cytostorm.errors import InputError

from .grading import cases, graded, spread

CASES = cases("more_cases.json")
FEVER = {"temp_C": 39, "fever_before": True, "fever_treated": False, "hypotension": False}
CALM = {**FEVER, "vasopressors": 0, "vasopressin": False}
ALERT = {"arousal": "spontaneous", "seizure": "none", "focal_weakness": False, "brain_oedema": "none"}
LEE = {
    **FEVER, "norepi": 0, "epi": 0, "dopamine": 0, "phenylephrine": 0, "vasopressin": False, "weight": 70,
    "oxygen": "room_air", "fio2": 0.21, "alt": 20, "ast": 20, "creatinine": 0.8,
}  # fmt: skip
LEE.pop("fever_treated")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    found = graded(case["score"], **case["input"])
    for part, expected in case["expected"].items():
        assert found.low[part][0] == pytest.approx(float(expected), abs=1e-9), case["why"]
        if found.complete[0]:
            assert found.high[part][0] == found.low[part][0]


def test_hand_worked_cases_tell_apart_what_was_read_and_what_was_recalled():
    assert {case["confidence"] for case in CASES} == {"read", "memory-high", "memory-low"}
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    "known, expected",
    [
        ({}, (1, 4)),
        ({"oxygen": "room_air"}, (1, 1)),
        ({"oxygen": "nasal_cannula"}, (2, 3)),
        ({"oxygen": "nasal_cannula", "flow": 4}, (2, 2)),
        ({"oxygen": "blow-by"}, (2, 2)),
        ({"oxygen": "HFNC"}, (3, 3)),
        ({"oxygen": "bipap"}, (4, 4)),
    ],
)
def test_an_unknown_device_or_flow_opens_the_grade_only_as_far_as_it_could_be(known, expected):
    assert spread("ASTCT-CRS-2019", "grade", **CALM, **known) == expected


def test_nobody_has_to_say_that_the_living_are_alive():
    found = graded("ASTCT-CRS-2019", **CALM, oxygen="room_air", flow=0)
    assert found.complete[0]
    assert found.high["grade"][0] == 1


def test_unknown_temperature_or_pressure_or_vasopressors_open_the_grade():
    air = {"oxygen": "room_air", "flow": 0}
    assert spread("ASTCT-CRS-2019", "grade", **air, **{**CALM, "temp_C": None}) == (0, 1)
    assert spread("ASTCT-CRS-2019", "grade", **air, **{**CALM, "hypotension": "unknown"}) == (1, 2)
    assert spread("ASTCT-CRS-2019", "grade", **air, **{**CALM, "vasopressors": None}) == (1, 4)


def test_doses_and_systolic_pressure_stand_in_for_what_nobody_counted():
    chart = {"temp_C": 39, "vasopressin": False, "oxygen": "room_air", "flow": 0, "fever_before": True}
    chart["fever_treated"] = False
    one = graded("ASTCT-CRS-2019", **chart, sbp=85, norepi_ug_kg_min=0.05)
    assert one.complete[0]
    assert (one.low["grade"][0], one.high["grade"][0]) == (3, 3)
    two = {"norepi_ug_kg_min": 0.05, "epi_ug_kg_min": 0.02}
    assert spread("ASTCT-CRS-2019", "grade", **chart, sbp=85, **two) == (4, 4)
    assert spread("ASTCT-CRS-2019", "grade", **chart, sbp=85, norepi_ug_kg_min=0) == (2, 2)
    assert spread("ASTCT-CRS-2019", "grade", **chart, sbp=90, norepi_ug_kg_min=0) == (1, 1)
    counted = {"vasopressors": 0, "hypotension": False}
    assert spread("ASTCT-CRS-2019", "grade", **chart, sbp=60, **two, **counted) == (1, 1)


def test_the_scales_disagree_on_positive_pressure_by_mask():
    mask = {"oxygen": "CPAP", "fio2": 0.35}
    assert spread("ASTCT-CRS-2019", "grade", **CALM, oxygen="CPAP")[0] == 4
    assert spread("Lee-2014-CRS", "grade", **{**LEE, **mask}) == (2, 2)
    penn = {**LEE, **mask, "plasma_given": False, "admitted": True}
    assert spread("Penn-CRS", "grade", **penn) == (3, 3)


def test_an_unknown_weight_opens_the_dose_and_an_unknown_oxygen_share_the_hypoxia():
    low = {**LEE, "hypotension": True, "norepi": 0.2}
    assert spread("Lee-2014-CRS", "grade", **low) == (2, 2)
    assert spread("Lee-2014-CRS", "grade", **{**low, "weight": None}) == (2, 3)
    assert spread("Lee-2014-CRS", "noradrenaline_equivalent", **low) == pytest.approx((14, 14))
    assert spread("Lee-2014-CRS", "grade", **{**LEE, "fio2": None}) == (1, 1)  # it breathes air
    assert spread("Lee-2014-CRS", "grade", **{**LEE, "fio2": None, "oxygen": "facemask"}) == (2, 3)


def test_age_decides_whether_ice_or_capd_is_asked_for():
    assert spread("ASTCT-ICANS-2019", "grade", **ALERT, age_y=30, ice=8) == (1, 1)
    assert graded("ASTCT-ICANS-2019", **ALERT, age_y=30, ice=8).complete[0]
    assert spread("ASTCT-ICANS-2019", "grade", **ALERT, age_y=6, ice=8) == (0, 3)
    assert spread("ASTCT-ICANS-2019", "grade", **ALERT, age_y=30, capd=12) == (3, 3)  # delayed development
    assert spread("ASTCT-ICANS-2019", "grade", **ALERT, age_months=100, capd=9) == (3, 3)
    assert spread("ASTCT-ICANS-2019", "grade", **{**ALERT, "seizure": None}, age_y=30, ice=10) == (0, 4)


def test_a_word_that_is_none_of_the_words_is_refused():
    with pytest.raises(InputError, match="snorkel"):
        graded("ASTCT-CRS-2019", oxygen="snorkel")
