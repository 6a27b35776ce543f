"""Grade of cytokine release syndrome: the ASTCT's text [Lee2019], and what wards would do."""

import sympy

from cytostorm.criteria import bedside, history
from cytostorm.criteria.definitions.crs_astct import ASTCT_CRS
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

DEGREE = m.assumed("degree", 1.0, "degC", "unit of the limits", "1 by definition")
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
PLACE = "where the published text has it among its words"
BY_MASK = m.assumed("by_mask", history.oxygen.code("NIV"), "1", "place of positive pressure", PLACE)
BY_HIGH = m.assumed("by_high_flow", history.oxygen.code("high_flow"), "1", "place of high flow", PLACE)
BY_LOW = m.assumed("by_low_flow", history.oxygen.code("low_flow"), "1", "place of low flow", PLACE)
pressure, filled = circulation.pressure * circulation.adult, circulation.filled * circulation.adult
oxygen = lung.ratio

pressors = m.observable(
    "vasopressors",
    sympy.Piecewise(
        (2, filled < PRESSORS), (1, (filled < FLUIDS) | (circulation.vasopressors > 0)), (0, True)
    ),
    "1",
    "vasopressors that are given, or would be",
)
low = m.observable(
    "low_pressure", sympy.Piecewise((1, pressure < FLUIDS), (0, True)), "1", "whether pressure needs fluids"
)
device = m.observable(
    "device",
    sympy.Piecewise(
        (BY_MASK, (oxygen < POSITIVE) | (lung.positive > 0)),
        (BY_HIGH, (oxygen < HIGH_FLOW) | (lung.high_flow > 0)),
        (BY_LOW, (oxygen < LOW_FLOW) | (lung.low_flow > 0)),
        (0, True),
    ),
    "1",
    "how oxygen is given or would be, as its place among the text's words",
)
known = {
    bedside.fever_temperature: fever.core / DEGREE,
    history.hypotension: low,
    history.vasopressors: pressors,
    history.oxygen: device,
}
"""What the published text asks for, of the model; what is not here is normal."""

m.score("crs_grade", ASTCT_CRS.expression("grade", known), "CRS grade (ASTCT)", source=ASTCT_CRS.source)
