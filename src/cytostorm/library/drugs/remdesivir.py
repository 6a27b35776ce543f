"""Remdesivir: stops the polymerase of coronaviruses, as long as its metabolite lasts."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.kinetics import falls
from cytostorm.library.organs import airway, kidney
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "remdesivir",
    "drug",
    "remdesivir",
    about="The drug itself is gone within hours; its metabolite GS-441524 in plasma stands for what acts in "
    "cells. It slows spread from cell to cell and heals no cell that is infected. What it does to the "
    "liver, and to Ebola virus, is left out.",
)

SOURCE = "Tamura2023"
converted = m.parameter(
    "converted",
    51.8,
    "L/h",
    "clearance to the metabolite",
    source=SOURCE,
    note="fixed there, from healthy people",
)
other = m.parameter("other", 4.69, "L/h", "other clearance, likewise", source=SOURCE)
volume = m.parameter("volume", 73.4, "L", "volume, likewise", source=SOURCE)
space = volume * volume_size
drug = in_plasma(m, volume=space, clearance=other * flow_size)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 602.6, "a small molecule")
metabolite_mass = m.assumed(
    "metabolite_mass", 291.3, "g/mol", "mass of a mole of the metabolite", "GS-441524"
)
clearance = m.parameter(
    "clearance",
    11.0,
    "L/h",
    "clearance of the metabolite over the share of it that reaches plasma",
    source=SOURCE,
    note="with a filtration of 68 mL/min/1.73 m2, the median in COVID-19",
    spread=varies(45.1),
)
by_kidney = m.parameter("by_kidney", 0.745, "1", "power of filtration in it", source=SOURCE)
wide = m.parameter(
    "wide", 271.0, "L", "volume of the metabolite, likewise", source=SOURCE, spread=varies(63.4)
)
metabolite = m.species("metabolite", "mg", "GS-441524 in plasma", scale=1)
m.move(
    drug.amount,
    metabolite,
    "conversion",
    converted * flow_size * drug.amount / space,
    ratio=metabolite_mass / mass,
)
level = metabolite / (wide * volume_size)
m.remove(metabolite, "excretion", clearance * flow_size * kidney.filtration**by_kidney * level)

half = m.assumed(
    "half",
    0.77,
    "umol/L",
    "level of the metabolite that halves spread",
    "recalled for the drug in Vero cells; taken for the metabolite, of which cells hold more for longer",
)
m.modulate(airway.polymerase, falls(level / metabolite_mass, half), "the polymerase is stopped")
m.lab("remdesivir", drug.level, "mg/L", "remdesivir in plasma")
m.lab("gs_441524", level, "mg/L", "GS-441524, metabolite of remdesivir, in plasma")
