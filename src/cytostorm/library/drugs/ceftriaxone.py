"""Ceftriaxone: an antibiotic that proteins hold, given once a day."""

from cytostorm.library.drugs import antibiotic
from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.organs import kidney
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "ceftriaxone",
    "drug",
    "ceftriaxone",
    about="It comes on top of the antibiotics of usual care that the sepsis presets have; "
    "`sepsis.antibiotic` at 0 takes those away. Binding is taken as constant; it saturates.",
)

SOURCE = "Garot2011"
other = m.parameter("other", 0.56, "L/h", "clearance without kidneys", source=SOURCE)
renal = m.parameter(
    "renal",
    0.32,
    "L/h",
    "clearance by kidneys",
    source=SOURCE,
    note="with a creatinine clearance of 71 mL/min, the median in septic patients",
)
fast = m.covariate(
    "fast",
    1.0,
    "1",
    "how fast this person clears it, against the median",
    source=SOURCE,
    note="spread of clearance",
    spread=varies(52.0),
)
volume = m.parameter("volume", 10.3, "L", "central volume", source=SOURCE, spread=varies(51.0))
exchange = m.parameter("exchange", 5.28, "L/h", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 7.35, "L", "peripheral volume", source=SOURCE, spread=varies(72.0))
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=(other + renal * kidney.filtration) * fast * flow_size,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
m.route("iv", drug.amount, "vein")

free = m.assumed("free", 0.1, "1", "share in plasma that no protein holds", "recalled, 5 to 15 %")
half = m.assumed(
    "half",
    0.25,
    "mg/L",
    "unbound level of half killing",
    "of bacteria that are inhibited at a quarter of the breakpoint of 1",
)
m.stimulate(antibiotic.load, free * drug.level / half, "ceftriaxone")
m.lab("ceftriaxone", drug.level, "mg/L", "ceftriaxone in plasma")
