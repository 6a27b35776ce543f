"""Therapies that release cytokines, to be run by name."""

from __future__ import annotations

from cytostorm.library.presets._limits import CHILD, MONTH, SMALL, UNTREATED
from cytostorm.library.recipes import Recipe, body
from cytostorm.library.triggers import bispecific, car_t, superagonist

PREPARED = {"person.conditioning": "0.9"}
RECIPES = (
    Recipe(
        "car_t",
        "CAR-T cell therapy",
        "CD19 CAR-T cells after lymphodepletion: release follows the load of leukaemia, and comes "
        "faster with a CD28 product.",
        (car_t.m, *body()),
        MONTH,
        1.0,
        (UNTREATED, SMALL, CHILD),
        PREPARED,
        {
            "mild": {"car_t.load": "0.2"},
            "severe": {"car_t.load": "0.25", "car_t.cd28": "1"},
            "storm": {"car_t.load": "0.8", "car_t.dose": "4 Mcell/kg", "car_t.cd28": "1"},
        },
        evidence="calibrated",
    ),
    Recipe(
        "bispecific",
        "bispecific T-cell engager",
        "Blinatumomab at the full dose from the start: release within the first day.",
        (bispecific.m, *body()),
        240.0,
        0.5,
        (UNTREATED, SMALL),
        {"person.age": "50 year"},
        {
            "mild": {"bispecific.dose": "9 ug", "bispecific.load": "0.1"},
            "severe": {"bispecific.load": "0.8"},
            "storm": {"bispecific.dose": "200 ug", "bispecific.load": "1.5"},
        },
        evidence="calibrated",
    ),
    Recipe(
        "superagonist",
        "anti-CD28 superagonist",
        "TGN1412 in healthy men: all memory cells fire within the hour.",
        (superagonist.m, *body()),
        MONTH,
        0.5,
        (UNTREATED, SMALL),
        {"person.man": "1"},
        {"mild": {"superagonist.dose": "0.002 mg/kg"}, "storm": {}},
        "storm",
        "calibrated",
    ),
)
