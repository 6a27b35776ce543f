"""SOFA of the model: the published text [Vincent1996] over its quantities, and what wards would do."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definitions.sofa import SOFA
from cytostorm.library.organs import brain, circulation, coagulation, kidney, liver, lung
from cytostorm.model import Module

m = Module(
    "sofa_score",
    "score",
    "sequential organ failure assessment",
    about="Points are those of the published table. Noradrenaline that is ordered counts, 3 points up to 0.1 "
    "ug/kg/min and 4 beyond. Pressure tells the rest: 1 point below 70 mmHg, 2 to 4 below 60, 52 and 45, "
    "where vasopressors in rising dose would be needed. Ventilation is assumed where PaO2/FiO2 is below 200. "
    "The coma scale is told in whole points.",
)

UNITS = m.assumed("mmhg", 1.0, "mmHg", "unit of the limits", "1 by definition")
GIGA = m.assumed("giga", 1.0, "10^9/L", "unit of the limits", "1 by definition")
MICRO = m.assumed("micro", 1.0, "umol/L", "unit of the limits", "1 by definition")
DOSE = m.assumed("dose", 1.0, "ug/kg/min", "unit of the limits", "1 by definition")

READ_OFF = "where vasopressors in rising dose would be needed, unless they are ordered"
TWO = m.assumed("two_points", 60.0, "mmHg", "pressure below which there are 2 points", READ_OFF)
THREE = m.assumed("three_points", 52.0, "mmHg", "pressure below which there are 3 points", READ_OFF)
FOUR = m.assumed("four_points", 45.0, "mmHg", "pressure below which there are 4 points", READ_OFF)
HALF = sympy.Rational(1, 2)
"""The model's coma scale is smooth; a half and more is told as the next whole point."""

SOURCE = SOFA.source
pressure = circulation.pressure * circulation.adult
known = {
    laboratory.pao2: lung.ratio * lung.fio2 / UNITS,
    bedside.fio2: lung.fio2,
    bedside.ventilation: 1,
    laboratory.platelets: coagulation.platelets / GIGA,
    laboratory.bilirubin_si: liver.bilirubin / MICRO,
    bedside.low_map: pressure / UNITS,
    bedside.noradrenaline: circulation.catecholamine / DOSE,
    bedside.gcs: brain.gcs + HALF,
    laboratory.creatinine_si: kidney.creatinine / MICRO,
}
"""What the published text asks for, of the model; what is not here is normal."""
needed = sympy.Piecewise((4, pressure < FOUR), (3, pressure < THREE), (2, pressure < TWO), (0, True))
shock = sympy.Max(SOFA.expression("cv", known), needed)
parts = {
    "respiration": (SOFA.expression("resp", known), "lung"),
    "coagulation": (SOFA.expression("coag", known), "platelets"),
    "liver": (SOFA.expression("liver", known), "bilirubin"),
    "circulation": (shock, "pressure"),
    "brain": (SOFA.expression("cns", known), "consciousness"),
    "kidney": (SOFA.expression("renal", known), "creatinine"),
}
points = [
    m.score(f"sofa_{name}", expression, f"SOFA, {label}", source=SOURCE)
    for name, (expression, label) in parts.items()
]
m.score("sofa", sum(points[1:], points[0]), "SOFA", source=SOURCE)
