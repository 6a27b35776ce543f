"""Cases with known answers, and tables of limits that they leave out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cytostorm.criteria.cases import compared
from cytostorm.criteria.catalogue import everything, find, plainly
from cytostorm.criteria.evaluate import evaluate
from cytostorm.criteria.given import numbers

CASES = json.loads(Path(__file__).with_name("score_cases.json").read_text(encoding="utf-8"))["cases"]
NAMES = {plainly(n) for n in everything()}


@pytest.mark.parametrize("case", [c for c in CASES if plainly(c["score"]) in NAMES], ids=lambda c: c["id"])
def test_case(case):
    assert compared([case]) == {"cases": 1, "agree": 1, "disagreements": []}


def test_disagreements_say_what_was_expected_and_why_it_could_not_be_graded():
    wrong = {"id": "a", "score": "qSOFA", "input": {"rr": 30}, "expected": {"points": 2, "positive": 1}}
    strange = {"id": "b", "score": "nothing", "input": {}, "expected": {"points": 2}}
    other = {"id": "c", "score": "qSOFA", "input": {"gcs": 99}, "expected": {"points": 2}}
    lost = {"id": "d", "score": "qSOFA", "input": {}, "expected": {"grade": 2}}
    found = compared([wrong, strange, other, lost])
    assert (found["cases"], found["agree"]) == (4, 0)
    told = [(d["id"], d["part"], d["got"]) for d in found["disagreements"]]
    assert told == [
        ("a", "points", 1),
        ("a", "positive", False),
        ("b", None, None),
        ("c", None, None),
        ("d", "grade", None),
    ]
    assert "no score" in found["disagreements"][2]["reason"]
    assert "3 to 15" in found["disagreements"][3]["reason"]


def points(name, part, fact, values, **others):
    """Return the lower answers of a part over values of a fact."""
    definition = find(name)
    rest = {k: np.full(len(values), v) for k, v in numbers(definition, others).items()}
    return [int(x) for x in evaluate(definition, {fact: values, **rest}).low[part]]


@pytest.mark.parametrize(
    "part, fact, values, expected",
    [
        (
            "temperature",
            "temperature",
            [41, 40.9, 38.9, 38.4, 35.9, 33.9, 31.9, 29.9],
            [4, 3, 1, 0, 1, 2, 3, 4],
        ),
        ("map", "map", [160, 159, 129, 109, 70, 69, 50, 49], [4, 3, 2, 0, 0, 2, 2, 4]),
        ("heart_rate", "heart_rate", [180, 179, 139, 109, 69, 54, 39], [4, 3, 2, 0, 2, 3, 4]),
        ("respiratory_rate", "respiratory_rate", [50, 49, 34, 24, 11, 9, 5], [4, 3, 1, 0, 1, 2, 4]),
        ("ph", "ph", [7.7, 7.69, 7.59, 7.49, 7.32, 7.24, 7.14], [4, 3, 1, 0, 2, 3, 4]),
        ("sodium", "sodium", [180, 179, 159, 154, 149, 129, 119, 110], [4, 3, 2, 1, 0, 2, 3, 4]),
        ("potassium", "potassium", [7, 6.9, 5.9, 5.4, 3.4, 2.9, 2.4], [4, 3, 1, 0, 1, 2, 4]),
        ("creatinine", "creatinine", [3.5, 3.4, 1.9, 1.4, 0.5], [4, 3, 2, 0, 2]),
        ("haematocrit", "haematocrit", [60, 59.9, 49.9, 45.9, 29.9, 19.9], [4, 2, 1, 0, 2, 4]),
        ("wbc", "wbc", [40, 39.9, 19.9, 14.9, 2.9, 0.9], [4, 2, 1, 0, 2, 4]),
        ("oxygen", "pao2", [71, 70, 61, 60, 55, 54], [0, 1, 1, 3, 3, 4]),
        ("age", "age", [44, 45, 55, 65, 75], [0, 2, 3, 5, 6]),
        ("gcs", "gcs", [15, 3], [0, 12]),
    ],
)
def test_apache(part, fact, values, expected):
    assert points("APACHE-II", part, fact, values) == expected


def test_apache_asks_for_the_gradient_on_much_oxygen_and_doubles_creatinine():
    on_oxygen = {"fio2": 1.0, "paco2": 40}
    assert points("APACHE-II", "oxygen", "pao2", [163, 164, 313, 314, 463, 464], **on_oxygen) == [
        4,
        3,
        3,
        2,
        2,
        0,
    ]
    assert points("APACHE-II", "creatinine", "creatinine", [3.5, 1.9], arf=True) == [8, 4]
    assert points("APACHE-II", "chronic", "chronic_health", [0, 1, 2]) == [0, 2, 5]


@pytest.mark.parametrize(
    "months, one, two",
    [
        (0.5, 31, 17),
        (1, 39, 25),
        (11.9, 39, 25),
        (12, 44, 31),
        (24, 45, 32),
        (60, 49, 36),
        (143, 49, 36),
        (144, 52, 38),
    ],
)
def test_phoenix_pressure_by_age(months, one, two):
    found = points("Phoenix", "cv", "map", [one, one - 1, two, two - 1], age_months=months)
    assert found == [0, 1, 1, 2]


def test_phoenix_adds_organs_and_needs_infection():
    ill = {
        "imv": True,
        "fio2": 0.5,
        "spo2": 73,
        "age_months": 100,
        "vasoactives": 2,
        "lactate": 11,
        "map": 30,
    }
    ill |= {"platelets": 50, "inr": 2, "d_dimer": 3, "fixed_pupils": True}
    found = evaluate(find("Phoenix"), numbers(find("Phoenix"), {**ill, "infection": True}))
    assert [found.low[k][0] for k in ("resp", "cv", "coag", "neuro", "total")] == [3, 6, 2, 2, 13]
    assert (found.low["sepsis"][0], found.low["shock"][0]) == (1, 1)
    well = evaluate(find("Phoenix"), numbers(find("Phoenix"), {**ill, "infection": False}))
    assert (well.low["sepsis"][0], well.low["shock"][0]) == (0, 0)
    assert points("Phoenix", "resp", "spo2", [97, 98], fio2=0.5, imv=True) == [2, 0]


def test_sepsis_3():
    septic = {"sofa": 5, "baseline_sofa": 3, "infection_suspected": True, "vasopressor": True, "lactate": 2.1}
    for change, expected in (
        ({}, (1, 1)),
        ({"lactate": 2.0}, (1, 0)),
        ({"vasopressor": False}, (1, 0)),
        ({"sofa": 4}, (0, 0)),
        ({"infection_suspected": False}, (0, 0)),
    ):
        found = evaluate(find("Sepsis-3"), numbers(find("Sepsis-3"), septic | change))
        assert (found.low["sepsis"][0], found.low["shock"][0]) == expected, change


def test_sofa2_dopamine_alone_absent_pressors_and_need_of_replacement():
    assert points("SOFA-2", "cv", "dopamine", [1, 20, 20.1, 40, 40.1]) == [2, 2, 3, 3, 4]
    assert points("SOFA-2", "cv", "dopamine", [41], noradrenaline=0.1) == [3]
    assert points("SOFA-2", "cv", "map", [70, 69, 59, 49, 39], pressor_unavailable=True) == [0, 1, 2, 3, 4]
    assert points("SOFA-2", "renal", "potassium", [5.9, 6.0], creatinine=1.3) == [1, 4]
    assert points("SOFA-2", "renal", "potassium", [6.0], creatinine=1.2) == [0]
    assert points("SOFA-2", "renal", "ph", [7.2], urine=0.2, urine_hours=7, bicarbonate=12) == [4]
    assert points("SOFA-2", "resp", "spo2", [97, 98], fio2=0.5, advanced_support=True) == [3, 0]
    assert points("SOFA-2", "resp", "pao2", [76, 75], fio2=1.0, support_unavailable=True) == [3, 4]
    assert points("SOFA-2", "resp", "pao2", [75], fio2=1.0) == [2]
    assert not evaluate(find("SOFA-2"), {"pao2": [75.0]}).missing["support_unavailable"][0]  # silence is no


def test_sofa_holds_what_is_told_in_umol_to_the_limits_printed_in_umol():
    assert points("SOFA", "renal", "creatinine_umol_L", [109, 110, 171, 300, 440, 441]) == [0, 1, 2, 3, 3, 4]
    assert points("SOFA", "liver", "bilirubin_umol_L", [19, 20, 33, 102, 204, 205]) == [0, 1, 2, 3, 3, 4]
    assert points("SOFA", "renal", "creatinine", [1.19, 1.2, 2.0, 3.5, 5.0]) == [0, 1, 2, 3, 4]
    assert points("SOFA", "renal", "creatinine", [1.0], creatinine_umol_L=500) == [0]
    graded = evaluate(find("SOFA"), numbers(find("SOFA"), {"creatinine_umol_L": 108}))
    assert not graded.missing["creatinine"][0]


def test_a_fibrin_marker_in_numbers_stands_in_for_words():
    assert points("ISTH-DIC", "fibrin", "d_dimer", [0.5, 0.6, 5.0, 5.1]) == [0, 2, 2, 3]
    assert points("ISTH-DIC", "fibrin", "d_dimer", [9.0], ddimer_rise="none") == [0]


def test_berlin_needs_the_picture_and_pressure_by_mask_is_mild_at_most():
    ill = {"fio2": 1.0, "peep": 8, "onset_days": 7, "bilateral_opacities": True, "not_fully_cardiac": True}
    words = find("Berlin-ARDS").answers[0].words
    for change, expected in (
        ({}, "severe"),
        ({"by_mask": True}, "mild"),
        ({"onset_days": 7.1}, "none"),
        ({"bilateral_opacities": False}, "none"),
        ({"not_fully_cardiac": False}, "none"),
    ):
        assert words[points("Berlin-ARDS", "severity", "pao2", [100], **{**ill, **change})[0]] == expected


def test_global_definition_without_a_tube_and_on_poor_wards():
    words = find("Global-ARDS-2023").answers[0].words
    for others, expected in (
        ({"category": "non_intubated", "flow": 30}, "non_intubated"),
        ({"category": "non_intubated", "flow": 29}, "none"),
        ({"category": "non_intubated", "cpap": 5}, "non_intubated"),
        ({"category": "resource_limited"}, "resource_limited"),
        ({"category": "intubated"}, "moderate"),
    ):
        assert words[points("Global-ARDS-2023", "class", "pao2", [120], fio2=0.6, **others)[0]] == expected
