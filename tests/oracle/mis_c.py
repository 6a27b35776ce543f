"""Multisystem inflammatory syndrome in children: the surveillance definition of 2023."""

from tests.oracle.spec import Flag, Number


def mis_c(p):
    systems = 0
    if p["heart_involved"]:
        systems += 1
    if p["skin_involved"]:
        systems += 1
    if p["shock"]:
        systems += 1
    if p["gut_involved"]:
        systems += 1
    if p["plt_1e9_L"] < 150 or p["alc_1e9_L"] < 1:
        systems += 1
    ill = (p["hospitalised"] or p["died"]) and p["crp_mg_dL"] >= 3
    meets = p["age_y"] < 21 and p["temp_C"] >= 38 and ill and systems >= 2 and p["covid_recent"]
    return {"n_systems": systems, "meets": meets}


SCORES = {"MIS-C-2023": mis_c}

INPUTS = {
    "MIS-C-2023": {
        "age_y": Number(0, 40, 0, (21,), "a"),
        "temp_C": Number(36.0, 41.0, 1, (38.0,), "degC"),
        "hospitalised": Flag(),
        "died": Flag(),
        "crp_mg_dL": Number(0.1, 40.0, 1, (3.0,), "mg/dL"),
        "heart_involved": Flag(),
        "skin_involved": Flag(),
        "shock": Flag(),
        "gut_involved": Flag(),
        "plt_1e9_L": Number(5, 600, 0, (150,), "1e9/L"),
        "alc_1e9_L": Number(0.1, 9.0, 1, (1.0,), "1e9/L"),
        "covid_recent": Flag(),
    },
}
