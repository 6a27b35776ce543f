"""Blood monocytes: they stick to vessel walls while TNF is about, and come back."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import tnf
from cytostorm.library.person import thinned
from cytostorm.model import LogNormal, Module

NO_ROW = "set for a fall to a fifth within 2 h and a return within a day; no row to calibrate on"

m = Module(
    "monocyte",
    "cell",
    "blood monocytes",
    about="Counts in blood; the same cells secrete as part of the macrophage pools.",
)

count = m.assumed(
    "count",
    400.0,
    "cells/uL",
    "monocytes in blood at rest",
    "middle of the usual range of 200 to 800",
    spread=LogNormal(1.4),
)
sticking = m.assumed("sticking", 1.52, "1/h", "rate of sticking at rest", NO_ROW)
more = m.assumed("more", 43.6, "1", "how many times more at full TNF", NO_ROW)
half = m.assumed("half", 100.0, "pg/mL", "TNF of half that", NO_ROW)
loss = m.parameter(
    "loss", 0.042, "1/h", "loss from blood", source="Patel2017", note="classical monocytes stay about a day"
)

call = m.drive("call", "1", "what calls monocytes into tissue; sources add")
output = m.gain("output", "output of the marrow; independent actions multiply")
blood = m.species("blood", "cells/uL", "monocytes in blood", initial=count * thinned, scale=50)
margin = m.species(
    "margin", "cells/uL", "monocytes at vessel walls, per volume of blood", initial=count * thinned, scale=50
)
pull = 1 + more * rises(tnf.signal, half)
pull_at_rest = 1 + more * rises(tnf.baseline, half)
m.produce(blood, "output of the marrow", loss * count * output)
m.remove(blood, "loss to tissue", loss * (1 + call) * blood)
m.move(blood, margin, "sticking", sticking * pull * blood)
m.move(margin, blood, "coming back", sticking * pull_at_rest * margin)

half_il10 = m.assumed(
    "half_il10", 60.0, "pg/mL", "IL-10 that halves HLA-DR", "near the peak after 2 ng/kg of endotoxin"
)
half_ifng = m.assumed(
    "half_ifng", 150.0, "pg/mL", "interferon-γ that doubles it back", "the cytokine that restores it"
)
