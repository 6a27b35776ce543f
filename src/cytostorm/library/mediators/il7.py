"""Interleukin-7: keeps naive T cells; plentiful when they are few."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "il7",
    "mediator",
    "interleukin-7",
    about="It rises because fewer lymphocytes take it up.",
)

baseline = m.assumed(
    "baseline", 10.0, "pg/mL", "level at rest", "usual level of adults", spread=LogNormal(1.3)
)
elimination = m.assumed(
    "elimination", 0.1, "1/h", "elimination rate", "half-life of 6 to 12 h, as of the recombinant protein"
)
secretion, level = follows(m, baseline, elimination)
