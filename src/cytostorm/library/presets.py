"""Storms that can be run by name: each trigger, its usual patient, and how bad it gets."""

from __future__ import annotations

from cytostorm.library.recipes import Recipe, body

MONTH = 672.0
"""Four weeks, in hours."""
PLAUSIBLE = (
    "No row of this trigger was there to calibrate on: it is held by the laws that every storm obeys, and is plausible, "
    "not calibrated."
)
UNTREATED = (
    "Nobody is given oxygen, a ventilator, fluids, vasopressors or a drug; the hazard of death is that of patients who had "
    "the usual care of their time."
)
SMALL = "People differ in what is known to vary; families of genes, pregnancy and childhood are left out."


def infections() -> list[Recipe]:
    """Return infections of the lung and of blood."""
    from cytostorm.library.triggers import influenza, sars_cov_2, sepsis, viraemia

    adult = {"person.age": "60 year", "person.comorbidity": "0.4"}
    return [
        Recipe(
            "influenza",
            "influenza",
            "Influenza A, from a week in bed to the storm of strains that come from birds.",
            (influenza.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "40 year"},
            {
                "mild": {"person.immunity": "0.3"},
                "severe": {"influenza.dose": "1e-4", "person.age": "60 year", "person.comorbidity": "0.7"},
                "storm": {"influenza.dose": "1e-3", "influenza.growth": "0.3 1/h", "influenza.evasion": "0.6"},
            },
            "severe",
        ),
        Recipe(
            "sars_cov_2",
            "COVID-19",
            "SARS-CoV-2 in those who are brought to hospital: late alarm, late T cells, and in some a second week of storm.",
            (sars_cov_2.m, *body()),
            1008.0, 1.0, (UNTREATED, SMALL),
            adult,
            {
                "mild": {"person.age": "35 year", "person.comorbidity": "0"},
                "severe": {},
                "storm": {"person.age": "70 year", "person.comorbidity": "1", "person.interferon": "0.5"},
            },
            "severe",
            "calibrated",
        ),
        Recipe(
            "sepsis",
            "bacterial sepsis",
            "Bacteria outrun the phagocytes at a site and reach the blood.",
            (sepsis.m, *body()),
            MONTH, 1.0, (UNTREATED, SMALL),
            adult | {"sepsis.antibiotic": "0.4 1/h"},
            {
                "mild": {"sepsis.dose": "1e-4", "sepsis.delay": "22 h"},
                "severe": {},
                "storm": {"sepsis.dose": "0.02", "sepsis.delay": "60 h"},
            },
            "severe",
            "calibrated",
        ),
        Recipe(
            "hlh",
            "primary haemophagocytic lymphohistiocytosis",
            "An ordinary virus in a person whose T and NK cells cannot kill.",
            (viraemia.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "5 year", "person.weight": "18 kg"},
            {
                "mild": {"person.killing": "0.5"},
                "severe": {"person.killing": "0.05"},
                "storm": {"person.killing": "0"},
            },
            "storm",
        ),
        Recipe(
            "hlh_ebv",
            "EBV-associated HLH",
            "Epstein-Barr virus that grows fast and silences more, in a person whose killing is a little slow.",
            (viraemia.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "15 year", "viraemia.growth": "0.09 1/h", "viraemia.evasion": "0.8"},
            {"mild": {}, "severe": {"person.killing": "0.3"}, "storm": {"person.killing": "0.1"}},
            "severe",
        ),
        Recipe(
            "hlh_lymphoma",
            "lymphoma-associated HLH",
            "Antigen that grows slowly and does not go away, in an old person with tired killers.",
            (viraemia.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "65 year", "person.killing": "0.15", "viraemia.growth": "0.03 1/h", "viraemia.dose": "0.01"},
            {"severe": {}, "storm": {"person.killing": "0.05"}},
            "severe",
        ),
        Recipe(
            "dengue",
            "dengue-like viraemia",
            "A virus of blood cells that opens vessels for a few days.",
            (viraemia.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {"viraemia.growth": "0.12 1/h", "viraemia.harm": "0.15 1/h", "viraemia.evasion": "0.2"},
            {"mild": {"person.immunity": "0.1"}, "severe": {}, "storm": {"viraemia.harm": "0.3 1/h", "viraemia.dose": "1e-3"}},
            "severe",
        ),
        Recipe(
            "ebola",
            "Ebola-like viraemia",
            "A virus that outruns T cells, is loudly sensed, and destroys vessels.",
            (viraemia.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {
                "viraemia.growth": "0.14 1/h", "viraemia.harm": "0.3 1/h", "viraemia.evasion": "0.9",
                "viraemia.most": "0.8", "viraemia.sensed": "0.8",
            },
            {"severe": {"person.immunity": "0.1"}, "storm": {}},
            "storm",
        ),
        Recipe(
            "sars", "SARS", "The coronavirus of 2003: as its cousin, with more harm to the cells it infects.",
            (sars_cov_2.m, *body()),
            1008.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "45 year", "sars_cov_2.death": "0.035 1/h", "sars_cov_2.evasion": "0.75"},
            {"severe": {}, "storm": {"person.age": "65 year"}}, "severe",
        ),
        Recipe(
            "mers", "MERS", "The coronavirus of 2012: more harm still, in older people with chronic disease.",
            (sars_cov_2.m, *body()),
            1008.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "55 year", "person.comorbidity": "0.8", "sars_cov_2.death": "0.04 1/h", "sars_cov_2.evasion": "0.85"},
            {"severe": {}, "storm": {"sars_cov_2.dose": "1e-3"}}, "severe",
        ),
        Recipe(
            "malaria", "severe malaria", "Parasites in blood cells, sensed in every organ; they grow in steps that are left out.",
            (sepsis.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {
                "person.age": "20 year", "sepsis.growth": "0.06 1/h", "sepsis.spreading": "2 1/h", "sepsis.potency": "6",
                "sepsis.in_lung": "0", "sepsis.toxicity": "0.001 1/h", "sepsis.killing": "0.05 1/h",
            },
            {"mild": {"sepsis.dose": "1e-5"}, "severe": {}, "storm": {"sepsis.growth": "0.09 1/h"}}, "severe",
        ),
        Recipe(
            "fungal_sepsis", "fungal sepsis", "Yeast in the blood of a person in intensive care: slower growth, later treatment.",
            (sepsis.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {
                "person.age": "60 year", "person.comorbidity": "1", "sepsis.growth": "0.15 1/h", "sepsis.potency": "25",
                "sepsis.in_lung": "0.2", "sepsis.antibiotic": "0.15 1/h", "sepsis.delay": "72 h",
            },
            {"severe": {}, "storm": {"sepsis.delay": "144 h"}}, "severe",
        ),
    ]  # fmt: skip


def of_the_body_itself() -> list[Recipe]:
    """Return autoinflammation and injury."""
    from cytostorm.library.triggers import mas, sterile_injury

    return [
        Recipe(
            "mas", "macrophage activation syndrome in systemic juvenile arthritis",
            "A flare with IL-18 in excess, in a child whose NK cells kill poorly.",
            (mas.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "8 year", "person.weight": "25 kg", "person.natural_killer": "0.4", "person.inflammasome": "4"},
            {"mild": {"mas.strength": "0.5"}, "severe": {}, "storm": {"mas.strength": "2", "person.killing": "0.3"}},
            "severe",
        ),
        Recipe(
            "still", "adult-onset Still's disease", "The adult's form: a flare with high IL-18, seldom with more.",
            (mas.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "38 year", "person.inflammasome": "3"},
            {"severe": {}, "storm": {"person.natural_killer": "0.3", "mas.strength": "2"}}, "severe",
        ),
        Recipe(
            "lupus_mas", "macrophage activation syndrome in lupus", "A flare under type I interferon, with more self antigen and less IL-18.",
            (mas.m, *body()),
            1344.0, 1.0, (PLAUSIBLE, UNTREATED),
            {"person.age": "30 year", "person.natural_killer": "0.6", "mas.presented": "0.4", "mas.il18_rate": "10 pg/mL/h"},
            {"severe": {}, "storm": {"mas.strength": "2.5", "person.killing": "0.4"}}, "severe",
        ),
        Recipe(
            "kawasaki", "Kawasaki disease", "IL-1 above all, for ten days, in a small child.",
            (mas.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {
                "person.age": "3 year", "person.weight": "14 kg", "mas.il1_rate": "15 pg/mL/h", "mas.il18_rate": "5 pg/mL/h",
                "mas.presented": "0.02",
            },
            {"mild": {"mas.strength": "0.5"}, "severe": {}}, "severe",
        ),
        Recipe(
            "mis_c", "multisystem inflammatory syndrome in children", "A flare weeks after SARS-CoV-2: T cells, shock, a weak heart.",
            (mas.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {
                "person.age": "9 year", "person.weight": "30 kg", "mas.il1_rate": "12 pg/mL/h", "mas.presented": "0.3",
                "mas.lasting": "120 h", "person.immunity": "0.5", "mas.signals": "0.8",
            },
            {"severe": {}, "storm": {"mas.strength": "2.5"}}, "severe",
        ),
        Recipe(
            "sterile_injury", "sterile injury", "Trauma, burns or pancreatitis: dead tissue, and the loop that may follow.",
            (sterile_injury.m, *body()),
            MONTH, 1.0, (PLAUSIBLE, UNTREATED),
            {},
            {
                "mild": {"sterile_injury.dose": "0.03"},
                "severe": {"sterile_injury.dose": "0.15"},
                "storm": {"sterile_injury.dose": "0.5"},
            },
            "severe",
        ),
    ]  # fmt: skip


def therapies() -> list[Recipe]:
    """Return therapies that release cytokines."""
    from cytostorm.library.triggers import bispecific, car_t, superagonist

    prepared = {"person.conditioning": "0.9"}
    return [
        Recipe(
            "car_t", "CAR-T cell therapy", "CD19 CAR-T cells after lymphodepletion: release follows the load of leukaemia.",
            (car_t.m, *body()),
            MONTH, 1.0, (UNTREATED, SMALL),
            prepared,
            {
                "mild": {"car_t.load": "0.08"},
                "severe": {"car_t.load": "0.8"},
                "storm": {"car_t.load": "1.5", "car_t.dose": "5 Mcell/kg", "car_t.cd28": "1"},
            },
            evidence="calibrated",
        ),
        Recipe(
            "bispecific", "bispecific T-cell engager", "Blinatumomab at the full dose from the start: release within the first day.",
            (bispecific.m, *body()),
            240.0, 0.5, (UNTREATED, SMALL),
            {"person.age": "50 year"},
            {
                "mild": {"bispecific.dose": "9 ug", "bispecific.load": "0.1"},
                "severe": {"bispecific.load": "0.8"},
                "storm": {"bispecific.dose": "300 ug", "bispecific.load": "3"},
            },
            evidence="calibrated",
        ),
        Recipe(
            "superagonist", "anti-CD28 superagonist", "TGN1412 in healthy men: all memory cells fire within the hour.",
            (superagonist.m, *body()),
            MONTH, 0.5, (UNTREATED, SMALL),
            {"person.man": "1"},
            {"mild": {"superagonist.dose": "0.002 mg/kg"}, "storm": {}},
            "storm",
            "calibrated",
        ),
    ]  # fmt: skip
