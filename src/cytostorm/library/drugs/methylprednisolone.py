"""Methylprednisolone: a glucocorticoid of hours, in pulses of a gram or by weight."""

from cytostorm.library.drugs import glucocorticoid
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.drugs.cyp3a4 import by_cyp3a4
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "methylprednisolone",
    "drug",
    "methylprednisolone",
    about="Into a vein it is given as an ester that is split within minutes; what it does is that of all "
    "glucocorticoids.",
)

SOURCE = "Uhl2002"
clearance = m.parameter("clearance", 575.0, "mL/min", "clearance", source=SOURCE, spread=varies(20.0))
volume = m.parameter("volume", 106.0, "L", "volume of distribution", source=SOURCE, spread=varies(21.0))
left = by_cyp3a4(m, 0.6, "recalled: its strong inhibitors raise exposure two to three times")
drug = in_plasma(m, volume=volume * volume_size, clearance=clearance * left * flow_size)
m.route("iv", drug.amount, "vein")
share = m.assumed("share", 0.82, "1", "share absorbed by mouth", "its label and a study of 1989, second hand")
pace = m.assumed("pace", 1.5, "1/h", "absorption by mouth", "highest level after one to two hours")
absorbed(m, "oral", "mouth", drug.amount, pace, share=share)

mass = molar_mass(m, 374.5, "a small molecule")
potency = m.assumed(
    "potency",
    8.9,
    "1",
    "cortisol that does what one of it does, by molecules",
    "on lymphocytes of 98 healthy people, against hydrocortisone (J-STAGE, jsir1981, 14(2)); total levels",
)
m.stimulate(glucocorticoid.given, potency * drug.level / mass, "methylprednisolone")
m.lab("methylprednisolone", drug.level, "ug/L", "methylprednisolone in plasma")
