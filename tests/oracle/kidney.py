"""Acute kidney injury: KDIGO 2012."""

from tests.oracle.spec import Flag, Number, exact


def kdigo(p):
    return {"stage": max(_creatinine(p), _urine(p))}


def _creatinine(p):
    ratio = exact(p["cr_mg_dL"]) / exact(p["baseline_cr_mg_dL"])
    injury = ratio >= exact(1.5) or p["rise_48h"] >= 0.3
    if p["rrt"] or ratio >= 3:
        return 3
    if injury and p["cr_mg_dL"] >= 4.0:
        return 3
    if injury and p.get("age_y", 50) < 18 and p["egfr_mL_min_1_73m2"] < 35:
        return 3
    if ratio >= 2:
        return 2
    if injury:
        return 1
    return 0


def _urine(p):
    rate, hours = p["urine_mL_kg_h"], p["for_hours"]
    if rate < 0.3 and hours >= 24:
        return 3
    if rate == 0 and hours >= 12:
        return 3
    if rate < 0.5 and hours >= 12:
        return 2
    if rate < 0.5 and hours >= 6:
        return 1
    return 0


SCORES = {"KDIGO-AKI": kdigo}

INPUTS = {
    "KDIGO-AKI": {
        "baseline_cr_mg_dL": Number(0.3, 4.0, 1, (1.0, 2.0), "mg/dL"),
        "cr_mg_dL": Number(0.3, 12.0, 1, (1.5, 2.0, 3.0, 4.0), "mg/dL"),
        "rise_48h": Number(0.0, 4.0, 1, (0.3,), "mg/dL"),
        "urine_mL_kg_h": Number(0.0, 3.0, 2, (0, 0.3, 0.5), "mL/kg/h"),
        "for_hours": Number(1, 24, 0, (6, 12, 24), "h"),
        "rrt": Flag(),
    },
}

OPTIONAL = {
    "KDIGO-AKI": {
        "age_y": Number(0, 90, 0, (18,), "a"),
        "egfr_mL_min_1_73m2": Number(5, 130, 0, (35,), "mL/min/1.73 m2"),
    }
}

RATIOS = {"KDIGO-AKI": [("cr_mg_dL", "baseline_cr_mg_dL", (1.5, 2, 3))]}
