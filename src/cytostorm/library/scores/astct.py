"""Grade of cytokine release syndrome by the ASTCT consensus [Lee2019]."""

import sympy

from cytostorm.library.organs import circulation, fever, lung
from cytostorm.model import Module

m = Module(
    "astct",
    "score",
    "grade of cytokine release syndrome",
    about="Fever of 38 °C, with low pressure or lack of oxygen. Before support exists, what "
    "would be needed is read off "
    "pressure (65, 58, 48 mmHg for fluids, one, several vasopressors) and PaO2/FiO2 (300, 200, "
    "120 mmHg for low flow, high flow, "
    "positive pressure).",
)

MMHG = m.assumed("mmhg", 1.0, "mmHg", "unit of the limits", "1 by definition")
DEGREE = m.assumed("degree", 1.0, "degC", "unit of the limits", "1 by definition")
pressure, oxygen, heat = circulation.pressure / MMHG, lung.ratio / MMHG, fever.core / DEGREE


m.score(
    "crs_grade",
    sympy.Piecewise(
        (0, heat < 38),
        (4, (pressure < 48) | (oxygen < 120)),
        (3, (pressure < 58) | (oxygen < 200)),
        (2, (pressure < 65) | (oxygen < 300)),
        (1, True),
    ),
    "CRS grade (ASTCT)",
    source="Lee2019",
)
