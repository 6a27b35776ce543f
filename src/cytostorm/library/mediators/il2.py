"""Interleukin-2: what T cells say to T cells."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "il2",
    "mediator",
    "interleukin-2",
    about="Most of it is taken up where it is made.",
)

baseline = m.assumed(
    "baseline", 2.0, "pg/mL", "level at rest", "within the 0.5 to 4 pg/mL of kits", spread=LogNormal(1.3)
)
elimination = m.parameter(
    "elimination",
    0.49,
    "1/h",
    "elimination rate",
    source="Konrad1990",
    note="slow phase of 85 min into a vein",
)
secretion, level = follows(m, baseline, elimination)
blockers = m.drive("blockers", "1", "load C/Kd of what blocks its receptor CD25; one site, loads add")
free = m.observable("free", 1 / (1 + blockers), "1", "share of receptors that are free")
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable(
    "signal",
    secretion / elimination * free * passed,
    "pg/mL",
    "IL-2 above rest that finds a free receptor and gets through",
)
