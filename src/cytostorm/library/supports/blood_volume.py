"""The blood that devices draw: how much plasma there is."""

from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "blood_volume",
    "support",
    "blood that devices draw",
    about="Blood and plasma by weight. What is in plasma is taken to be well mixed in it and nowhere else.",
)

by_weight = m.assumed("by_weight", 65.0, "mL/kg", "blood by weight", "the rule of plasma exchange in adults")
haematocrit = m.assumed(
    "haematocrit", 0.3, "1", "share of blood that is cells", "of the severely ill; 0.36 to 0.5 in health"
)
blood = m.observable("blood", by_weight * weight, "L", "blood")
plasma = m.observable("plasma", blood * (1 - haematocrit), "L", "plasma")
