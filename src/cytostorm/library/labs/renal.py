"""Urea and urine: filtration, what is broken down, and the water that the body saves."""

from cytostorm.library.kinetics import falls, rise_above, rises
from cytostorm.library.mediators import cortisol
from cytostorm.library.organs import circulation, kidney, liver
from cytostorm.model import LogNormal, Module

m = Module(
    "renal",
    "lab",
    "urea and urine",
    about="Read off at once. Diuretics, food, and what a device takes of urea are left out.",
)

urea_rest = m.assumed(
    "urea_rest", 4.8, "mmol/L", "urea at rest", "middle of 2.5 to 7.1", spread=LogNormal(1.25)
)
by_cortisol = m.assumed(
    "by_cortisol", 0.6, "1", "more urea at full cortisol, own and given", "protein is broken down"
)
half_cortisol = m.assumed("half_cortisol", 1500.0, "nmol/L", "cortisol of half that", "as for glucose")
by_acute = m.assumed("by_acute", 0.4, "1", "more urea in the full acute phase", "muscle feeds the liver")
half_acute = m.assumed(
    "half_acute", 100.0, "mg/L", "acute phase of half that, as CRP", "both follow IL-6 by a day"
)
saved = m.assumed(
    "saved",
    1.0,
    "1",
    "more urea when flow or plasma is lost",
    "taken back with water: urea before creatinine",
)
dry = circulation.lack + 1 - circulation.volume
m.lab(
    "urea",
    urea_rest
    * kidney.creatinine
    / kidney.usual
    * (
        1
        + by_cortisol * rise_above(cortisol.effect, cortisol.baseline, half_cortisol)
        + by_acute * rises(liver.crp - liver.rest, half_acute, 2)
    )
    * (1 + saved * dry),
    "mmol/L",
    "urea",
    normal=(2.5, 7.1),
    source="assumed",
    note="usual adult range of clinical laboratories, 7 to 20 mg/dL of urea nitrogen",
)

urine_rest = m.assumed(
    "urine_rest", 1.0, "mL/kg/h", "urine at rest", "1.7 L a day in 70 kg", spread=LogNormal(1.35)
)
half_lack = m.assumed(
    "half_lack", 0.2, "1", "lack of flow that halves urine", "it falls before creatinine rises"
)
steep = m.assumed(
    "steep", 1.5, "1", "how steeply urine follows the volume of plasma", "antidiuretic hormone saves water"
)
m.lab(
    "urine_output",
    urine_rest
    * (1 - kidney.lost)
    * falls(circulation.lack, half_lack)
    * (circulation.volume + circulation.infused) ** steep,
    "mL/kg/h",
    "urine",
    normal=(0.5, 2.0),
    source="assumed",
    note="below 0.5 mL/kg/h is oliguria; above, an adult who drinks much",
)
