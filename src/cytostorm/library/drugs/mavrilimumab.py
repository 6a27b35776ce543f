"""Mavrilimumab: an antibody that sits on the receptor of GM-CSF, and is used up by it."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass
from cytostorm.library.mediators import gmcsf, igg
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "mavrilimumab",
    "drug",
    "mavrilimumab",
    about="The receptor takes small doses away within days; from 1 mg/kg on it goes like other antibodies.",
)

SOURCE = "Stein2018"
clearance = m.parameter("clearance", 0.3, "L/d", "linear clearance", source=SOURCE, note="in arthritis")
volume = m.parameter("volume", 2.8, "L", "central volume", source=SOURCE)
exchange = m.parameter("exchange", 1.7, "L/d", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 5.6, "L", "peripheral volume", source=SOURCE)
made = m.parameter(
    "made",
    2.4,
    "nmol/L/d",
    "receptors made, each of which takes one antibody away",
    source=SOURCE,
    note="the largest elimination with the receptor, over the central volume",
)
half = m.parameter(
    "half",
    1.1,
    "nmol/L",
    "level of half occupancy of the receptor",
    source=SOURCE,
    note="the constant of elimination, in the quasi-steady state that of binding",
)
mass = molar_mass(m, 150e3, "as in Stein2018")
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=clearance * flow_size * igg.faster,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
    saturable=(made * mass * volume * flow_size, half * mass),
)
m.route("iv", drug.amount, "vein")
m.stimulate(gmcsf.blockers, drug.level / mass / half, "the receptor is occupied")
m.lab("mavrilimumab", drug.level, "mg/L", "mavrilimumab in plasma")
