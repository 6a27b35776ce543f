"""Interleukin-15: keeps T and NK cells; plentiful when they are few."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "il15",
    "mediator",
    "interleukin-15",
    about="It rises because fewer lymphocytes take it up, as after lymphodepletion.",
)

baseline = m.assumed(
    "baseline", 3.0, "pg/mL", "level at rest", "usual level before lymphodepletion", spread=LogNormal(1.3)
)
elimination = m.assumed(
    "elimination", 0.28, "1/h", "elimination rate", "half-life of 2.5 h, as of the recombinant protein"
)
secretion, level = follows(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable("signal", secretion / elimination * passed, "pg/mL", "IL-15 above rest that cells feel")
