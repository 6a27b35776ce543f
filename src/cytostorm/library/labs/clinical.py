"""What a clinical laboratory measures of clotting, organs and cell death."""

import sympy

from cytostorm.library.kinetics import Expr
from cytostorm.library.mediators import damp
from cytostorm.library.organs import brain, circulation, coagulation, iron, kidney, liver, marrow, site
from cytostorm.library.person import age, man
from cytostorm.model import LogNormal, Module, Parameter

m = Module("clinical", "lab", "clinical laboratory", about="Clotting, kidney, liver, iron and cell death.")

NOTE = "usual adult range of clinical laboratories"


def lab(
    name: str, expression: Expr, unit: str, label: str, normal: tuple[float | None, float | None]
) -> None:
    """Declare a read-out with its reference range."""
    m.lab(name, expression, unit, label, normal=normal, source="assumed", note=NOTE)


ldh_rest = m.assumed("ldh_rest", 175.0, "U/L", "LDH at rest", "middle of 125 to 245", spread=LogNormal(1.18))
ldh_site = m.assumed(
    "ldh_site",
    700.0,
    "U/L",
    "LDH at a wholly lost site",
    "for 570 U/L in those who die of COVID-19 (Yan2020)",
)
ldh_damp = m.assumed(
    "ldh_damp", 60.0, "U/L", "LDH for each unit of alarmins in the circulation", "both leave dying cells"
)
ldh_liver = m.assumed(
    "ldh_liver", 0.75, "1", "LDH for each unit of transaminases above rest", "less than either in liver cells"
)
ldh_eaten = m.assumed(
    "ldh_eaten", 5e4, "U*h/L", "LDH for the pace at which blood cells are eaten", "about a thousand in HLH"
)
ast_liver = m.assumed("ast_liver", 1.2, "1", "AST for each unit of ALT above rest", "AST rises more in shock")


def inker(name: str, value: float, unit: str, label: str) -> Parameter:
    """Declare a number of the equation of 2021 for filtration, which holds for adults."""
    note = "of the equation by creatinine, for adults; between the sexes the middle is taken"
    return m.parameter(f"egfr_{name}", value, unit, label, source="Inker2021", note=note)


egfr_most = inker("most", 142.0, "mL/min", "filtration at the creatinine below and no age")
bend_woman = inker("bend_woman", 61.88, "umol/L", "creatinine, 0.7 mg/dL, below which it counts less, women")
bend_man = inker("bend_man", 79.56, "umol/L", "creatinine, 0.9 mg/dL, below which it counts less, men")
low_woman = inker("low_woman", 0.241, "1", "power of creatinine below that, women")
low_man = inker("low_man", 0.302, "1", "power of creatinine below that, men")
high = inker("high", 1.2, "1", "power of creatinine above that")
by_age = inker("by_age", 0.9938, "1", "share left with each year of age")
woman = inker("woman", 1.012, "1", "how many times more in women")
year = m.assumed("year", 1.0, "year", "unit of age", "1 by definition")
of_bend = kidney.creatinine / (bend_woman + (bend_man - bend_woman) * man)

corpuscle = m.assumed(
    "corpuscle", 340.0, "g/L", "haemoglobin in red cells", "320 to 360, whatever the number of cells"
)
aptt_rest = m.assumed("aptt_rest", 30.0, "s", "aPTT at rest", "25 to 35 in health", spread=LogNormal(1.075))
aptt_power = m.assumed(
    "aptt_power",
    0.4,
    "1",
    "how steeply aPTT follows lost factors of the liver",
    "it needs fewer of them than INR",
)

lab("platelets", coagulation.platelets, "10^9/L", "platelets", (150, 400))
lab("haemoglobin", marrow.haemoglobin, "g/L", "haemoglobin", (120, 170))
lab("haematocrit", marrow.haemoglobin / corpuscle, "percent", "haematocrit", (36, 50))
lab("fibrinogen", coagulation.fibrinogen, "g/L", "fibrinogen", (2.0, 4.0))
lab("d_dimer", coagulation.d_dimer, "ug/mL", "D-dimer", (None, 0.5))
lab("inr", coagulation.inr, "1", "INR", (0.8, 1.2))
lab("aptt", aptt_rest * coagulation.factors**-aptt_power, "s", "aPTT, without heparin", (25, 35))
lab("creatinine", kidney.creatinine, "umol/L", "creatinine", (45, 110))
lab(
    "egfr",
    egfr_most
    * sympy.Min(of_bend, 1) ** -(low_woman + (low_man - low_woman) * man)
    * sympy.Max(of_bend, 1) ** -high
    * by_age ** (age / year)
    * woman ** (1 - man),
    "mL/min",
    "estimated filtration, for 1.73 m2",
    (60, None),
)
lab("bilirubin", liver.bilirubin, "umol/L", "bilirubin", (None, 21))
lab("alt", liver.alt_rest + liver.enzymes, "U/L", "ALT", (None, 45))
lab("ast", liver.ast_rest + ast_liver * liver.enzymes, "U/L", "AST", (None, 40))
lab(
    "ldh",
    ldh_rest
    + ldh_site * site.lost
    + ldh_damp * damp.body
    + ldh_liver * liver.enzymes
    + ldh_eaten * coagulation.eating,
    "U/L",
    "LDH",
    (125, 245),
)
lab("ferritin", iron.ferritin, "ng/mL", "ferritin", (15, 400))
lab("lactate", circulation.lactate, "mmol/L", "lactate", (0.5, 2.0))
lab("gcs", brain.gcs, "1", "Glasgow coma scale", (15, None))
