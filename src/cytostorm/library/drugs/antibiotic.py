"""What antibiotics against cell walls do: kill bacteria, which then let go of what they are made of."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import pamp
from cytostorm.model import Module

m = Module(
    "antibiotic",
    "drug",
    "antibiotics against cell walls",
    about="Bacteria that burst show more than those that live, for some hours: macrophages may answer more "
    "at first. Resistance is a number of the infection, `sepsis.susceptible`.",
)

load = m.drive("load", "1", "unbound level over that of half killing; one target, loads add")
most = m.assumed(
    "most", 0.4, "1/h", "killing of bacteria at plenty", "as that of usual care in the calibrated sepsis"
)
killing = m.observable("killing", most * rises(load, 1, 2), "1/h", "killing of bacteria")
m.stimulate(pamp.killing, killing, "antibiotics")

louder = m.assumed(
    "louder",
    3.0,
    "1",
    "what a bacterium lets go of when it bursts, against what it shows alive",
    "blockers of cell walls free several times more endotoxin than other antibiotics do, in culture",
)
clearing = m.assumed(
    "clearing",
    0.5,
    "1/h",
    "clearing of what burst bacteria let go of",
    "within hours, as of bacteria in blood",
)
freed = m.species("freed", "1", "products of burst bacteria in blood", scale=0.01)
m.produce(freed, "bursting of bacteria", louder * killing * pamp.held)
m.remove(freed, "clearing", clearing * freed)
m.stimulate(pamp.freed, freed, "bacteria that burst")
