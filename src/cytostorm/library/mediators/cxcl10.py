"""CXCL10 (IP-10): interferons make it; it calls T cells."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "cxcl10",
    "mediator",
    "CXCL10 (IP-10)",
    about="It follows interferon-γ and type I interferon within hours.",
)

baseline = m.parameter(
    "baseline",
    133.0,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.35),
)
elimination = m.assumed(
    "elimination", 0.3, "1/h", "elimination rate", "half-life of 2 to 3 h; no human value was found"
)
secretion, level = follows(m, baseline, elimination)
