"""Extracorporeal membrane oxygenation (venovenous): part of the blood gets its oxygen outside."""

import sympy

from cytostorm.library.organs import coagulation, lung
from cytostorm.library.supports._settings import setting
from cytostorm.model import Module

m = Module(
    "ecmo",
    "support",
    "membrane oxygenation",
    about="Blood that passes the membrane is full of oxygen, whatever the lung does; a lung can rest if "
    "breaths are ordered small. It takes some platelets. Flow of the circulation, clots, bleeding and"
    " recirculation are left out.",
)

flow, _ = setting(m, "circuit", "L", "L/min", "blood through the membrane", scale=1)
output = m.assumed("output", 6.0, "L/min", "output of the heart", "of the severely ill")
# Some of the blood passes twice, so that no flow reaches all of it.
share = 1 - sympy.exp(-flow / output)
m.modulate(lung.alone, 1 - share, "blood oxygenated outside")
used = m.assumed("used", 0.01, "1/h", "platelets lost to the circuit at the flow below", "a fifth in a day")
usual = m.assumed("usual", 4.0, "L/min", "flow for which that holds", "usual for adults")
m.remove(coagulation.platelets, "lost to the circuit", used * flow / usual * coagulation.platelets)
