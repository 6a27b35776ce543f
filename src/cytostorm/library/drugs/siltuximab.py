"""Siltuximab: an antibody that catches IL-6 itself."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.labs import plasma
from cytostorm.library.mediators import igg, il6
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "siltuximab",
    "drug",
    "siltuximab",
    about="Caught IL-6 does not signal and stays in plasma with the antibody, so that total IL-6 rises; most "
    "assays do not tell it from free.",
)

SOURCE = "Nikanjam2019"
usual = m.parameter("usual", 73.0, "kg", "weight for which the volumes hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.65, "1", "power of weight in volumes", source=SOURCE)
clearance = m.parameter(
    "clearance",
    0.214,
    "L/d",
    "clearance",
    source=SOURCE,
    note="in tumours",
    spread=varies(20.0),
)
by_albumin = m.parameter(
    "by_albumin",
    0.84,
    "1",
    "power of albumin in the reverse of clearance",
    source=SOURCE,
    note="taken against the person's own at rest",
)
volume = m.parameter("volume", 3.66, "L", "central volume", source=SOURCE, spread=varies(42.0))
exchange = m.parameter("exchange", 0.624, "L/d", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 3.13, "L", "peripheral volume", source=SOURCE)
castleman = m.covariate(
    "castleman",
    0.0,
    "1",
    "1 with Castleman disease",
    source="assumed",
    note="storms have other causes",
    usual=(0.0, 1.0),
)
healthy = m.covariate(
    "healthy", 0.0, "1", "1 in health", source="assumed", note="those treated are ill", usual=(0.0, 1.0)
)
faster = m.parameter("faster", 1.24, "1", "clearance in Castleman disease", source=SOURCE, note="times")
slower = m.parameter("slower", 0.77, "1", "clearance in health", source=SOURCE, note="times")
smaller = m.parameter("smaller", 0.83, "1", "volumes in health", source=SOURCE, note="times")
size = (weight / usual) ** by_weight * smaller**healthy
drug = in_plasma(
    m,
    volume=volume * size,
    clearance=clearance * faster**castleman * slower**healthy * igg.faster * plasma.left**-by_albumin,
    outer=outer * size,
    exchange=exchange,
)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 145e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "IL-6 that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity",
    0.034,
    "nmol/L",
    "level of free binding sites of half binding",
    "recalled, no primary source found",
)
m.stimulate(il6.catchers, sites * drug.level / mass / affinity, "IL-6 is caught")
m.lab("siltuximab", drug.level, "mg/L", "siltuximab in plasma")
