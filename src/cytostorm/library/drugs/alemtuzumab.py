"""Alemtuzumab: an antibody to CD52 that kills lymphocytes and monocytes, when nothing else stills a storm."""

from cytostorm.library.cells import lymphocyte, monocyte, tcell
from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module, Species

m = Module(
    "alemtuzumab",
    "drug",
    "alemtuzumab",
    about="Cells of the blood go within hours, those of tissue within days, and come back over months, here "
    "too early. What the dying cells release is left out.",
)

SOURCE = "Mould2007"
most = m.parameter(
    "most",
    1.02,
    "mg/h",
    "largest elimination, with its target",
    source=SOURCE,
    note="in leukaemia, at 10 thousand white cells per microlitre; it rises with their power of 0.194",
    spread=varies(32.0),
)
half = m.parameter("half", 0.338, "mg/L", "level of half of that", source=SOURCE, spread=varies(145.0))
volume = m.parameter("volume", 11.3, "L", "central volume", source=SOURCE, spread=varies(84.0))
exchange = m.parameter("exchange", 1.05, "L/h", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 41.5, "L", "peripheral volume", source=SOURCE, spread=varies(179.0))
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=0,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
    saturable=(most * flow_size, half),
)
m.route("iv", drug.amount, "vein")

bound = m.observable("bound", rises(drug.level, half), "1", "share of CD52 that is covered")
in_blood = m.assumed("in_blood", 0.5, "1/h", "killing of covered cells in blood", "gone within hours")
in_tissue = m.assumed("in_tissue", 0.05, "1/h", "killing of covered cells in tissue", "gone within days")


def kills(cells: Species, pace: Expr) -> None:
    """Let it kill cells at a pace, where it covers them."""
    m.remove(cells, "killed by alemtuzumab", pace * bound * cells)


kills(lymphocyte.blood, in_blood)
kills(lymphocyte.tissue, in_tissue)
kills(monocyte.blood, in_blood)
kills(tcell.effector, in_tissue)
m.lab("alemtuzumab", drug.level, "mg/L", "alemtuzumab in plasma")
