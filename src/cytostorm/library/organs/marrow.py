"""The marrow: interferon-γ and TNF in excess silence it, and macrophages eat what it makes."""

from cytostorm.library.cells import monocyte, neutrophil
from cytostorm.library.kinetics import damped, falls
from cytostorm.library.mediators import ifng
from cytostorm.library.organs import coagulation
from cytostorm.library.person import conditioning
from cytostorm.model import LogNormal, Module, time

m = Module("marrow", "organ", "marrow", about="Output of platelets, neutrophils, monocytes and red cells.")

half = m.assumed(
    "half", 150, "pg/mL", "interferon-γ of half silence", "cytopenia is of HLH, not of infection"
)
most = m.assumed("most", 0.9, "1", "largest silence", "hardly any output in HLH")
factor = damped(ifng.excess, half, most, 2)
m.modulate(neutrophil.output, factor, "interferon-γ silences the marrow")
m.modulate(monocyte.output, factor, "interferon-γ silences the marrow")
m.modulate(coagulation.output, factor, "interferon-γ silences the marrow")
regrown = m.assumed(
    "regrown",
    240.0,
    "h",
    "time in which half of the marrow regrows after conditioning",
    "neutropenia of ten days",
)
sudden = m.assumed("sudden", 3.0, "1", "steepness of regrowth", "first slow, as precursors multiply")
struck = conditioning * falls(time, regrown, sudden)
for made in (neutrophil.output, monocyte.output, coagulation.output):
    m.modulate(made, 1 - struck, "conditioning, whose marrow regrows")
m.remove(neutrophil.blood, "eaten by macrophages", coagulation.eating * neutrophil.blood)

devoured = m.assumed(
    "devoured",
    15.0,
    "1",
    "cells eaten in the marrow, against platelets",
    "haemophagocytosis is seen in the marrow",
)
m.remove(neutrophil.reserve, "eaten in the marrow", devoured * coagulation.eating * neutrophil.reserve)

lifetime = m.assumed("lifetime", 0.00035, "1/h", "loss of red cells at rest", "120 days")
haemoglobin_rest = m.assumed(
    "haemoglobin_rest", 143.0, "g/L", "haemoglobin at rest", "120 to 170", spread=LogNormal(1.08)
)
anaemia = m.assumed(
    "anaemia",
    0.3,
    "1",
    "share of haemoglobin that treatment before full conditioning has cost",
    "about 100 g/L in those who come to CAR-T cells",
)
haemoglobin = m.species(
    "haemoglobin",
    "g/L",
    "haemoglobin",
    initial=haemoglobin_rest * (1 - anaemia * conditioning),
    scale=1,
)
share = m.assumed("share", 0.2, "1", "red cells eaten, against platelets", "more slowly: a fall over weeks")
m.produce(haemoglobin, "output of the marrow", lifetime * haemoglobin_rest * factor)
m.remove(haemoglobin, "loss", lifetime * haemoglobin)
m.remove(haemoglobin, "eaten by macrophages", share * coagulation.eating * haemoglobin)
