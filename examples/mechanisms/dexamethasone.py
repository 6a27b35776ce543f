"""Dexamethasone, a stand-in for the examples until the library has the drug.

The shape is right: it is absorbed from the gut, leaves plasma within hours, and damps secretion later and for
longer. No number here was taken from a study or fitted to one.
"""

from cytostorm import Module
from cytostorm.library.cells import macrophage
from cytostorm.library.kinetics import rises

ROUND = "round number of the right size for an adult; a stand-in for the examples"
GUESS = "invented for the examples"

m = Module("dexamethasone", "drug", "dexamethasone, a stand-in for the examples")
absorbed = m.parameter("absorbed", 0.8, "1", "share that is absorbed", source="assumed", note=ROUND)
absorption = m.parameter("absorption", 1.0, "1/h", "absorption rate", source="assumed", note=ROUND)
clearance = m.parameter("clearance", 12.0, "L/h", "clearance", source="assumed", note=ROUND)
volume = m.parameter("volume", 60.0, "L", "volume of distribution", source="assumed", note=ROUND)
half = m.parameter("half", 10.0, "ng/mL", "level of half effect", source="assumed", note=GUESS)
delay = m.parameter("delay", 0.1, "1/h", "rate at which the effect follows", source="assumed", note=GUESS)
most = m.parameter("most", 0.7, "1", "largest share of secretion held back", source="assumed", note=GUESS)

depot = m.species("depot", "mg", "drug in the gut")
central = m.species("central", "mg", "drug in plasma")
effect = m.species("effect", "1", "effect on the genes", scale=0.01, within=(0, 1))
level = m.observable("level", central / volume, "ng/mL", "dexamethasone in plasma")

m.route("oral", depot, "mouth", bioavailability=absorbed)
m.route("iv", central, "vein")
m.move(depot, central, "absorption", absorption * depot)
m.remove(central, "elimination", clearance / volume * central)
m.relax(effect, "slow effect", rises(level, half), delay)
m.modulate(macrophage.secretion, 1 - most * effect, "dexamethasone damps secretion")
