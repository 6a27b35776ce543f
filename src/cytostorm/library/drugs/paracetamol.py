"""Paracetamol: lowers the set-point of fever, once it is in the brain's fluid."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, varies
from cytostorm.library.kinetics import damped, rate_of
from cytostorm.library.organs import fever
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "paracetamol",
    "drug",
    "paracetamol",
    about="It hides fever and touches no cytokine. What it does to the liver in excess, and to blood "
    "pressure, is left out.",
)

SOURCE = "Anderson1998"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearance", source=SOURCE)
clearance = m.parameter(
    "clearance",
    10.2,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="in children, per 70 kg",
    spread=varies(47.0),
)
volume = m.parameter(
    "volume", 67.1, "L", "volume over the share that is absorbed", source=SOURCE, spread=varies(58.0)
)
pace = m.parameter("pace", 0.77, "1/h", "absorption by mouth", source=SOURCE, spread=varies(49.0))
size = weight / usual
drug = in_plasma(m, volume=volume * size, clearance=clearance * size**by_weight)
absorbed(m, "oral", "mouth", drug.amount, pace)
m.route("iv", drug.amount, "vein")

lag = m.parameter(
    "lag", 0.72, "h", "half-life of exchange with the brain's fluid", source=SOURCE, spread=varies(117.0)
)
slower = m.parameter("slower", 0.25, "1", "power of weight in it", source=SOURCE)
ratio = m.parameter(
    "ratio", 1.18, "1", "level in the brain's fluid against plasma", source=SOURCE, spread=varies(8.0)
)
brain = m.species("brain", "mg/L", "paracetamol in the brain's fluid", scale=0.1)
m.relax(brain, "exchange with plasma", ratio * drug.level, rate_of(lag) / size**slower)

half = m.assumed(
    "half",
    5.0,
    "mg/L",
    "level in the brain's fluid of half its effect",
    "target at the site of effect in a model of fever in children (Arch Dis Child 2008;93:241)",
)
most = m.assumed(
    "most",
    0.6,
    "1",
    "largest share of the set-point's rise that it takes",
    "never all; fever does not hang on prostaglandins of one enzyme alone",
)
m.modulate(fever.held, damped(brain, half, most), "fewer prostaglandins in the brain")
m.lab("paracetamol", drug.level, "mg/L", "paracetamol in plasma")
