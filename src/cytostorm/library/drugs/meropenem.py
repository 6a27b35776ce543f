"""Meropenem: an antibiotic that the kidney clears within hours."""

from cytostorm.library.drugs import antibiotic
from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.organs import kidney
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "meropenem",
    "drug",
    "meropenem",
    about="It comes on top of the antibiotics of usual care that the sepsis presets have; "
    "`sepsis.antibiotic` at 0 takes those away.",
)

SOURCE = "Li2006"
clearance = m.parameter(
    "clearance",
    14.6,
    "L/h",
    "clearance",
    source=SOURCE,
    note="with a creatinine clearance of 83 mL/min, at 35 years; slower in the old, which is left out",
    spread=varies(35.4),
)
by_kidney = m.parameter("by_kidney", 0.62, "1", "power of creatinine clearance in clearance", source=SOURCE)
volume = m.parameter("volume", 10.8, "L", "central volume", source=SOURCE)
exchange = m.parameter("exchange", 18.6, "L/h", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 12.6, "L", "peripheral volume", source=SOURCE)
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=clearance * flow_size * kidney.filtration**by_kidney,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
m.route("iv", drug.amount, "vein")

half = m.assumed(
    "half",
    0.5,
    "mg/L",
    "level of half killing",
    "of bacteria that are inhibited at a quarter to half of the breakpoint of 2; nearly all is unbound",
)
m.stimulate(antibiotic.load, drug.level / half, "meropenem")
m.lab("meropenem", drug.level, "mg/L", "meropenem in plasma")
