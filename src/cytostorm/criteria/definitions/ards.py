"""Acute respiratory distress syndrome: Berlin [ARDSTaskForce2012] and global definition [Matthay2024]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, Part, answer, is_, yes
from cytostorm.criteria.definitions._oxygen import EITHER, PF, SF
from cytostorm.criteria.facts import Expr

CM = 5
"""Least pressure at the end of breaths, cmH2O."""
WEEK = 7
"""Days within which it begins."""
peep = bedside.peep.symbol
picture = (
    (bedside.onset_days.symbol <= WEEK) & yes(bedside.bilateral) & yes(bedside.not_cardiac)
)  # what else than oxygen defines it

SEVERITY = ("none", "not_classifiable", "mild", "moderate", "severe")
BERLIN = Definition(
    "Berlin-ARDS",
    "acute respiratory distress syndrome, Berlin definition",
    "ARDSTaskForce2012",
    (
        laboratory.pao2, bedside.fio2, bedside.peep, bedside.by_mask, bedside.onset_days, bedside.bilateral,
        bedside.not_cardiac,
    ),
    (),
    (
        Part(
            "severity",
            "severity",
            sympy.Piecewise(
                (0, (PF > 300) | ~picture),
                (1, peep < CM),
                (2, (PF > 200) | yes(bedside.by_mask)),
                (3, PF > 100),
                (4, True),
            ),
            SEVERITY,
        ),
    ),
    note="below 5 cmH2O it cannot be classified; pressure by mask is mild at most",
    about="Adults and children past the newborn age, within a week of an insult.",
)  # fmt: skip

CLASSES = ("none", "sf_not_usable", "non_intubated", "resource_limited", "mild", "moderate", "severe")
helped = (peep >= CM) | (bedside.flow.symbol >= 30)
tube, poor = is_(bedside.care, "intubated"), is_(bedside.care, "resource_limited")


def graded(ratio: Expr, mild: float, moderate: float, severe: float) -> Expr:
    """Return the class by a ratio and its limits; without a tube, and on poor wards, there is one."""
    return sympy.Piecewise(
        (0, ratio > mild),
        (3, poor),
        (2, ~tube & helped),
        (0, ~tube),
        (4, ratio > moderate),
        (5, ratio > severe),
        (6, True),
    )


CLASS = Part(
    "class",
    "class by oxygen",
    sympy.Piecewise(
        (graded(PF, 300, 200, 100), laboratory.pao2.known),
        (1, bedside.spo2.symbol > 97),
        (graded(SF, 315, 235, 148), True),
    ),
    CLASSES,
)
GLOBAL = Definition(
    "Global-ARDS-2023",
    "acute respiratory distress syndrome, global definition",
    "Matthay2024",
    (
        bedside.care, laboratory.pao2, bedside.spo2, bedside.fio2, bedside.peep, bedside.flow,
        bedside.onset_days, bedside.bilateral, bedside.not_cardiac,
    ),
    (),
    (CLASS, answer("meets", "the class, and timing, picture and origin", picture & (CLASS.symbol >= 2))),
    note="the class is that of oxygen alone; a saturation counts up to 97 %, where there is no blood gas; "
    "without a tube it takes a flow of 30 L/min or 5 cmH2O; opacities may be seen by ultrasound",
    either=(EITHER, (bedside.peep, bedside.flow)),
    about="Adults within a week of an insult.",
)  # fmt: skip
