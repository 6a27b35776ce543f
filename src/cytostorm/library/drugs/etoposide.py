"""Etoposide: kills cells that divide, activated T cells before others, and the marrow with them."""

from cytostorm.library.cells import inflamed, tcell
from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.organs import kidney, marrow
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "etoposide",
    "drug",
    "etoposide",
    about="It ends the call of T cells that cannot kill, and costs neutrophils and platelets for weeks. "
    "Given per body surface; 150 mg/m2 are near 270 mg in an adult. Infused therapeutic cells are not "
    "hit.",
)

SOURCE = "Toffoli2001"
other = m.parameter(
    "other",
    0.74,
    "L/h",
    "clearance without kidneys",
    source=SOURCE,
    note="the spread is that of all clearance",
)
renal = m.parameter(
    "renal",
    0.399,
    "L/h",
    "clearance by kidneys",
    source=SOURCE,
    note="0.0057 L/h for each mL/min of creatinine clearance, at the median of 70",
)
fast = m.covariate(
    "fast",
    1.0,
    "1",
    "how fast this person clears it, against the median",
    source=SOURCE,
    note="spread of clearance",
    spread=varies(17.0),
)
volume = m.parameter("volume", 6.1, "L", "central volume", source=SOURCE, spread=varies(15.0))
exchange = m.parameter(
    "exchange", 0.854, "L/h", "clearance between compartments", source=SOURCE, spread=varies(13.0)
)
outer = m.parameter("outer", 12.17, "L", "peripheral volume", source=SOURCE, spread=varies(20.0))
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=(other + renal * kidney.filtration) * fast * flow_size,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
m.route("iv", drug.amount, "vein")

DOSE = "after one usual dose, whose area under the curve is near 240 mg h/L; no human number was found"
activated = m.assumed(
    "activated", 0.01, "L/mg/h", "killing of activated T cells", "a tenth of them is left " + DOSE
)
monocytic = m.assumed(
    "monocytic",
    0.003,
    "L/mg/h",
    "loss of inflammatory macrophages",
    "half of them is left " + DOSE,
)
dividing = m.assumed(
    "dividing",
    0.003,
    "L/mg/h",
    "loss of precursors in the marrow",
    "half of them is left " + DOSE + "; counts are lowest in the second week",
)
m.remove(tcell.effector, "killing by etoposide", activated * drug.level * tcell.effector)
m.remove(inflamed.site, "loss to etoposide at the site", monocytic * drug.level * inflamed.site)
m.remove(inflamed.body, "loss to etoposide in the body", monocytic * drug.level * inflamed.body)
m.produce(marrow.struck, "killing by etoposide", dividing * drug.level * (1 - marrow.struck))
m.lab("etoposide", drug.level, "mg/L", "etoposide in plasma")
