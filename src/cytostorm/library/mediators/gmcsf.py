"""Granulocyte-macrophage colony-stimulating factor: what T cells say to monocytes."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "gmcsf",
    "mediator",
    "granulocyte-macrophage colony-stimulating factor",
    about="Made by engaged T cells; it calls monocytes and makes them inflammatory.",
)

baseline = m.parameter("baseline", 2.43, "pg/mL", "level at rest", source="Jenner2021", spread=LogNormal(1.3))
elimination = m.parameter(
    "elimination", 0.6, "1/h", "elimination rate", source="Cebon1988", note="slow phase of 68 min"
)
secretion, level = follows(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable(
    "signal", secretion / elimination * passed, "pg/mL", "GM-CSF above rest that cells feel"
)
