"""How likely a seizure is, read off how clouded the brain is."""

from cytostorm.library.kinetics import rises
from cytostorm.library.organs import brain
from cytostorm.model import Module

m = Module(
    "seizures",
    "lab",
    "seizures",
    about="It is read and acts on nothing. Fever in small children, epilepsy, meropenem and low sodium "
    "are left out. None of its numbers was measured.",
)

most = m.assumed(
    "most",
    0.1,
    "1/d",
    "hazard in deep coma of a storm",
    "some tenth to a third of severe neurotoxicity of a week",
)
half = m.assumed("half", 0.6, "1", "clouding of half of that", "from stupor on")
calmed = m.gain("calmed", "how much of it medicines leave")
hazard = m.observable("hazard", most * rises(brain.clouded, half, 4) * calmed, "1/d", "hazard of a seizure")
m.lab("seizure_hazard", hazard, "1/d", "hazard of a seizure")
