"""Patients as textbooks describe them, written for these tests; none of them is real."""

from __future__ import annotations

from dataclasses import dataclass, field

WELL = {
    "temp_C": 36.8, "plt": 250, "gcs": 15, "map": 85, "bilirubin_mg_dL": 0.6, "creatinine_mg_dL": 0.9,
    "urine_mL_24h": 1600, "pao2": 97, "fio2": 0.21, "ventilation": "no", "noradrenaline": 0,
    "adrenaline": 0, "dopamine": 0, "dobutamine": "no",
}  # fmt: skip
"""What SOFA asks for, all of it normal."""


@dataclass(frozen=True)
class Vignette:
    """A patient, and what is to be said of him.

    met, near, unknown : (syndrome, score, item) that must be among those told. settles : the fact, or None.
    """

    name: str
    labs: dict[str, object]
    context: tuple[str, ...]
    named: tuple[str, ...]
    open: tuple[str, ...] = ()
    day: float | None = None
    met: tuple[tuple[str, str, str], ...] = ()
    near: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[tuple[str, str, str], ...] = ()
    settles: str | None = None
    beside: tuple[str, ...] = ()
    closed: dict[str, str] = field(default_factory=dict)


VIGNETTES = (
    Vignette(
        "sepsis with clotting in the vessels",
        WELL | {
            "age_y": 64, "temp_C": 39.4, "plt": 38, "pt_prolongation": 8, "ddimer": 12, "fibrinogen_g_L": 0.8,
            "map": 58, "noradrenaline": 0.3, "lactate": 5, "gcs": 13, "creatinine_mg_dL": 2.6,
            "urine_mL_24h": 350, "vasopressor": "yes",
        },
        ("positive blood culture",), ("sepsis",), ("HLH of infection",),
        met=(("sepsis", "SOFA", "coag"), ("sepsis", "SOFA", "renal"), ("sepsis", "SOFA", "cv")),
        unknown=(("HLH of infection", "HLH-2004", "scd25"),), beside=("ISTH-DIC",), settles="ferritin",
    ),
    Vignette(
        "COVID-19 in hyperinflammation",
        WELL | {
            "age_y": 58, "temp_C": 38.9, "ferritin_ug_L": 1900, "crp_mg_L": 210, "ddimer": 2.4, "ldh": 520,
            "ast": 70, "il6": 90, "neutrophils": 9.9, "lymphocytes": 0.9, "haemoglobin": 13,
            "pao2": 108, "fio2": 0.6, "plt": 210, "tg_mmol_L": 2,
        },
        ("COVID-19",), ("COVID-19 hyperinflammation", "sepsis"), ("HLH of infection",),
        met=(
            ("COVID-19 hyperinflammation", "cHIS", "macrophages"),
            ("COVID-19 hyperinflammation", "cHIS", "liver"), ("sepsis", "SOFA", "resp"),
        ),
        unknown=(("COVID-19 hyperinflammation", "Caricchio-COVID-CS", "cluster_3"),),
        settles="haemophagocytosis",
    ),
    Vignette(
        "macrophage activation in systemic juvenile arthritis",
        {
            "age_y": 7, "temp_C": 39.8, "ferritin_ug_L": 9000, "plt": 140, "ast": 220, "tg_mg_dL": 145,
            "fibrinogen_g_L": 1.9, "hb_g_dL": 10.4, "anc": 5, "inr": 1.1, "ddimer": 3, "gcs": 15,
        },
        ("sJIA", "no infection"), ("MAS",),
        met=(("MAS", "MAS-2016", "platelets"), ("MAS", "MAS-2016", "ast"), ("MAS", "HLH-2004", "ferritin")),
        near=(("MAS", "MAS-2016", "triglycerides"),),
        unknown=(("MAS", "HLH-2004", "scd25"), ("MAS", "HLH-2004", "haemophagocytosis")),
        closed={"sepsis": "cause denied", "CRS": "no cause told"}, settles="haemophagocytosis",
    ),
    Vignette(
        "macrophage activation in lupus",
        {
            "age_y": 24, "temp_C": 39.6, "ferritin_ug_L": 8000, "plt": 70, "hb_g_dL": 8.1, "wbc": 2.1,
            "anc": 0.9, "tg_mmol_L": 3.4, "fibrinogen_g_L": 1.4, "ast": 160, "splenomegaly": "yes",
            "organomegaly": "one", "haemophagocytosis": "yes",
        },
        ("SLE", "no infection"), ("MAS",),
        met=(("MAS", "HLH-2004", "cytopenias"), ("MAS", "HScore", "haemophagocytosis")),
        unknown=(("MAS", "HLH-2004", "nk"),), settles="nk_low",
    ),
    Vignette(
        "primary HLH in an infant",
        {
            "age_months": 3, "temp_C": 39.2, "splenomegaly": "yes", "hb_g_dL": 7.2, "plt": 32, "anc": 0.4,
            "tg_mmol_L": 3.6, "fibrinogen_g_L": 0.9, "ferritin_ug_L": 4200,
        },
        ("affected sibling",), ("primary HLH",),
        met=(
            ("primary HLH", "HLH-2004", "fever"), ("primary HLH", "HLH-2004", "spleen"),
            ("primary HLH", "HLH-2004", "cytopenias"), ("primary HLH", "HLH-2004", "ferritin"),
            ("primary HLH", "HLH-2004", "lipids_or_fibrinogen"),
        ),
        unknown=(("primary HLH", "HLH-2004", "nk"), ("primary HLH", "HLH-2004", "scd25")),
        closed={"MAS": "no cause told", "HLH of malignancy": "no cause told"}, settles="infection",
        open=("sepsis",),
    ),
    Vignette(
        "an infant with four criteria of HLH",
        {
            "age_months": 4, "temp_C": 38.9, "splenomegaly": "yes", "hb_g_dL": 8.2, "plt": 60, "anc": 1.5,
            "tg_mmol_L": 2.8, "fibrinogen_g_L": 1.6, "ferritin_ug_L": 2500, "inr": 1.1, "ddimer": 1,
            "nk_low": "no", "haemophagocytosis": "no",
        },
        ("no infection",), (), ("primary HLH",),
        near=(
            ("primary HLH", "HLH-2004", "lipids_or_fibrinogen"),
        ),
        unknown=(("primary HLH", "HLH-2004", "scd25"),), settles="soluble_il2r",
    ),
    Vignette(
        "HLH of Epstein-Barr virus in a boy",
        {
            "age_y": 9, "temp_C": 39.9, "splenomegaly": "yes", "hb_g_dL": 8.0, "plt": 45, "anc": 0.7,
            "tg_mmol_L": 4.1, "fibrinogen_g_L": 1.2, "ferritin_ug_L": 15000, "soluble_il2r": 9000,
            "inr": 1.2, "ddimer": 1.5, "gcs": 15,
        },
        ("EBV",), ("HLH of infection",), ("primary HLH", "sepsis"),
        met=(("HLH of infection", "HLH-2004", "scd25"), ("HLH of infection", "HLH-2004", "ferritin")),
        unknown=(("HLH of infection", "HLH-2004", "nk"),), settles="molecular_diagnosis",
    ),
    Vignette(
        "HLH of lymphoma",
        {
            "age_y": 61, "temp_C": 39.1, "splenomegaly": "yes", "organomegaly": "both", "hb_g_dL": 7.8,
            "plt": 28, "wbc": 1.6, "anc": 0.6, "tg_mmol_L": 3.3, "fibrinogen_g_L": 1.1,
            "ferritin_ug_L": 5800, "ast": 120, "soluble_il2r": 21000, "haemophagocytosis": "yes",
        },
        ("T-cell lymphoma", "no infection"), ("HLH of malignancy",),
        met=(("HLH of malignancy", "HScore", "organomegaly"), ("HLH of malignancy", "HLH-2004", "spleen")),
        near=(("HLH of malignancy", "HScore", "ferritin"),),
        unknown=(("HLH of malignancy", "HLH-2004", "nk"),),
        closed={"primary HLH": "no cause told", "sepsis": "cause denied"}, settles="nk_low",
    ),
    Vignette(
        "HLH in HIV, without a cause told",
        {
            "age_y": 38, "temp_C": 39.5, "splenomegaly": "yes", "organomegaly": "both", "hb_g_dL": 7.0,
            "plt": 40, "wbc": 2.0, "anc": 0.8, "tg_mmol_L": 3.2, "fibrinogen_g_L": 1.3,
            "ferritin_ug_L": 22000, "ast": 150,
        },
        ("HIV",), (), ("MAS", "HLH of malignancy", "HLH of infection", "sepsis"),
        met=(("HLH of malignancy", "HScore", "immunosuppression"),), settles="infection",
    ),
    Vignette(
        "cytokine release on day 3 after CAR T cells",
        WELL | {
            "age_y": 55, "temp_C": 39.7, "sbp": 84, "oxygen": "low_flow", "vasopressors": 0,
            "fever_before": "yes", "crp_mg_L": 160, "ferritin_ug_L": 500, "ferritin_rising": "no",
        },
        ("CAR-T on day 0", "no second wave", "no infection", "lymphoma"), ("CRS",),
        ("HLH of malignancy",), day=3,
        met=(
            ("CRS", "ASTCT-CRS-2019", "fever"), ("CRS", "ASTCT-CRS-2019", "hypotension"),
            ("CRS", "ASTCT-CRS-2019", "hypoxia"),
        ),
        unknown=(("CRS", "ASTCT-CRS-2019", "hypotension"),),
        closed={"sepsis": "cause denied", "IEC-HS": "criteria not met"}, settles="triglycerides",
    ),
    Vignette(
        "a second wave on day 12 after CAR T cells",
        WELL | {
            "age_y": 49, "temp_C": 38.7, "ferritin_ug_L": 26000, "alt": 320, "ast": 410,
            "fibrinogen_g_L": 1.3, "plt": 95, "hb_g_dL": 8.4, "anc": 0.6, "new_cytopenia": "yes",
            "ldh": 900, "tg_mmol_L": 2.8, "vasopressors": 0, "sbp": 118, "oxygen": "room_air",
        },
        ("CAR-T on day 0", "CRS from day 2", "CRS over on day 7", "tocilizumab on day 3", "no infection"),
        ("IEC-HS",), ("CRS",), day=12,
        met=(
            ("IEC-HS", "IEC-HS-2023", "ferritin"), ("IEC-HS", "IEC-HS-2023", "timing"),
            ("IEC-HS", "IEC-HS-2023", "liver"), ("IEC-HS", "IEC-HS-2023", "fibrinogen"),
        ),
        near=(("IEC-HS", "IEC-HS-2023", "triglycerides"),),
        unknown=(("IEC-HS", "IEC-HS-2023", "haemophagocytosis"),), settles="haemophagocytosis",
    ),
    Vignette(
        "release on the first dose of a bispecific antibody",
        WELL | {
            "age_y": 67, "temp_C": 38.6, "sbp": 128, "vasopressors": 0, "oxygen": "room_air",
        },
        ("teclistamab on day 0", "myeloma", "no infection"), ("CRS",), ("HLH of malignancy",), day=1,
        met=(("CRS", "ASTCT-CRS-2019", "fever"),), closed={"IEC-HS": "no cause told"},
        settles="ferritin",
    ),
    Vignette(
        "six hours after a superagonist of CD28",
        WELL | {
            "age_y": 26, "temp_C": 39.3, "map": 55, "noradrenaline": 0.4, "vasopressors": 2, "oxygen": "MV",
            "ventilation": "yes", "pao2": 84, "fio2": 0.6, "creatinine_mg_dL": 2.4, "plt": 60,
        },
        ("TGN1412 on day 0", "no infection"), ("CRS",), day=0,
        met=(("CRS", "ASTCT-CRS-2019", "hypotension"), ("CRS", "ASTCT-CRS-2019", "hypoxia")),
        closed={"IEC-HS": "no cause told", "sepsis": "cause denied"}, settles=None,
    ),
    Vignette(
        "plain influenza",
        WELL | {
            "age_y": 31, "temp_C": 39.0, "ferritin_ug_L": 180, "hb_g_dL": 14, "wbc": 5.6, "anc": 3.8,
            "plt": 190, "tg_mmol_L": 1.0, "fibrinogen_g_L": 3.8, "ast": 25, "splenomegaly": "no",
            "organomegaly": "none", "soluble_il2r": 700, "haemophagocytosis": "no", "nk_low": "no",
        },
        ("influenza",), (), settles=None,
        closed={"sepsis": "criteria not met", "HLH of infection": "criteria not met"},
    ),
    Vignette(
        "a healthy person", WELL | {"age_y": 30}, (), (), settles=None,
        closed={"sepsis": "no cause told", "CRS": "no cause told", "MAS": "no cause told"},
    ),
    Vignette(
        "a volunteer three hours after endotoxin",
        WELL | {"age_y": 23, "temp_C": 38.6, "hr": 104, "rr": 19, "wbc": 12.6, "paco2": 38, "bands": 6},
        ("endotoxin on day 0", "no infection"), ("response to endotoxin",), day=0, settles=None,
        met=(("response to endotoxin", "SIRS", "temperature"), ("response to endotoxin", "SIRS", "heart")),
        near=(("response to endotoxin", "SIRS", "breathing"),), closed={"sepsis": "cause denied"},
    ),
    Vignette(
        "fever without neutrophils after CAR T cells, infection suspected",
        WELL | {
            "age_y": 60, "temp_C": 39.4, "map": 60, "noradrenaline": 0.08, "vasopressors": 1,
            "oxygen": "nasal_cannula", "flow": 2, "anc": 0.1, "plt": 45, "lactate": 3,
        },
        ("CAR-T on day 0", "suspected infection", "neutropenia", "lymphodepletion on day -5"), (),
        ("IEC-HS", "CRS", "HLH of infection", "sepsis"), day=5, settles="infection",
        met=(("CRS", "ASTCT-CRS-2019", "hypotension"), ("sepsis", "SOFA", "coag")),
    ),
    Vignette(
        "the same, nothing said of infection",
        WELL | {
            "age_y": 60, "temp_C": 39.4, "map": 60, "noradrenaline": 0.08, "vasopressors": 1,
            "oxygen": "nasal_cannula", "flow": 2, "anc": 0.1, "plt": 45, "lactate": 3,
        },
        ("CAR-T on day 0",), ("CRS",), ("IEC-HS", "sepsis"), day=5, settles="infection",
    ),
    Vignette(
        "MIS-C five weeks after COVID-19",
        {
            "age_y": 9, "temp_C": 39.2, "crp_mg_L": 190, "hospitalised": "yes", "skin_involved": "yes",
            "gut_involved": "yes", "plt": 158, "alc": 1.4, "gcs": 15, "inr": 1.1, "ddimer": 1.5,
            "fibrinogen_g_L": 5, "lactate": 1.5, "vasoactives": 0, "intubated": "no",
            "respiratory_support": "no", "map": 70, "fixed_pupils": "no",
        },
        ("recent COVID-19", "no infection"), ("MIS-C",),
        met=(("MIS-C", "MIS-C-2023", "skin"), ("MIS-C", "MIS-C-2023", "link")),
        near=(("MIS-C", "MIS-C-2023", "blood"),), unknown=(("MIS-C", "MIS-C-2023", "heart"),),
        settles="heart_involved",
    ),
)  # fmt: skip
