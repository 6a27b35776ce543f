"""CAR-T cells: they multiply on their target, kill it, and touch macrophages."""

from cytostorm.library.cells import lymphocyte, tcell
from cytostorm.library.kinetics import damped, falls, rises
from cytostorm.library.mediators import cortisol, damp, il15
from cytostorm.library.person import burden
from cytostorm.model import LogNormal, Module

m = Module(
    "car_t",
    "trigger",
    "CAR-T cell therapy",
    about="Growth follows the load of target and the IL-15 that lymphodepletion leaves. CD28 "
    "products grow faster and "
    "tire sooner than those with 4-1BB. Lymphodepletion itself is `person.conditioning`.",
)

dose = m.assumed(
    "dose",
    2.0,
    "Mcell/kg",
    "cells infused per kilogram",
    "0.2 to 5 million per kilogram are given",
    spread=LogNormal(1.3),
)
load = m.calibrated(
    "load",
    0.5,
    "1",
    "load of target cells; 1 is a marrow full of leukaemia",
    "to published rates, times and levels of cytokine release; adults, many with lymphoma, have less than "
    "children with leukaemia. The spread is that of like patients; between those of a trial it is wider",
    spread=LogNormal(2.0),
)
cd28 = m.assumed("cd28", 0.0, "1", "1 for a CD28 product, 0 for 4-1BB", "4-1BB, as tisagenlecleucel")
volume = m.calibrated(
    "volume",
    26,
    "L",
    "volume over which infused cells spread, as seen from blood",
    "to published rates, times and levels of cytokine release; few of those infused are found",
)
growth = m.calibrated(
    "growth",
    0.068,
    "1/h",
    "growth of a 4-1BB product at plenty of target",
    "to published rates, times and levels of cytokine release; doubling within a day",
    spread=LogNormal(1.2),
)
faster = m.calibrated(
    "faster",
    0.72,
    "1",
    "further growth of a CD28 product, in multiples of that of 4-1BB",
    "to published rates, times and levels of cytokine release; peak a few days earlier",
)
half = m.calibrated(
    "half",
    5.25,
    "1",
    "load of half engagement",
    "to published rates, times and levels of cytokine release; "
    "so high that what cells signal follows the load up to a few marrows",
)
feeding = m.calibrated(
    "feeding",
    0.087,
    "1",
    "load of half growth",
    "to published rates, times and levels of cytokine release; a tenth of a marrow",
)
by_il15 = m.calibrated(
    "by_il15",
    0.83,
    "1",
    "share of growth that needs IL-15, of which lymphodepletion brings most",
    "to published rates, times and levels of cytokine release; "
    "most of the growth needs it: few cells, which come late, grow less",
)
half_il15 = m.assumed("half_il15", 15.0, "pg/mL", "IL-15 of half that", "half of what lymphodepletion brings")
most = m.calibrated(
    "most",
    940,
    "cells/uL",
    "number at which growth halves",
    "to published rates, times and levels of cytokine release; about a thousand per microlitre",
    spread=LogNormal(1.5),
)
loss = m.calibrated(
    "loss",
    0.0093,
    "1/h",
    "loss of cells",
    "to published rates, times and levels of cytokine release; half-life of three days",
)
sooner = m.assumed("sooner", 1.0, "1", "how much faster a CD28 product is lost", "gone within weeks")
killing = m.calibrated(
    "killing",
    0.00051,
    "uL/cells/h",
    "target killed by a cell",
    "to published rates, times and levels of cytokine release; the target is gone within two weeks",
    spread=LogNormal(1.9),
)
regrowth = m.assumed("regrowth", 0.001, "1/h", "regrowth of target", "doubling in four weeks")
loud = m.calibrated(
    "loud",
    0.1,
    "1",
    "alarmins for a whole load that is killed",
    "to published rates, times and levels of cytokine release; target cells die by pyroptosis",
)

product = m.species("product", "Mcell", "infused cells that have not grown yet", scale=1.0)
cells = m.species("cells", "cells/uL", "CAR-T cells in blood", scale=0.01)
target = m.species("target", "1", "load of target cells", initial=load, scale=0.01, within=(0, 200))
homing = m.assumed("homing", 0.1, "1/h", "homing of infused cells", "within a day")
m.move(product, cells, "homing", homing * product, ratio=1 / volume)
meeting = cells * rises(target, half) * tcell.lck
engaged = m.observable("engaged", meeting, "cells/uL", "CAR-T cells that meet target")
kept = 1 - by_il15 * (1 - rises(il15.level * il15.passed, half_il15))
fed = rises(target, feeding) * tcell.lck
calm = damped(cortisol.effect, tcell.half_cortisol, tcell.held(tcell.most_cortisol), 3) * tcell.dividing
m.produce(cells, "growth", growth * (1 + faster * cd28) * kept * calm * falls(cells, most, 2) * fed * cells)
m.remove(cells, "loss", loss * (1 + sooner * cd28) * cells)
killed = killing * meeting  # each cell that meets a target kills at its own pace
m.produce(target, "regrowth", regrowth * target)
m.remove(target, "crowding", regrowth * target * target)
m.remove(target, "killing by CAR-T cells", killed)
m.produce(damp.body, "from killed target cells", loud * killed)
stronger = m.calibrated(
    "stronger",
    2.45,
    "1",
    "further signal of an engaged CD28 cell, in multiples of that of 4-1BB",
    "to published rates, times and levels of cytokine release; CD28 receptors signal faster and stronger",
)
near = m.calibrated(
    "near",
    0.36,
    "1",
    "cells that meet target in the body for each that blood shows",
    "to published rates, times and levels of cytokine release; not all that blood shows are where target is",
)
signalling = near * engaged * (1 + stronger * cd28)
m.stimulate(tcell.in_body, signalling, "CAR-T cells that meet target")
m.stimulate(tcell.touching, signalling, "CAR-T cells that meet target")
m.stimulate(lymphocyte.infused, cells, "CAR-T cells")
m.stimulate(burden, rises(target, half), "the tumour")
m.route("iv", product, "vein")
m.challenge("iv", dose)
m.lab("car_t_cells", cells, "cells/uL", "CAR-T cells")
m.lab("tumour", target, "1", "load of target cells")
