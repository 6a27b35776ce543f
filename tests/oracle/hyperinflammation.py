"""Haemophagocytic and macrophage activation syndromes: HScore, HLH-2004, MAS-2016, IEC-HS."""

from tests.oracle.spec import Choice, Flag, Number, exact


def hscore(p):
    points = 0
    if p["known_immunosuppression"]:
        points += 18
    points += _hscore_temperature(p["temp_C"])
    points += {"none": 0, "one": 23, "both": 38}[p["organomegaly"]]
    points += _hscore_cytopenias(p)
    points += _hscore_ferritin(p["ferritin_ug_L"])
    points += _hscore_triglyceride(p["tg_mmol_L"])
    if p["fibrinogen_g_L"] <= 2.5:
        points += 30
    if p["ast_U_L"] >= 30:
        points += 19
    if p["hemophagocytosis"]:
        points += 35
    return {"points": points, "at_or_above_169": points >= 169, "prob_band_pct": _hscore_band(points)}


def _hscore_temperature(temp):
    if temp < 38.4:
        return 0
    if temp <= 39.4:
        return 33
    return 49


def _hscore_cytopenias(p):
    lineages = 0
    if p["hb_g_dL"] <= 9.2:
        lineages += 1
    if p["wbc_1e9_L"] <= 5.0:
        lineages += 1
    if p["plt_1e9_L"] <= 110:
        lineages += 1
    return {0: 0, 1: 0, 2: 24, 3: 34}[lineages]


def _hscore_ferritin(ferritin):
    if ferritin < 2000:
        return 0
    if ferritin <= 6000:
        return 35
    return 50


def _hscore_triglyceride(tg):
    if tg < 1.5:
        return 0
    if tg <= 4.0:
        return 44
    return 64


def _hscore_band(points):
    bands = [
        (90, [0, 1]),
        (100, [1, 1]),
        (110, [1, 3]),
        (120, [3, 5]),
        (130, [5, 9]),
        (140, [9, 16]),
        (150, [16, 25]),
        (160, [25, 40]),
        (170, [40, 54]),
        (180, [54, 70]),
        (190, [70, 80]),
        (200, [80, 88]),
        (210, [88, 93]),
        (220, [93, 96]),
        (230, [96, 98]),
        (240, [98, 99]),
    ]
    for last, band in bands:
        if points <= last:
            return band
    return [99, 100]


def hlh_2004(p):
    met = 0
    if p["temp_C"] >= 38.5:
        met += 1
    if p["splenomegaly"]:
        met += 1
    if _hlh_lineages(p) >= 2:
        met += 1
    if p["tg_mmol_L"] >= 3.0 or p["fibrinogen_g_L"] <= 1.5:
        met += 1
    if p["hemophagocytosis"]:
        met += 1
    if p["nk_low_or_absent"]:
        met += 1
    if p["ferritin_ug_L"] >= 500:
        met += 1
    if p["scd25_U_mL"] >= 2400:
        met += 1
    return {"n_criteria": met, "meets": p["molecular_diagnosis"] or met >= 5}


def _hlh_lineages(p):
    anaemia = p["hb_g_dL"] < 10 if p["age_weeks"] < 4 else p["hb_g_dL"] < 9
    lineages = 0
    if anaemia:
        lineages += 1
    if p["plt_1e9_L"] < 100:
        lineages += 1
    if p["anc_1e9_L"] < 1.0:
        lineages += 1
    return lineages


def mas_2016(p):
    if not p["sjia_known_or_suspected"] or not p["fever"]:
        return {"meets": False}
    if p["ferritin_ng_mL"] <= 684:
        return {"meets": False}
    met = 0
    if p["plt_1e9_L"] <= 181:
        met += 1
    if p["ast_U_L"] > 48:
        met += 1
    if p["tg_mg_dL"] > 156:
        met += 1
    if p["fibrinogen_mg_dL"] <= 360:
        met += 1
    return {"meets": met >= 2}


def iec_hs(p):
    required = p["iec_recipient"] and not p["explained_by_crs_infection_or_progression"] and _iec_ferritin(p)
    return {"required": required, "n_frequent": _iec_frequent(p), "n_other": _iec_other(p)}


def _iec_ferritin(p):
    if exact(p["ferritin_ng_mL"]) > 2 * exact(p["ferritin_uln_ng_mL"]):
        return True
    if exact(p["ferritin_ng_mL"]) > 2 * exact(p["ferritin_baseline_ng_mL"]):
        return True
    return p["ferritin_rapidly_rising"]


def _iec_frequent(p):
    count = 0
    if p["onset_as_crs_resolves_or_second_rise"]:
        count += 1
    if p["alt_U_L"] > 5 * p["alt_uln_U_L"] or p["ast_U_L"] > 5 * p["ast_uln_U_L"]:
        count += 1
    if p["fibrinogen_mg_dL"] < 150 or p["fibrinogen_mg_dL"] < p["fibrinogen_lln_mg_dL"]:
        count += 1
    if p["hemophagocytosis"]:
        count += 1
    if p["cytopenia_new_worsening_or_refractory"]:
        count += 1
    return count


