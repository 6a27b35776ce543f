"""Granulocyte-macrophage colony-stimulating factor: what T cells say to monocytes."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "gmcsf",
    "mediator",
    "granulocyte-macrophage colony-stimulating factor",
    about="Made by engaged T cells; it calls monocytes and makes them inflammatory. "
    "What an antibody has caught is not counted in the level.",
)

baseline = m.parameter("baseline", 2.43, "pg/mL", "level at rest", source="Jenner2021", spread=LogNormal(1.3))
elimination = m.parameter(
    "elimination", 0.6, "1/h", "elimination rate", source="Cebon1988", note="slow phase of 68 min"
)
secretion, level = follows(m, baseline, elimination)
catchers = m.drive("catchers", "1", "load C/Kd of what catches GM-CSF itself; one site, loads add")
loose = m.observable("loose", 1 / (1 + catchers), "1", "share of GM-CSF that is not caught")
blockers = m.drive("blockers", "1", "load C/Kd of what blocks its receptor; one site, loads add")
free = m.observable("free", 1 / (1 + blockers), "1", "share of receptors that are free")
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable(
    "signal",
    secretion / elimination * loose * free * passed,
    "pg/mL",
    "GM-CSF above rest that is loose, finds a free receptor and gets through",
)
