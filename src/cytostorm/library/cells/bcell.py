"""B cells and antibody: late, slow to go, and what a vaccine leaves."""

from cytostorm.library.cells import dendritic, tcell
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.person import immunity
from cytostorm.model import LogNormal, Module

m = Module(
    "bcell", "cell", "B cells and antibody", about="Antibody that neutralises, where 1 halves infection."
)

pace = m.assumed(
    "pace",
    0.12,
    "1/h",
    "antibody made at full help",
    "neutralising antibody from the second week; influenza does not return",
    spread=LogNormal(1.3),
)
helpers = m.assumed("helpers", 20.0, "cells/uL", "effector T cells of half help", "a week after the start")
loss = m.parameter(
    "loss", 0.0014, "1/h", "loss of antibody", source="assumed", note="half-life of immunoglobulin G, 21 days"
)
stock = m.assumed("stock", 10.0, "1", "antibody of full immunity", "infection falls tenfold")
antibody = m.species("antibody", "1", "neutralising antibody", initial=stock * immunity, scale=0.01)
m.produce(
    antibody,
    "plasma cells",
    pace * dendritic.mature * rises(tcell.effector, helpers) + loss * stock * immunity,
)
m.remove(antibody, "loss", loss * antibody)
neutralised = m.observable("neutralised", falls(antibody, 1), "1", "what antibody leaves of infection")
