"""CXCL9 (MIG): made under interferon-γ alone; the mark of HLH."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "cxcl9",
    "mediator",
    "CXCL9 (MIG)",
    about="On the scale of the Luminex kit of Lucas2020; other kits read thirty times less.",
)

baseline = m.parameter(
    "baseline",
    2225.0,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.35),
)
elimination = m.assumed(
    "elimination", 0.15, "1/h", "elimination rate", "half-life of 4 to 5 h; no human value was found"
)
secretion, level = follows(m, baseline, elimination)
