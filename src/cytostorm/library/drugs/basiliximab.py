"""Basiliximab: an antibody that sits on CD25, the receptor of activated T cells for IL-2."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, il2
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "basiliximab",
    "drug",
    "basiliximab",
    about="T cells grow less, and regulatory T cells, which live on IL-2, less still. Soluble CD25, which "
    "holds some of it in a storm, is left out.",
)

SOURCE = "Simulect2005"
clearance = m.parameter(
    "clearance",
    41.0,
    "mL/h",
    "clearance",
    source=SOURCE,
    note="after transplantation of a kidney; the spreads are recalled",
    spread=varies(46.0),
)
volume = m.parameter("volume", 8.6, "L", "volume of distribution", source=SOURCE, spread=varies(48.0))
drug = in_plasma(m, volume=volume * volume_size, clearance=clearance * flow_size * igg.faster)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 144e3, "calculated from its sequence; label")
blocked = m.parameter("blocked", 0.2, "mg/L", "level above which the receptor is covered", source=SOURCE)
covered = m.assumed(
    "covered", 0.95, "1", "share of receptors that this means", "what flow cytometry calls complete"
)
half = m.observable("half", blocked * (1 - covered) / covered, "mg/L", "level of half occupancy")
m.stimulate(il2.blockers, drug.level / half, "the receptor is occupied")
m.lab("basiliximab", drug.level, "mg/L", "basiliximab in plasma")
