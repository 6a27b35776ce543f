"""Renal replacement: water and small molecules, by a membrane that cytokines hardly pass."""

from cytostorm.library.organs import circulation, kidney, lung
from cytostorm.library.person import weight
from cytostorm.library.supports import blood_volume
from cytostorm.library.supports._settings import setting
from cytostorm.model import Module

m = Module(
    "renal_replacement",
    "support",
    "continuous renal replacement",
    about="Effluent clears creatinine from the water of the body; fluid that is withdrawn empties the "
    "vessels and dries the lung. It removes no cytokines to speak of, and brings back no filtration: "
    "what failing kidneys do to the hazard of death stays. Urea, potassium and acid are left out.",
)

effluent, _ = setting(m, "effluent", "mL", "mL/h", "effluent", scale=10)
withdrawn, _ = setting(m, "fluid", "mL", "mL/h", "fluid withdrawn", scale=1)
water = m.assumed(
    "water", 0.6, "L/kg", "water of the body by weight", "the rule for adults; creatinine is in it"
)
m.remove(kidney.creatinine, "renal replacement", effluent / (water * weight) * kidney.creatinine)
from_vessels = m.assumed(
    "from_vessels", 0.3, "1", "share of what is withdrawn that vessels lose", "tissue gives back the rest"
)
half_water = m.assumed(
    "half_water", 0.3, "1", "water in the lung at half of its drying", "a flooded lung gives more"
)
from_lung = m.assumed(
    "from_lung", 0.1, "1", "share of what is withdrawn that a flooded lung loses", "as fluid goes to it"
)
flooded = m.assumed(
    "flooded", 10.0, "mL/kg", "water that fills half of the sacs", "twice the usual water of 7 mL/kg and more"
)
m.remove(
    circulation.volume,
    "fluid withdrawn",
    from_vessels * withdrawn / blood_volume.plasma * circulation.volume,
)
m.remove(
    lung.water,
    "fluid withdrawn",
    from_lung * withdrawn / (flooded * weight) * lung.water / (half_water + lung.water),
)
