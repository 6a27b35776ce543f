"""Cytokine release syndrome: ASTCT 2019, CTCAE v5, Lee 2014, Penn 2018."""

from tests.oracle.spec import Choice, Flag, Number, exact

OXYGEN = (
    "room_air",
    "nasal_cannula",
    "blow_by",
    "high_flow_nasal_cannula",
    "facemask",
    "non_rebreather",
    "venturi",
    "cpap",
    "bipap",
    "intubated",
)


def astct(p):
    if p["death_due_to_crs"]:
        return {"grade": 5}
    organs = max(_astct_hypotension(p), _astct_hypoxia(p))
    if p["temp_C"] >= 38.0:
        return {"grade": max(1, organs)}
    # Treated fever need not be there any more, but then only the organs speak.
    if p["fever_earlier_attributed_to_crs"] and p["prior_antipyretic_or_anticytokine"]:
        return {"grade": organs}
    return {"grade": 0}


def _astct_hypotension(p):
    if p["n_vasopressors_excl_vasopressin"] >= 2:
        return 4
    if p["n_vasopressors_excl_vasopressin"] == 1 or p["vasopressin"]:
        return 3
    if p["hypotension"]:
        return 2
    return 0


def _astct_hypoxia(p):
    device = p["oxygen"]
    if device == "room_air":
        return 0
    if device == "intubated" and p["intubated_for_airway_protection_only"]:
        return 0
    if device in {"cpap", "bipap", "intubated"}:
        return 4
    if device == "blow_by":
        return 2
    if device == "nasal_cannula" and p["flow_L_min"] <= 6:
        return 2
    return 3


def ctcae(p):
    if p["death_due_to_crs"]:
        return {"grade": 5}
    if p["life_threatening"]:
        return {"grade": 4}
    if p["n_vasopressors"] >= 2:
        return {"grade": 4}
    if p["n_vasopressors"] == 1 or p["fio2"] >= 0.40:
        return {"grade": 3}
    if p["hypotension"] or p["fio2"] > 0.21:
        return {"grade": 2}
    if p["fever"]:
        return {"grade": 1}
    return {"grade": 0}


def lee(p):
    high = _lee_high_dose(p)
    return {"grade": _lee_grade(p, high=high), "high_dose": high}


def _lee_grade(p, *, high):
    organ, liver = p["organ_toxicity_grade"], p["transaminitis_grade"]
    if p["death_due_to_crs"]:
        return 5
    if p["ventilator"] or organ == 4:
        return 4
    if p["fio2"] >= 0.40 or high or _lee_count(p) >= 2:
        return 3
    if organ == 3 or liver in {3, 4}:
        return 3
    if p["fio2"] > 0.21 or p["hypotension"] or _lee_count(p) == 1:
        return 2
    if organ == 2 or liver == 2:
        return 2
    if p["symptoms"]:
        return 1
    return 0


def _lee_count(p):
    count = 0
    if p["norepi_ug_min"] > 0:
        count += 1
    if p["epi_ug_min"] > 0:
        count += 1
    if p["dopamine_ug_kg_min"] > 0:
        count += 1
    if p["phenylephrine_ug_min"] > 0:
        count += 1
    if p["vasopressin"]:
        count += 1
    return count


def _lee_high_dose(p):
    if p["vasopressor_hours"] < 3:
        return False
    if p["norepi_ug_min"] >= 20 or p["epi_ug_min"] >= 10:
        return True
    if p["dopamine_ug_kg_min"] >= 10 or p["phenylephrine_ug_min"] >= 200:
        return True
    equivalent = (
        exact(p["norepi_ug_min"])
        + exact(p["dopamine_ug_kg_min"]) / 2
        + exact(p["epi_ug_min"])
        + exact(p["phenylephrine_ug_min"]) / 10
    )
    if p["vasopressin"]:
        return equivalent >= 10
    return _lee_count(p) >= 2 and equivalent >= 20


def penn(p):
    if p["death_due_to_crs"]:
        return {"grade": 5}
    if p["oxygen"] == "intubated" or p["hypotension"] == "high_dose_vasopressor":
        return {"grade": 4}
    if p["hypotension"] in {"fluids", "low_dose_vasopressor"}:
        return {"grade": 3}
    if p["oxygen"] != "room_air" or p["ffp_or_cryoprecipitate"]:
        return {"grade": 3}
    if p["lft_grade"] == 4 or p["creatinine_grade"] == 3:
        return {"grade": 3}
    if p["lft_grade"] == 3 or p["creatinine_grade"] == 2:
        return {"grade": 2}
    if p["iv_therapy"] or p["hospitalised_for_crs"]:
        return {"grade": 2}
    if p["mild_reaction"]:
        return {"grade": 1}
    return {"grade": 0}


SCORES = {
    "ASTCT-CRS-2019": astct,
    "CTCAE-v5-CRS": ctcae,
    "Lee-2014-CRS": lee,
    "Penn-CRS": penn,
}

INPUTS = {
    "ASTCT-CRS-2019": {
        "temp_C": Number(35.0, 42.0, 1, (38.0,), "degC"),
        "prior_antipyretic_or_anticytokine": Flag(),
        "fever_earlier_attributed_to_crs": Flag(),
        "hypotension": Flag(),
        "n_vasopressors_excl_vasopressin": Number(0, 3, 0, (1, 2), "count"),
        "vasopressin": Flag(),
        "oxygen": Choice(OXYGEN),
        "flow_L_min": Number(0, 15, 0, (6,), "L/min"),
        "intubated_for_airway_protection_only": Flag(),
        "death_due_to_crs": Flag(),
    },
    "CTCAE-v5-CRS": {
        "fever": Flag(),
        "hypotension": Flag(),
        "n_vasopressors": Number(0, 3, 0, (1, 2), "count"),
        "fio2": Number(0.21, 1.0, 2, (0.21, 0.40), "fraction"),
        "life_threatening": Flag(),
        "death_due_to_crs": Flag(),
    },
    "Lee-2014-CRS": {
        "symptoms": Flag(),
        "fio2": Number(0.21, 1.0, 2, (0.21, 0.40), "fraction"),
        "hypotension": Flag(),
        "norepi_ug_min": Number(0, 60, 1, (0, 10, 20), "ug/min"),
        "epi_ug_min": Number(0, 30, 1, (0, 10), "ug/min"),
        "dopamine_ug_kg_min": Number(0, 25, 1, (0, 10), "ug/kg/min"),
        "phenylephrine_ug_min": Number(0, 400, 0, (0, 100, 200), "ug/min"),
        "vasopressin": Flag(),
        "vasopressor_hours": Number(0, 24, 1, (3,), "h"),
        "organ_toxicity_grade": Number(0, 4, 0, (2, 3, 4), "CTCAE grade, liver enzymes left out"),
        "transaminitis_grade": Number(0, 4, 0, (2, 3, 4), "CTCAE grade"),
        "ventilator": Flag(),
        "death_due_to_crs": Flag(),
    },
    "Penn-CRS": {
        "mild_reaction": Flag(),
        "iv_therapy": Flag(),
        "hospitalised_for_crs": Flag(),
        "creatinine_grade": Number(0, 3, 0, (2, 3), "CTCAE grade"),
        "lft_grade": Number(0, 4, 0, (3, 4), "CTCAE grade"),
        "hypotension": Choice(("none", "fluids", "low_dose_vasopressor", "high_dose_vasopressor")),
        "oxygen": Choice(OXYGEN),
        "ffp_or_cryoprecipitate": Flag(),
        "death_due_to_crs": Flag(),
    },
}
