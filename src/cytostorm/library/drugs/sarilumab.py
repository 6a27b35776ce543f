"""Sarilumab: an antibody that sits on the IL-6 receptor, with twenty times the affinity of tocilizumab."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, il6
from cytostorm.library.person import man, weight
from cytostorm.model import Module

m = Module(
    "sarilumab",
    "drug",
    "sarilumab",
    about="As tocilizumab. Clearance, volumes and elimination are those under the skin; into a vein more "
    "reaches plasma than is counted here.",
)

SOURCE = "Xu2019"
usual = m.parameter(
    "usual", 71.0, "kg", "weight for which the numbers hold", source=SOURCE, note="its reference"
)
by_weight = m.parameter("by_weight", 0.885, "1", "power of weight in clearance", source=SOURCE)
most_by_weight = m.parameter(
    "most_by_weight", 0.516, "1", "power of weight in elimination with the receptor", source=SOURCE
)
clearance = m.parameter(
    "clearance", 0.260, "L/d", "linear clearance in a man", source=SOURCE, spread=varies(55.3)
)
by_woman = m.parameter("by_woman", 0.846, "1", "clearance of a woman against a man's", source=SOURCE)
volume = m.parameter("volume", 2.08, "L", "central volume", source=SOURCE, spread=varies(37.3))
exchange = m.parameter("exchange", 0.156, "L/d", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 5.23, "L", "peripheral volume", source=SOURCE)
most = m.parameter(
    "most", 8.06, "mg/d", "largest elimination with the receptor", source=SOURCE, spread=varies(32.4)
)
half = m.parameter("half", 0.939, "mg/L", "level of half of that", source=SOURCE)
pace = m.parameter("pace", 0.136, "1/d", "absorption from under the skin", source=SOURCE, spread=varies(32.1))
size = weight / usual
drug = in_plasma(
    m,
    volume=volume,
    clearance=clearance * by_woman ** (1 - man) * size**by_weight * igg.faster,
    outer=outer,
    exchange=exchange,
    saturable=(most * size**most_by_weight, half),
)
absorbed(m, "sc", "under the skin", drug.amount, pace)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 144e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "receptors that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity",
    0.0619,
    "nmol/L",
    "level of free binding sites of half occupancy",
    "of one site (doi:10.1002/jcph.1795)",
)
m.stimulate(il6.blockers, sites * drug.level / mass / affinity, "the receptor is occupied")
m.lab("sarilumab", drug.level, "mg/L", "sarilumab in plasma")
