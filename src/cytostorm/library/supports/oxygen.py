"""Oxygen: what a device adds to the air that is breathed."""

import sympy

from cytostorm.library.organs import lung
from cytostorm.library.supports._settings import beyond_air, runs, setting
from cytostorm.model import Module

m = Module(
    "oxygen",
    "support",
    "oxygen",
    about="It raises the oxygen pressure and saturation that a lung gives; PaO2/FiO2 and the water in the "
    "lung stay. Harm by much oxygen, flow that helps breathing, and drying are left out.",
)

cannula, by_cannula = setting(m, "cannula", "L", "L/min", "oxygen by nasal cannula", scale=1)
mask, by_mask = setting(m, "mask", "L", "L/min", "oxygen by mask with a reservoir", scale=1)
for_cannula = m.assumed(
    "for_cannula",
    0.035,
    "min/L",
    "share of oxygen added by each L/min",
    "recalled, 0.03 to 0.04 up to 6 L/min",
)
for_mask = m.assumed(
    "for_mask", 0.042, "min/L", "the same of a mask", "recalled, a share of 0.6 to 0.9 at 10 to 15 L/min"
)
most = m.assumed("most", 0.69, "1", "most that flow by a mask adds", "a share of 0.9 in all")
m.stimulate(
    lung.added, most * (1 - sympy.exp(-(for_cannula * cannula + for_mask * mask) / most)), "oxygen by flow"
)
by_high_flow = beyond_air(m, "high_flow", "oxygen at high flow")
m.stimulate(lung.low_flow, runs(by_cannula), "nasal cannula")
m.stimulate(lung.high_flow, runs(by_mask) + runs(by_high_flow), "mask or high flow")
