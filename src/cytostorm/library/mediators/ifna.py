"""Type I interferon: the alarm of infected cells."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "ifna",
    "mediator",
    "type I interferon",
    about="Interferon-α2 stands for all type I interferons; the body's IFN-β is not told apart.",
)

baseline = m.parameter(
    "baseline",
    29.9,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.3),
)
elimination = m.assumed(
    "elimination", 0.3, "1/h", "elimination rate", "half-life of 2 to 3 h, as of the recombinant protein"
)
secretion, level = follows(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable(
    "signal", secretion / elimination * passed, "pg/mL", "type I interferon above rest that cells feel"
)
