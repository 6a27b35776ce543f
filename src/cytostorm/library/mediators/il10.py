"""Interleukin-10: the brake."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import LogNormal, Module

m = Module(
    "il10",
    "mediator",
    "interleukin-10",
    about="It damps secretion of the inflammatory cytokines, never to nothing. Its exchange with tissue is "
    "left out, so the elimination rate is an effective one: given into a vein, IL-10 would leave too fast.",
)

baseline = m.parameter(
    "baseline",
    2.9,
    "pg/mL",
    "level at rest",
    source="assumed",
    note="between the laboratories: 4.2 in Janum2016, 0 to 1 in Kiers2017",
    spread=LogNormal(1.1),
)
elimination = m.parameter(
    "elimination",
    1.5,
    "1/h",
    "effective elimination rate",
    source="calibrated",
    note="to the endotoxin curves; given into a vein its terminal half-life is 2.3 to 3.7 h (Huhn1996)",
)
level = circulates(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable("signal", level * passed, "pg/mL", "IL-10 that cells feel")
