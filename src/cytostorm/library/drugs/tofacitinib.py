"""Tofacitinib: a blocker of Janus kinases 1 and 3, taken by mouth."""

from cytostorm.library.drugs._jak import ABOUT, blocks
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.drugs.cyp3a4 import by_cyp3a4
from cytostorm.library.organs import kidney
from cytostorm.library.person import flow_size, weight
from cytostorm.model import Module

m = Module("tofacitinib", "drug", "tofacitinib", about=ABOUT)

SOURCE = "Xie2019"
clearance = m.parameter(
    "clearance",
    20.4,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="with a creatinine clearance of 120 mL/min, at 50 years, in Hispanic men; others have 1.12 times, "
    "women 1.05, which are left out",
    spread=varies(31.7),
)
by_kidney = m.parameter("by_kidney", 0.32, "1", "power of creatinine clearance in clearance", source=SOURCE)
volume = m.parameter("volume", 110.0, "L", "volume over the share that is absorbed", source=SOURCE)
usual = m.parameter("usual", 83.3, "kg", "weight for which the volume holds", source=SOURCE)
by_weight = m.parameter("by_weight", 0.68, "1", "power of weight in volume", source=SOURCE)
pace = m.parameter(
    "pace",
    13.8,
    "1/h",
    "absorption by mouth",
    source=SOURCE,
    note="after 0.3 h, which are left out",
    spread=varies(198.0),
)
left = by_cyp3a4(m, 0.5, "recalled from the label: ketoconazole doubles exposure")
drug = in_plasma(
    m,
    volume=volume * (weight / usual) ** by_weight,
    clearance=clearance * left * flow_size * kidney.filtration**by_kidney,
)
absorbed(m, "oral", "mouth", drug.amount, pace)

mass = molar_mass(m, 312.4, "a small molecule")
half = m.assumed(
    "half",
    406.0,
    "nmol/L",
    "level of half blocking through JAK1 and JAK2",
    "recalled from the label, whole blood: total level",
)
tyk2 = m.assumed(
    "tyk2",
    1.0,
    "1",
    "how many times more it takes for signals through TYK2",
    "as baricitinib at the usual doses of both (J-STAGE, jsci 40:309a)",
)
jak3 = m.assumed(
    "jak3",
    0.14,
    "1",
    "how many times more it takes for signals through JAK1 and JAK3",
    "56 nmol/L, recalled from the label",
)
jak2 = m.assumed(
    "jak2",
    3.4,
    "1",
    "how many times more it takes for signals through JAK2 without JAK1",
    "1377 nmol/L through two JAK2, recalled from the label",
)
blocks(m, drug.level / mass, half, tyk2=tyk2, jak3=jak3, jak2=jak2)
m.lab("tofacitinib", drug.level, "ug/L", "tofacitinib in plasma")
