"""Autoinflammation and injury that can be run by name."""

from __future__ import annotations

from cytostorm.library.presets._limits import CHILD, MONTH, PLAUSIBLE, UNTREATED
from cytostorm.library.recipes import Recipe, body
from cytostorm.library.triggers import mas, sterile_injury

RECIPES = (
    Recipe(
        "mas",
        "macrophage activation syndrome in systemic juvenile arthritis",
        "A flare with IL-18 in excess, in a child whose NK cells kill poorly.",
        (mas.m, *body()),
        1344.0,
        1.0,
        (PLAUSIBLE, UNTREATED, CHILD),
        {
            "person.age": "8 year",
            "person.weight": "25 kg",
            "person.natural_killer": "0.4",
            "person.inflammasome": "4",
        },
        {
            "mild": {"mas.strength": "0.5"},
            "severe": {},
            "storm": {"mas.strength": "1.4", "person.killing": "0.3"},
        },
        "severe",
    ),
    Recipe(
        "still",
        "adult-onset Still's disease",
        "The adult's form: a flare with high IL-18, seldom with more.",
        (mas.m, *body()),
        1344.0,
        1.0,
        (PLAUSIBLE, UNTREATED),
        {
            "person.age": "38 year",
            "person.inflammasome": "2",
            "mas.presented": "0.04",
            "mas.il18_rate": "80 pg/mL/h",
        },
        {
            "severe": {},
            "storm": {"person.natural_killer": "0.3", "mas.strength": "2", "mas.presented": "0.25"},
        },
        "severe",
    ),
    Recipe(
        "lupus_mas",
        "macrophage activation syndrome in lupus",
        "A flare under type I interferon, with more self antigen and less IL-18.",
        (mas.m, *body()),
        1344.0,
        1.0,
        (PLAUSIBLE, UNTREATED),
        {
            "person.age": "30 year",
            "person.natural_killer": "0.6",
            "mas.presented": "0.6",
            "mas.il18_rate": "10 pg/mL/h",
        },
        {"severe": {}, "storm": {"mas.strength": "2.5", "person.killing": "0.4"}},
        "severe",
    ),
    Recipe(
        "kawasaki",
        "Kawasaki disease",
        "IL-1 above all, for two weeks, in a small child.",
        (mas.m, *body()),
        MONTH,
        1.0,
        (PLAUSIBLE, UNTREATED, CHILD),
        {
            "person.age": "3 year",
            "person.weight": "14 kg",
            "mas.il1_rate": "15 pg/mL/h",
            "mas.lasting": "288 h",
            "mas.il18_rate": "5 pg/mL/h",
            "mas.presented": "0.008",
        },
        {"mild": {"mas.strength": "0.5"}, "severe": {}},
        "severe",
    ),
    Recipe(
        "mis_c",
        "multisystem inflammatory syndrome in children",
        "A flare weeks after SARS-CoV-2: T cells, shock, a weak heart.",
        (mas.m, *body()),
        MONTH,
        1.0,
        (PLAUSIBLE, UNTREATED, CHILD),
        {
            "person.age": "9 year",
            "person.weight": "30 kg",
            "mas.il1_rate": "8 pg/mL/h",
            "mas.il18_rate": "25 pg/mL/h",
            "mas.presented": "0.15",
            "mas.lasting": "120 h",
            "person.immunity": "0.5",
            "mas.signals": "0.3",
        },
        {"severe": {}, "storm": {"mas.strength": "2.5"}},
        "severe",
    ),
    Recipe(
        "sterile_injury",
        "sterile injury",
        "Trauma, burns or pancreatitis: dead tissue, and the loop that may follow.",
        (sterile_injury.m, *body()),
        MONTH,
        1.0,
        (PLAUSIBLE, UNTREATED),
        {},
        {
            "mild": {"sterile_injury.dose": "0.03"},
            "severe": {"sterile_injury.dose": "0.13"},
            "storm": {"sterile_injury.dose": "0.5"},
        },
        "severe",
    ),
)
