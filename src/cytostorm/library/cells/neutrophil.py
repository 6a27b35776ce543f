"""Neutrophils: marrow reserve, blood, the pool at vessel walls, and those in the inflamed tissue."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import gcsf, il6, il8, il17, tnf
from cytostorm.library.person import conditioning, thinned
from cytostorm.model import LogNormal, Module

NO_ROW = "set for a dip at 1 h and a two- to threefold rise at 6 to 8 h; no row to calibrate on"

m = Module(
    "neutrophil",
    "cell",
    "neutrophils",
    about="TNF makes them stick to vessel walls within the hour; IL-6, IL-8 and G-CSF then call "
    "the marrow's reserve, and the marrow makes more; chemokines hold them in tissue, where they "
    "kill and harm.",
)

count = m.assumed(
    "count",
    3850.0,
    "cells/uL",
    "neutrophils in blood at rest",
    "middle of the usual range of 2000 to 7500",
    spread=LogNormal(1.39),
)
reserve_ratio = m.assumed(
    "reserve_ratio",
    10.0,
    "1",
    "cells in the marrow's reserve for each in blood",
    "the reserve is an order larger than the blood pool",
)
loss = m.parameter("loss", 0.1, "1/h", "loss from blood", source="Summers2010", note="half-life of 6 to 8 h")
sticking = m.assumed("sticking", 1.62, "1/h", "rate of sticking at rest", NO_ROW)
more_sticking = m.assumed("more_sticking", 2.84, "1", "how many times more at full TNF", NO_ROW)
half_sticking = m.assumed("half_sticking", 100.0, "pg/mL", "TNF of half that", NO_ROW)
more_release = m.assumed("more_release", 14.2, "1", "how many times more release at full call", NO_ROW)
half_il6 = m.assumed("half_il6", 200.0, "pg/mL", "IL-6 of half the call", NO_ROW)
half_il8 = m.assumed("half_il8", 200.0, "pg/mL", "IL-8 of half the call", NO_ROW)
half_gcsf = m.assumed(
    "half_gcsf", 500.0, "pg/mL", "G-CSF above rest of half the call", "as a tenth of a dose of filgrastim"
)
more_output = m.assumed(
    "more_output",
    4.0,
    "1",
    "more maturation at full call, in multiples of rest",
    "marrow output rises to five times",
)

reserve = m.species(
    "reserve",
    "cells/uL",
    "marrow reserve, per volume of blood",
    initial=count * reserve_ratio * (1 - conditioning),
    scale=1000,
)
blood = m.species("blood", "cells/uL", "neutrophils in blood", initial=count * thinned, scale=100)
margin = m.species(
    "margin",
    "cells/uL",
    "neutrophils at vessel walls, per volume of blood",
    initial=count * thinned,
    scale=100,
)
tissue = m.species(
    "tissue", "1", "neutrophils in the inflamed tissue; 1 is plenty", scale=0.01, within=(0, 20)
)

output = m.gain("output", "output of the marrow; independent actions multiply")
call = m.observable(
    "call",
    il6.signal / half_il6 + il8.level / half_il8 + gcsf.signal / half_gcsf,
    "1",
    "what calls the marrow, weighted",
)
call_at_rest = m.observable(
    "call_at_rest",
    il6.baseline / half_il6 + il8.baseline / half_il8,
    "1",
    "the same in a healthy person at rest",
)
faster = (1 + more_release * rises(call, 1)) / (1 + more_release * rises(call_at_rest, 1))
more = (1 + more_output * rises(call, 1)) / (1 + more_output * rises(call_at_rest, 1))
m.produce(reserve, "maturation", loss * count * more * output)
m.move(reserve, blood, "release", loss / reserve_ratio * faster * reserve)
m.remove(blood, "loss to tissue", loss * blood)
pull = 1 + more_sticking * rises(tnf.signal, half_sticking)
pull_at_rest = 1 + more_sticking * rises(tnf.baseline, half_sticking)
m.move(blood, margin, "sticking", sticking * pull * blood)
m.move(margin, blood, "coming back", sticking * pull_at_rest * margin)

entry = m.assumed(
    "entry", 0.15, "1/h", "entry into the inflamed tissue at full chemokines and usual count", "within hours"
)
staying = m.assumed("staying", 0.06, "1/h", "loss in tissue", "they live there for a day at most")
half_il17 = m.assumed("half_il17", 10.0, "pg/mL", "IL-17 that doubles entry", "ten times the level at rest")
m.produce(
    tissue,
    "entry",
    entry
    * blood
    / count
    * (inflamed.site + inflamed.alarm_site)
    * (1 + il17.secretion / il17.elimination / half_il17),
)
m.remove(tissue, "death in tissue", staying * tissue)
