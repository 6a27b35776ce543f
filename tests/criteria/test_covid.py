"""COVID-19 and CAR T cells: points at their limits."""

import math

import pytest

from .grading import graded, points, spread

STORM = {
    "covid_symptoms": True, "ggo": True, "ferritin": 251, "crp_mg_dL": 4.7, "albumin": 2.7, "lymph_pct": 20,
    "anc": 7, "alt": 61, "ast": 30, "ddimer_ng_mL": 800, "ldh": 300, "tnI": 0.01, "anion_gap": 10,
    "chloride": 107, "potassium": 4, "bun_cr": 15,
}  # fmt: skip


@pytest.mark.parametrize(
    "score, part, fact, values, expected",
    [
        ("cHIS", "fever", "temp_C", [38.0, 38.1], [0, 1]),
        ("cHIS", "macrophages", "ferritin_ug_L", [699, 700], [0, 1]),
        ("cHIS", "blood", "nlr", [9.9, 10], [0, 1]),
        ("cHIS", "clotting", "ddimer_ug_mL", [1.49, 1.5], [0, 1]),
        ("cHIS", "clotting", "ddimer_ng_mL", [1499, 1500], [0, 1]),
        ("cHIS", "liver", "ldh", [399, 400], [0, 1]),
        ("cHIS", "liver", "ast", [99, 100], [0, 1]),
        ("cHIS", "cytokines", "il6", [14.9, 15], [0, 1]),
        ("cHIS", "cytokines", "tg_mg_dL", [149, 150], [0, 1]),
        ("cHIS", "cytokines", "crp_mg_dL", [14.9, 15], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_1", "albumin_g_dL", [2.8, 2.79], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_1", "lymph_pct", [10.2, 10.1], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_1", "anc", [11.4, 11.5], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_2", "alt", [60, 61], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_2", "ast", [87, 88], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_2", "ddimer_ng_mL", [4930, 4931], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_2", "ldh", [416, 417], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_2", "tnI_ng_mL", [1.09, 1.1], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_3", "anion_gap", [6.8, 6.7], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_3", "chloride", [106, 107], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_3", "potassium", [4.9, 5.0], [0, 1]),
        ("Caricchio-COVID-CS", "cluster_3", "bun_cr", [29, 30], [0, 1]),
        ("4C-Mortality", "age", "age", [49, 50, 59, 60, 69, 70, 79, 80], [0, 2, 2, 4, 4, 6, 6, 7]),
        ("4C-Mortality", "sex", "sex", ["F", "M", "female", "male"], [0, 1, 0, 1]),
        ("4C-Mortality", "comorbidities", "comorbidities", [0, 1, 2, 5], [0, 1, 2, 2]),
        ("4C-Mortality", "breath", "rr", [19, 20, 29, 30], [0, 1, 1, 2]),
        ("4C-Mortality", "saturation", "spo2_air", [92, 91], [0, 2]),
        ("4C-Mortality", "consciousness", "gcs", [15, 14], [0, 2]),
        ("4C-Mortality", "urea", "urea_mmol_L", [6.9, 7, 14, 14.1], [0, 1, 1, 3]),
        ("4C-Mortality", "crp", "crp_mg_L", [49, 50, 99.9, 100], [0, 1, 1, 2]),
        ("CAR-HEMATOTOX", "platelets", "plt", [176, 175, 75, 74], [0, 1, 1, 2]),
        ("CAR-HEMATOTOX", "neutrophils", "anc_per_uL", [1200, 1199], [0, 1]),
        ("CAR-HEMATOTOX", "haemoglobin", "hb_g_dL", [9.0, 8.9], [0, 1]),
        ("CAR-HEMATOTOX", "crp", "crp_mg_dL", [3.0, 3.1], [0, 1]),
        ("CAR-HEMATOTOX", "ferritin", "ferritin_ng_mL", [649, 650, 2000, 2001], [0, 1, 1, 2]),
    ],
)
def test_limits(score, part, fact, values, expected):
    assert points(score, part, fact, values) == expected


def test_low_red_cells_and_platelets_count_in_chis_only_together():
    assert spread("cHIS", "blood", hb=9.2, plt=110, nlr=2) == (1, 1)
    assert spread("cHIS", "blood", hb=9.3, plt=110, nlr=2) == (0, 0)
    assert spread("cHIS", "blood", hb=9.2, plt=111, nlr=2) == (0, 0)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({}, 1), ({"ferritin": 250}, 0), ({"crp_mg_dL": 4.6}, 0), ({"ggo": False}, 0), ({"alt": 60}, 0),
        ({"covid_symptoms": False, "pcr_positive": True}, 0), ({"pcr_positive": False}, 1),
    ],
)  # fmt: skip
def test_a_storm_takes_the_entry_and_each_cluster(change, expected):
    assert spread("Caricchio-COVID-CS", "meets", **{**STORM, **change}) == (expected, expected)


