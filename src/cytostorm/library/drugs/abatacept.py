"""Abatacept: CTLA-4 on the tail of an antibody, which covers CD80 and CD86."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, varies
from cytostorm.library.mediators import costimulation, igg
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "abatacept",
    "drug",
    "abatacept",
    about="T cells that are primed late or not at all. It leaves CD28 itself alone, and so neither stops a "
    "superagonist of it nor cells whose receptor carries the second signal. Age, sex, kidney, albumin and "
    "joints are at their reference.",
)

SOURCE = "Li2019"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.651, "1", "power of weight in clearance", source=SOURCE)
volume_by_weight = m.parameter(
    "volume_by_weight", 0.452, "1", "power of weight in the central volume", source=SOURCE
)
outer_by_weight = m.parameter(
    "outer_by_weight", 0.457, "1", "power of weight in the peripheral volume", source=SOURCE
)
clearance = m.parameter(
    "clearance", 0.0204, "L/h", "clearance", source=SOURCE, note="in arthritis", spread=varies(32.3)
)
volume = m.parameter("volume", 3.27, "L", "central volume", source=SOURCE, spread=varies(25.5))
exchange = m.parameter("exchange", 0.0265, "L/h", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 4.26, "L", "peripheral volume", source=SOURCE, spread=varies(67.7))
slow = m.parameter(
    "slow", 0.00305, "1/h", "absorption from under the skin beyond the rate of elimination", source=SOURCE
)
share = m.parameter(
    "share", 0.805, "1", "share absorbed from under the skin", source=SOURCE, note="1.42 on the logit scale"
)
size = weight / usual
flow, central = clearance * size**by_weight, volume * size**volume_by_weight
drug = in_plasma(
    m,
    volume=central,
    clearance=flow * igg.faster,
    outer=outer * size**outer_by_weight,
    exchange=exchange,
)
absorbed(m, "sc", "under the skin", drug.amount, slow + flow / central, share=share)
m.route("iv", drug.amount, "vein")

half = m.assumed(
    "half",
    2.0,
    "mg/L",
    "level that covers half of CD80 and CD86",
    "a fifth of the trough of 10 mg/L aimed at in arthritis; recalled",
)
m.stimulate(costimulation.blockers, drug.level / half, "CD80 and CD86 are covered")
m.lab("abatacept", drug.level, "mg/L", "abatacept in plasma")
