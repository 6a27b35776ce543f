"""Canakinumab: an antibody that catches interleukin-1β."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, il1b
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "canakinumab",
    "drug",
    "canakinumab",
    about="Caught IL-1β does not signal and stays with the antibody, so that total IL-1β rises. IL-1α, "
    "which it leaves alone and anakinra does not, is not told apart here.",
)

SOURCE = "AitOudhia2012"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearances", source=SOURCE)
clearance = m.parameter(
    "clearance",
    0.104,
    "L/d",
    "clearance",
    source=SOURCE,
    note="in rheumatoid arthritis",
    spread=varies(11.8),
)
volume = m.parameter("volume", 3.71, "L", "central volume", source=SOURCE, spread=varies(37.0))
exchange = m.parameter(
    "exchange", 0.165, "L/d", "clearance between compartments", source=SOURCE, spread=varies(13.2)
)
outer = m.parameter("outer", 2.24, "L", "peripheral volume", source=SOURCE, spread=varies(39.9))
pace = m.parameter("pace", 0.266, "1/d", "absorption from under the skin", source=SOURCE, spread=varies(5.0))
share = m.parameter("share", 0.667, "1", "share absorbed from under the skin", source=SOURCE)
size = weight / usual
flow = size**by_weight
drug = in_plasma(
    m,
    volume=volume * size,
    clearance=clearance * flow * igg.faster,
    outer=outer * size,
    exchange=exchange * flow,
)
absorbed(m, "sc", "under the skin", drug.amount, pace, share=share)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 150e3, "an immunoglobulin G1")
affinity = m.parameter(
    "affinity",
    0.38,
    "nmol/L",
    "level at which half of IL-1β is caught",
    source=SOURCE,
    note="in the body; ten times what is measured outside it",
    spread=varies(34.0),
)
m.stimulate(il1b.catchers, drug.level / mass / affinity, "IL-1β is caught")
m.lab("canakinumab", drug.level, "mg/L", "canakinumab in plasma")
