"""Hydrocortisone: cortisol itself, given."""

from cytostorm.library.drugs import glucocorticoid
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "hydrocortisone",
    "drug",
    "hydrocortisone",
    about="What it does is that of all glucocorticoids, here after the delay of those given. It comes on "
    "top of the body's own cortisol; an assay cannot tell the two apart, the model does. Binding to "
    "globulin, which much of it outruns, is left out, and so is what it does for vessels on "
    "noradrenaline.",
)

clearance = m.parameter(
    "clearance",
    0.267,
    "L/h/kg",
    "clearance",
    source="Thomson2007",
    note="median in adrenal failure; the spread is a quarter of its range of 0.076 to 0.540, as logarithms",
    spread=varies(52.0),
)
volume = m.assumed(
    "volume",
    0.49,
    "L/kg",
    "volume of distribution",
    "of that clearance and a half-life of 76.5 min, as reviews have it",
)
drug = in_plasma(m, volume=volume * weight, clearance=clearance * weight)
m.route("iv", drug.amount, "vein")
share = m.assumed("share", 0.96, "1", "share absorbed by mouth", "recalled; less of large doses")
pace = m.assumed("pace", 1.5, "1/h", "absorption by mouth", "highest level after an hour")
absorbed(m, "oral", "mouth", drug.amount, pace, share=share)

mass = molar_mass(m, 362.5, "a small molecule")
m.stimulate(glucocorticoid.given, drug.level / mass, "hydrocortisone")
m.lab("hydrocortisone", drug.level, "ug/L", "hydrocortisone in plasma, that given")
