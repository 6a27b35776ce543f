"""COVID-19: cHIS, Caricchio's criteria, the WHO clinical progression scale, 4C Mortality."""

from tests.oracle.spec import Choice, Flag, Number


def chis(p):
    points = 0
    if p["temp_C"] > 38.0:
        points += 1
    if p["ferritin"] >= 700:
        points += 1
    if p["nlr"] >= 10 or (p["hb"] <= 9.2 and p["plt"] <= 110):
        points += 1
    if p["ddimer_ug_mL"] >= 1.5:
        points += 1
    if p["ldh"] >= 400 or p["ast"] >= 100:
        points += 1
    if p["il6"] >= 15 or p["tg_mg_dL"] >= 150 or p["crp_mg_dL"] >= 15:
        points += 1
    return {"points": points, "hyperinflammation": points >= 2}


def caricchio(p):
    entry = p["covid_symptoms"] and p["ggo"] and p["ferritin_ng_mL"] > 250 and p["crp_mg_dL"] > 4.6
    one = p["albumin_g_dL"] < 2.8 or p["lymph_pct"] < 10.2 or p["anc_1e9_L"] > 11.4
    two = (
        p["alt"] > 60 or p["ast"] > 87 or p["ddimer_ng_mL"] > 4930 or p["ldh"] > 416 or p["tnI_ng_mL"] > 1.09
    )
    three = p["anion_gap"] < 6.8 or p["chloride"] > 106 or p["potassium"] > 4.9 or p["bun_cr"] > 29
    return {"meets": entry and one and two and three}


def who_cps(p):
    """Score the scale; a fact that is not told is not so, save the infection and its symptoms."""
    if p.get("dead", False):
        return {"score": 10}
    if not p.get("infected", True):
        return {"score": 0}
    if not p["hospitalised"]:
        return {"score": _who_at_home(p)}
    if p["o2"] == "none":
        return {"score": 4}
    if p["o2"] == "low_flow":
        return {"score": 5}
    if p["o2"] in {"NIV", "high_flow"}:
        return {"score": 6}
    return {"score": _who_ventilated(p)}


def _who_at_home(p):
    if not p.get("symptomatic", True):
        return 1
    if p.get("independent", True):
        return 2
    return 3


def _who_ventilated(p):
    low = p["pf"] < 150 if p.get("pf") is not None else p["sf"] < 200
    pressors = p.get("pressors", False)
    if low and (pressors or p.get("dialysis", False) or p.get("ecmo", False)):
        return 9
    if low or pressors:
        return 8
    return 7


def four_c(p):
    points = _four_c_age(p["age"])
    if p["sex"] == "M":
        points += 1
    points += min(2, p["comorbidities"])
    points += _four_c_breathing(p["rr"])
    if p["spo2_air"] < 92:
        points += 2
    if p["gcs"] < 15:
        points += 2
    points += _four_c_urea(p["urea_mmol_L"])
    points += _four_c_crp(p["crp_mg_L"])
    return {"points": points, "risk": _four_c_risk(points)}


def _four_c_age(age):
    if age < 50:
        return 0
    if age < 60:
        return 2
    if age < 70:
        return 4
    if age < 80:
        return 6
    return 7


def _four_c_breathing(rate):
    if rate < 20:
        return 0
    if rate < 30:
        return 1
    return 2


def _four_c_urea(urea):
    if urea < 7:
        return 0
    if urea <= 14:
        return 1
    return 3


def _four_c_crp(crp):
    if crp < 50:
        return 0
    if crp < 100:
        return 1
    return 2


def _four_c_risk(points):
    if points <= 3:
        return "low"
    if points <= 8:
        return "intermediate"
    if points <= 14:
        return "high"
    return "very_high"


SCORES = {"cHIS": chis, "Caricchio-COVID-CS": caricchio, "WHO-CPS": who_cps, "4C-Mortality": four_c}

INPUTS = {
    "cHIS": {
        "temp_C": Number(35.0, 42.0, 1, (38.0,), "degC"),
        "ferritin": Number(10, 100000, 0, (700,), "ug/L"),
        "hb": Number(4.0, 18.0, 1, (9.2,), "g/dL"),
        "plt": Number(5, 600, 0, (110,), "1e9/L"),
        "nlr": Number(0.2, 60.0, 1, (10.0,), "1"),
        "ldh": Number(80, 5000, 0, (400,), "U/L"),
        "ast": Number(5, 5000, 0, (100,), "U/L"),
        "ddimer_ug_mL": Number(0.1, 40.0, 1, (1.5,), "ug/mL"),
        "il6": Number(1, 10000, 0, (15,), "pg/mL"),
        "tg_mg_dL": Number(30, 1000, 0, (150,), "mg/dL"),
        "crp_mg_dL": Number(0.1, 50.0, 1, (15.0,), "mg/dL"),
    },
    "Caricchio-COVID-CS": {
        "covid_symptoms": Flag(),
        "pcr_positive": Flag(),
        "ggo": Flag(),
        "ferritin_ng_mL": Number(10, 100000, 0, (250,), "ng/mL"),
        "crp_mg_dL": Number(0.1, 50.0, 1, (4.6,), "mg/dL"),
        "albumin_g_dL": Number(1.5, 5.5, 2, (2.8,), "g/dL"),
        "lymph_pct": Number(0.5, 60.0, 1, (10.2,), "%"),
        "anc_1e9_L": Number(0.1, 40.0, 1, (11.4,), "1e9/L"),
        "alt": Number(5, 5000, 0, (60,), "U/L"),
        "ast": Number(5, 5000, 0, (87,), "U/L"),
        "ddimer_ng_mL": Number(100, 40000, 0, (4930,), "ng/mL"),
        "ldh": Number(80, 5000, 0, (416,), "U/L"),
        "tnI_ng_mL": Number(0.01, 20.0, 2, (1.09,), "ng/mL"),
        "anion_gap": Number(2.0, 30.0, 1, (6.8,), "mmol/L"),
        "chloride": Number(85, 130, 0, (106,), "mmol/L"),
        "potassium": Number(2.0, 8.0, 1, (4.9,), "mmol/L"),
        "bun_cr": Number(5, 60, 0, (29,), "1"),
    },
    "WHO-CPS": {
        "hospitalised": Flag(),
        "o2": Choice(("none", "low_flow", "high_flow", "NIV", "MV")),
        "pf": Number(40, 450, 0, (150,), "mmHg"),
        "pressors": Flag(),
        "dialysis": Flag(),
        "dead": Flag(),
    },
    "4C-Mortality": {
        "age": Number(18, 100, 0, (50, 60, 70, 80), "a"),
        "sex": Choice(("M", "F")),
        "comorbidities": Number(0, 6, 0, (1, 2), "count"),
        "rr": Number(4, 60, 0, (20, 30), "1/min"),
        "spo2_air": Number(60, 100, 0, (92,), "%"),
        "gcs": Number(3, 15, 0, (14, 15), "points"),
        "urea_mmol_L": Number(1.0, 50.0, 1, (7.0, 14.0), "mmol/L"),
        "crp_mg_L": Number(1, 500, 0, (50, 100), "mg/L"),
    },
}

OPTIONAL = {
    "WHO-CPS": {
        "infected": Flag(),
        "symptomatic": Flag(),
        "independent": Flag(),
        "ecmo": Flag(),
        "sf": Number(60, 470, 0, (200,), "%"),
    }
}
