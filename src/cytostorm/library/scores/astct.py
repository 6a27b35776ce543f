"""Grade of cytokine release syndrome by the ASTCT consensus [Lee2019]."""

import sympy

from cytostorm.library.organs import circulation, fever, lung
from cytostorm.model import Module

m = Module(
    "astct",
    "score",
    "grade of cytokine release syndrome",
    about="Fever of 38 °C, with low pressure or lack of oxygen. What support is ordered counts; what "
    "would be needed beside it is read off. "
    "Fluids below 65 mmHg; a vasopressor if pressure were still below that after fluids, "
    "several if it were below 50. A saturation of just under 92 % "
    "is an oxygen pressure of 63 mmHg: air (21 %) gives it down to 300 mmHg, low flow (40 %) to 158, "
    "high flow (60 %) to 105; below that positive pressure is needed.",
)

FEVER = m.parameter("fever", 38.0, "degC", "temperature that counts as fever", source="Lee2019")
READ_OFF = "what would be needed is read off pressure, unless support is ordered"
FLUIDS = m.assumed("fluids", 65.0, "mmHg", "pressure below which fluids would be given", READ_OFF)
PRESSORS = m.assumed(
    "pressors", 50.0, "mmHg", "pressure after fluids below which several would be given", READ_OFF
)
READ_BREATH = "what would be needed is read off PaO2/FiO2, unless support is ordered"
LOW_FLOW = m.assumed("low_flow", 300.0, "mmHg", "PaO2/FiO2 below which low flow would be given", READ_BREATH)
HIGH_FLOW = m.assumed(
    "high_flow", 158.0, "mmHg", "PaO2/FiO2 below which high flow would be given", READ_BREATH
)
POSITIVE = m.assumed(
    "positive", 105.0, "mmHg", "PaO2/FiO2 below which positive pressure would be given", READ_BREATH
)
pressure, filled = circulation.pressure * circulation.adult, circulation.filled * circulation.adult
oxygen = lung.ratio

m.score(
    "crs_grade",
    sympy.Piecewise(
        (0, fever.core < FEVER),
        (4, (filled < PRESSORS) | (oxygen < POSITIVE) | (lung.positive > 0)),
        (
            3,
            (filled < FLUIDS) | (oxygen < HIGH_FLOW) | (circulation.vasopressors > 0) | (lung.high_flow > 0),
        ),
        (2, (pressure < FLUIDS) | (oxygen < LOW_FLOW) | (lung.low_flow > 0)),
        (1, True),
    ),
    "CRS grade (ASTCT)",
    source="Lee2019",
)
