"""Interleukin-17A: calls neutrophils to a site."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "il17",
    "mediator",
    "interleukin-17A",
    about="Made by Th17 cells, here a share of the engaged T cells.",
)

baseline = m.assumed(
    "baseline", 1.0, "pg/mL", "level at rest", "near the limit of detection", spread=LogNormal(1.3)
)
elimination = m.assumed(
    "elimination", 0.5, "1/h", "elimination rate", "half-life near 1.4 h; no human value was found"
)
secretion, level = follows(m, baseline, elimination)
