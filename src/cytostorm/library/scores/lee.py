"""Grade of cytokine release syndrome by the scale of 2014 [Lee2014], that of the first trials in adults."""

import sympy

from cytostorm.library.organs import circulation, fever, kidney, lung
from cytostorm.library.scores import astct, penn
from cytostorm.model import Module

m = Module(
    "lee",
    "score",
    "grade of cytokine release syndrome, Lee scale",
    about="Grade 2 is low pressure that fluids or a low dose of one vasopressor mend, or less than 40 % of "
    "oxygen; grade 3 high doses of vasopressors, or more oxygen; grade 4 a ventilator. As for the ASTCT's "
    "grade, what would be needed is read off. Of organ toxicity the kidney's counts.",
)

SEVERE = m.assumed(
    "severe", 3.0, "1", "creatinine over the person's own that is severe organ toxicity", "CTCAE grade 3"
)
creatinine = kidney.creatinine / kidney.usual
much_oxygen = (lung.ratio < astct.HIGH_FLOW) | (lung.high_flow > 0)

m.score(
    "lee_grade",
    sympy.Piecewise(
        (0, fever.core < astct.FEVER),
        (4, (lung.ratio < penn.VENTILATOR) | (lung.positive > 0)),
        (3, (penn.filled < penn.HIGH_DOSE) | much_oxygen | (creatinine > SEVERE)),
        (
            2,
            (penn.pressure < astct.FLUIDS)
            | penn.breath
            | (circulation.vasopressors > 0)
            | (creatinine > penn.RAISED),
        ),
        (1, True),
    ),
    "CRS grade (Lee)",
    source="Lee2014",
)
