"""Grade of cytokine release syndrome: the Penn scale [Porter2018], and what wards would do.

It is the scale of tisagenlecleucel's trials.
"""

import sympy

from cytostorm.criteria import bedside, history, laboratory
from cytostorm.criteria.definitions.crs_older import PENN_CRS
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
UNIT = m.assumed("unit", 1.0, "ug/kg/min", "unit of the limits", "1 by definition")
MUCH = m.assumed(
    "much", 0.3, "ug/kg/min", "noradrenaline where high doses would be given", "a high dose is 20 ug/min"
)
BY_TUBE = m.assumed("by_tube", history.oxygen.code("MV"), "1", "place of a ventilator", astct.PLACE)
pressure, filled = astct.pressure, astct.filled
breath = (lung.ratio < astct.LOW_FLOW) | (lung.low_flow > 0) | (lung.high_flow > 0)

dose = m.observable(
    "dose",
    sympy.Piecewise((MUCH, filled < HIGH_DOSE), (0, True)),
    "ug/kg/min",
    "noradrenaline that would be given, if much",
)
given = m.observable(
    "given",
    sympy.Piecewise((1, circulation.vasopressors > 0), (0, True)),
    "1",
    "a vasopressor is given",
)
device = m.observable(
    "device",
    sympy.Piecewise(
        (BY_TUBE, (lung.ratio < VENTILATOR) | (lung.positive > 0)), (astct.BY_LOW, breath), (0, True)
    ),
    "1",
    "how oxygen is given or would be, as its place among the text's words",
)
raised = m.observable("raised", kidney.creatinine / kidney.usual, "1", "creatinine over the person's own")
known = {
    bedside.fever_temperature: fever.core / astct.DEGREE,
    history.hypotension: astct.low,
    bedside.noradrenaline: dose / UNIT,
    history.vasopressin: given,
    history.oxygen: device,
    laboratory.creatinine: raised,
    history.creatinine_upper: 1,
}
"""What the published text asks for, of the model; what is not here is normal.

A vasopressor that is ordered counts at no high dose, whatever its dose. Creatinine is over the person's own.
"""

m.score("penn_grade", PENN_CRS.expression("grade", known), "CRS grade (Penn)", source=PENN_CRS.source)
