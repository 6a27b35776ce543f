"""Lenzilumab: an antibody that catches GM-CSF."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass
from cytostorm.library.mediators import gmcsf, igg
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "lenzilumab",
    "drug",
    "lenzilumab",
    about="No population model of it was found. It moves as siltuximab does in health, which gives the "
    "half-life of 25 to 31 days seen in volunteers (Song, 2024 meeting of the ASCPT, PII-155).",
)

LIKE = "that of siltuximab (Nikanjam2019), an immunoglobulin G1 with little loss to its target"
clearance = m.assumed("clearance", 0.165, "L/d", "clearance", LIKE + ", 0.77 times in health")
volume = m.assumed("volume", 3.04, "L", "central volume", LIKE + ", 0.83 times in health")
exchange = m.assumed("exchange", 0.624, "L/d", "clearance between compartments", LIKE)
outer = m.assumed("outer", 2.60, "L", "peripheral volume", LIKE + ", 0.83 times in health")
drug = in_plasma(
    m,
    volume=volume * volume_size,
    clearance=clearance * flow_size * igg.faster,
    outer=outer * volume_size,
    exchange=exchange * flow_size,
)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 147e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "GM-CSF that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity",
    0.03,
    "nmol/L",
    "level of free binding sites of half binding",
    "recalled, tens of pmol/L; no primary source found",
)
m.stimulate(gmcsf.catchers, sites * drug.level / mass / affinity, "GM-CSF is caught")
m.lab("lenzilumab", drug.level, "mg/L", "lenzilumab in plasma")