def _iec_other(p):
    count = 0
    if p["ldh_U_L"] > p["ldh_uln_U_L"]:
        count += 1
    if p["tg_mg_dL"] > 265:
        count += 1
    for item in IEC_OTHER:
        if p[item]:
            count += 1
    return count


IEC_OTHER = (
    "other_coagulopathy",
    "direct_hyperbilirubinemia",
    "new_splenomegaly",
    "fever",
    "neurotoxicity",
    "lung_involvement",
    "kidney_involvement",
)

SCORES = {"HScore": hscore, "HLH-2004": hlh_2004, "MAS-2016": mas_2016, "IEC-HS": iec_hs}

INPUTS = {
    "HScore": {
        "known_immunosuppression": Flag(),
        "temp_C": Number(35.0, 42.0, 1, (38.4, 39.4), "degC"),
        "organomegaly": Choice(("none", "one", "both")),
        "hb_g_dL": Number(4.0, 18.0, 1, (9.2,), "g/dL"),
        "wbc_1e9_L": Number(0.1, 40.0, 1, (5.0,), "1e9/L"),
        "plt_1e9_L": Number(5, 600, 0, (110,), "1e9/L"),
        "ferritin_ug_L": Number(10, 100000, 0, (2000, 6000), "ug/L"),
        "tg_mmol_L": Number(0.3, 12.0, 2, (1.5, 4.0), "mmol/L"),
        "fibrinogen_g_L": Number(0.2, 9.0, 2, (2.5,), "g/L"),
        "ast_U_L": Number(5, 5000, 0, (30,), "U/L"),
        "hemophagocytosis": Flag(),
    },
    "HLH-2004": {
        "molecular_diagnosis": Flag(),
        "temp_C": Number(35.0, 42.0, 1, (38.5,), "degC"),
        "splenomegaly": Flag(),
        "hb_g_dL": Number(4.0, 18.0, 1, (9.0, 10.0), "g/dL"),
        "plt_1e9_L": Number(5, 600, 0, (100,), "1e9/L"),
        "anc_1e9_L": Number(0.0, 20.0, 2, (1.0,), "1e9/L"),
        "age_weeks": Number(0, 4000, 0, (4,), "wk"),
        "tg_mmol_L": Number(0.3, 12.0, 2, (3.0,), "mmol/L"),
        "fibrinogen_g_L": Number(0.2, 9.0, 2, (1.5,), "g/L"),
        "hemophagocytosis": Flag(),
        "nk_low_or_absent": Flag(),
        "ferritin_ug_L": Number(10, 100000, 0, (500,), "ug/L"),
        "scd25_U_mL": Number(100, 50000, 0, (2400,), "U/mL"),
    },
    "MAS-2016": {
        "sjia_known_or_suspected": Flag(),
        "fever": Flag(),
        "ferritin_ng_mL": Number(10, 100000, 0, (684,), "ng/mL"),
        "plt_1e9_L": Number(5, 600, 0, (181,), "1e9/L"),
        "ast_U_L": Number(5, 5000, 0, (48,), "U/L"),
        "tg_mg_dL": Number(30, 1000, 0, (156,), "mg/dL"),
        "fibrinogen_mg_dL": Number(20, 900, 0, (360,), "mg/dL"),
    },
    "IEC-HS": {
        "iec_recipient": Flag(),
        "explained_by_crs_infection_or_progression": Flag(),
        "ferritin_ng_mL": Number(10, 100000, 0, (300, 600, 1000), "ng/mL"),
        "ferritin_uln_ng_mL": Number(150, 500, 0, (300,), "ng/mL"),
        "ferritin_baseline_ng_mL": Number(10, 5000, 0, (500,), "ng/mL"),
        "ferritin_rapidly_rising": Flag(),
        "onset_as_crs_resolves_or_second_rise": Flag(),
        "alt_U_L": Number(5, 5000, 0, (200,), "U/L"),
        "alt_uln_U_L": Number(35, 60, 0, (40,), "U/L"),
        "ast_U_L": Number(5, 5000, 0, (200,), "U/L"),
        "ast_uln_U_L": Number(35, 60, 0, (40,), "U/L"),
        "fibrinogen_mg_dL": Number(20, 900, 0, (150, 200), "mg/dL"),
        "fibrinogen_lln_mg_dL": Number(150, 220, 0, (200,), "mg/dL"),
        "hemophagocytosis": Flag(),
        "cytopenia_new_worsening_or_refractory": Flag(),
        "ldh_U_L": Number(80, 5000, 0, (250,), "U/L"),
        "ldh_uln_U_L": Number(220, 280, 0, (250,), "U/L"),
        "tg_mg_dL": Number(30, 1000, 0, (265,), "mg/dL"),
        **{item: Flag() for item in IEC_OTHER},
    },
}
