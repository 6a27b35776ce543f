"""Interleukin-18: released when cells die of alarm or inflammasomes fire."""

from cytostorm.library.mediators._cytokine import exceeds
from cytostorm.model import LogNormal, Module

m = Module(
    "il18",
    "mediator",
    "interleukin-18",
    about="Total IL-18; what its binding protein holds does not act.",
)

baseline = m.parameter(
    "baseline",
    27.1,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.4),
)
elimination = m.assumed(
    "elimination",
    0.021,
    "1/h",
    "elimination rate",
    "half-life of 33 h, from 2.5-fold accumulation on daily dosing",
)
excess, level = exceeds(m, baseline, elimination)

binding = m.assumed(
    "binding",
    1.0,
    "1",
    "IL-18 binding protein, relative to the typical person",
    "1 by definition",
    spread=LogNormal(1.2),
)
capacity = m.assumed(
    "capacity",
    60.0,
    "pg/mL",
    "IL-18 that the binding protein holds for each unit",
    "about twice the level at rest",
)
free = m.observable(
    "free",
    excess**2 / (excess + capacity * binding),
    "pg/mL",
    "IL-18 above rest that its binding protein does not hold",
)
