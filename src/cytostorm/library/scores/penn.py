"""Grade of cytokine release syndrome by the Penn scale [Porter2018], that of tisagenlecleucel's trials."""

import sympy

from cytostorm.library.organs import circulation, fever, kidney, lung
from cytostorm.library.scores import astct
from cytostorm.model import Module

m = Module(
    "penn",
    "score",
    "grade of cytokine release syndrome, Penn scale",
    about="Grade 3 is low pressure that gets fluids or a vasopressor, or any need of oxygen; grade 4 high "
    "doses of vasopressors, or a ventilator. As for the ASTCT's grade, what would be needed is read off. "
    "Coagulopathy that gets plasma and liver enzymes are left out.",
)

FEVER = m.assumed("fever", 38.0, "degC", "temperature that counts as fever", "the scale gives no limit")
HIGH_DOSE = m.assumed(
    "high_dose",
    58.0,
    "mmHg",
    "pressure after fluids below which high doses of vasopressors would be given",
    "they add at most some 30 mmHg, a usual dose half of it",
)
VENTILATOR = m.assumed(
    "ventilator", 105.0, "mmHg", "PaO2/FiO2 below which a ventilator would be used", astct.READ_BREATH
)
RAISED = m.assumed(
    "raised", 1.5, "1", "creatinine over the person's own that is moderate organ dysfunction", "CTCAE grade 2"
)
pressure, filled = astct.pressure, astct.filled
breath = (lung.ratio < astct.LOW_FLOW) | (lung.low_flow > 0) | (lung.high_flow > 0)

m.score(
    "penn_grade",
    sympy.Piecewise(
        (0, fever.core < FEVER),
        (4, (filled < HIGH_DOSE) | (lung.ratio < VENTILATOR) | (lung.positive > 0)),
        (3, (pressure < astct.FLUIDS) | breath | (circulation.vasopressors > 0)),
        (2, kidney.creatinine > RAISED * kidney.usual),
        (1, True),
    ),
    "CRS grade (Penn)",
    source="Porter2018",
)
