"""Acute physiology and chronic health: APACHE II (1985)."""

from tests.oracle.spec import Choice, Flag, Number

# For each item: its classes from above, each with the lowest value in it. The last one has no floor.
CLASSES = {
    "temp_core_C": ((41, 4), (39, 3), (38.5, 1), (36, 0), (34, 1), (32, 2), (30, 3), (None, 4)),
    "map_mmHg": ((160, 4), (130, 3), (110, 2), (70, 0), (50, 2), (None, 4)),
    "hr": ((180, 4), (140, 3), (110, 2), (70, 0), (55, 2), (40, 3), (None, 4)),
    "rr": ((50, 4), (35, 3), (25, 1), (12, 0), (10, 1), (6, 2), (None, 4)),
    "ph": ((7.7, 4), (7.6, 3), (7.5, 1), (7.33, 0), (7.25, 2), (7.15, 3), (None, 4)),
    "na_mmol_L": ((180, 4), (160, 3), (155, 2), (150, 1), (130, 0), (120, 2), (111, 3), (None, 4)),
    "k_mmol_L": ((7, 4), (6, 3), (5.5, 1), (3.5, 0), (3, 1), (2.5, 2), (None, 4)),
    "creatinine_mg_dL": ((3.5, 4), (2, 3), (1.5, 2), (0.6, 0), (None, 2)),
    "hct_pct": ((60, 4), (50, 2), (46, 1), (30, 0), (20, 2), (None, 4)),
    "wbc_1e9_L": ((40, 4), (20, 2), (15, 1), (3, 0), (1, 2), (None, 4)),
    "age_y": ((75, 6), (65, 5), (55, 3), (45, 2), (None, 0)),
}


def apache_2(p):
    points = 0
    for item, classes in CLASSES.items():
        if item == "creatinine_mg_dL" and p["acute_renal_failure"]:
            points += 2 * _class_points(p[item], classes)
        else:
            points += _class_points(p[item], classes)
    points += _oxygenation(p)
    points += 15 - p["gcs"]
    points += {"none": 0, "elective_postoperative": 2, "nonoperative_or_emergency": 5}[p["chronic_health"]]
    return {"points": points}


def _class_points(value, classes):
    for floor, points in classes:
        if floor is None or value >= floor:
            return points
    raise AssertionError(classes)


def _oxygenation(p):
    if p["fio2"] >= 0.5:
        gradient = p["aa_gradient_mmHg"]
        if gradient >= 500:
            return 4
        if gradient >= 350:
            return 3
        if gradient >= 200:
            return 2
        return 0
    if p["pao2_mmHg"] > 70:
        return 0
    if p["pao2_mmHg"] > 60:
        return 1
    if p["pao2_mmHg"] >= 55:
        return 3
    return 4


SCORES = {"APACHE-II": apache_2}

INPUTS = {
    "APACHE-II": {
        "temp_core_C": Number(28.0, 43.0, 1, (30.0, 32.0, 34.0, 36.0, 38.5, 39.0, 41.0), "degC"),
        "map_mmHg": Number(30, 180, 0, (50, 70, 110, 130, 160), "mmHg"),
        "hr": Number(20, 220, 0, (40, 55, 70, 110, 140, 180), "1/min"),
        "rr": Number(3, 60, 0, (6, 10, 12, 25, 35, 50), "1/min"),
        "fio2": Number(0.21, 1.0, 2, (0.5,), "fraction"),
        "pao2_mmHg": Number(30, 400, 0, (55, 60, 61, 70), "mmHg"),
        "aa_gradient_mmHg": Number(5, 650, 0, (200, 350, 500), "mmHg"),
        "ph": Number(6.9, 7.8, 2, (7.15, 7.25, 7.33, 7.5, 7.6, 7.7), "1"),
        "na_mmol_L": Number(100, 190, 0, (111, 120, 130, 150, 155, 160, 180), "mmol/L"),
        "k_mmol_L": Number(1.5, 9.0, 1, (2.5, 3.0, 3.5, 5.5, 6.0, 7.0), "mmol/L"),
        "creatinine_mg_dL": Number(0.2, 12.0, 1, (0.6, 1.5, 2.0, 3.5), "mg/dL"),
        "acute_renal_failure": Flag(),
        "hct_pct": Number(10.0, 70.0, 1, (20.0, 30.0, 46.0, 50.0, 60.0), "%"),
        "wbc_1e9_L": Number(0.1, 60.0, 1, (1.0, 3.0, 15.0, 20.0, 40.0), "1e9/L"),
        "gcs": Number(3, 15, 0, (), "points"),
        "age_y": Number(16, 100, 0, (45, 55, 65, 75), "a"),
        "chronic_health": Choice(("none", "nonoperative_or_emergency", "elective_postoperative")),
    },
}
