from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.evaluate import evaluate
from cytostorm.errors import InputError
from cytostorm.ward.derived import with_derived
from cytostorm.ward.grading import COLUMNS, FROM_SOFA, grade
from cytostorm.ward.kidney import lowest_before
from cytostorm.ward.slots import split


def table(*rows):
    """Return a long table of (patient, time, analyte, value)."""
    return pd.DataFrame(list(rows), columns=["patient", "time", "analyte", "value"])


def one(grades, score, part, day=0, patient="a"):
    """Return low and high of one part on one day."""
    mine = grades[
        (grades["score"] == score)
        & (grades["part"] == part)
        & (grades["day"] == day)
        & (grades["patient"] == patient)
    ]
    assert len(mine) == 1
    return mine["low"].item(), mine["high"].item()


ANALYTES = {
    "platelets": (5, 300), "bilirubin": (0.1, 15), "creatinine": (0.3, 7), "map": (40, 110), "gcs": (3, 15),
    "noradrenaline": (0, 0.3), "dobutamine": (0, 1), "urine_day": (50, 2000), "temperature": (34, 41),
    "wbc": (0.5, 30),
    "heart_rate": (30, 180), "respiratory_rate": (5, 40), "systolic": (60, 240), "haemoglobin": (5, 15),
    "ferritin": (50, 9000),
}  # fmt: skip


@pytest.fixture(scope="module")
def many():
    """A table of 12 patients with values now and then."""
    rng = np.random.default_rng(3)
    rows = []
    for k in range(12):
        for name, (low, high) in ANALYTES.items():
            for _ in range(rng.integers(0, 9)):
                value = (
                    float(rng.integers(0, 2)) if name == "dobutamine" else round(rng.uniform(low, high), 2)
                )
                rows.append((f"p{k}", round(rng.uniform(0, 24 * 6), 1), name, value))
    rng.shuffle(rows)
    return table(*[(p, float(t), a, float(v)) for p, t, a, v in rows])


def test_patients_never_mix(many):
    scores = ["SOFA", "HScore", "NEWS2", "APACHE-II", "KDIGO-AKI", "SIC", "IEC-HS-2023"]
    together = grade(many, scores)
    for name in many["patient"].unique():
        alone = grade(many[many["patient"] == name], scores)
        mine = together[together["patient"] == name].copy()
        order = ["score", "day", "part"]
        for frame in (alone, mine):
            frame[order] = frame[order].astype({"score": str, "part": str})
        pd.testing.assert_frame_equal(
            alone.sort_values(order)[["day", "low", "high", "complete", "known"]].reset_index(drop=True),
            mine.sort_values(order)[["day", "low", "high", "complete", "known"]].reset_index(drop=True),
        )


