"""Grade of cytokine release syndrome: the scale of 2014 [Lee2014], and what wards would do.

It is the scale of the first trials in adults.
"""

import sympy

from cytostorm.criteria import bedside
from cytostorm.criteria.definitions.crs_older import LEE_CRS
from cytostorm.library.organs import lung
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

AIR = m.assumed("air", 0.21, "1", "share of oxygen in air", "by definition")
LITTLE = m.assumed("little", 0.3, "1", "share of oxygen by low flow", "less than 40 %")
MUCH = m.assumed("much", 0.6, "1", "share of oxygen by high flow", "more than 40 %")
much_oxygen = (lung.ratio < astct.HIGH_FLOW) | (lung.high_flow > 0)
breathed = m.observable(
    "breathed",
    sympy.Piecewise((MUCH, much_oxygen), (LITTLE, penn.breath), (AIR, True)),
    "1",
    "share of oxygen that is breathed, or would be",
)
known = {**penn.known, bedside.fio2: breathed}
"""What the published text asks for, of the model; what is not here is normal."""

m.score("lee_grade", LEE_CRS.expression("grade", known), "CRS grade (Lee)", source=LEE_CRS.source)
