"""Grade of neutropenia by the common criteria for adverse events [CTCAE5]."""

import sympy

from cytostorm.library.cells import neutrophil
from cytostorm.model import Module

m = Module(
    "neutropenia",
    "score",
    "grade of neutropenia",
    about="Grade 1 begins below the laboratory's lower limit, which differs; 2000 is taken.",
)

SOURCE = "CTCAE5"
ONE = m.assumed("one", 2000.0, "cells/uL", "count below which it is grade 1", "lower limit of usual ranges")
TWO = m.parameter("two", 1500.0, "cells/uL", "count below which it is grade 2", source=SOURCE)
THREE = m.parameter("three", 1000.0, "cells/uL", "count below which it is grade 3", source=SOURCE)
FOUR = m.parameter("four", 500.0, "cells/uL", "count below which it is grade 4", source=SOURCE)

m.score(
    "neutropenia_grade",
    sympy.Piecewise(
        (4, neutrophil.blood < FOUR),
        (3, neutrophil.blood < THREE),
        (2, neutrophil.blood < TWO),
        (1, neutrophil.blood < ONE),
        (0, True),
    ),
    "grade of neutropenia (CTCAE)",
    source=SOURCE,
)
