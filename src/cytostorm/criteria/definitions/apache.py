"""APACHE II: how ill someone is on the first day of intensive care [Knaus1985]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, is_, item, steps, total, yes
from cytostorm.criteria.facts import Expr, Fact

ATMOSPHERE = 713.0
"""Pressure of moist air at sea level that is not water, mmHg."""
QUOTIENT = 0.8
"""Carbon dioxide breathed out over oxygen taken up."""
oxygen, share, carbon = laboratory.pao2.symbol, bedside.fio2.symbol, laboratory.paco2.symbol
GRADIENT = ATMOSPHERE * share - carbon / QUOTIENT - oxygen


def between(fact: Fact, above: tuple[tuple[float, int], ...], below: tuple[tuple[float, int], ...]) -> Expr:
    """Return points of a fact: at or above limits, worst first, and below limits, worst first."""
    x = fact.symbol
    return steps(*[(n, x >= limit) for limit, n in above], *[(n, x < limit) for limit, n in below])


LOW = steps((4, oxygen < 55), (3, oxygen < 61), (1, oxygen <= 70))
HIGH = steps((4, GRADIENT >= 500), (3, GRADIENT >= 350), (2, GRADIENT >= 200))
RENAL = between(laboratory.any_creatinine, ((3.5, 4), (2.0, 3), (1.5, 2)), ((0.6, 2),))
TABLE = (
    ("temperature", bedside.temperature, ((41, 4), (39, 3), (38.5, 1)), ((30, 4), (32, 3), (34, 2), (36, 1))),
    ("map", bedside.map_, ((160, 4), (130, 3), (110, 2)), ((50, 4), (70, 2))),
    ("heart_rate", bedside.heart_rate, ((180, 4), (140, 3), (110, 2)), ((40, 4), (55, 3), (70, 2))),
    ("respiratory_rate", bedside.respiratory_rate, ((50, 4), (35, 3), (25, 1)), ((6, 4), (10, 2), (12, 1))),
    ("ph", laboratory.ph, ((7.7, 4), (7.6, 3), (7.5, 1)), ((7.15, 4), (7.25, 3), (7.33, 2))),
    ("sodium", laboratory.sodium, ((180, 4), (160, 3), (155, 2), (150, 1)), ((111, 4), (120, 3), (130, 2))),
    ("potassium", laboratory.potassium, ((7, 4), (6, 3), (5.5, 1)), ((2.5, 4), (3, 2), (3.5, 1))),
    ("haematocrit", laboratory.haematocrit, ((60, 4), (50, 2), (46, 1)), ((20, 4), (30, 2))),
    ("wbc", laboratory.wbc, ((40, 4), (20, 2), (15, 1)), ((1, 4), (3, 2))),
)
"""Name, fact, limits from above and from below with their points."""
ITEMS = (
    *(item(name, fact.label, between(fact, above, below)) for name, fact, above, below in TABLE),
    item("oxygen", "oxygen of blood", sympy.Piecewise((HIGH, share >= 0.5), (LOW, True))),
    item(
        "creatinine",
        "creatinine, double in acute failure",
        sympy.Piecewise((2 * RENAL, yes(bedside.acute_renal_failure)), (RENAL, True)),
    ),
    item("gcs", "15 less GCS", 15 - bedside.gcs.symbol),
    item("age", "age", between(bedside.age, ((75, 6), (65, 5), (55, 3), (45, 2)), ())),
    item(
        "chronic",
        "health before",
        steps((5, is_(bedside.chronic, "emergency_or_medical")), (2, is_(bedside.chronic, "elective"))),
    ),
)

APACHE_II = Definition(
    "APACHE-II",
    "acute physiology, age and chronic health",
    "Knaus1985",
    (
        bedside.temperature, bedside.map_, bedside.heart_rate, bedside.respiratory_rate, bedside.fio2,
        laboratory.pao2, laboratory.paco2, laboratory.ph, laboratory.sodium, laboratory.potassium,
        laboratory.any_creatinine, bedside.acute_renal_failure, laboratory.haematocrit, laboratory.wbc,
        bedside.gcs, bedside.age, bedside.chronic,
    ),
    ITEMS,
    (total(ITEMS),),
    note="read in open code; a mean pressure of 40 to 49 mmHg has the 4 points of the printed table, not 3; "
    "what lies between two printed limits has the points of the worse; venous bicarbonate in place of pH is "
    "left out",
    missing="what is unknown is normal",
    about="Adults, the worst values of the first 24 h in intensive care.",
)  # fmt: skip
