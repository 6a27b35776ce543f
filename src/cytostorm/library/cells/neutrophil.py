"""Neutrophils: marrow reserve, blood, and the pool at vessel walls."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il6, il8, tnf
from cytostorm.model import LogNormal, Module

NO_ROW = "set for a dip at 1 h and a two- to threefold rise at 6 to 8 h; no row to calibrate on"

m = Module(
    "neutrophil",
    "cell",
    "neutrophils",
    about="TNF makes them stick to vessel walls within the hour; IL-6 and IL-8 then call "
    "the marrow's reserve.",
)

count = m.parameter(
    "count",
    3500.0,
    "cells/uL",
    "neutrophils in blood at rest",
    source="assumed",
    note="within the usual range of 2000 to 7500",
    spread=LogNormal(1.25),
)
reserve_ratio = m.parameter(
    "reserve_ratio",
    10.0,
    "1",
    "cells in the marrow's reserve for each in blood",
    source="assumed",
    note="the reserve is an order larger than the blood pool",
)
loss = m.parameter("loss", 0.1, "1/h", "loss from blood", source="Summers2010", note="half-life of 6 to 8 h")
sticking = m.parameter("sticking", 1.62, "1/h", "rate of sticking at rest", source="assumed", note=NO_ROW)
more_sticking = m.parameter(
    "more_sticking", 2.84, "1", "how many times more at full TNF", source="assumed", note=NO_ROW
)
half_sticking = m.parameter(
    "half_sticking", 100.0, "pg/mL", "TNF of half that", source="assumed", note=NO_ROW
)
more_release = m.parameter(
    "more_release", 14.2, "1", "how many times more release at full call", source="assumed", note=NO_ROW
)
half_il6 = m.parameter("half_il6", 200.0, "pg/mL", "IL-6 of half the call", source="assumed", note=NO_ROW)
half_il8 = m.parameter("half_il8", 200.0, "pg/mL", "IL-8 of half the call", source="assumed", note=NO_ROW)

reserve = m.species(
    "reserve", "cells/uL", "marrow reserve, per volume of blood", initial=count * reserve_ratio, scale=1000
)
blood = m.species("blood", "cells/uL", "neutrophils in blood", initial=count, scale=100)
margin = m.species(
    "margin", "cells/uL", "neutrophils at vessel walls, per volume of blood", initial=count, scale=100
)

call = m.observable(
    "call", il6.level / half_il6 + il8.level / half_il8, "1", "what calls the marrow, weighted"
)
call_at_rest = m.observable(
    "call_at_rest",
    il6.baseline / half_il6 + il8.baseline / half_il8,
    "1",
    "the same in a healthy person at rest",
)
faster = (1 + more_release * rises(call, 1)) / (1 + more_release * rises(call_at_rest, 1))
m.produce(reserve, "maturation", loss * count)
m.move(reserve, blood, "release", loss / reserve_ratio * faster * reserve)
m.remove(blood, "loss to tissue", loss * blood)
pull = 1 + more_sticking * rises(tnf.level, half_sticking)
pull_at_rest = 1 + more_sticking * rises(tnf.baseline, half_sticking)
m.move(blood, margin, "sticking", sticking * pull * blood)
m.move(margin, blood, "coming back", sticking * pull_at_rest * margin)
