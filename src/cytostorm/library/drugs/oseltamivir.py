"""Oseltamivir: holds new influenza virus on the cell that made it."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.kinetics import falls
from cytostorm.library.organs import airway, kidney
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "oseltamivir",
    "drug",
    "oseltamivir",
    about="The liver turns all of it to the carboxylate, which blocks the neuraminidase that frees virus. "
    "Only influenza has that enzyme. Resistance is left out.",
)

SOURCE = "Kamal2013"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.838, "1", "power of weight in conversion", source=SOURCE)
converted = m.parameter(
    "converted",
    519.0,
    "L/h",
    "clearance to the carboxylate over the share that is absorbed",
    source=SOURCE,
    spread=varies(42.1),
)
volume = m.parameter("volume", 421.0, "L", "central volume, likewise", source=SOURCE, spread=varies(69.3))
exchange = m.parameter(
    "exchange", 120.0, "L/h", "clearance between compartments, likewise", source=SOURCE, spread=varies(62.1)
)
outer = m.parameter("outer", 2800.0, "L", "peripheral volume, likewise", source=SOURCE, spread=varies(63.7))
pace = m.parameter("pace", 0.775, "1/h", "absorption by mouth", source=SOURCE, spread=varies(30.7))
drug = in_plasma(m, volume=volume, outer=outer, exchange=exchange)
absorbed(m, "oral", "mouth", drug.amount, pace)

size = weight / usual
clearance = m.parameter(
    "clearance",
    20.7,
    "L/h",
    "clearance of the carboxylate, likewise",
    source=SOURCE,
    note="with a creatinine clearance of 95 mL/min/1.73 m2",
    spread=varies(38.3),
)
by_size = m.parameter("by_size", 0.56, "1", "power of weight in it", source=SOURCE)
by_kidney = m.parameter("by_kidney", 0.487, "1", "power of creatinine clearance in it", source=SOURCE)
wide = m.parameter(
    "wide",
    238.0,
    "L",
    "volume of the carboxylate, likewise",
    source=SOURCE,
    note="at 21 years; 2.25 L less for each year beyond are left out",
    spread=varies(65.3),
)
wide_by_size = m.parameter("wide_by_size", 0.83, "1", "power of weight in it", source=SOURCE)
carboxylate = m.species("carboxylate", "mg", "oseltamivir carboxylate in plasma", scale=1)
m.move(drug.amount, carboxylate, "conversion", converted * size**by_weight * drug.amount / volume)
level = carboxylate / (wide * size**wide_by_size)
m.remove(carboxylate, "excretion", clearance * size**by_size * kidney.filtration**by_kidney * level)

mass = molar_mass(m, 284.4, "the carboxylate, a small molecule")
half = m.parameter(
    "half",
    0.16,
    "umol/L",
    "level that halves the virus set free",
    source="Smee2010",
    note="in cells: 0.02, 0.16 and 3.7 for three strains, the middle one; the enzyme alone needs a hundredth",
)
m.modulate(airway.neuraminidase, falls(level / mass, half), "neuraminidase is blocked")
m.lab("oseltamivir", level, "ug/L", "oseltamivir carboxylate in plasma")