@pytest.mark.parametrize("score", ["SOFA", "NEWS2", "SIRS", "HScore", "qSOFA"])
def test_each_day_is_graded_by_its_worst_values(many, score):
    """Against a plain loop over patients and days; of facts bad on both sides the worse counts."""
    definition = find(score)
    grades = grade(many, [score], carry=0)
    for (patient, day), mine in grades.groupby(["patient", "day"], observed=True):
        here = many[(many["patient"] == patient) & (many["time"] // 24 == day)]
        sides = []
        for side in ("low", "high"):
            columns = {definition.facts[0].name: [np.nan]}
            for fact in definition.facts:
                seen = here.loc[here["analyte"] == fact.name, "value"]
                how = fact.window if fact.window != "both" else side
                if len(seen):
                    columns[fact.name] = [seen.min() if how == "low" else seen.max()]
            sides.append(evaluate(definition, columns))
        for item in definition.items:
            got = mine[mine["part"] == item.name]
            assert got["low"].item() == max(s.low[item.name][0] for s in sides)
            assert got["high"].item() == max(s.high[item.name][0] for s in sides)
        assert mine["known"].iloc[0] == sides[0].known[0]
        assert mine["complete"].iloc[0] == sides[0].complete[0]
        assert (mine["low"] <= mine["high"]).all()


def test_a_day_that_was_cold_and_hot_takes_the_worse():
    rows = [("a", 1, "temperature", 34.9), ("a", 5, "temperature", 37.0), ("a", 9, "temperature", 38.5)]
    assert one(grade(table(*rows), ["NEWS2"]), "NEWS2", "temperature") == (3, 3)


def test_days_without_entries_are_graded_too_and_only_sofa_carries():
    rows = table(("a", 0, "platelets", 15.0), ("a", 80, "crp", 5.0), ("a", 0, "ferritin", 9000.0))
    got = grade(rows, ["SOFA", "HScore"])
    assert sorted(got["day"].unique()) == [0, 1, 2, 3]
    assert [one(got, "SOFA", "coag", d) for d in range(4)] == [(4, 4)] * 4
    assert [one(got, "HScore", "ferritin", d) for d in range(4)] == [(50, 50), (0, 50), (0, 50), (0, 50)]
    carried = grade(rows, ["HScore"], carry=24)
    assert [one(carried, "HScore", "ferritin", d)[0] for d in range(4)] == [50, 50, 0, 0]


def test_beyond_a_kits_limit_the_lower_answer_takes_the_harmless_end():
    rows = table(
        ("a", 0, "ferritin", 1500.0), ("b", 0, "ferritin", 1500.0), ("c", 0, "ferritin", 1500.0), ("c", 1,
        "ferritin", 3000.0),
        ("d", 0, "platelets", 90.0), ("e", 0, "platelets", 90.0),
    )  # fmt: skip
    got = grade(rows.assign(limit=[">", "<", ">", "", "<", ">"]), ["HScore", "SOFA"])
    assert one(got, "HScore", "ferritin", 0, "a") == (0, 50)  # 1500 at least: 2000 or 6000 may be passed
    assert one(got, "HScore", "ferritin", 0, "b") == (0, 0)
    assert one(got, "HScore", "ferritin", 0, "c") == (35, 50)
    assert one(got, "SOFA", "coag", 0, "d") == (2, 4)
    assert one(got, "SOFA", "coag", 0, "e") == (0, 2)


def test_nothing_is_carried_from_one_patient_to_the_next():
    rows = table(("a", 0, "platelets", 15.0), ("b", 0, "crp", 1.0), ("b", 30, "platelets", 200.0))
    got = grade(rows, ["SOFA"])
    assert one(got, "SOFA", "coag", 0, "b") == (0, 4)


def test_a_window_longer_than_a_day_looks_back():
    rows = table(("a", 0, "ferritin", 5000.0), ("a", 100, "crp", 1.0))
    got = grade(rows, ["IEC-HS-2023"])
    known = [got[(got["day"] == d)]["known"].iloc[0] for d in range(5)]
    assert known == [1, 1, 1, 0, 0]  # 72 hours before the end of the day


def test_ratios_follow_from_values_of_one_sample_only():
    found, _ = split(
        table(
            ("a", 1, "neutrophils", 8.0), ("a", 1, "lymphocytes", 0.5), ("a", 2, "neutrophils", 9.0), ("b",
            2, "lymphocytes", 1.0),
            ("a", 1, "wbc", 10.0), ("a", 1, "urea", 10.0), ("a", 1, "creatinine", 1.4007), ("a", 1,
            "sodium", 140.0),
            ("a", 1, "chloride", 104.0), ("a", 1, "bicarbonate", 24.0), ("b", 3, "sodium", 140.0), ("a", 4,
            "lymphocytes", 0.0),
            ("a", 4, "neutrophils", 3.0),
        )
    )  # fmt: skip
    got = with_derived(found)
    assert got["nlr"].value.tolist() == [16.0]
    assert got["lymphocyte_share"].value.tolist() == [5.0]
    assert got["bun_creatinine"].value.tolist() == [pytest.approx(20.0)]
    assert got["anion_gap"].value.tolist() == [12.0]


def test_a_measured_ratio_is_not_reckoned_again():
    found, _ = split(table(("a", 1, "neutrophils", 8.0), ("a", 1, "lymphocytes", 0.5), ("a", 1, "nlr", 15.0)))
    assert with_derived(found)["nlr"].value.tolist() == [15.0]


def test_oxygen_is_that_breathed_at_the_moment():
    """Lowest PaO2 on little oxygen in the morning, much oxygen at night: never the one over the other."""
    rows = table(
        ("a", 1, "fio2", 0.3), ("a", 2, "pao2", 66.0), ("a", 10, "fio2", 1.0), ("a", 11, "pao2", 180.0),
        ("b", 1, "pao2", 80.0),
        ("c", 5, "pao2", 80.0), ("c", 6, "fio2", 0.8),
    )  # fmt: skip
    got = grade(rows, ["SOFA"])
    assert one(got, "SOFA", "resp") == (2, 3)  # 180 mmHg, with or without support; not 66
    assert one(got, "SOFA", "resp", 0, "b") == (1, 4)  # 381 mmHg on air, 80 on pure oxygen
    assert one(got, "SOFA", "resp", 0, "c") == (1, 4)  # the share was told only after


def test_kidneys_are_held_against_the_week_before():
    rows = [
        ("a", 0, "creatinine", 1.0),
        ("a", 30, "creatinine", 1.2),
        ("a", 60, "creatinine", 2.1),
        ("a", 400, "creatinine", 3.5),
    ]
    got = grade(table(*rows), ["KDIGO-AKI"])
    assert [one(got, "KDIGO-AKI", "creatinine", d)[0] for d in (0, 1, 2)] == [0, 0, 2]
    assert one(got, "KDIGO-AKI", "creatinine", 16)[0] == 0  # nothing is known of the week before
    given = grade(table(*rows, ("a", 0, "creatinine_baseline", 0.4)), ["KDIGO-AKI"])
    assert one(given, "KDIGO-AKI", "creatinine", 0)[0] == 2


def test_the_lowest_before_leaves_the_reading_itself_and_others_out():
    found, _ = split(
        table(
            ("a", 0, "creatinine", 2.0),
            ("a", 10, "creatinine", 1.0),
            ("a", 50, "creatinine", 3.0),
            ("b", 11, "creatinine", 9.0),
        )
    )
    got = lowest_before(found["creatinine"], 48)
    np.testing.assert_array_equal(got, [np.nan, 2.0, 1.0, np.nan])


def test_sofa_feeds_the_scores_that_ask_for_it():
    rows = table(
        ("a", 0, "platelets", 90.0), ("a", 0, "inr", 1.5), ("a", 0, "bilirubin", 3.0), ("a", 0,
        "creatinine", 0.8),
        ("a", 0, "map", 80.0),
    )  # fmt: skip
    got = grade(rows, ["SOFA", "SIC", "Sepsis-3"])
    four = [sum(one(got, "SOFA", item)[side] for item in FROM_SOFA["sofa4"]) for side in (0, 1)]
    assert four == [2, 2 + 4 + 4 + 4]  # nothing is known of the lung, of doses, and of urine
    assert one(got, "SIC", "points") == (6, 6)
    assert one(got, "Sepsis-3", "rise") == (one(got, "SOFA", "total")[0], one(got, "SOFA", "total")[1])


def test_urine_of_a_day_is_known_where_it_was_written_down_often_enough():
    often = [("a", h, "urine_volume", 50.0) for h in range(0, 49, 6)]
    seldom = [("b", h, "urine_volume", 300.0) for h in range(0, 49, 12)]
    got = with_derived(split(table(*often, *seldom))[0])["urine_day"]
    assert set(got.patient) == {0}
    assert got.time.tolist() == [24, 30, 36, 42, 48]
    assert set(got.value) == {200.0}


def test_what_holds_for_the_stay_holds_before_it_was_written_down():
    rows = table(("a", 0, "crp", 60.0), ("a", 50, "age", 72.0), ("b", 0, "crp", 60.0))
    got = grade(rows, ["4C-Mortality"])
    assert one(got, "4C-Mortality", "age", 0) == (6, 6)
    assert one(got, "4C-Mortality", "age", 0, "b")[0] < one(got, "4C-Mortality", "age", 0, "b")[1]


def test_stretches_of_other_lengths(many):
    stay = grade(many, ["SOFA"], "stay")
    assert len(stay) == 12 * 7
    daily = grade(many, ["SOFA"], carry=0)
    worst = daily[daily["part"] == "coag"].groupby("patient", observed=True)["low"].max()
    coag = stay[stay["part"] == "coag"].set_index("patient")["low"]
    assert (coag.reindex(worst.index) == worst).all()
    six = grade(many, ["SOFA"], 6.0, parts="answers")
    assert set(six["part"]) == {"total"}
    assert six["day"].iloc[1] == pytest.approx(six["day"].iloc[0] + 0.25)


def test_tables_in_other_names_and_units_are_graded_alike():
    rows = table(
        ("a", 0, "haemoglobin", 9.0),
        ("a", 0, "platelets", 90.0),
        ("a", 0, "pf", 250.0),
        ("a", 0, "ferritin", np.nan),
    )
    other = table(
        ("a", 0, "Hb", 90.0), ("a", 0, "PLT", 90000.0), ("a", 0, "pf_ratio", 250.0), ("a", 0, "marvels", 3.0)
    )
    other["unit"] = ["g/L", "/uL", "mmHg", "wonders"]
    first, second = (grade(t, ["HScore", "WHO-CPS"])[["low", "high", "known"]] for t in (rows, other))
    pd.testing.assert_frame_equal(first, second)
    other["unit"] = ["mmHg", "/uL", "mmHg", "wonders"]
    with pytest.raises(InputError, match="Hb is in 'mmHg'"):
        grade(other)


def test_what_was_told_in_moles_is_held_to_the_limits_in_moles():
    """107 umol/L of creatinine are 1.21 mg/dL: a point by the limit in mg/dL, none by 110 umol/L."""
    rows = table(("a", 0, "creatinine", 1.21), ("b", 0, "creatinine", 107.0), ("c", 0, "creatinine", 110.0))
    rows["unit"] = ["mg/dL", "umol/L", "umol/L"]
    got = grade(rows, ["SOFA", "SOFA-2"])
    points = [one(got, "SOFA", "renal", 0, who)[0] for who in "abc"]
    assert points == [1, 0, 1]
    assert (got[got["score"] == "SOFA-2"]["known"] == 1).all()


def test_an_empty_table_has_no_grades():
    assert list(grade(table(), None).columns) == list(COLUMNS)


@pytest.mark.parametrize(
    "rows,more,said",
    [
        ([("a", 0, "crp", 1.0)], {"scores": ["SOFFA"]}, "did you mean 'SOFA'"),
        ([("a", 0, "crp", 1.0)], {"every": "weekly"}, "every is"),
        ([("a", 0, "crp", 1.0)], {"every": -1}, "every is"),
        ([("a", 0, "crp", 1.0)], {"parts": "some"}, "parts is"),
        ([("a", np.nan, "crp", 1.0)], {}, "without patient or time"),
        ([("a", 0, "crp", np.inf)], {}, "without patient or time"),
        ([("a", 0, "crp", 1.0), ("a", 1e12, "crp", 1.0)], {}, "patient-days"),
    ],
)
def test_what_cannot_be_graded_is_refused(rows, more, said):
    with pytest.raises(InputError, match=said):
        grade(table(*rows), **more)


def test_a_table_that_is_no_long_table_is_refused():
    with pytest.raises(InputError, match="lacks the columns analyte, value"):
        grade(pd.DataFrame({"patient": ["a"], "time": [0.0]}))


def test_many_patients_are_graded_in_a_moment():
    """200,000 values of 10,000 patients; the bound is far above the second or so that it takes."""
    import time

    rng = np.random.default_rng(1)
    n, names = 10_000, ["platelets", "bilirubin", "creatinine", "gcs"]
    rows = pd.DataFrame({
        "patient": np.tile(np.repeat(np.arange(n), 5).astype(str), 4), "time": np.tile(np.arange(5) * 24.0,
        4 * n),
        "analyte": np.repeat(names, 5 * n), "value": rng.uniform(3, 15, 20 * n),
    })  # fmt: skip
    start = time.process_time()
    got = grade(rows, ["SOFA"], parts="answers")
    assert len(got) == 5 * n
    assert time.process_time() - start < 20
