"""A TNF receptor on the tail of an antibody: of the class of etanercept, as made in China."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.mediators import igg, tnf
from cytostorm.library.person import flow_size, man, volume_size
from cytostorm.model import Module

m = Module(
    "tnf_receptor_fc",
    "drug",
    "TNF receptor with an Fc tail",
    about="A decoy that catches TNF. The numbers are of rhTNFR-Fc, a product of the class of etanercept and "
    "not etanercept itself. Lymphotoxin, which it catches too, is not in the model.",
)

SOURCE = "Fang2010"
clearance = m.parameter(
    "clearance",
    0.168,
    "L/h",
    "clearance in a woman over the share that is absorbed",
    source=SOURCE,
    note="healthy, one dose; patients under repeated doses had two thirds of the levels",
    spread=varies(33.3),
)
by_man = m.parameter("by_man", 0.655, "1", "clearance of a man against a woman's", source=SOURCE)
volume = m.parameter("volume", 15.5, "L", "volume, likewise", source=SOURCE, spread=varies(42.7))
pace = m.parameter(
    "pace",
    0.0605,
    "1/h",
    "absorption from under the skin",
    source=SOURCE,
    note="after a lag of one hour, left out",
    spread=varies(55.6),
)
drug = in_plasma(m, volume=volume * volume_size, clearance=clearance * by_man**man * flow_size * igg.faster)
absorbed(m, "sc", "under the skin", drug.amount, pace)

mass = molar_mass(m, 150e3, "recalled, with its sugars; label of etanercept")
affinity = m.assumed(
    "affinity",
    0.05,
    "nmol/L",
    "level of half binding",
    "half of an antibody's: tighter by plasmon resonance (doi:10.3748/wjg.v22.i42.9300, table 1), by an "
    "amount that was not found",
)
m.stimulate(tnf.catchers, drug.level / mass / affinity, "TNF is caught")
m.lab("tnf_receptor_fc", drug.level, "mg/L", "TNF receptor with an Fc tail in plasma")
