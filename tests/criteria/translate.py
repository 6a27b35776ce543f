"""The second scorer's inputs in the words of the package, where the two ask in other ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Patient = Mapping[str, Any]
Given = dict[str, Any]
KILOGRAMS = 50.0
"""A weight by which doses divide into few decimals, as orders are written."""
ABOVE = {0: 1.0, 1: 2.0, 2: 4.0, 3: 10.0, 4: 30.0}
"""Grade of common terminology: transaminases in multiples of their upper limit."""
CREATININE = {0: 1.0, 1: 1.4, 2: 2.0, 3: 4.0}
"""The same for creatinine."""
MASKS = {
    "high_flow_nasal_cannula": "high_flow",
    "cpap": "CPAP",
    "bipap": "BiPAP",
    "intubated": "MV",
}


def fever(present: bool) -> float:
    """Return a temperature with fever or without."""
    return 38.5 if present else 37.0


def ctcae(p: Patient) -> Given:
    """What threatens life is a ventilator here."""
    oxygen = "MV" if p["life_threatening"] else "venturi" if p["fio2"] > 0.21 else "room_air"
    return {
        "temperature": fever(p["fever"]), "fever_before": True, "hypotension": p["hypotension"],
        "vasopressors": p["n_vasopressors"], "fio2": p["fio2"], "oxygen": oxygen, "airway_only": False,
        "vasopressin": False, "dead_of_crs": p["death_due_to_crs"],
    }  # fmt: skip


def lee(p: Patient) -> Given:
    """Doses are by weight here, and counted as held long enough; short ones are made small."""
    long = p["vasopressor_hours"] >= 3

    def dose(name: str, by_weight: float) -> float:
        return p[name] / by_weight if long else min(p[name], 0.001)

    return {
        "temperature": fever(p["symptoms"]), "fever_before": True, "hypotension": p["hypotension"],
        "noradrenaline": dose("norepi_ug_min", KILOGRAMS), "adrenaline": dose("epi_ug_min", KILOGRAMS),
        "dopamine": dose("dopamine_ug_kg_min", 1), "phenylephrine": dose("phenylephrine_ug_min", KILOGRAMS),
        "vasopressin": p["vasopressin"], "weight": KILOGRAMS, "fio2": p["fio2"], "airway_only": False,
        "oxygen": "MV" if p["ventilator"] else "venturi" if p["fio2"] > 0.21 else "room_air",
        "organ_toxicity": p["organ_toxicity_grade"],
        "alt": 40.0 * ABOVE[p["transaminitis_grade"]], "ast": 20.0,
        "alt_upper": 40.0, "ast_upper": 40.0, "creatinine": 0.8, "creatinine_upper": 1.2,
        "dead_of_crs": p["death_due_to_crs"],
    }  # fmt: skip


def penn(p: Patient) -> Given:
    """A low dose of a vasopressor is 1 ug/min of noradrenaline, a high one 30."""
    dose = {"low_dose_vasopressor": 1.0, "high_dose_vasopressor": 30.0}.get(p["hypotension"], 0.0)
    return {
        "temperature": fever(p["mild_reaction"]), "fever_before": True, "weight": KILOGRAMS,
        "hypotension": p["hypotension"] != "none", "noradrenaline": dose / KILOGRAMS, "vasopressin": False,
        "oxygen": MASKS.get(p["oxygen"], p["oxygen"]), "airway_only": False,
        "alt": 40.0 * ABOVE[p["lft_grade"]], "ast": 20.0, "alt_upper": 40.0, "ast_upper": 40.0,
        "creatinine": CREATININE[p["creatinine_grade"]], "creatinine_upper": 1.0,
        "plasma_given": p["ffp_or_cryoprecipitate"], "admitted": p["iv_therapy"] or p["hospitalised_for_crs"],
        "dead_of_crs": p["death_due_to_crs"],
    }  # fmt: skip


def iec_hs(p: Patient) -> Given:
    """Ferritin against the lower of limit and baseline, fibrinogen against the laboratory's limit too."""
    low = p["fibrinogen_mg_dL"] < p["fibrinogen_lln_mg_dL"]
    return {
        "iec_recipient": p["iec_recipient"], "explained": p["explained_by_crs_infection_or_progression"],
        "ferritin": p["ferritin_ng_mL"], "ferritin_rising": p["ferritin_rapidly_rising"],
        "ferritin_upper": min(p["ferritin_uln_ng_mL"], p["ferritin_baseline_ng_mL"]),
        "after_crs": p["onset_as_crs_resolves_or_second_rise"],
        "alt": p["alt_U_L"], "alt_upper": p["alt_uln_U_L"],
        "ast": p["ast_U_L"], "ast_upper": p["ast_uln_U_L"], "liver_rising": False,
        "fibrinogen_mg_dL": min(p["fibrinogen_mg_dL"], 149) if low else p["fibrinogen_mg_dL"],
        "haemophagocytosis": p["hemophagocytosis"],
        "new_cytopenia": p["cytopenia_new_worsening_or_refractory"],
        "ldh": p["ldh_U_L"], "ldh_upper": p["ldh_uln_U_L"], "tg_mg_dL": p["tg_mg_dL"],
        "coagulopathy": p["other_coagulopathy"], "direct_bilirubin_high": p["direct_hyperbilirubinemia"],
        "splenomegaly": p["new_splenomegaly"], "fever": p["fever"], "neurotoxicity": p["neurotoxicity"],
        "lung_involved": p["lung_involvement"], "kidney_involved": p["kidney_involvement"],
    }  # fmt: skip


