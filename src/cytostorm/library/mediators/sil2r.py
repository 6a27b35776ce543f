"""Soluble interleukin-2 receptor: shed by activated T cells."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import LogNormal, Module

m = Module(
    "sil2r",
    "mediator",
    "soluble interleukin-2 receptor",
    about="The alpha chain (CD25), in units per millilitre.",
)

baseline = m.assumed(
    "baseline",
    400.0,
    "U/mL",
    "level at rest",
    "middle of the usual range of 200 to 700 U/mL",
    spread=LogNormal(1.3),
)
elimination = m.assumed(
    "elimination", 0.03, "1/h", "elimination rate", "half-life of a day: it tells of the days before"
)
level = circulates(m, baseline, elimination)
