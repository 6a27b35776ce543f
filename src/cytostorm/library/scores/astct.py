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

FEVER = m.parameter("fever", 38.0, "degC", "temperature that counts as fever", source="Lee2019")
READ_OFF = "what would be needed is read off pressure, as no support is given"
FLUIDS = m.assumed("fluids", 65.0, "mmHg", "pressure below which fluids would be given", READ_OFF)
PRESSOR = m.assumed("pressor", 58.0, "mmHg", "pressure below which one vasopressor would be given", READ_OFF)
PRESSORS = m.assumed("pressors", 48.0, "mmHg", "pressure below which several would be given", READ_OFF)
READ_BREATH = "what would be needed is read off PaO2/FiO2, as no support is given"
LOW_FLOW = m.assumed("low_flow", 300.0, "mmHg", "PaO2/FiO2 below which low flow would be given", READ_BREATH)
HIGH_FLOW = m.assumed(
    "high_flow", 200.0, "mmHg", "PaO2/FiO2 below which high flow would be given", READ_BREATH
)
POSITIVE = m.assumed(
    "positive", 120.0, "mmHg", "PaO2/FiO2 below which positive pressure would be given", READ_BREATH
)
pressure, oxygen = circulation.pressure, lung.ratio

m.score(
    "crs_grade",
    sympy.Piecewise(
        (0, fever.core < FEVER),
        (4, (pressure < PRESSORS) | (oxygen < POSITIVE)),
        (3, (pressure < PRESSOR) | (oxygen < HIGH_FLOW)),
        (2, (pressure < FLUIDS) | (oxygen < LOW_FLOW)),
        (1, True),
    ),
    "CRS grade (ASTCT)",
    source="Lee2019",
)
