"""Organ failure: SOFA-2 (2025)."""

from tests.oracle.spec import Flag, Number, exact


def sofa2(p):
    items = {
        "resp": _resp(p),
        "coag": _coag(p["plt_1e9_L"]),
        "liver": _liver(p["bilirubin_mg_dL"]),
        "cv": _cv(p),
        "brain": _brain(p),
        "renal": _renal(p),
    }
    return {**items, "total": sum(items.values())}


def _resp(p):
    if p["ecmo_resp"]:
        return 4
    if p["pao2_mmHg"] is not None:
        ratio = exact(p["pao2_mmHg"]) / exact(p["fio2"])
        return _by_ratio(ratio, p["advanced_support"], (300, 225, 150, 75))
    if p["spo2"] < 98:
        ratio = exact(p["spo2"]) / exact(p["fio2"])
        return _by_ratio(ratio, p["advanced_support"], (300, 250, 200, 120))
    return 0


def _by_ratio(ratio, support, limits):
    one, two, three, four = limits
    if ratio <= four and support:
        return 4
    if ratio <= three and support:
        return 3
    if ratio <= two:
        return 2
    if ratio <= one:
        return 1
    return 0


def _coag(plt):
    if plt > 150:
        return 0
    if plt > 100:
        return 1
    if plt > 80:
        return 2
    if plt > 50:
        return 3
    return 4


def _liver(bilirubin):
    if bilirubin <= 1.2:
        return 0
    if bilirubin <= 3.0:
        return 1
    if bilirubin <= 6.0:
        return 2
    if bilirubin <= 12.0:
        return 3
    return 4


def _cv(p):
    if p["mech_circ_support"]:
        return 4
    if p.get("vasopressors_unavailable"):
        return _cv_by_pressure(p["map_mmHg"])
    catecholamines = exact(p["norepi_ug_kg_min"]) + exact(p["epi_ug_kg_min"])
    dopamine = p.get("dopamine_ug_kg_min", 0)
    if catecholamines > 0:
        return _cv_by_dose(catecholamines, other=p["other_pressor_or_inotrope"] or dopamine > 0)
    if p["other_pressor_or_inotrope"]:
        return 2
    if dopamine > 0:
        return _cv_by_dopamine(dopamine)
    if p["map_mmHg"] < 70:
        return 1
    return 0


def _cv_by_dose(dose, *, other):
    if dose > exact(0.4):
        return 4
    if dose > exact(0.2):
        return 4 if other else 3
    return 3 if other else 2


def _cv_by_dopamine(dose):
    if dose <= 20:
        return 2
    if dose <= 40:
        return 3
    return 4


def _cv_by_pressure(pressure):
    if pressure >= 70:
        return 0
    if pressure >= 60:
        return 1
    if pressure >= 50:
        return 2
    if pressure >= 40:
        return 3
    return 4


def _brain(p):
    gcs = p["gcs"]
    if gcs <= 5:
        return 4
    if gcs <= 8:
        return 3
    if gcs <= 12:
        return 2
    if gcs <= 14 or p["delirium_drug"]:
        return 1
    return 0


def _renal(p):
    creatinine = p["creatinine_mg_dL"]
    if p["rrt"] or _would_need_rrt(p):
        return 4
    urine = _renal_by_urine(p["urine_mL_kg_h"], p["urine_hours"])
    if creatinine > 3.5:
        return 3
    if creatinine > 2.0:
        return max(2, urine)
    if creatinine > 1.2:
        return max(1, urine)
    return urine


def _renal_by_urine(rate, hours):
    if rate < 0.3 and hours >= 24:
        return 3
    if rate == 0 and hours >= 12:
        return 3
    if rate < 0.5 and hours >= 12:
        return 2
    if rate < 0.5 and hours >= 6:
        return 1
    return 0


def _would_need_rrt(p):
    """Tell whether the criteria are met: (creatinine or oliguria) and (potassium or acidosis)."""
    if "potassium_mmol_L" not in p:
        return False
    oliguria = p["urine_mL_kg_h"] < 0.3 and p["urine_hours"] > 6
    acidosis = p["ph"] <= 7.20 and p["bicarbonate_mmol_L"] <= 12
    return (p["creatinine_mg_dL"] > 1.2 or oliguria) and (p["potassium_mmol_L"] >= 6.0 or acidosis)


SCORES = {"SOFA-2": sofa2}

INPUTS = {
    "SOFA-2": {
        "pao2_mmHg": Number(30, 500, 0, (), "mmHg"),
        "fio2": Number(0.21, 1.0, 2, (), "fraction"),
        "advanced_support": Flag(),
        "ecmo_resp": Flag(),
        "plt_1e9_L": Number(5, 600, 0, (50, 80, 100, 150), "1e9/L"),
        "bilirubin_mg_dL": Number(0.1, 30.0, 1, (1.2, 3.0, 6.0, 12.0), "mg/dL"),
        "map_mmHg": Number(30, 130, 0, (70,), "mmHg"),
        "norepi_ug_kg_min": Number(0, 1.0, 2, (0, 0.1, 0.2, 0.4), "ug/kg/min"),
        "epi_ug_kg_min": Number(0, 1.0, 2, (0, 0.1, 0.2, 0.4), "ug/kg/min"),
        "other_pressor_or_inotrope": Flag(),
        "mech_circ_support": Flag(),
        "gcs": Number(3, 15, 0, (5, 6, 8, 9, 12, 13, 14, 15), "points"),
        "delirium_drug": Flag(),
        "creatinine_mg_dL": Number(0.2, 12.0, 1, (1.2, 2.0, 3.5), "mg/dL"),
        "urine_mL_kg_h": Number(0, 3.0, 2, (0, 0.3, 0.5), "mL/kg/h"),
        "urine_hours": Number(1, 24, 0, (6, 12, 24), "h"),
        "rrt": Flag(),
    },
}

# What the table's footnotes ask for. Dopamine here is not part of other_pressor_or_inotrope.
OPTIONAL = {
    "SOFA-2": {
        "spo2": Number(70, 100, 0, (98,), "%"),
        "dopamine_ug_kg_min": Number(0, 60.0, 1, (0, 20, 40), "ug/kg/min"),
        "vasopressors_unavailable": Flag(),
        "map_mmHg": Number(30, 130, 0, (40, 50, 60, 70), "mmHg"),
        "potassium_mmol_L": Number(2.0, 9.0, 1, (6.0,), "mmol/L"),
        "ph": Number(6.9, 7.6, 2, (7.20,), "1"),
        "bicarbonate_mmol_L": Number(4, 40, 0, (12,), "mmol/L"),
    }
}

RATIOS = {
    "SOFA-2": [
        ("pao2_mmHg", "fio2", (75, 150, 225, 300)),
        ("spo2", "fio2", (120, 200, 250, 300)),
    ]
}
