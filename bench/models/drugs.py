"""Two drugs of the benchmark model: a glucocorticoid and an antibody against the IL-6 receptor."""

from __future__ import annotations

from cytostorm.library.kinetics import damped, falls, rises
from cytostorm.model import Module

from .number import number, share

# --- dexamethasone: depot, two compartments, and an effect that comes and goes later ---------------------

dexamethasone = m = Module("dexamethasone", "drug", "a daily glucocorticoid")
absorbed = number(m, "absorbed", 0.8, "1")
absorption = number(m, "absorption", 0.9, "1/h", 0.25)
clearance = number(m, "clearance", 12.0, "L/h", 0.25)
volume = number(m, "volume", 45.0, "L", 0.2)
outward = number(m, "outward", 0.25, "1/h")
inward = number(m, "inward", 0.4, "1/h")
half = number(m, "half", 12.0, "ng/mL", 0.25)
onset = number(m, "onset", 0.12, "1/h")

depot = m.species("depot", "mg", "drug in the gut", scale=0.1)
central = m.species("central", "mg", "drug in plasma", scale=0.1)
tissue = m.species("tissue", "mg", "drug in tissue", scale=0.1)
genes = share(m, "genes", "genes that the drug holds down")
level = m.observable("level", central / volume, "ng/mL", "drug in plasma")
m.move(depot, central, "absorption", absorption * depot)
m.remove(central, "elimination", clearance / volume * central)
m.move(central, tissue, "distribution", outward * central)
m.move(tissue, central, "return", inward * tissue)
m.relax(genes, "indirect effect", rises(level, half), onset)
m.route("oral", depot, "mouth", bioavailability=absorbed)
m.route("iv", central, "vein")
braked = m.observable("braked", damped(genes, 0.4, 0.75), "1", "secretion left under the drug")

# --- tocilizumab: two compartments, one linear and one saturable way out -----------------------------------

tocilizumab = m = Module("tocilizumab", "drug", "an antibody against the IL-6 receptor")
volume = number(m, "volume", 3.5, "L", 0.2)
clearance = number(m, "clearance", 0.0125, "L/h", 0.25)
outward = number(m, "outward", 0.006, "1/h")
inward = number(m, "inward", 0.008, "1/h")
capacity = number(m, "capacity", 0.35, "mg/h", 0.25)
half = number(m, "half", 3.0, "mg/L")
blocks = number(m, "blocks", 1.5, "mg/L", 0.25)

central = m.species("central", "mg", "antibody in plasma")
tissue = m.species("tissue", "mg", "antibody in tissue")
level = m.observable("level", central / volume, "mg/L", "antibody in plasma")
m.remove(central, "linear elimination", clearance / volume * central)
m.remove(central, "elimination by its target", capacity * rises(central, half * volume))
m.move(central, tissue, "distribution", outward * central)
m.move(tissue, central, "return", inward * tissue)
m.route("iv", central, "vein")
free = m.observable("free", falls(level, blocks), "1", "receptors that IL-6 finds free")
