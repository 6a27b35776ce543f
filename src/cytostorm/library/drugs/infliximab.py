"""Infliximab: an antibody that catches TNF."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.labs import plasma
from cytostorm.library.mediators import igg, tnf
from cytostorm.library.person import flow_size, man, volume_size, weight
from cytostorm.model import Module

m = Module(
    "infliximab",
    "drug",
    "infliximab",
    about="Caught TNF stays in plasma, so that total TNF rises while its signal falls. What it does to cells "
    "that carry TNF on them is left out, and so are antibodies against it.",
)

SOURCE = "Fasanmade2009"
usual = m.parameter("usual", 77.0, "kg", "weight for which the central volume holds", source=SOURCE)
by_weight = m.parameter("by_weight", 0.538, "1", "power of weight in the central volume", source=SOURCE)
clearance = m.parameter(
    "clearance",
    0.407,
    "L/d",
    "clearance in a man",
    source=SOURCE,
    note="in ulcerative colitis, at 41 g/L of albumin",
    spread=varies(37.7),
)
by_albumin = m.parameter(
    "by_albumin",
    1.54,
    "1",
    "power of albumin in the reverse of clearance",
    source=SOURCE,
    note="taken against the person's own at rest",
)
less = m.parameter("less", 0.236, "1", "share of clearance that women lack", source=SOURCE)
less_volume = m.parameter(
    "less_volume", 0.137, "1", "share of the central volume that women lack", source=SOURCE
)
volume = m.parameter("volume", 3.29, "L", "central volume in a man", source=SOURCE, spread=varies(22.1))
exchange = m.parameter("exchange", 7.14, "L/d", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 4.13, "L", "peripheral volume", source=SOURCE)
drug = in_plasma(
    m,
    volume=volume * (weight / usual) ** by_weight * (1 - less_volume * (1 - man)),
    clearance=clearance * (1 - less * (1 - man)) * flow_size * igg.faster * plasma.left**-by_albumin,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 149e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "TNF that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity", 0.1, "nmol/L", "level of free binding sites of half binding", "recalled; label"
)
m.stimulate(tnf.catchers, sites * drug.level / mass / affinity, "TNF is caught")
m.lab("infliximab", drug.level, "mg/L", "infliximab in plasma")
