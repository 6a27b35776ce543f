"""Dexamethasone: a glucocorticoid of days, by mouth or into a vein."""

from cytostorm.library.drugs import glucocorticoid
from cytostorm.library.drugs._kinetics import absorbed, in_plasma, molar_mass, varies
from cytostorm.library.drugs.cyp3a4 import by_cyp3a4
from cytostorm.library.person import flow_size, volume_size
from cytostorm.model import Module

m = Module(
    "dexamethasone",
    "drug",
    "dexamethasone",
    about="Potent and lasting; what it does is that of all glucocorticoids.",
)

SOURCE = "Krzyzanski2021"
share = m.assumed("share", 0.8, "1", "share absorbed by mouth", "recalled, 0.6 to 0.9")
clearance = m.parameter(
    "clearance",
    9.29,
    "L/h",
    "clearance over the share that is absorbed",
    source=SOURCE,
    note="in healthy women of 57 kg; over the share from muscle, of which that by mouth is 1.04 times, "
    "which is left out",
    spread=varies(16.4),
)
volume = m.parameter("volume", 51.3, "L", "central volume, likewise", source=SOURCE)
exchange = m.parameter("exchange", 0.538, "L/h", "clearance between compartments, likewise", source=SOURCE)
outer = m.parameter("outer", 5.06, "L", "peripheral volume, likewise", source=SOURCE)
pace = m.parameter("pace", 0.936, "1/h", "absorption by mouth", source=SOURCE, spread=varies(69.6))
left = by_cyp3a4(m, 0.6, "recalled: the larger part; inducers of the enzyme halve its level")
drug = in_plasma(
    m,
    volume=volume * share * volume_size,
    clearance=clearance * left * share * flow_size,
    outer=outer * share * volume_size,
    exchange=exchange * share * flow_size,
)
absorbed(m, "oral", "mouth", drug.amount, pace, share=share)
m.route("iv", drug.amount, "vein")

mass = molar_mass(m, 392.5, "a small molecule")
potency = m.assumed(
    "potency",
    16.0,
    "1",
    "cortisol that does what one of it does, by molecules",
    "on lymphocytes of 98 healthy people, against hydrocortisone (J-STAGE, jsir1981, 14(2)); total levels",
)
m.stimulate(glucocorticoid.given, potency * drug.level / mass, "dexamethasone")
m.lab("dexamethasone", drug.level, "ug/L", "dexamethasone in plasma")
