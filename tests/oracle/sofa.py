"""Organ failure: SOFA (Vincent 1996, as in Sepsis-3)."""

from tests.oracle.spec import Flag, Number, exact


def sofa(p):
    items = {
        "resp": _resp(p),
        "coag": _coag(p["plt_1e9_L"]),
        "liver": _liver(p["bilirubin_mg_dL"]),
        "cv": _cv(p),
        "cns": _cns(p["gcs"]),
        "renal": _renal(p),
    }
    return {**items, "total": sum(items.values())}


def _resp(p):
    ratio = exact(p["pao2_mmHg"]) / exact(p["fio2"])
    if ratio < 100 and p["ventilatory_support"]:
        return 4
    if ratio < 200 and p["ventilatory_support"]:
        return 3
    if ratio < 300:
        return 2
    if ratio < 400:
        return 1
    return 0


def _coag(plt):
    if plt < 20:
        return 4
    if plt < 50:
        return 3
    if plt < 100:
        return 2
    if plt < 150:
        return 1
    return 0


def _liver(bilirubin):
    if bilirubin >= 12.0:  # the printed table leaves 12.0 itself open
        return 4
    if bilirubin >= 6.0:
        return 3
    if bilirubin >= 2.0:
        return 2
    if bilirubin >= 1.2:
        return 1
    return 0


def _cv(p):
    if p["dopamine_ug_kg_min"] > 15 or p["epi_ug_kg_min"] > 0.1 or p["norepi_ug_kg_min"] > 0.1:
        return 4
    if p["dopamine_ug_kg_min"] > 5 or p["epi_ug_kg_min"] > 0 or p["norepi_ug_kg_min"] > 0:
        return 3
    if p["dopamine_ug_kg_min"] > 0 or p["dobutamine"]:
        return 2
    if p["map_mmHg"] < 70:
        return 1
    return 0


def _cns(gcs):
    if gcs < 6:
        return 4
    if gcs <= 9:
        return 3
    if gcs <= 12:
        return 2
    if gcs <= 14:
        return 1
    return 0


def _renal(p):
    creatinine, urine = p["creatinine_mg_dL"], p["urine_mL_24h"]
    if creatinine >= 5.0 or urine < 200:  # the printed table leaves 5.0 itself open
        return 4
    if creatinine >= 3.5 or urine < 500:
        return 3
    if creatinine >= 2.0:
        return 2
    if creatinine >= 1.2:
        return 1
    return 0


SCORES = {"SOFA": sofa}

INPUTS = {
    "SOFA": {
        "pao2_mmHg": Number(30, 500, 0, (), "mmHg"),
        "fio2": Number(0.21, 1.0, 2, (), "fraction"),
        "ventilatory_support": Flag(),
        "plt_1e9_L": Number(5, 600, 0, (20, 50, 100, 150), "1e9/L"),
        "bilirubin_mg_dL": Number(0.1, 30.0, 1, (1.2, 2.0, 6.0, 12.0), "mg/dL"),
        "map_mmHg": Number(30, 130, 0, (70,), "mmHg"),
        "norepi_ug_kg_min": Number(0, 2.0, 2, (0, 0.1), "ug/kg/min"),
        "epi_ug_kg_min": Number(0, 2.0, 2, (0, 0.1), "ug/kg/min"),
        "dopamine_ug_kg_min": Number(0, 25.0, 1, (0, 5, 15), "ug/kg/min"),
        "dobutamine": Flag(),
        "gcs": Number(3, 15, 0, (6, 9, 10, 12, 13, 14, 15), "points"),
        "creatinine_mg_dL": Number(0.2, 12.0, 1, (1.2, 2.0, 3.5, 5.0), "mg/dL"),
        "urine_mL_24h": Number(0, 4000, 0, (200, 500), "mL/d"),
    },
}

RATIOS = {"SOFA": [("pao2_mmHg", "fio2", (100, 200, 300, 400))]}
