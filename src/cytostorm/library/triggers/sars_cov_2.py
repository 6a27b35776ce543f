"""SARS-CoV-2 in the lung."""

from cytostorm.library.organs import airway
from cytostorm.library.triggers._virus import Traits, infects_lung
from cytostorm.model import LogNormal, Module

m = Module(
    "sars_cov_2",
    "trigger",
    "SARS-CoV-2",
    about="It silences the alarm for days, so that fever and T cells come late; SARS and MERS "
    "differ in numbers only.",
)

traits = Traits(
    growth=m.calibrated(
        "growth",
        0.115,
        "1/h",
        "spread from cell to cell at the start",
        "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); peak in the "
        "second week after infection",
        spread=LogNormal(1.05),
    ),
    death=m.calibrated(
        "death",
        0.012,
        "1/h",
        "death of infected cells",
        "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); infected cells "
        "live three to four days",
        spread=LogNormal(1.15),
    ),
    evasion=m.calibrated(
        "evasion",
        0.82,
        "1",
        "share of the interferon response it silences",
        "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); interferon comes late and low",
    ),
    dose=m.assumed(
        "dose",
        1e-5,
        "1",
        "cells infected at the start, as a share of the lung's",
        "a small inoculum",
        spread=LogNormal(2.0),
    ),
    tool=airway.polymerase,
)
infects_lung(m, traits)
