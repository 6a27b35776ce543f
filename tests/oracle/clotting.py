"""Coagulopathy: ISTH overt DIC (2001) and sepsis-induced coagulopathy (2017)."""

from tests.oracle.spec import Choice, Number


def isth_dic(p):
    points = (
        _dic_platelets(p["plt"])
        + {"none": 0, "moderate": 2, "strong": 3}[p["ddimer_rise"]]
        + _dic_prothrombin(p["pt_prolongation_s"])
    )
    if p["fibrinogen_g_L"] < 1.0:
        points += 1
    return {"points": points, "overt": points >= 5}


def _dic_platelets(plt):
    if plt < 50:
        return 2
    if plt < 100:
        return 1
    return 0


def _dic_prothrombin(seconds):
    if seconds < 3:
        return 0
    if seconds <= 6:
        return 1
    return 2


def sic(p):
    clotting = _sic_inr(p["inr"]) + _sic_platelets(p["plt"])
    points = clotting + min(2, p["sofa4"])
    return {"points": points, "sic": points >= 4 and clotting > 2}


def _sic_inr(inr):
    if inr > 1.4:
        return 2
    if inr > 1.2:
        return 1
    return 0


def _sic_platelets(plt):
    if plt < 100:
        return 2
    if plt < 150:
        return 1
    return 0


SCORES = {"ISTH-DIC": isth_dic, "SIC": sic}

INPUTS = {
    "ISTH-DIC": {
        "plt": Number(5, 600, 0, (50, 100), "1e9/L"),
        "ddimer_rise": Choice(("none", "moderate", "strong")),
        "pt_prolongation_s": Number(0.0, 20.0, 1, (3.0, 6.0), "s"),
        "fibrinogen_g_L": Number(0.2, 9.0, 1, (1.0,), "g/L"),
    },
    "SIC": {
        "inr": Number(0.8, 6.0, 2, (1.2, 1.4), "1"),
        "plt": Number(5, 600, 0, (100, 150), "1e9/L"),
        "sofa4": Number(0, 16, 0, (1, 2), "points"),
    },
}
