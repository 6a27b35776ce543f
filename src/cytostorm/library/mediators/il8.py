"""Interleukin-8 (CXCL8): calls neutrophils."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import LogNormal, Module

m = Module(
    "il8",
    "mediator",
    "interleukin-8 (CXCL8)",
    about="It calls neutrophils from the marrow. Binding to red cells and tissue is left out.",
)

baseline = m.parameter("baseline", 2.8, "pg/mL", "level at rest", source="Janum2016", spread=LogNormal(1.25))
elimination = m.parameter(
    "elimination",
    1.55,
    "1/h",
    "elimination rate",
    source="calibrated",
    note="to the endotoxin curves at 2 ng/kg; no human half-life was found",
)
level = circulates(m, baseline, elimination)