def sepsis_3(p: Patient) -> Given:
    """Vasopressors are counted after fluids."""
    return {
        "infection": p["suspected_infection"], "sofa": p["sofa"], "sofa_baseline": p["sofa_baseline"],
        "vasopressor": p["vasopressor_for_map_65"] and p["adequate_fluids"], "lactate": p["lactate_mmol_L"],
    }  # fmt: skip


def phoenix(p: Patient) -> Given:
    """Any support is a question of its own; a saturation stands in for a gas, so each is asked alone."""
    out = dict(p)
    other = out.pop("other_respiratory_support")
    return out | {"respiratory_support": other or p["imv"], "vasoactives": out.pop("n_vasoactives")}


def apache_2(p: Patient) -> Given:
    """The gradient is reckoned here, so that carbon dioxide is chosen to give it."""
    carbon = 0.8 * (713 * p["fio2"] - p["pao2_mmHg"] - p["aa_gradient_mmHg"])
    health = {"nonoperative_or_emergency": "emergency_or_medical", "elective_postoperative": "elective"}
    return {
        "temp_C": p["temp_core_C"], "map": p["map_mmHg"], "hr": p["hr"], "rr": p["rr"], "fio2": p["fio2"],
        "pao2": p["pao2_mmHg"], "paco2": carbon if p["fio2"] >= 0.5 else 40.0, "ph": p["ph"],
        "na": p["na_mmol_L"], "k": p["k_mmol_L"], "cr": p["creatinine_mg_dL"],
        "arf": p["acute_renal_failure"],
        "hct": p["hct_pct"], "wbc": p["wbc_1e9_L"], "gcs": p["gcs"], "age": p["age_y"],
        "chronic_health": health.get(p["chronic_health"], "none"),
    }  # fmt: skip


def who(p: Patient) -> Given:
    """Infected, with symptoms, independent, unless told otherwise."""
    oxygen = "room_air" if p["o2"] == "none" or not p["hospitalised"] else p["o2"]
    return dict(p) | {
        "infected": True, "symptomatic": True, "needs_help": False, "ecmo": False, "o2": oxygen,
    }  # fmt: skip


def global_ards(p: Patient) -> Given:
    """Helped enough by flow or pressure, unless told otherwise."""
    return dict(p) | {"flow": 30.0}


IN_OUR_WORDS: dict[str, Callable[[Patient], Given]] = {
    "CTCAE-v5-CRS": ctcae,
    "Lee-2014-CRS": lee,
    "Penn-CRS": penn,
    "IEC-HS": iec_hs,
    "Sepsis-3": sepsis_3,
    "Phoenix": phoenix,
    "APACHE-II": apache_2,
    "WHO-CPS": who,
    "Global-ARDS-2023": global_ards,
}
"""Score: what the second scorer's patient is in the words of the package."""
OTHER_NAMES = {"IEC-HS": "IEC-HS-2023"}
"""How the package calls a score that the second scorer calls otherwise."""
SUMS = {"n_frequent": ("timing", "liver", "fibrinogen", "haemophagocytosis", "cytopenia")}
"""What the second scorer adds up, as the package's parts."""
WORDS = {"very_high": "very high"}