def test_risk_of_4c_in_words():
    risk = [graded("4C-Mortality", age=age, urea=urea, sex="F").definition for age, urea in [(49, 5)]]
    words = risk[0].answers[1].words
    facts = {"comorbidities": 0, "rr": 16, "spo2_air": 98, "gcs": 15, "crp_mg_L": 10, "sex": "F"}
    told = [
        words[int(spread("4C-Mortality", "risk", age=age, urea=urea, **{**facts, **more})[0])]
        for age, urea, more in [
            (59, 7, {}), (69, 5, {}), (80, 7, {}), (80, 7, {"rr": 20}),
            (80, 15, {"rr": 20, "gcs": 14, "sex": "M"}), (80, 15, {"rr": 20, "gcs": 14, "crp_mg_L": 100}),
        ]
    ]  # fmt: skip
    assert told == ["low", "intermediate", "intermediate", "high", "high", "very high"]


@pytest.mark.parametrize(
    "state, expected",
    [
        ({}, 0),
        ({"infected": True}, 1),
        ({"infected": True, "symptomatic": True}, 2),
        ({"symptomatic": True, "needs_help": True}, 3),
        ({"hospitalised": True, "o2": "none"}, 4),
        ({"hospitalised": True, "o2": "mask"}, 5),
        ({"hospitalised": True, "o2": "HFNC"}, 6),
        ({"hospitalised": True, "o2": "NIV"}, 6),
        ({"hospitalised": True, "o2": "MV", "pf": 150}, 7),
        ({"hospitalised": True, "o2": "MV", "pf": 149}, 8),
        ({"hospitalised": True, "o2": "MV", "sf": 200}, 7),
        ({"hospitalised": True, "o2": "MV", "sf": 199}, 8),
        ({"hospitalised": True, "o2": "MV", "pf": 150, "sf": 180}, 7),
        ({"hospitalised": True, "o2": "MV", "pf": 160, "ecmo": True}, 7),
        ({"hospitalised": True, "o2": "MV", "pf": 140, "ecmo": True}, 9),
        ({"dead": True}, 10),
    ],
)
def test_progression(state, expected):
    assert spread("WHO-CPS", "score", **state)[0] == expected


def test_the_living_are_not_told_as_maybe_dead():
    assert spread("WHO-CPS", "score", hospitalised=True, o2="none") == (4, 4)
    assert spread("WHO-CPS", "score")[1] == 9


def test_easix_rises_where_platelets_are_unknown_and_stays_finite():
    low, high = spread("EASIX", "log2_easix", ldh=400, creatinine=1.0, crp=10)
    assert low == pytest.approx(0.678, abs=1e-3)  # 400 / 250
    assert high == pytest.approx(8.644, abs=1e-3)  # 400 / 1


def test_easix_has_no_limit_where_nothing_known_sets_one():
    assert spread("EASIX", "easix", creatinine=1.0, platelets=100)[1] == math.inf
    assert spread("EASIX", "log2_easix", creatinine=1.0, platelets=100)[1] == math.inf
    assert spread("EASIX", "m_easix", ldh=400, creatinine=1.0, platelets=100) == (0.4, math.inf)
    assert spread("EASIX", "s_easix", ldh=400) == (1.6, 400)
    assert spread("EASIX", "easix", ldh=400, creatinine=1.0, platelets=100) == (4, 4)
