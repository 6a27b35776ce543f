"""Dasatinib: blocks the first kinase behind the T-cell receptor, and so pauses T cells."""

from cytostorm.library.cells import tcell
from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.kinetics import falls
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "dasatinib",
    "drug",
    "dasatinib",
    about="Engaged cells stop secreting, growing and killing within the hour, and take it up again when the "
    "drug has gone: CAR-T cells, those tied by an engager, and natural ones. What it does to blood "
    "counts is left out.",
)

SOURCE = "Hassouneh2024"
clearance = m.parameter(
    "clearance",
    273.0,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="in healthy men",
    spread=varies(68.5),
)
volume = m.parameter("volume", 18.98, "L", "central volume, likewise", source=SOURCE)
exchange = m.parameter("exchange", 64.6, "L/h", "clearance between compartments, likewise", source=SOURCE)
outer = m.parameter("outer", 487.9, "L", "peripheral volume, likewise", source=SOURCE)
transit = m.parameter(
    "transit",
    0.48,
    "h",
    "mean time before absorption starts",
    source=SOURCE,
    note="in nine steps there, in one here",
)
pace = m.parameter("pace", 0.37, "1/h", "absorption by mouth", source=SOURCE)
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=clearance * flow_size,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
swallowed = m.species("swallowed", "mg", "dasatinib that is swallowed", scale=1)
gut = m.species("gut", "mg", "dasatinib that can be absorbed", scale=1)
m.move(swallowed, gut, "transit", swallowed / transit)
m.move(gut, drug.amount, "absorption", pace * gut)
m.route("oral", swallowed, "mouth")

mass = molar_mass(m, 488.0, "a small molecule")
half = m.assumed(
    "half",
    25.0,
    "nmol/L",
    "level of half pause",
    "recalled from CAR-T cells in culture (doi:10.1126/scitranslmed.aau5907): part at 25, all at 100. "
    "Plasma binds more of it than culture does, so that this may promise too much",
)
m.modulate(tcell.lck, falls(drug.level / mass, half, 2), "the kinase LCK is blocked")
m.lab("dasatinib", drug.level, "ug/L", "dasatinib in plasma")
