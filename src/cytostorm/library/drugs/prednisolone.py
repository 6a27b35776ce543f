"""Prednisolone: a glucocorticoid of hours, whose binding in plasma saturates."""

from cytostorm.library.drugs import glucocorticoid
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "prednisolone",
    "drug",
    "prednisolone",
    about="What it does is that of all glucocorticoids. The clearance is that of what no protein holds; the "
    "total level rises less than the dose. That less is absorbed of doses beyond 30 mg, more of "
    "smaller ones, is left out, and so are ten minutes before absorption.",
)

SOURCE = "Bouazza2025"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in clearance", source=SOURCE)
clearance = m.parameter(
    "clearance",
    54.3,
    "L/h",
    "clearance of the unbound, over the share of prednisone that is absorbed",
    source=SOURCE,
    note="after 30 mg of prednisone",
    spread=varies(36.1),
)
volume = m.parameter("volume", 235.0, "L", "volume of the unbound, likewise", source=SOURCE)
pace = m.parameter("pace", 1.19, "1/h", "absorption by mouth", source=SOURCE)
drug = in_plasma(
    m,
    volume=volume * weight / usual,
    clearance=clearance * (weight / usual) ** by_weight,
    what="unbound",
)
converted = m.assumed(
    "converted", 0.8, "1", "prednisolone that comes of one prednisone, by molecules", "recalled"
)
absorbed(m, "oral", "mouth", drug.amount, pace, share=1 / converted)

mass = molar_mass(m, 360.4, "a small molecule")
globulin = m.parameter(
    "globulin", 6.77, "1", "bound to globulin for one unbound, at none", source=SOURCE, spread=varies(30.7)
)
sated = m.parameter("sated", 0.0095, "L/nmol", "affinity of globulin", source=SOURCE)
albumin = m.parameter("albumin", 0.8, "1", "bound to albumin for one unbound", source=SOURCE)
unbound = drug.level / mass
total = m.observable(
    "total",
    drug.level * (1 + globulin / (1 + sated * unbound) + albumin),
    "mg/L",
    "prednisolone in plasma, bound and unbound",
)

potency = m.assumed(
    "potency",
    4.0,
    "1",
    "cortisol that does what one of it does, by molecules",
    "5 mg are given for 20 mg of hydrocortisone; total levels. On lymphocytes in culture it is no more "
    "potent than hydrocortisone (0.8 in 98 healthy people and 1.5 in asthma, J-STAGE, jsir1981, 14(2); "
    "doi:10.1016/0192-0561(87)90021-x), against what is seen in patients and the rank in whole blood "
    "(doi:10.1002/jps.10402)",
)
m.stimulate(glucocorticoid.given, potency * total / mass, "prednisolone")
m.lab("prednisolone", total, "ug/L", "prednisolone in plasma")
