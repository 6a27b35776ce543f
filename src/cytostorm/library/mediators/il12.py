"""Interleukin-12: with IL-18 it makes NK and T cells give interferon-γ."""

from cytostorm.library.mediators._cytokine import exceeds
from cytostorm.model import LogNormal, Module

m = Module(
    "il12",
    "mediator",
    "interleukin-12",
    about="The active heterodimer p70. It stays for half a day, unlike most cytokines.",
)

baseline = m.assumed(
    "baseline",
    2.0,
    "pg/mL",
    "level at rest",
    "near the limit of detection of most kits",
    spread=LogNormal(1.3),
)
elimination = m.assumed(
    "elimination", 0.05, "1/h", "elimination rate", "half-life of 14 h, as the 13 to 19 h in rhesus monkeys"
)
excess, level = exceeds(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable("signal", excess * passed, "pg/mL", "IL-12 above rest that cells feel")
