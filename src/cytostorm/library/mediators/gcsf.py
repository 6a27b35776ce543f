"""Granulocyte colony-stimulating factor: calls neutrophils out of the marrow."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "gcsf",
    "mediator",
    "granulocyte colony-stimulating factor",
    about="Made by inflamed macrophages and the vessel wall.",
)

baseline = m.parameter("baseline", 25.0, "pg/mL", "level at rest", source="Jenner2021", spread=LogNormal(1.3))
elimination = m.assumed("elimination", 0.2, "1/h", "elimination rate", "half-life of 3.5 h, as of filgrastim")
secretion, level = follows(m, baseline, elimination)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable("signal", secretion / elimination * passed, "pg/mL", "G-CSF above rest that cells feel")
