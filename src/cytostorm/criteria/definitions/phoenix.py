"""Phoenix: sepsis and septic shock in children [Schlapbach2024, SanchezPinto2024]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, answer, item, met, steps, total, yes
from cytostorm.criteria.definitions._oxygen import EITHER, PF, SF, by_gas_or_saturation
from cytostorm.criteria.facts import Condition

PRESSURES = ((0, 31, 17), (1, 39, 25), (12, 44, 31), (24, 45, 32), (60, 49, 36), (144, 52, 38))
"""Months from which, and mean pressures below which there are 1 and 2 points, mmHg."""
months = 12 * bedside.child_age.symbol
tube = yes(bedside.intubated)
support = tube | yes(bedside.respiratory_support)
lactate, drugs, pressure = laboratory.lactate.symbol, bedside.vasoactives.symbol, bedside.low_map.symbol


def low(column: int) -> Condition:
    """Return the condition that pressure has 1 (column 1) or 2 points (column 2), by age.

    The limits rise with age: who is below that of a younger age is below his own.
    """
    return sympy.Or(*[(months >= row[0]) & (pressure < row[column]) for row in PRESSURES])


GAS = steps((3, tube & (PF < 100)), (2, tube & (PF < 200)), (1, support & (PF < 400)))
SATURATION = steps((3, tube & (SF < 148)), (2, tube & (SF < 220)), (1, support & (SF < 292)))
FAILING = item(
    "failing",
    "values of clotting beyond their limits",
    met(laboratory.platelets.symbol < 100)
    + met(laboratory.inr.symbol > 1.3)
    + met(laboratory.d_dimer.symbol > 2)
    + met(laboratory.fibrinogen.symbol < 1),
)
CIRCULATION = item(
    "cv",
    "vasoactive drugs, lactate and pressure",
    steps((2, drugs >= 2), (1, drugs >= 1))
    + steps((2, lactate >= 11), (1, lactate >= 5))
    + steps((2, low(2)), (1, low(1))),
)
ITEMS = (
    item("resp", "lung", by_gas_or_saturation(GAS, SATURATION, bedside.spo2.symbol <= 97)),
    CIRCULATION,
    item("coag", "clotting", steps((2, FAILING.symbol >= 2), (1, FAILING.symbol >= 1))),
    item("neuro", "consciousness", steps((2, yes(bedside.fixed_pupils)), (1, bedside.gcs.symbol <= 10))),
)
POINTS = total(ITEMS, "total", "Phoenix sepsis score")
SEPSIS = answer("sepsis", "infection, and 2 points or more", yes(bedside.infection) & (POINTS.symbol >= 2))

PHOENIX = Definition(
    "Phoenix",
    "sepsis and septic shock in children",
    "Schlapbach2024",
    (
        bedside.child_age, bedside.infection, laboratory.pao2, bedside.spo2, bedside.fio2,
        bedside.respiratory_support, bedside.intubated, bedside.vasoactives, laboratory.lactate,
        bedside.low_map, laboratory.platelets, laboratory.inr, laboratory.d_dimer,
        laboratory.fibrinogen, bedside.gcs, bedside.fixed_pupils,
    ),
    (FAILING, *ITEMS),
    (
        POINTS,
        SEPSIS,
        answer("shock", "sepsis, a point of circulation", (SEPSIS.symbol > 0) & (CIRCULATION.symbol >= 1)),
    ),
    note="a saturation counts up to 97 %, and only where there is no blood gas; the authors' program counts "
    "the worse of the two",
    missing="what is unknown is normal",
    either=(EITHER,),
    about="Children under 18 years, not newborn in the birth stay, not born before 37 weeks.",
)  # fmt: skip
