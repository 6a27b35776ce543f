"""Sepsis in children: the Phoenix score (2024)."""

from tests.oracle.spec import Flag, Number, exact


def phoenix(p):
    items = {"resp": _resp(p), "cv": _cv(p), "coag": _coag(p), "neuro": _neuro(p)}
    total = sum(items.values())
    sepsis = p["suspected_infection"] and total >= 2
    return {**items, "total": total, "sepsis": sepsis, "shock": sepsis and items["cv"] >= 1}


def _resp(p):
    pf = exact(p["pao2_mmHg"]) / exact(p["fio2"])
    # Above 97 % saturation says nothing: as if normal.
    sf = exact(p["spo2"]) / exact(p["fio2"]) if p["spo2"] <= 97 else 500
    if p["imv"] and (pf < 100 or sf < 148):
        return 3
    if p["imv"] and (pf < 200 or sf < 220):
        return 2
    if (p["imv"] or p["other_respiratory_support"]) and (pf < 400 or sf < 292):
        return 1
    return 0


def _cv(p):
    points = 0
    if p["n_vasoactives"] >= 2:
        points += 2
    elif p["n_vasoactives"] == 1:
        points += 1
    if p["lactate_mmol_L"] >= 11:
        points += 2
    elif p["lactate_mmol_L"] >= 5:
        points += 1
    low, very_low = _map_limits(p["age_months"])
    if p["map_mmHg"] < very_low:
        points += 2
    elif p["map_mmHg"] < low:
        points += 1
    return points


def _map_limits(months):
    if months < 1:
        return 31, 17
    if months < 12:
        return 39, 25
    if months < 24:
        return 44, 31
    if months < 60:
        return 45, 32
    if months < 144:
        return 49, 36
    return 52, 38


def _coag(p):
    points = 0
    if p["plt_1e9_L"] < 100:
        points += 1
    if p["inr"] > 1.3:
        points += 1
    if p["ddimer_mg_L"] > 2:
        points += 1
    if p["fibrinogen_mg_dL"] < 100:
        points += 1
    if points > 2:
        return 2
    return points


def _neuro(p):
    if p["fixed_pupils"]:
        return 2
    if p["gcs"] <= 10:
        return 1
    return 0


SCORES = {"Phoenix": phoenix}

INPUTS = {
    "Phoenix": {
        "suspected_infection": Flag(),
        "pao2_mmHg": Number(30, 400, 0, (), "mmHg"),
        "spo2": Number(60, 100, 0, (97,), "%"),
        "fio2": Number(0.21, 1.0, 2, (), "fraction"),
        "imv": Flag(),
        "other_respiratory_support": Flag(),
        "n_vasoactives": Number(0, 4, 0, (1, 2), "count"),
        "lactate_mmol_L": Number(0.3, 20.0, 1, (5.0, 11.0), "mmol/L"),
        "age_months": Number(0, 215, 0, (1, 12, 24, 60, 144), "mo"),
        "map_mmHg": Number(10, 110, 0, (17, 25, 31, 32, 36, 38, 39, 44, 45, 49, 52), "mmHg"),
        "plt_1e9_L": Number(5, 600, 0, (100,), "1e9/L"),
        "inr": Number(0.8, 6.0, 1, (1.3,), "1"),
        "ddimer_mg_L": Number(0.1, 30.0, 1, (2.0,), "mg/L FEU"),
        "fibrinogen_mg_dL": Number(20, 900, 0, (100,), "mg/dL"),
        "gcs": Number(3, 15, 0, (10, 11), "points"),
        "fixed_pupils": Flag(),
    },
}

RATIOS = {
    "Phoenix": [
        ("pao2_mmHg", "fio2", (100, 200, 400)),
        ("spo2", "fio2", (148, 220, 292)),
    ]
}
