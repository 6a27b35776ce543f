"""Anakinra: the body's own antagonist of the IL-1 receptor, made by bacteria and given in plenty."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.mediators import il1b
from cytostorm.library.organs import kidney
from cytostorm.library.person import weight
from cytostorm.library.supports import extracorporeal
from cytostorm.model import Module

m = Module(
    "anakinra",
    "drug",
    "anakinra",
    about="It contests the IL-1 receptor; IL-6 and C-reactive protein fall only in consequence. It is "
    "filtered by the kidney, and stays when that fails.",
)

SOURCE = "Urien2013"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.47, "1", "power of weight in clearance", source=SOURCE)
volume_by_weight = m.parameter("volume_by_weight", 0.76, "1", "power of weight in volume", source=SOURCE)
clearance = m.parameter(
    "clearance",
    6.24,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="in children; healthy adults have 10 L/h",
    spread=varies(28.6),
)
volume = m.parameter(
    "volume", 65.2, "L", "volume over the share that is absorbed", source=SOURCE, spread=varies(49.7)
)
pace = m.parameter("pace", 0.38, "1/h", "absorption from under the skin", source=SOURCE)
share = m.assumed("share", 0.95, "1", "share absorbed from under the skin", "recalled; label")
filtered = m.assumed(
    "filtered",
    0.75,
    "1",
    "share of clearance lost without kidneys",
    "in end-stage disease (doi:10.1016/S0009-9236(03)00094-8)",
)
drug = in_plasma(
    m,
    volume=volume * share * (weight / usual) ** volume_by_weight,
    clearance=clearance * share * (weight / usual) ** by_weight * (1 - filtered * kidney.lost),
    removed=extracorporeal.whole + extracorporeal.proteins,  # of a size that beads adsorb
)
absorbed(m, "sc", "under the skin", drug.amount, pace, share=share)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 17.3e3, "153 amino acids")
affinity = m.assumed(
    "affinity", 0.17, "nmol/L", "level of half occupancy of the receptor", "recalled, no primary source found"
)
m.stimulate(il1b.antagonists, drug.level / mass / affinity, "the receptor is contested")
m.lab("anakinra", drug.level, "mg/L", "anakinra in plasma")
