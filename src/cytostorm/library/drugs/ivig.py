"""Immunoglobulin G of many donors, given by the gram."""

from cytostorm.library.cells import macrophage
from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.kinetics import damped
from cytostorm.library.mediators import igg
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "ivig",
    "drug",
    "intravenous immunoglobulin",
    about="It fills Fc receptors and catches complement, which calms macrophages a little, and speeds the "
    "loss of every antibody, also of those given as drugs. Complement, thickened blood and broken red cells "
    "are left out.",
)

SOURCE = "Tortorici2019"
usual = m.parameter("usual", 72.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.796, "1", "power of weight in clearance", source=SOURCE)
volume_by_weight = m.parameter(
    "volume_by_weight", 1.1, "1", "power of weight in the central volume", source=SOURCE
)
clearance = m.parameter("clearance", 0.152, "L/d", "clearance", source=SOURCE, spread=varies(53.1))
volume = m.parameter(
    "volume",
    3.08,
    "L",
    "central volume",
    source=SOURCE,
    note="in primary immunodeficiency; 8.75 L in secondary",
    spread=varies(75.4),
)
exchange = m.parameter("exchange", 0.825, "L/d", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 1.8, "L", "peripheral volume", source=SOURCE)
size = weight / usual
drug = in_plasma(
    m,
    volume=volume * size**volume_by_weight,
    clearance=clearance * size**by_weight * igg.faster,
    outer=outer,
    exchange=exchange,
)
m.route("iv", drug.amount, "vein")
m.stimulate(igg.given, drug.level, "immunoglobulin given")

half = m.assumed(
    "half", 20.0, "g/L", "immunoglobulin given of half its calming", "low doses replace, high doses calm"
)
most = m.assumed(
    "most", 0.3, "1", "largest share of macrophages' secretion that it takes", "modest; no number was found"
)
m.modulate(macrophage.secretion, damped(drug.level, half, most), "Fc receptors and complement")
m.lab("igg", igg.level, "g/L", "immunoglobulin G", normal=(7, 16), source="assumed", note="usual adult range")
