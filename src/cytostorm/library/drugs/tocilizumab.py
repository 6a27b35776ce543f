"""Tocilizumab: an antibody that sits on the IL-6 receptor, soluble and on cells."""

from cytostorm.library.drugs._kinetics import in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, il6
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "tocilizumab",
    "drug",
    "tocilizumab",
    about="It blocks classic and trans signalling of IL-6. IL-6 and its soluble receptor rise, since they "
    "leave with the receptor; C-reactive protein falls, whatever else goes on.",
)

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
drug = in_plasma(
    m,
    volume=volume * fast**together * volume_size,
    clearance=clearance * fast * flow_size * igg.faster,
    saturable=(most * flow_size, half),
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
