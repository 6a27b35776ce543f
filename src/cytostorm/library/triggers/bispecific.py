"""A bispecific engager: it ties T cells to their target while both are there."""

from cytostorm.library.cells import lymphocyte, tcell
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import damp
from cytostorm.library.person import burden
from cytostorm.model import LogNormal, Module

m = Module(
    "bispecific",
    "trigger",
    "bispecific T-cell engager",
    about="CD3 on one arm, the target on the other, such as blinatumomab. T cells fire when "
    "tied, and less when tied "
    "again: release is of the first dose, and step-up dosing makes use of it.",
)

dose = m.parameter(
    "dose",
    108.0,
    "ug",
    "dose of the first day",
    source="Hosseini2020",
    note="60 ug/m2/d for 1.8 m2, spread over a day",
)
duration = m.assumed(
    "duration", 24.0, "h", "time over which it is given", "a continuous infusion's first day"
)
clearance = m.parameter(
    "clearance", 1.67, "L/h", "clearance", source="Hosseini2020", note="22.3 L/m2/d for 1.8 m2"
)
volume = m.parameter(
    "volume", 2.9, "L", "volume of distribution", source="Hosseini2020", note="1.61 L/m2 for 1.8 m2"
)
half = m.parameter("half", 0.1, "ng/mL", "concentration of half tying", source="Hosseini2020")
load = m.assumed(
    "load",
    0.5,
    "1",
    "load of target cells; 1 is a marrow full of them",
    "between remission and full",
    spread=LogNormal(2.5),
)
half_load = m.calibrated(
    "half_load",
    2.3,
    "1",
    "load of half tying",
    "to published rates, times and levels of cytokine release; release follows the load of target",
)
share = m.calibrated(
    "share",
    0.0247,
    "1",
    "T cells in blood that fire at full tying, as a share of lymphocytes",
    "to published rates, times and levels of cytokine release; memory cells fire first",
    spread=LogNormal(1.5),
)
tired = m.calibrated(
    "firing_out",
    0.0722,
    "1/h",
    "rate at which fired cells fall silent while tied",
    "to published rates, times and levels of cytokine release; release lasts for hours",
)
back = m.assumed("back", 0.004, "1/h", "recovery between doses", "memory of a week")
killing = m.assumed(
    "killing", 0.0006, "uL/cells/h", "target killed by an engaged cell", "slow: a tenth of a marrow in a day"
)
loud = m.calibrated(
    "loud",
    7.39,
    "1",
    "alarmins for a whole load that is killed",
    "to published rates, times and levels of cytokine release; target cells burst",
)
again = m.assumed(
    "again",
    0.2,
    "1",
    "tied cells that kill without firing, against those that fire",
    "killing outlasts release: step-up dosing clears the target",
)
leaving = m.assumed(
    "leaving",
    3.0,
    "1",
    "how many times faster lymphocytes leave the blood at full tying",
    "most are gone within a day of the first dose",
)

drug = m.species("drug", "ug", "engager in plasma", scale=0.01)
target = m.species("target", "1", "load of target cells", initial=load, scale=0.01, within=(0, 200))
silent = m.species(
    "silent", "1", "share of T cells that have fired and are silent", scale=0.01, within=(0, 1)
)
level = m.observable("level", drug / volume, "ng/mL", "engager in plasma")
m.remove(drug, "elimination", clearance / volume * drug)
tied = m.observable("tied", rises(level, half) * rises(target, half_load), "1", "tying of T cells to target")
signalling = tied * tcell.lck
engaged = m.observable(
    "engaged", share * lymphocyte.blood * signalling * (1 - silent), "cells/uL", "T cells that fire"
)
m.produce(silent, "falling silent", tired * signalling * (1 - silent))
m.remove(silent, "recovery", back * silent)
killed = killing * (engaged + again * share * lymphocyte.usual * signalling) * target
m.remove(target, "killing by engaged T cells", killed)
m.produce(damp.body, "from killed target cells", loud * killed)
m.stimulate(tcell.in_body, engaged, "T cells tied to target")
m.stimulate(tcell.touching, engaged, "T cells tied to target")
m.stimulate(lymphocyte.pull_more, leaving * tied * (1 - silent), "tied T cells leave the blood")
m.stimulate(burden, rises(target, half_load), "the tumour")
m.route("iv", drug, "vein")
m.challenge("iv", dose, duration)
m.lab("tumour", target, "1", "load of target cells")
