"""The marrow: interferon-γ in excess silences it, IL-6 withholds iron, and macrophages eat what it makes."""

from cytostorm.library.cells import monocyte, neutrophil
from cytostorm.library.kinetics import damped, rises
from cytostorm.library.mediators import ifng, il6
from cytostorm.library.organs import coagulation
from cytostorm.library.person import childhood, conditioning
from cytostorm.model import LogNormal, Module

m = Module("marrow", "organ", "marrow", about="Output of platelets, neutrophils, monocytes and red cells.")

half = m.assumed(
    "half", 150, "pg/mL", "interferon-γ of half silence", "cytopenia is of HLH, not of infection"
)
most = m.assumed("most", 0.9, "1", "largest silence", "hardly any output in HLH")
factor = damped(ifng.signal, half, most, 2)
m.modulate(neutrophil.output, factor, "interferon-γ silences the marrow")
m.modulate(monocyte.output, factor, "interferon-γ silences the marrow")
m.modulate(coagulation.output, factor, "interferon-γ silences the marrow")
regrowing = m.assumed(
    "regrowing", 0.003, "1/h", "regrowth of precursors after conditioning", "half of them back in ten days"
)
struck = m.species(
    "struck", "1", "share of precursors lost to conditioning", initial=conditioning, scale=0.01, within=(0, 1)
)
m.remove(struck, "regrowth", regrowing * struck)
left = (1 - struck) ** 2  # those that are back must multiply before any cell leaves
for made in (neutrophil.output, monocyte.output, coagulation.output):
    m.modulate(made, left, "conditioning, whose marrow regrows")
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
lower_in_children = m.assumed(
    "lower_in_children",
    0.13,
    "1",
    "share by which a young child's haemoglobin is lower",
    "near 125 g/L at three",
)
usual = haemoglobin_rest * (1 - lower_in_children * childhood)
haemoglobin = m.species(
    "haemoglobin",
    "g/L",
    "haemoglobin",
    initial=usual * (1 - anaemia * conditioning),
    scale=1,
)
share = m.assumed("share", 0.05, "1", "red cells eaten, against platelets", "more slowly: a fall over weeks")
withheld = m.assumed(
    "withheld", 0.8, "1", "share of red cells' output that full IL-6 holds back", "hepcidin withholds iron"
)
half_il6 = m.assumed("half_il6", 150.0, "pg/mL", "IL-6 above rest of half that", "of sepsis, not of a cold")
falling = m.parameter(
    "falling",
    0.0007,
    "1/h",
    "further loss of red cells at full IL-6",
    source="Nguyen2003",
    note="with the output withheld 2.9 g/L a day, as in sepsis after the third day: they live shorter, "
    "and blood is drawn",
)
ill = rises(il6.signal - il6.baseline, half_il6, 2)
m.produce(haemoglobin, "output of the marrow", lifetime * usual * factor * left * (1 - withheld * ill))
m.remove(haemoglobin, "loss", lifetime * haemoglobin)
m.remove(haemoglobin, "loss in illness", falling * ill * haemoglobin)
m.remove(haemoglobin, "eaten by macrophages", share * coagulation.eating * haemoglobin)
