"""How many would have had another infection by now."""

import sympy

from cytostorm.library.organs import infection
from cytostorm.model import Module

m = Module("secondary_infection", "lab", "secondary infection")

m.lab(
    "secondary_infection",
    1 - sympy.exp(-infection.hazard),
    "1",
    "probability of another infection so far",
)
