"""Interleukin-6: made once TNF and IL-1 are there; drives liver, adrenal and fever."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import LogNormal, Module

m = Module(
    "il6",
    "mediator",
    "interleukin-6",
    about="Its soluble receptor and the two ways of signalling are left out.",
)

baseline = m.parameter(
    "baseline",
    1.0,
    "pg/mL",
    "level at rest",
    source="assumed",
    note="between the volunteers of Janum2016 (0.7) and of Lekander2016 (1.2)",
    spread=LogNormal(1.4),
)
elimination = m.parameter(
    "elimination",
    1.6,
    "1/h",
    "elimination rate",
    source="calibrated",
    note="to the endotoxin curves at 1 and 2 ng/kg, at the upper bound of the search; Hosseini2020 uses 2.1",
)
level = circulates(m, baseline, elimination)
