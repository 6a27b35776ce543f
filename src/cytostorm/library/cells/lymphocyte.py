"""Lymphocytes in blood: TNF and cortisol send them to tissue, and they come back."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import cortisol, tnf
from cytostorm.model import LogNormal, Module

FIT = "to the nadir at 4 h and the return by 24 h after 2 ng/kg of endotoxin (Copeland2005)"

m = Module(
    "lymphocyte",
    "cell",
    "lymphocytes",
    about="All lymphocytes together, moving between blood and tissue; none are made or die within hours.",
)

count = m.parameter(
    "count",
    2000.0,
    "cells/uL",
    "lymphocytes in blood at rest",
    source="assumed",
    note="middle of the usual range of 1000 to 4000",
    spread=LogNormal(1.25),
)
tissue_ratio = m.parameter(
    "tissue_ratio",
    50.0,
    "1",
    "lymphocytes in tissue for each in blood",
    source="assumed",
    note="blood holds about 2 % of them",
)
leaving = m.parameter(
    "leaving",
    1.35,
    "1/h",
    "rate of leaving the blood",
    source="assumed",
    note="fast enough for a nadir at 4 h",
)
by_tnf = m.parameter("by_tnf", 0.82, "1", "how many times faster at full TNF", source="calibrated", note=FIT)
half_tnf = m.parameter(
    "half_tnf", 77.6, "pg/mL", "TNF of half that", source="assumed", note="a third of the peak after 2 ng/kg"
)
by_cortisol = m.parameter(
    "by_cortisol",
    5.45,
    "1",
    "how many times faster at full cortisol",
    source="assumed",
    note="so that the nadir is a third of rest; no row gives its depth",
)
half_cortisol = m.parameter(
    "half_cortisol", 600.0, "nmol/L", "cortisol of half that", source="assumed", note="a stress level"
)

blood = m.species("blood", "cells/uL", "lymphocytes in blood", initial=count, scale=100)
tissue = m.species(
    "tissue",
    "cells/uL",
    "lymphocytes in tissue, per volume of blood",
    initial=count * tissue_ratio,
    scale=1000,
)
pull = 1 + by_tnf * rises(tnf.level, half_tnf) + by_cortisol * rises(cortisol.level, half_cortisol, 3)
pull_at_rest = (
    1 + by_tnf * rises(tnf.baseline, half_tnf) + by_cortisol * rises(cortisol.baseline, half_cortisol, 3)
)
m.move(blood, tissue, "leaving the blood", leaving * pull * blood)
m.move(tissue, blood, "coming back", leaving * pull_at_rest / tissue_ratio * tissue)
m.conserve("lymphocytes", blood + tissue)
