"""Sepsis in adults: qSOFA, SIRS, Sepsis-3."""

from tests.oracle.spec import Flag, Number


def qsofa(p):
    points = 0
    if p["rr"] >= 22:
        points += 1
    if p["sbp"] <= 100:
        points += 1
    if p["gcs"] < 15:
        points += 1
    return {"points": points, "positive": points >= 2}


def sirs(p):
    points = 0
    if p["temp_C"] > 38 or p["temp_C"] < 36:
        points += 1
    if p["hr"] > 90:
        points += 1
    if p["rr"] > 20 or p["paco2"] < 32:
        points += 1
    if p["wbc"] > 12 or p["wbc"] < 4 or p["bands_pct"] > 10:
        points += 1
    return {"points": points, "positive": points >= 2}


def sepsis_3(p):
    sepsis = p["suspected_infection"] and p["sofa"] - p["sofa_baseline"] >= 2
    shock = sepsis and p["adequate_fluids"] and p["vasopressor_for_map_65"] and p["lactate_mmol_L"] > 2
    return {"sepsis": sepsis, "shock": shock}


SCORES = {"qSOFA": qsofa, "SIRS": sirs, "Sepsis-3": sepsis_3}

INPUTS = {
    "qSOFA": {
        "rr": Number(4, 60, 0, (22,), "1/min"),
        "sbp": Number(40, 240, 0, (100,), "mmHg"),
        "gcs": Number(3, 15, 0, (14, 15), "points"),
    },
    "SIRS": {
        "temp_C": Number(33.0, 42.0, 1, (36.0, 38.0), "degC"),
        "hr": Number(30, 200, 0, (90,), "1/min"),
        "rr": Number(4, 60, 0, (20,), "1/min"),
        "paco2": Number(15, 90, 0, (32,), "mmHg"),
        "wbc": Number(0.1, 60.0, 1, (4.0, 12.0), "1e9/L"),
        "bands_pct": Number(0, 60, 0, (10,), "%"),
    },
    "Sepsis-3": {
        "suspected_infection": Flag(),
        "sofa": Number(0, 24, 0, (2,), "points"),
        "sofa_baseline": Number(0, 8, 0, (0,), "points"),
        "vasopressor_for_map_65": Flag(),
        "lactate_mmol_L": Number(0.3, 20.0, 1, (2.0,), "mmol/L"),
        "adequate_fluids": Flag(),
    },
}
