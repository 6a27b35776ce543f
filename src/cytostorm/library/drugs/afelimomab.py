"""Afelimomab: the two arms of a mouse antibody against TNF, once tried in sepsis."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass
from cytostorm.library.kinetics import rate_of
from cytostorm.library.mediators import tnf
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "afelimomab",
    "drug",
    "afelimomab",
    about="Without the tail that saves antibodies from loss it stays for days, not weeks. Antibodies against "
    "it, which two in five patients made, are left out.",
)

half_life = m.parameter("half_life", 44.7, "h", "half-life", source="Gallagher2001", note="in sepsis")
volume = m.assumed(
    "volume", 5.0, "L", "volume of distribution", "plasma and some of the fluid around vessels; not found"
)
drug = in_plasma(m, volume=volume * volume_size, clearance=volume * rate_of(half_life) * flow_size)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 100e3, "an antibody without its tail")
sites = m.assumed("sites", 2.0, "1", "TNF that one molecule binds", "it has two arms")
affinity = m.assumed(
    "affinity", 0.1, "nmol/L", "level of free binding sites of half binding", "that of infliximab; not found"
)
m.stimulate(tnf.catchers, sites * drug.level / mass / affinity, "TNF is caught")
m.lab("afelimomab", drug.level, "mg/L", "afelimomab in plasma")
