"""Endotoxin (lipopolysaccharide of E. coli) given to healthy volunteers."""

from cytostorm.library import person
from cytostorm.library.cells import macrophage
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import pamp
from cytostorm.library.organs import circulation, endothelium
from cytostorm.model import Module

m = Module(
    "endotoxin",
    "trigger",
    "endotoxin into a vein",
    about="A dose of 1 to 4 ng/kg makes a healthy person ill for hours. It acts on the sensor TLR4 of "
    "macrophages; in a thousand times that dose also on blood monocytes and the vessels' lining: "
    "shock, and recovery.",
)

dose = m.parameter("dose", 2.0, "ng/kg", "total dose of endotoxin", source="Janum2016", usual=(0.0, 4.0))
duration = m.parameter(
    "duration",
    0.0,
    "min",
    "time over which it is given; 0 is a bolus",
    source="Janum2016",
    usual=(0.0, 480.0),
)
volume = m.parameter(
    "volume", 0.042, "L/kg", "volume of distribution", source="assumed", note="plasma volume of an adult"
)
elimination = m.parameter("elimination", 1.01, "1/h", "loss of active endotoxin", source="Windoloski2023")
half = m.parameter(
    "half", 25.7, "pg/mL", "level of half stimulation", source="calibrated", note=macrophage.FIT
)

plasma = m.species("plasma", "ng", "active endotoxin in plasma", scale=1)
level = m.observable("level", plasma / (volume * person.weight), "pg/mL", "endotoxin in plasma")
m.remove(plasma, "elimination", elimination * plasma)
m.route("iv", plasma, "vein")
m.challenge("iv", dose, duration)

m.stimulate(macrophage.stimulus, rises(level, half, 2), "TLR4 on macrophages, which works in pairs")

half_persistent = m.assumed(
    "half_persistent",
    300,
    "pg/mL",
    "level of half signal to inflammatory macrophages",
    "six times that after 2 ng/kg",
)
m.stimulate(pamp.blood, rises(level, half_persistent, 2), "endotoxin in plenty")

half_vessel = m.assumed(
    "half_vessel",
    4000,
    "pg/mL",
    "level of half effect on the vessels' lining",
    "eighty times that after 2 ng/kg: its cells have little TLR4",
)
harm = m.assumed(
    "harm",
    0.7,
    "1/h",
    "injury of the vessels' lining at full effect",
    "shock within hours of milligrams (Taveira1993)",
)
dilating = m.assumed(
    "dilating", 12.0, "1", "dilation at full effect, where 1 has half of the most", "nitric oxide of the wall"
)
vessel = rises(level, half_vessel, 2)
more = m.assumed("more", 8.0, "1", "further secretion at full effect", "for TNF of thousands of pg/mL")
m.modulate(macrophage.plenty, 1 + more * vessel, "endotoxin in plenty: monocytes of blood answer too")
m.stimulate(endothelium.direct, harm * vessel, "endotoxin on the vessels' lining")
m.stimulate(circulation.more, dilating * vessel, "endotoxin at the vessel wall")
