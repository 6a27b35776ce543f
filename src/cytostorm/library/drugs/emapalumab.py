"""Emapalumab: an antibody that catches interferon-γ, and is used up by it."""

from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.mediators import ifng, igg
from cytostorm.library.person import age, weight
from cytostorm.model import Module

m = Module(
    "emapalumab",
    "drug",
    "emapalumab",
    about="The more interferon-γ there is, the faster it goes: doses run out in a storm.",
)

SOURCE = "Brossard2025"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearances", source=SOURCE)
grown = m.parameter(
    "grown",
    25.0,
    "year",
    "age for which the numbers hold",
    source=SOURCE,
    note="not printed there; found again from four clearances that are, in nlmixr2lib",
)
by_age = m.parameter("by_age", 0.188, "1", "power of age in clearances", source=SOURCE)
volume_by_age = m.parameter("volume_by_age", 0.104, "1", "power of age that volume falls by", source=SOURCE)
clearance = m.parameter(
    "clearance",
    0.0143,
    "L/h",
    "clearance without its target",
    source=SOURCE,
    note="in patients, at 12.8 umol/L of bilirubin; it and volumes go as bilirubin to the power of 0.162, "
    "which is left out",
    spread=varies(37.3),
)
by_target = m.parameter(
    "by_target", 0.121, "L/h", "clearance with its target, at the level below", source=SOURCE
)
reference = m.parameter(
    "reference", 1e6, "pg/mL", "total interferon-γ at which that holds", source=SOURCE, note="its definition"
)
power = m.parameter("power", 0.542, "1", "power of interferon-γ in it", source=SOURCE)
volume = m.parameter("volume", 3.08, "L", "central volume", source=SOURCE, spread=varies(20.9))
exchange = m.parameter("exchange", 0.105, "L/h", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 4.28, "L", "peripheral volume", source=SOURCE, spread=varies(81.2))
size = weight / usual
older = age / grown
flow = size**by_weight * older**by_age
drug = in_plasma(
    m,
    volume=volume * size / older**volume_by_age,
    clearance=(clearance * igg.faster + by_target * (ifng.level / reference) ** power) * flow,
    outer=outer * size,
    exchange=exchange * flow,
)
m.route("iv", drug.amount, "vein")

half = m.assumed(
    "half",
    24.8,
    "ug/L",
    "level at which half of interferon-γ is caught",
    "of half effect on what interferon-γ makes in primary HLH (Jacqmin 2022, Br J Clin Pharmacol 88:2128)",
)
m.stimulate(ifng.catchers, drug.level / half, "interferon-γ is caught")
m.lab("emapalumab", drug.level, "mg/L", "emapalumab in plasma")
