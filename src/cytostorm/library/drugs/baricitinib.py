"""Baricitinib: a blocker of the Janus kinases 1 and 2, by mouth."""

from cytostorm.library.drugs._jak import ABOUT, blocks
from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.organs import kidney
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module("baricitinib", "drug", "baricitinib", about=ABOUT)

SOURCE = "Decker2024"
usual = m.parameter("usual", 74.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearances", source=SOURCE)
renal = m.parameter(
    "renal",
    6.34,
    "L/h",
    "clearance by healthy kidneys over the share that is absorbed",
    source=SOURCE,
    note="at 93 mL/min/1.73 m2",
    spread=varies(39.5),
)
other = m.parameter("other", 3.36, "L/h", "other clearance, likewise", source=SOURCE, spread=varies(84.6))
volume = m.parameter("volume", 92.6, "L", "central volume, likewise", source=SOURCE, spread=varies(33.8))
exchange = m.parameter(
    "exchange", 2.67, "L/h", "clearance between compartments, likewise", source=SOURCE, spread=varies(15.1)
)
outer = m.parameter("outer", 25.6, "L", "peripheral volume, likewise", source=SOURCE, spread=varies(56.5))
size = weight / usual
flow = size**by_weight
drug = in_plasma(
    m,
    volume=volume * size,
    clearance=(renal * (1 - kidney.lost) + other) * flow,
    outer=outer * size,
    exchange=exchange * flow,
)
m.route("oral", drug.amount, "mouth: give each dose over 27 min, from 9 min after it is swallowed")

mass = molar_mass(m, 371.4, "a small molecule")
free = m.assumed("free", 0.5, "1", "share in plasma that no protein holds", "recalled; label")
half = m.assumed(
    "half",
    44.0,
    "nmol/L",
    "unbound level of half blocking of IL-6 signalling",
    "recalled, in mononuclear cells; below 50 in Fridman 2010 (doi:10.4049/jimmunol.0902819)",
)
tyk2 = m.assumed(
    "tyk2", 2.0, "1", "how many times more it takes for signals through TYK2", "order of whole-blood tables"
)
jak3 = m.assumed(
    "jak3",
    2.0,
    "1",
    "how many times more it takes for signals through JAK1 and JAK3",
    "it spares JAK3 itself; less potent here than tofacitinib (doi:10.1186/s13075-019-1964-1)",
)
jak2 = m.assumed(
    "jak2",
    2.0,
    "1",
    "how many times more it takes for signals through JAK2 without JAK1",
    "it holds JAK2 as well as JAK1; more potent here than tofacitinib (doi:10.1186/s13075-019-1964-1)",
)
blocks(m, free * drug.level / mass, half, tyk2=tyk2, jak3=jak3, jak2=jak2)
m.lab("baricitinib", drug.level, "ug/L", "baricitinib in plasma")
