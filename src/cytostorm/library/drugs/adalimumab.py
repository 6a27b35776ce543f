"""Adalimumab: an antibody that catches TNF, under the skin."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, tnf
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "adalimumab",
    "drug",
    "adalimumab",
    about="As infliximab, slowly absorbed. Antibodies against it, which double its clearance, are left out.",
)

SOURCE = "Kang2020"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearances", source=SOURCE)
clearance = m.parameter(
    "clearance",
    0.0117,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="in healthy men without antibodies against it: 0.421 times 0.0278",
    spread=varies(38.4),
)
volume = m.parameter("volume", 2.49, "L", "central volume, likewise", source=SOURCE, spread=varies(83.9))
exchange = m.parameter(
    "exchange", 0.0708, "L/h", "clearance between compartments, likewise", source=SOURCE, spread=varies(130.0)
)
outer = m.parameter("outer", 3.74, "L", "peripheral volume, likewise", source=SOURCE, spread=varies(36.3))
pace = m.parameter(
    "pace", 0.0108, "1/h", "absorption from under the skin", source=SOURCE, spread=varies(64.2)
)
size = weight / usual
flow = size**by_weight
drug = in_plasma(
    m,
    volume=volume * size,
    clearance=clearance * flow * igg.faster,
    outer=outer * size,
    exchange=exchange * flow,
)
absorbed(m, "sc", "under the skin: give each dose over 3 h, in which it spreads", drug.amount, pace)

mass = molar_mass(m, 148e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "TNF that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity",
    0.1,
    "nmol/L",
    "level of free binding sites of half binding",
    "that of infliximab, which it equals by plasmon resonance (doi:10.3748/wjg.v22.i42.9300, table 1)",
)
m.stimulate(tnf.catchers, sites * drug.level / mass / affinity, "TNF is caught")
m.lab("adalimumab", drug.level, "mg/L", "adalimumab in plasma")
