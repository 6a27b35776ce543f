"""An anti-CD28 superagonist: it fires memory T cells all at once, without any antigen."""

from cytostorm.library.cells import lymphocyte, monocyte, tcell
from cytostorm.library.kinetics import rises
from cytostorm.library.person import weight
from cytostorm.model import LogNormal, Module

m = Module(
    "superagonist",
    "trigger",
    "anti-CD28 superagonist",
    about="TGN1412, as given to six volunteers in 2006: CD4 effector-memory cells of blood and "
    "tissue fire within the hour.",
)

dose = m.parameter("dose", 0.1, "mg/kg", "dose", source="Suntharalingam2006")
volume = m.assumed("volume", 0.05, "L/kg", "volume of distribution", "plasma volume, as of other antibodies")
loss = m.assumed("loss", 0.0036, "1/h", "elimination", "half-life of eight days, as of other antibodies")
half = m.assumed(
    "half", 0.3, "mg/L", "level of half occupancy that fires", "near-full occupancy at 0.1 mg/kg"
)
pool = m.assumed(
    "pool",
    300,
    "cells/uL",
    "memory cells of blood and tissue that fire at once",
    "for thousands of pg/mL of interferon-γ (Suntharalingam2006)",
    spread=LogNormal(1.3),
)
firing = m.assumed("firing", 1.2, "1/h", "rate of firing at full occupancy", "within the hour")
ending = m.assumed("ending", 0.12, "1/h", "rate of falling silent", "release lasts for hours")
leaving = m.assumed(
    "leaving",
    25.0,
    "1",
    "how many times faster lymphocytes leave the blood when all fire",
    "depleted within 24 h (Suntharalingam2006)",
)
following = m.assumed(
    "following",
    20.0,
    "1",
    "how many times faster monocytes leave the blood when all fire",
    "depleted within 24 h (Suntharalingam2006)",
)

drug = m.species("drug", "mg", "antibody in plasma", scale=0.01)
ready = m.species("ready", "cells/uL", "memory cells that have not fired", initial=pool, scale=1)
fired = m.species("fired", "cells/uL", "cells that fire", scale=1)
level = m.observable("level", drug / (volume * weight), "mg/L", "antibody in plasma")
m.remove(drug, "elimination", loss * drug)
m.move(ready, fired, "firing", firing * rises(level, half, 4) * ready)
m.remove(fired, "falling silent", ending * fired)
m.stimulate(tcell.in_body, fired, "memory cells that fire")
m.stimulate(tcell.touching, fired, "memory cells that fire")
m.stimulate(lymphocyte.pull_more, leaving * fired / pool, "cells that fire leave the blood")
m.stimulate(monocyte.call, following * fired / pool, "monocytes follow")
m.route("iv", drug, "vein")
m.challenge("iv", dose)
