"""Scores taken around CAR-T therapy: EASIX and its variants, CAR-HEMATOTOX."""

from math import log2

from tests.oracle.spec import Number


def easix(p):
    plain = p["ldh_U_L"] * p["creatinine_mg_dL"] / p["plt_1e9_L"]
    modified = p["ldh_U_L"] * p["crp_mg_dL"] / p["plt_1e9_L"]
    simplified = p["ldh_U_L"] / p["plt_1e9_L"]
    return {
        "easix": plain,
        "m_easix": modified,
        "s_easix": simplified,
        "log2_easix": log2(plain),
        "log2_m_easix": log2(modified),
        "log2_s_easix": log2(simplified),
    }


def hematotox(p):
    points = _platelets(p["plt_1e9_L"]) + _ferritin(p["ferritin_ng_mL"])
    if p["anc_per_uL"] < 1200:
        points += 1
    if p["hb_g_dL"] < 9.0:
        points += 1
    if p["crp_mg_dL"] > 3.0:
        points += 1
    return {"points": points, "high": points >= 2}


def _platelets(plt):
    if plt > 175:
        return 0
    if plt >= 75:
        return 1
    return 2


def _ferritin(ferritin):
    if ferritin < 650:
        return 0
    if ferritin <= 2000:
        return 1
    return 2


SCORES = {"EASIX": easix, "CAR-HEMATOTOX": hematotox}

INPUTS = {
    "EASIX": {
        "ldh_U_L": Number(80, 5000, 0, (), "U/L"),
        "creatinine_mg_dL": Number(0.2, 10.0, 2, (), "mg/dL"),
        "plt_1e9_L": Number(1, 600, 0, (), "1e9/L"),
        "crp_mg_dL": Number(0.1, 50.0, 1, (), "mg/dL"),
    },
    "CAR-HEMATOTOX": {
        "plt_1e9_L": Number(5, 600, 0, (75, 175), "1e9/L"),
        "anc_per_uL": Number(0, 20000, 0, (1200,), "1/uL"),
        "hb_g_dL": Number(4.0, 18.0, 1, (9.0,), "g/dL"),
        "crp_mg_dL": Number(0.1, 50.0, 1, (3.0,), "mg/dL"),
        "ferritin_ng_mL": Number(10, 100000, 0, (650, 2000), "ng/mL"),
    },
}
