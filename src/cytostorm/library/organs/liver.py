"""The liver's acute phase: IL-6 makes it release C-reactive protein."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il6
from cytostorm.model import LogNormal, Module

m = Module(
    "liver",
    "organ",
    "acute-phase response of the liver",
    about="Two steps, signalling and synthesis, lie between IL-6 and C-reactive protein in plasma.",
)

independent = m.parameter(
    "independent",
    0.227,
    "mg/L",
    "C-reactive protein without IL-6",
    source="assumed",
    note="chosen so that the typical person has 1 mg/L at rest",
)
most = m.parameter(
    "most",
    561.0,
    "mg/L",
    "C-reactive protein at full IL-6, if it lasted",
    source="calibrated",
    note="to the peak of 42 mg/L after 2 ng/kg of endotoxin (Barber1993)",
    spread=LogNormal(1.4),
)
half = m.parameter(
    "half", 80.0, "pg/mL", "IL-6 of half the rise", source="assumed", note="above rest, below a storm"
)
power = m.parameter(
    "power", 1.5, "1", "steepness", source="assumed", note="at 1 the level at rest would exceed 1 mg/L"
)
pace = m.parameter(
    "pace",
    0.165,
    "1/h",
    "rate of each step",
    source="assumed",
    note="so that C-reactive protein peaks on the next day; no row gives its hour",
)
elimination = m.parameter(
    "elimination",
    0.0365,
    "1/h",
    "loss of C-reactive protein from plasma",
    source="Vigushin1993",
    note="half-life of 19 h, whatever the level",
)

rest = independent + most * rises(il6.baseline, half, power)
signal = m.species("signal", "mg/L", "acute-phase signal in the liver", initial=rest, scale=1)
synthesis = m.species("synthesis", "mg/L", "acute-phase synthesis", initial=rest, scale=1)
crp = m.species("crp", "mg/L", "C-reactive protein in plasma", initial=rest, scale=1)
m.relax(signal, "signalling", independent + most * rises(il6.level, half, power), pace)
m.relax(synthesis, "synthesis", signal, pace)
m.relax(crp, "release and loss", synthesis, elimination)
