"""Ciclosporin: stops calcineurin, without which T cells neither secrete nor grow."""

from cytostorm.library.cells import tcell
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, varies
from cytostorm.library.drugs.cyp3a4 import by_cyp3a4
from cytostorm.library.kinetics import damped
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "ciclosporin",
    "drug",
    "ciclosporin",
    about="Levels are those of whole blood. What it does to kidney, vessels and pressure, and what "
    "other drugs do to its level, is left out.",
)

SOURCE = "Wilhelm2012"
clearance = m.parameter(
    "clearance",
    21.9,
    "L/h",
    "clearance from whole blood",
    source=SOURCE,
    note="after transplantation of stem cells, with fluconazole",
    spread=varies(22.2),
)
volume = m.parameter("volume", 16.6, "L", "central volume", source=SOURCE, spread=varies(26.9))
exchange = m.parameter(
    "exchange", 24.2, "L/h", "clearance between compartments", source=SOURCE, spread=varies(28.2)
)
outer = m.parameter("outer", 59.0, "L", "peripheral volume", source=SOURCE, spread=varies(30.6))
share = m.parameter("share", 0.71, "1", "share absorbed by mouth", source=SOURCE)
pace = m.parameter(
    "pace",
    0.28,
    "1/h",
    "absorption by mouth",
    source=SOURCE,
    note="after 0.44 h, which are left out",
    spread=varies(43.8),
)
left = by_cyp3a4(m, 0.9, "nearly all of it; ketoconazole raises its level several times")
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=clearance * left * flow_size,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
absorbed(m, "oral", "mouth", drug.amount, pace, share=share)
m.route("iv", drug.amount, "vein")

half = m.assumed(
    "half",
    200.0,
    "ug/L",
    "level in whole blood of half its effect",
    "the lower end of the troughs aimed at, 200 to 400; no curve of cytokines was read",
)
most = m.assumed(
    "most", 0.9, "1", "largest share of growth and secretion that it takes", "part goes without calcineurin"
)
for what in (tcell.fit, tcell.dividing):
    m.modulate(what, damped(drug.level, half, most), "calcineurin is stopped")
m.lab("ciclosporin", drug.level, "ug/L", "ciclosporin in whole blood")
