"""B cells and antibody: late, slow to go, and what a vaccine leaves."""

from cytostorm.library.cells import tcell
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.person import immunity
from cytostorm.model import LogNormal, Module

m = Module(
    "bcell", "cell", "B cells and antibody", about="Antibody that neutralises, where 1 halves infection."
)

pace = m.assumed(
    "pace",
    0.1,
    "1/h",
    "antibody made at full help",
    "neutralising antibody from the second week, and long after the virus; influenza does not return",
    spread=LogNormal(1.3),
)
helpers = m.assumed("helpers", 20.0, "cells/uL", "effector T cells of half help", "a week after the start")
loss = m.parameter(
    "loss", 0.0014, "1/h", "loss of antibody", source="assumed", note="half-life of immunoglobulin G, 21 days"
)
stock = m.assumed("stock", 10.0, "1", "antibody of full immunity", "infection falls a hundredfold")
recall = 1 + tcell.memory * immunity  # memory B cells, as many times more as memory T cells
antibody = m.species("antibody", "1", "neutralising antibody", initial=stock * immunity, scale=0.01)
m.produce(
    antibody,
    "plasma cells",
    pace * rises(tcell.effector * recall, helpers) + loss * stock * immunity,
)
m.remove(antibody, "loss", loss * antibody)
steep = m.assumed(
    "steep", 2.0, "1", "steepness of neutralisation", "several antibodies on one virion act together"
)
neutralised = m.observable("neutralised", falls(antibody, 1, steep), "1", "what antibody leaves of infection")
