"""Ruxolitinib: a blocker of Janus kinases 1 and 2, taken by mouth."""

from cytostorm.library.drugs._jak import ABOUT, blocks
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.drugs.cyp3a4 import by_cyp3a4
from cytostorm.library.person import flow_size, man, volume_size
from cytostorm.model import Module

m = Module("ruxolitinib", "drug", "ruxolitinib", about=ABOUT)

RECALLED = "recalled from the label, in myelofibrosis"
women = m.assumed(
    "women",
    17.7,
    "L/h",
    "clearance in women, over the share that is absorbed",
    RECALLED,
    spread=varies(39.0),
)
men = m.assumed("men", 1.25, "1", "how many times faster men clear it", RECALLED + ": 22.1 L/h")
volume = m.assumed(
    "volume",
    75.0,
    "L",
    "volume over the share that is absorbed",
    RECALLED + "; its second compartment is left out",
)
pace = m.assumed("pace", 4.0, "1/h", "absorption by mouth", "highest level within half an hour to an hour")
left = by_cyp3a4(m, 0.5, "recalled from the label: ketoconazole doubles exposure, nearly")
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=women * (1 + (men - 1) * man) * left * flow_size,
)
absorbed(m, "oral", "mouth", drug.amount, pace)

mass = molar_mass(m, 306.4, "a small molecule")
by_metabolites = m.assumed(
    "by_metabolites",
    0.18,
    "1",
    "share of the blocking that is done by its metabolites",
    "as reviewed (doi:10.1007/s40262-023-01225-7), with the course of the drug itself",
)
half = m.assumed(
    "half",
    282.0,
    "nmol/L",
    "level of half blocking of IL-6 signalling",
    "recalled, whole blood: total level, of which 3 % are unbound",
)
tyk2 = m.assumed(
    "tyk2", 2.0, "1", "how many times more it takes for signals through TYK2", "as baricitinib, its like"
)
jak3 = m.assumed(
    "jak3",
    2.0,
    "1",
    "how many times more it takes for signals through JAK1 and JAK3",
    "as baricitinib, its like",
)
jak2 = m.assumed(
    "jak2",
    1.0,
    "1",
    "how many times more it takes for signals through JAK2 without JAK1",
    "recalled, whole blood: the same for thrombopoietin",
)
blocks(m, drug.level / (1 - by_metabolites) / mass, half, tyk2=tyk2, jak3=jak3, jak2=jak2)
m.lab("ruxolitinib", drug.level, "ug/L", "ruxolitinib in plasma")
