"""Patients on whom the published definitions leave room, with what the oracle does with them.

Two honest readings may differ there. A comparison should hold these patients apart, not leave them out.
"""

from tests.oracle.spec import exact


def ambiguities(score, patient):
    """Say which open points of a definition a patient touches: a list of texts, mostly empty."""
    return [text for text, touches in POINTS.get(score, ()) if touches(patient)]


def _treated_and_quiet(p):
    return p["temp_C"] < 38.0 and p["fever_earlier_attributed_to_crs"]


def _unusual_cannula(p):
    return p["oxygen"] in {"high_flow_nasal_cannula", "blow_by"}


def _combined(p):
    return sum(p[name] > 0 for name in PRESSORS) + p["vasopressin"] > 1


def _ratios_disagree(p):
    pf, sf = exact(p["pao2_mmHg"]) / exact(p["fio2"]), exact(p["spo2"]) / exact(p["fio2"])
    by_pf = sum(pf < limit for limit in (100, 200, 400))
    by_sf = sum(sf < limit for limit in (148, 220, 292))
    return p["spo2"] <= 97 and by_pf != by_sf


def _just_below_three(p):
    return exact(2.9) < exact(p["cr_mg_dL"]) / exact(p["baseline_cr_mg_dL"]) < 3


def _between(value, step):
    """Tell whether a value has decimals where the printed classes end on whole steps."""
    return exact(value) % exact(step) != 0


PRESSORS = ("norepi_ug_min", "epi_ug_min", "dopamine_ug_kg_min", "phenylephrine_ug_min")

POINTS = {
    "ASTCT-CRS-2019": [
        (
            "no fever now, but earlier: graded by the organs after treatment, 0 without treatment",
            _treated_and_quiet,
        ),
        (
            "vasopressin alone: one vasopressor, grade 3",
            lambda p: p["vasopressin"] and p["n_vasopressors_excl_vasopressin"] == 0,
        ),
        ("the device decides, not its flow: blow-by 2, high-flow cannula 3", _unusual_cannula),
    ],
    "CTCAE-v5-CRS": [
        ("two vasopressors or more are not spelled out: grade 4", lambda p: p["n_vasopressors"] >= 2)
    ],
    "Lee-2014-CRS": [
        ("grade 3 transaminitis counts as grade 3 organ toxicity", lambda p: p["transaminitis_grade"] == 3),
        (
            "the high-dose rule of combinations: noradrenaline equivalents of all agents",
            lambda p: (
                sum(p[name] > 0 for name in ("norepi_ug_min", "epi_ug_min", "phenylephrine_ug_min")) > 1
            ),
        ),
    ],
    "Penn-CRS": [
        (
            "creatinine below grade 2 and liver tests below grade 3 do not count by themselves",
            lambda p: 0 < p["creatinine_grade"] < 2 or 0 < p["lft_grade"] < 3,
        ),
        ("any oxygen, low flow too, is grade 3", lambda p: p["oxygen"] in {"nasal_cannula", "blow_by"}),
    ],
    "ASTCT-ICANS-2019": [
        (
            "CAPD 1 to 8 stands for grades 1 and 2: 1, and arousal may raise it",
            lambda p: p["age_y"] < 12 and 1 <= p["capd"] <= 8,
        ),
        (
            "waking by oneself is grade 1 in the table, but no sign of illness with ICE 10: 0",
            lambda p: p["age_y"] >= 12 and p["ice"] == 10 and p["arousal"] == "spontaneous",
        ),
    ],
    "SOFA": [
        ("bilirubin 12.0 lies between the printed classes: 4", lambda p: 11.9 < p["bilirubin_mg_dL"] <= 12.0),
        ("creatinine 5.0 lies between the printed classes: 4", lambda p: 4.9 < p["creatinine_mg_dL"] <= 5.0),
    ],
    "SOFA-2": [
        (
            "saturation needs advanced support for 3 and 4 as well, and 98 % or more gives 0",
            lambda p: p["pao2_mmHg"] is None,
        ),
        (
            "criteria for dialysis: (creatinine > 1.2 or oliguria) and (potassium or acidosis)",
            lambda p: "potassium_mmol_L" in p,
        ),
        (
            "dopamine beside any other agent is just another agent; its own limits hold for it alone",
            lambda p: p.get("dopamine_ug_kg_min", 0) > 0,
        ),
    ],
    "Phoenix": [
        (
            "both ratios known: the worse counts",
            _ratios_disagree,
        )
    ],
    "ISTH-DIC": [
        ("3 and 6 s belong to the middle class", lambda p: p["pt_prolongation_s"] in {3.0, 6.0}),
    ],
    "SIC": [("more than 2 points of four organs count as 2", lambda p: p["sofa4"] > 2)],
    "KDIGO-AKI": [
        ("below 18 years low eGFR needs an injury as well: 3", lambda p: p.get("age_y", 50) < 18),
        ("a ratio between 2.9 and 3 is stage 2", _just_below_three),
    ],
    "Berlin-ARDS": [
        (
            "CPAP with P/F of 200 or less: not classifiable, as it counts for mild only",
            lambda p: p.get("support") == "cpap",
        ),
        (
            "P/F above 300, or a failed criterion, is none even below PEEP 5",
            lambda p: p["peep_or_cpap"] < 5,
        ),
    ],
    "Global-ARDS-2023": [
        ("both ratios known: P/F counts", lambda p: p.get("pao2") is not None),
        (
            "P/F counts where resources are limited, though the table lists S/F only",
            lambda p: p.get("pao2") is not None and p["category"] == "resource_limited",
        ),
        ("no severity outside intubation: the class is the category", lambda p: p["category"] != "intubated"),
    ],
    "Caricchio-COVID-CS": [
        ("the test may be positive or not: it does not count", lambda p: not p["pcr_positive"])
    ],
    "WHO-CPS": [
        (
            "dialysis or ECMO with P/F of 150 or more is not spelled out: 7, or 8 with a vasopressor",
            lambda p: p["o2"] == "MV" and bool(p.get("dialysis") or p.get("ecmo")),
        )
    ],
    "4C-Mortality": [
        ("urea 7 scores 1 and 14 scores 1", lambda p: p["urea_mmol_L"] in {7.0, 14.0}),
        ("CRP between 99 and 100 scores 1", lambda p: _between(p["crp_mg_L"], 1)),
    ],
    "CAR-HEMATOTOX": [
        ("1200 neutrophils per uL score 0", lambda p: p["anc_per_uL"] == 1200),
        ("Hb 9.0 scores 0", lambda p: p["hb_g_dL"] == 9.0),
        ("CRP 3.0 scores 0", lambda p: p["crp_mg_dL"] == 3.0),
    ],
    "NEWS2": [
        (
            "between the printed tenths of a degree: the class above",
            lambda p: _between(p["temp_C"], 0.1),
        )
    ],
    "APACHE-II": [
        ("MAP 40 to 49 scores 4, as in 1985; 3 in some code", lambda p: 40 <= p["map_mmHg"] <= 49),
        (
            "low creatinine in acute renal failure doubles as well: 4; some code never scores it",
            lambda p: p["acute_renal_failure"] and p["creatinine_mg_dL"] < 0.6,
        ),
        ("FiO2 0.5 takes the A-a gradient", lambda p: p["fio2"] == 0.5),
    ],
}
