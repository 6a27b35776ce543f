"""Acute respiratory distress syndrome: Berlin 2012 and the global definition of 2023."""

from tests.oracle.spec import Choice, Flag, Number, exact


def berlin(p):
    ratio = exact(p["pao2"]) / exact(p["fio2"])
    if p["onset_days"] > 7 or not p["bilateral_opacities"] or not p["not_fully_cardiac"]:
        return {"severity": "none"}
    if ratio > 300:
        return {"severity": "none"}
    if p["peep_or_cpap"] < 5:
        return {"severity": "not_classifiable"}
    if ratio > 200:
        return {"severity": "mild"}
    if p.get("support", "invasive") == "cpap":  # counts for mild only
        return {"severity": "not_classifiable"}
    if ratio > 100:
        return {"severity": "moderate"}
    return {"severity": "severe"}


def global_2023(p):
    if p.get("pao2") is not None:
        pf = exact(p["pao2"]) / exact(p["fio2"])
        return {"class": _global_class(p, pf, (300, 200, 100))}
    if p["spo2"] > 97:
        return {"class": "sf_not_usable"}
    sf = exact(p["spo2"]) / exact(p["fio2"])
    return {"class": _global_class(p, sf, (315, 235, 148))}


def _global_class(p, ratio, limits):
    mild, moderate, severe = limits
    if ratio > mild:
        return "none"
    if p["category"] == "resource_limited":
        return "resource_limited"
    if p["category"] == "non_intubated":
        enough = p.get("hfno_L_min", 30) >= 30 or p.get("niv_cpap_cmH2O", 5) >= 5
        return "non_intubated" if enough else "none"
    if ratio > moderate:
        return "mild"
    if ratio > severe:
        return "moderate"
    return "severe"


SCORES = {"Berlin-ARDS": berlin, "Global-ARDS-2023": global_2023}

INPUTS = {
    "Berlin-ARDS": {
        "pao2": Number(30, 400, 0, (), "mmHg"),
        "fio2": Number(0.21, 1.0, 2, (), "fraction"),
        "peep_or_cpap": Number(0, 24, 0, (5,), "cmH2O"),
        "onset_days": Number(0, 20, 0, (7,), "d"),
        "bilateral_opacities": Flag(),
        "not_fully_cardiac": Flag(),
    },
    "Global-ARDS-2023": {
        "category": Choice(("non_intubated", "intubated", "resource_limited")),
        "spo2": Number(70, 100, 0, (97,), "%"),
        "fio2": Number(0.21, 1.0, 2, (), "fraction"),
    },
}

OPTIONAL = {
    "Berlin-ARDS": {"support": Choice(("invasive", "cpap"))},
    "Global-ARDS-2023": {
        "pao2": Number(30, 400, 0, (), "mmHg"),
        "hfno_L_min": Number(0, 60, 0, (30,), "L/min"),
        "niv_cpap_cmH2O": Number(0, 20, 0, (5,), "cmH2O"),
    },
}

RATIOS = {
    "Berlin-ARDS": [("pao2", "fio2", (100, 200, 300))],
    "Global-ARDS-2023": [("spo2", "fio2", (148, 235, 315)), ("pao2", "fio2", (100, 200, 300))],
}
