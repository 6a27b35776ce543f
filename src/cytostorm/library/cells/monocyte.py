"""Blood monocytes: they stick to vessel walls while TNF is about, and come back."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import tnf
from cytostorm.model import LogNormal, Module

NO_ROW = "set for a fall to a fifth within 2 h and a return within a day; no row to calibrate on"

m = Module(
    "monocyte",
    "cell",
    "blood monocytes",
    about="Counts in blood; the same cells secrete as part of the macrophage pool. Marrow output is steady.",
)

count = m.parameter(
    "count",
    450.0,
    "cells/uL",
    "monocytes in blood at rest",
    source="assumed",
    note="middle of the usual range of 200 to 800",
    spread=LogNormal(1.25),
)
sticking = m.parameter("sticking", 1.52, "1/h", "rate of sticking at rest", source="assumed", note=NO_ROW)
more = m.parameter("more", 43.6, "1", "how many times more at full TNF", source="assumed", note=NO_ROW)
half = m.parameter("half", 100.0, "pg/mL", "TNF of half that", source="assumed", note=NO_ROW)
loss = m.parameter(
    "loss", 0.042, "1/h", "loss from blood", source="Patel2017", note="classical monocytes stay about a day"
)

blood = m.species("blood", "cells/uL", "monocytes in blood", initial=count, scale=50)
margin = m.species(
    "margin", "cells/uL", "monocytes at vessel walls, per volume of blood", initial=count, scale=50
)
pull = 1 + more * rises(tnf.level, half)
pull_at_rest = 1 + more * rises(tnf.baseline, half)
m.produce(blood, "output of the marrow", loss * count)
m.remove(blood, "loss to tissue", loss * blood)
m.move(blood, margin, "sticking", sticking * pull * blood)
m.move(margin, blood, "coming back", sticking * pull_at_rest * margin)
