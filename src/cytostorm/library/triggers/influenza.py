"""Influenza A in the lung."""

from cytostorm.library.organs import airway
from cytostorm.library.triggers._virus import Traits, infects_lung
from cytostorm.model import LogNormal, Module

m = Module(
    "influenza",
    "trigger",
    "influenza",
    about="From seasonal strains to those of birds: they differ in growth, in how many cells "
    "reach the lung, and in harm.",
)

traits = Traits(
    growth=m.assumed(
        "growth",
        0.8,
        "1/h",
        "spread from cell to cell at the start",
        "peak on the second day; each infected cell infects a dozen",
        spread=LogNormal(1.05),
    ),
    death=m.assumed(
        "death",
        0.06,
        "1/h",
        "death of infected cells",
        "infected cells live two thirds of a day",
        spread=LogNormal(1.15),
    ),
    evasion=m.assumed(
        "evasion", 0.4, "1", "share of the interferon response it silences", "NS1 silences part"
    ),
    dose=m.assumed(
        "dose",
        1e-6,
        "1",
        "cells infected at the start, as a share of the lung's",
        "a small inoculum",
        spread=LogNormal(2.0),
    ),
    tool=airway.neuraminidase,
)
infects_lung(m, traits)
