"""Interleukin-6: two ways of signalling, and a receptor that also clears it."""

from cytostorm.model import LogNormal, Module

m = Module(
    "il6",
    "mediator",
    "interleukin-6",
    about="It signals through the receptor on liver and leucocytes (classic) and, bound to the "
    "shed receptor, "
    "on every cell (trans). Part of it is cleared through the receptor: what blocks the receptor "
    "raises IL-6.",
)

baseline = m.parameter(
    "baseline",
    1.0,
    "pg/mL",
    "level at rest",
    source="assumed",
    note="between the volunteers of Janum2016 (0.7) and of Lekander2016 (1.2)",
    spread=LogNormal(1.4),
)
elimination = m.parameter(
    "elimination",
    1.6,
    "1/h",
    "elimination rate",
    source="calibrated",
    note="to the endotoxin curves at 1 and 2 ng/kg, at the upper bound of the search; Hosseini2020 uses 2.1",
)
by_receptor = m.assumed(
    "by_receptor",
    0.7,
    "1",
    "share of elimination through the receptor",
    "serum IL-6 rises severalfold under receptor block",
)

blockers = m.drive("blockers", "1", "load C/Kd of what blocks the IL-6 receptor; one site, loads add")
free = m.observable("free", 1 / (1 + blockers), "1", "share of receptors that are free")

catchers = m.drive("catchers", "1", "load C/Kd of what catches IL-6 itself; one site, loads add")
loose = m.observable("loose", 1 / (1 + catchers), "1", "share of IL-6 that is not caught")

level = m.species("level", "pg/mL", "interleukin-6 in plasma", initial=baseline, scale=baseline.value)
m.produce(level, "constitutive production", elimination * baseline)
caught_loss = m.assumed(
    "caught_loss",
    0.0015,
    "1/h",
    "loss of caught IL-6",
    "with the antibody that holds it: half-life of three weeks",
)
m.remove(level, "loss of what is caught", caught_loss * (1 - loose) * level)
m.remove(level, "elimination", elimination * (1 - by_receptor) * loose * level)
m.remove(level, "uptake with the receptor", elimination * by_receptor * free * loose * level)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
signal = m.observable(
    "signal",
    level * loose * free * passed,
    "pg/mL",
    "IL-6 that is loose, finds a free receptor, and gets through",
)

receptor_baseline = m.assumed(
    "receptor_baseline",
    40.0,
    "ng/mL",
    "soluble IL-6 receptor at rest",
    "middle of the 25 to 75 ng/mL of healthy people",
    spread=LogNormal(1.3),
)
shedding = m.drive("shedding", "1", "shedding of the receptor beyond that at rest, in multiples of it")
receptor_loss = m.assumed(
    "receptor_loss",
    0.7,
    "1",
    "share of the soluble receptor's loss that blocking prevents",
    "soluble receptor rises severalfold under receptor block",
)
receptor = m.observable(
    "receptor",
    receptor_baseline * (1 + shedding) / (1 - receptor_loss + receptor_loss * free),
    "ng/mL",
    "soluble IL-6 receptor, free and bound",
)
gp130 = m.parameter(
    "gp130",
    390.0,
    "ng/mL",
    "soluble gp130, which catches the complex",
    source="Dwivedi2014",
    note="3.9 nmol/L",
    spread=LogNormal(1.15),
)
trans = m.observable(
    "trans",
    signal * (1 + shedding),
    "pg/mL",
    "IL-6 in trans-signalling, as the level that would do the same at rest",
)
