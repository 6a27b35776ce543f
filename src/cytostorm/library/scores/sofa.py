"""SOFA: six organs, 0 to 4 points each [Vincent1996]."""

import sympy

from cytostorm.library.kinetics import Expr
from cytostorm.library.organs import brain, circulation, coagulation, kidney, liver, lung
from cytostorm.model import Module

m = Module(
    "sofa_score",
    "score",
    "sequential organ failure assessment",
    about="Noradrenaline that is ordered counts, 3 points up to 0.1 ug/kg/min and 4 beyond. Pressure tells "
    "the rest: 1 point below 70 mmHg, 2 to 4 below 60, 52 and 45, where vasopressors in rising dose "
    "would be needed. Ventilation is assumed where PaO2/FiO2 is below 200.",
)

UNITS = m.assumed("mmhg", 1.0, "mmHg", "unit of the limits", "1 by definition")
GIGA = m.assumed("giga", 1.0, "10^9/L", "unit of the limits", "1 by definition")
MICRO = m.assumed("micro", 1.0, "umol/L", "unit of the limits", "1 by definition")

READ_OFF = "where vasopressors in rising dose would be needed, unless they are ordered"
ONE = m.parameter("one_point", 70.0, "mmHg", "pressure below which there is 1 point", source="Vincent1996")
TWO = m.assumed("two_points", 60.0, "mmHg", "pressure below which there are 2 points", READ_OFF)
THREE = m.assumed("three_points", 52.0, "mmHg", "pressure below which there are 3 points", READ_OFF)
FOUR = m.assumed("four_points", 45.0, "mmHg", "pressure below which there are 4 points", READ_OFF)
TENTH = m.parameter(
    "tenth", 0.1, "ug/kg/min", "noradrenaline above which there are 4 points", source="Vincent1996"
)


def below(x: Expr, *limits: Expr) -> Expr:
    """Return the points of what is the worse the lower it is; limits from 1 point on, descending."""
    return sum((sympy.Piecewise((1, x < limit), (0, True)) for limit in limits), sympy.Integer(0))


def above(x: Expr, *limits: float) -> Expr:
    """Return the points of what is the worse the higher it is; limits from 1 point on, ascending."""
    return sum((sympy.Piecewise((1, x >= limit), (0, True)) for limit in limits), sympy.Integer(0))


SOURCE = "Vincent1996"
pressure, given = circulation.pressure * circulation.adult, circulation.catecholamine
shock = sympy.Piecewise(
    (4, (pressure < FOUR) | (given > TENTH)),
    (3, (pressure < THREE) | (given > 0)),
    (2, pressure < TWO),
    (1, pressure < ONE),
    (0, True),
)
parts = {
    "respiration": (below(lung.ratio / UNITS, 400, 300, 200, 100), "lung"),
    "coagulation": (below(coagulation.platelets / GIGA, 150, 100, 50, 20), "platelets"),
    "liver": (above(liver.bilirubin / MICRO, 20, 33, 102, 204), "bilirubin"),
    "circulation": (shock, "pressure"),
    "brain": (below(brain.gcs, 15 - 0.5, 13 - 0.5, 10 - 0.5, 6 - 0.5), "consciousness"),
    "kidney": (above(kidney.creatinine / MICRO, 110, 171, 300, 440), "creatinine"),
}
points = [
    m.score(f"sofa_{name}", expression, f"SOFA, {label}", source=SOURCE)
    for name, (expression, label) in parts.items()
]
m.score("sofa", sum(points[1:], points[0]), "SOFA", source=SOURCE)
