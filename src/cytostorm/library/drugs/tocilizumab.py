"""Tocilizumab: an antibody that sits on the IL-6 receptor, soluble and on cells."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.kinetics import Expr
from cytostorm.library.mediators import igg, il6
from cytostorm.library.person import flow_size, man, surface, volume_size
from cytostorm.model import Module

m = Module(
    "tocilizumab",
    "drug",
    "tocilizumab",
    about="It blocks classic and trans signalling of IL-6. IL-6 and its soluble receptor rise, since they "
    "leave with the receptor; C-reactive protein falls, whatever else goes on. Its kinetics are those of "
    "intensive care, or of arthritis with `tocilizumab.arthritis` at 1, there without correlations.",
)

arthritis = m.covariate(
    "arthritis",
    0.0,
    "1",
    "1 with the kinetics of rheumatoid arthritis, 0 with those of intensive care",
    source="assumed",
    note="it is given in storms",
    usual=(0.0, 1.0),
)


def either(intensive_care: Expr, joints: Expr) -> Expr:
    """Return what holds in intensive care, or in arthritis."""
    return intensive_care * (1 - arthritis) + joints * arthritis


# --- intensive care ----------------------------------------------------------------------------------

fast = m.covariate(
    "fast",
    1.0,
    "1",
    "how fast this person clears it, against the median",
    source="Moes2022",
    note="spread of clearance",
    spread=varies(18.9),
)
clearance = m.parameter(
    "clearance", 0.725, "L/d", "linear clearance", source="Moes2022", note="in intensive care"
)
together = m.parameter(
    "together",
    1.01,
    "1",
    "how volume goes with clearance, as a power",
    source="Moes2022",
    note="0.0355 / 0.0351, covariance over variance of their logarithms: a correlation of 0.91",
)
volume = m.parameter(
    "volume",
    4.34,
    "L",
    "volume of distribution",
    source="Moes2022",
    note="the spread is what does not go with clearance: 21 % in all",
    spread=varies(8.4),
)
most = m.parameter("most", 4.19, "mg/d", "largest elimination with the receptor", source="Moes2022")
half = m.parameter("half", 0.22, "mg/L", "level of half of that", source="Moes2022")

# --- arthritis ---------------------------------------------------------------------------------------

JOINTS = "Frey2010"
ra_clearance = m.parameter(
    "ra_clearance",
    0.3,
    "L/d",
    "linear clearance in arthritis, in a man",
    source=JOINTS,
    note="high-density lipoprotein, rheumatoid factor, protein, albumin, kidney and smoking at reference",
    spread=varies(39.0),
)
ra_woman = m.parameter("ra_woman", 0.84, "1", "clearance of a woman against a man's", source=JOINTS)
ra_surface = m.parameter("ra_surface", 1.8, "m2", "body surface for which that holds", source=JOINTS)
by_surface = m.parameter("by_surface", 0.7, "1", "power of body surface in clearance", source=JOINTS)
ra_volume = m.parameter("ra_volume", 3.5, "L", "central volume, likewise", source=JOINTS, spread=varies(37.0))
exchange = m.parameter(
    "exchange", 0.2, "L/d", "clearance between compartments, likewise; none in intensive care", source=JOINTS
)
outer = m.parameter("outer", 2.9, "L", "peripheral volume, likewise", source=JOINTS, spread=varies(66.0))
ra_most = m.parameter(
    "ra_most",
    7.5,
    "mg/d",
    "largest elimination with the receptor, likewise",
    source=JOINTS,
    spread=varies(54.0),
)
ra_half = m.parameter("ra_half", 2.7, "mg/L", "level of half of that", source=JOINTS)

flow = either(clearance * fast, ra_clearance * ra_woman ** (1 - man) * (surface / ra_surface) ** by_surface)
drug = in_plasma(
    m,
    volume=either(volume * fast**together, ra_volume) * volume_size,
    clearance=flow * flow_size * igg.faster,
    saturable=(either(most, ra_most) * flow_size, either(half, ra_half)),
    outer=outer * volume_size,
    exchange=exchange * arthritis * flow_size,
)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 148e3, "an immunoglobulin G1")
sites = m.assumed("sites", 2.0, "1", "receptors that one antibody binds", "an antibody has two arms")
affinity = m.assumed(
    "affinity",
    1.12,
    "nmol/L",
    "level of free binding sites of half occupancy",
    "sarilumab's 61.9 pmol/L and an affinity 15 to 22 times lower (doi:10.1002/jcph.1795), the middle of it",
)
m.stimulate(il6.blockers, sites * drug.level / mass / affinity, "the receptor is occupied")
m.lab("tocilizumab", drug.level, "mg/L", "tocilizumab in plasma")
