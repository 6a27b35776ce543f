"""Phoenix: sepsis and septic shock in children [Schlapbach2024, SanchezPinto2024]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, answer, item, met, steps, total, yes
from cytostorm.criteria.definitions._oxygen import EITHER, PF, SF, by_gas_or_saturation
from cytostorm.criteria.facts import Expr

YOUNGER = ((1, 31, 17), (12, 39, 25), (24, 44, 31), (60, 45, 32), (144, 49, 36))
"""Months below which, and mean pressures below which there are 1 and 2 points, mmHg."""
OLDER = (52, 38)
"""The same pressures from 144 months on."""
months = 12 * bedside.child_age.symbol
tube = yes(bedside.intubated)
support = tube | yes(bedside.respiratory_support)
lactate, drugs, pressure = laboratory.lactate.symbol, bedside.vasoactives.symbol, bedside.low_map.symbol


def limit(column: int) -> Expr:
    """Return the pressure below which there are 1 (column 1) or 2 points (column 2), by age."""
    rungs = [(sympy.Integer(row[column]), months < row[0]) for row in YOUNGER]
    return sympy.Piecewise(*rungs, (sympy.Integer(OLDER[column - 1]), True))


GAS = steps((3, tube & (PF < 100)), (2, tube & (PF < 200)), (1, support & (PF < 400)))
SATURATION = steps((3, tube & (SF < 148)), (2, tube & (SF < 220)), (1, support & (SF < 292)))
FAILING = (
    met(laboratory.platelets.symbol < 100)
    + met(laboratory.inr.symbol > 1.3)
    + met(laboratory.d_dimer.symbol > 2)
    + met(laboratory.fibrinogen.symbol < 1)
)
CIRCULATION = item(
    "cv",
    "vasoactive drugs, lactate and pressure",
    steps((2, drugs >= 2), (1, drugs >= 1))
    + steps((2, lactate >= 11), (1, lactate >= 5))
    + steps((2, pressure < limit(2)), (1, pressure < limit(1))),
)
ITEMS = (
    item("resp", "lung", by_gas_or_saturation(GAS, SATURATION, bedside.spo2.symbol <= 97)),
    CIRCULATION,
    item("coag", "clotting", steps((2, FAILING >= 2), (1, FAILING >= 1))),
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
    ITEMS,
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
