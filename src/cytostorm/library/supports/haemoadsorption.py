"""Haemoadsorption: beads that hold cytokines, and tire within hours."""

from cytostorm.library.kinetics import falls
from cytostorm.library.supports import blood_volume, extracorporeal
from cytostorm.library.supports._plasma import CYTOKINES, clears
from cytostorm.library.supports._settings import setting
from cytostorm.model import Module

m = Module(
    "haemoadsorption",
    "support",
    "haemoadsorption",
    about="Blood passes beads that adsorb proteins of 5 to 60 kDa. The share they take falls, the faster "
    "the more blood passes; whenever the pump stops, a new cartridge is set. Cytokines share one "
    "share, that of IL-6. Antibiotics and other small drugs, and platelets lost to the beads, are "
    "left out.",
)

SOURCE = "Gubensek2025"
flow, _ = setting(m, "circuit", "mL", "mL/min", "blood through the cartridge", scale=10)
fresh = m.parameter("fresh", 0.26, "1", "share of IL-6 that a fresh cartridge takes", source=SOURCE)
tiring = m.assumed(
    "tiring",
    0.023,
    "1/h",
    "pace at which it tires at the flow below",
    "20 % after 12 h at below 200 mL/min (Gubensek2025)",
)
usual = m.assumed(
    "usual",
    140.0,
    "mL/min",
    "flow for which that holds",
    "of pumps that run all day; its median was not read",
)
# By the fourth power: 6 % after 6 h at 200 mL/min and more, for which 260 mL/min is taken (Gubensek2025).
tired = m.species("tired", "1", "share of the cartridge that is used", scale=0.01, within=(0, 1))
m.produce(tired, "tiring", tiring * (flow / usual) ** 4 * (1 - tired))
renewal = m.assumed("renewal", 10.0, "1/h", "pace at which a new cartridge is set", "within half an hour")
stopped = m.assumed("stopped", 10.0, "mL/min", "flow at which the pump counts as stopped", "near none")
m.remove(tired, "a new cartridge", renewal * falls(flow, stopped, 4) * tired)
extraction = m.observable("extraction", fresh * (1 - tired), "1", "share of IL-6 that the cartridge takes")
cleared = m.observable(
    "cleared",
    flow * (1 - blood_volume.haematocrit) * extraction,
    "mL/min",
    "plasma cleared of cytokines",
)
share = m.observable("share", cleared / blood_volume.plasma, "1/h", "share of plasma cleared of cytokines")
for cytokine in CYTOKINES:
    clears(m, cytokine, "adsorption", share)
m.stimulate(extracorporeal.proteins, cleared, "haemoadsorption")
