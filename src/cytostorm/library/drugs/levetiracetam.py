"""Levetiracetam: a medicine against seizures, which the kidney clears."""

from cytostorm.library.drugs._kinetics import absorbed, in_plasma, varies
from cytostorm.library.kinetics import damped
from cytostorm.library.labs import seizures
from cytostorm.library.organs import kidney
from cytostorm.library.person import flow_size, weight
from cytostorm.model import Module

m = Module(
    "levetiracetam",
    "drug",
    "levetiracetam",
    about="It calms the brain, and clears no cloud. Sleepiness and irritability are left out.",
)

SOURCE = "Patsalos2004"
volume = m.parameter("volume", 0.6, "L/kg", "volume of distribution", source=SOURCE, note="0.5 to 0.7")
clearance = m.assumed(
    "clearance", 4.0, "L/h", "clearance", "recalled: 0.96 mL/min/kg; half-life 7 h", spread=varies(25.0)
)
renal = m.parameter("renal", 0.66, "1", "share that the kidney clears", source=SOURCE)
pace = m.assumed("pace", 3.0, "1/h", "absorption by mouth", "highest level after 1.3 h (Patsalos2004)")
drug = in_plasma(
    m,
    volume=volume * weight,
    clearance=clearance * flow_size * (1 - renal + renal * kidney.filtration),
)
absorbed(m, "oral", "mouth", drug.amount, pace)
m.route("iv", drug.amount, "vein")
half = m.assumed("half", 10.0, "mg/L", "level of half its effect", "12 to 46 mg/L are aimed at; recalled")
most = m.assumed("most", 0.8, "1", "largest share of seizures that it prevents", "some break through")
m.modulate(seizures.calmed, damped(drug.level, half, most), "levetiracetam")
m.lab("levetiracetam", drug.level, "mg/L", "levetiracetam in plasma")
