"""Glucose in blood: what cortisol, glucocorticoids and inflammation do to it."""

from cytostorm.library.kinetics import rise_above
from cytostorm.library.mediators import cortisol, il6
from cytostorm.library.person import comorbidity
from cytostorm.model import LogNormal, Module

m = Module(
    "glucose",
    "lab",
    "glucose",
    about="Read off at once, without meals or the lows of a failing liver. `insulin` lowers it.",
)

rest = m.assumed("rest", 5.2, "mmol/L", "glucose at rest", "middle of 3.9 to 6.1", spread=LogNormal(1.09))
by_cortisol = m.assumed(
    "by_cortisol", 0.9, "1", "rise at full cortisol, in multiples of rest", "about 9 mmol/L under steroids"
)
half_cortisol = m.assumed(
    "half_cortisol", 1500.0, "nmol/L", "cortisol, own and given, of half that", "6 mg of dexamethasone"
)
by_il6 = m.assumed(
    "by_il6",
    0.4,
    "1",
    "rise at full IL-6, likewise",
    "insulin resistance of inflammation, not measured apart",
)
half_il6 = m.assumed("half_il6", 100.0, "pg/mL", "IL-6 of half that", "of an infection of middling weight")
resistant = m.assumed(
    "resistant", 0.6, "1", "more of both for each unit of chronic disease", "diabetes among them"
)
stress = by_cortisol * rise_above(cortisol.effect, cortisol.baseline, half_cortisol) + by_il6 * rise_above(
    il6.signal, il6.baseline, half_il6
)
kept = m.gain("kept", "how much of it insulin leaves")
m.lab(
    "glucose",
    rest * (1 + (1 + resistant * comorbidity) * stress) * kept,
    "mmol/L",
    "glucose in blood",
    normal=(3.9, 6.1),
    source="assumed",
    note="usual fasting range",
)
