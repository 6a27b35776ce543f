"""HLH, macrophage activation and IEC-HS at their limits."""

import pytest

from .grading import graded, points, spread

WELL = {
    "temp_C": 37, "splenomegaly": False, "hb": 12, "plt": 250, "anc": 4, "age_y": 30, "tg_mmol_L": 1,
    "fibrinogen_g_L": 3, "hemophagocytosis": False, "nk_low": False, "ferritin": 200, "scd25": 500,
}  # fmt: skip
SJIA = {"sjia": True, "fever": True, "ferritin": 1000, "plt": 300, "ast": 20, "tg_mg_dL": 100}
SJIA["fibrinogen_mg_dL"] = 400


def without(facts, *names):
    return {name: value for name, value in facts.items() if name not in names}


@pytest.mark.parametrize(
    "fact, values, expected",
    [
        ("temp_C", [38.4, 38.5], [0, 1]),
        ("tg_mmol_L", [2.99, 3.0], [0, 1]),
        ("tg_mg_dL", [264, 265], [0, 1]),
        ("fibrinogen_g_L", [1.51, 1.5], [0, 1]),
        ("fibrinogen_mg_dL", [151, 150], [0, 1]),
        ("ferritin_ng_mL", [499, 500], [0, 1]),
        ("scd25_U_mL", [2399, 2400], [0, 1]),
    ],
)
def test_hlh_limits(fact, values, expected):
    named = fact.split("_")[0]
    rest = without(WELL, *(name for name in WELL if name.split("_")[0] == named))
    assert points("HLH-2004", "n_criteria", fact, values, **rest) == expected


@pytest.mark.parametrize(
    "blood, expected",
    [
        ({"hb": 8.9}, 0),
        ({"hb": 8.9, "plt": 99}, 1),
        ({"hb": 9.0, "plt": 99}, 0),
        ({"plt": 100, "anc": 0.9}, 0),
        ({"plt": 99, "anc": 0.99}, 1),
        ({"anc": 1.0, "plt": 99}, 0),
    ],
)
def test_hlh_counts_two_lineages(blood, expected):
    assert spread("HLH-2004", "cytopenias", **{**WELL, **blood}) == (expected, expected)


def test_haemoglobin_has_another_limit_in_the_first_four_weeks():
    blood = without({**WELL, "hb": 9.9, "plt": 50}, "age_y")
    assert points("HLH-2004", "cytopenias", "age_weeks", [3.9, 4, 200], **blood) == [1, 0, 0]


def test_five_of_eight_or_a_mutation():
    four = {**WELL, "temp_C": 39, "splenomegaly": True, "ferritin": 900, "scd25": 3000}
    assert spread("HLH-2004", "meets", **four) == (0, 0)
    assert spread("HLH-2004", "meets", **{**four, "nk_low": True}) == (1, 1)
    assert spread("HLH-2004", "meets", **WELL, molecular_diagnosis=True) == (1, 1)


def test_hlh_tells_how_many_criteria_were_tested():
    rare = without(
        {**WELL, "temp_C": 39, "tg_mmol_L": 5}, "nk_low", "scd25", "hemophagocytosis", "fibrinogen_g_L"
    )
    found = graded("HLH-2004", **rare)
    assert found.settled[0] == 5  # fibrinogen is unknown, but triglycerides meet their criterion alone
    assert (found.low["n_criteria"][0], found.high["n_criteria"][0]) == (2, 5)
    assert not found.complete[0]
    assert graded("HLH-2004", **WELL).complete[0]
    assert graded("HLH-2004", **WELL).settled[0] == 8


@pytest.mark.parametrize(
    "part, fact, values, expected",
    [
        ("platelets", "plt", [182, 181], [0, 1]),
        ("ast", "ast", [48, 48.1], [0, 1]),
        ("triglycerides", "tg_mg_dL", [156, 157], [0, 1]),
        ("triglycerides", "tg_mmol_L", [1.76, 1.77], [0, 1]),
        ("fibrinogen", "fibrinogen_mg_dL", [361, 360], [0, 1]),
        ("fibrinogen", "fibrinogen_g_L", [3.61, 3.6], [0, 1]),
    ],
)
def test_mas_limits(part, fact, values, expected):
    named = fact.split("_")[0]
    rest = without(SJIA, *(name for name in SJIA if name.split("_")[0] == named))
    assert points("MAS-2016", part, fact, values, **rest) == expected


def test_mas_needs_arthritis_fever_ferritin_and_two():
    sick = {**SJIA, "plt": 100, "ast": 100}
    assert spread("MAS-2016", "meets", **sick) == (1, 1)
    assert spread("MAS-2016", "meets", **{**sick, "ast": 48}) == (0, 0)
    assert spread("MAS-2016", "meets", **{**sick, "ferritin": 684}) == (0, 0)
    assert spread("MAS-2016", "meets", **{**sick, "sjia": False}) == (0, 0)
    assert spread("MAS-2016", "meets", **without(sick, "sjia")) == (0, 1)


def test_temperature_stands_in_for_fever_that_nobody_judged():
    sick = without({**SJIA, "plt": 100, "ast": 100}, "fever")
    found = graded("MAS-2016", **sick, temp_C=38)
    assert found.complete[0]
    assert found.low["meets"][0] == 1
    assert spread("MAS-2016", "meets", **sick, temp_C=37.9)[0] == 0
    assert spread("MAS-2016", "meets", **{**sick, "fever": False}, temp_C=39) == (0, 0)
