"""SOFA: six organs, 0 to 4 points each [Vincent1996].

The paper prints limits of bilirubin and creatinine in mg/dL and in umol/L, rounded apart: 1.2 mg/dL of
creatinine are 106 umol/L, and 110 is printed. What was told in a unit is held to the limits in that unit.
"""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, item, steps, total, yes
from cytostorm.criteria.facts import Expr, Fact

resp = laboratory.pao2.symbol / bedside.fio2.symbol
support = yes(bedside.ventilation)
platelets = laboratory.platelets.symbol
bilirubin, bilirubin_si = laboratory.bilirubin.symbol, laboratory.bilirubin_si.symbol
gcs = bedside.gcs.symbol
creatinine, creatinine_si = laboratory.creatinine.symbol, laboratory.creatinine_si.symbol
urine = bedside.urine_day.symbol
dopamine, pressor = bedside.dopamine.symbol, (bedside.noradrenaline.symbol, bedside.adrenaline.symbol)


def told(first: Fact, second: Fact, by_first: Expr, by_second: Expr) -> Expr:
    """Return points by a fact, or by the one that stands in for it."""
    return sympy.Piecewise((by_second, sympy.And(second.known, sympy.Not(first.known))), (by_first, True))


ITEMS = (
    item(
        "resp",
        "lung",
        steps((4, (resp < 100) & support), (3, (resp < 200) & support), (2, resp < 300), (1, resp < 400)),
    ),
    item(
        "coag",
        "platelets",
        steps((4, platelets < 20), (3, platelets < 50), (2, platelets < 100), (1, platelets < 150)),
    ),
    item(
        "liver",
        "bilirubin",
        told(
            laboratory.bilirubin,
            laboratory.bilirubin_si,
            steps((4, bilirubin >= 12), (3, bilirubin >= 6), (2, bilirubin >= 2), (1, bilirubin >= 1.2)),
            steps(
                (4, bilirubin_si > 204),
                (3, bilirubin_si >= 102),
                (2, bilirubin_si >= 33),
                (1, bilirubin_si >= 20),
            ),
        ),
    ),
    item(
        "cv",
        "circulation",
        steps(
            (4, (dopamine > 15) | (pressor[0] > 0.1) | (pressor[1] > 0.1)),
            (3, (dopamine > 5) | (pressor[0] > 0) | (pressor[1] > 0)),
            (2, (dopamine > 0) | yes(bedside.dobutamine)),
            (1, bedside.low_map.symbol < 70),
        ),
    ),
    item("cns", "consciousness", steps((4, gcs < 6), (3, gcs < 10), (2, gcs < 13), (1, gcs < 15))),
    item(
        "renal",
        "creatinine or urine",
        told(
            laboratory.creatinine,
            laboratory.creatinine_si,
            steps(
                (4, (creatinine >= 5) | (urine < 200)),
                (3, (creatinine >= 3.5) | (urine < 500)),
                (2, creatinine >= 2),
                (1, creatinine >= 1.2),
            ),
            steps(
                (4, (creatinine_si > 440) | (urine < 200)),
                (3, (creatinine_si >= 300) | (urine < 500)),
                (2, creatinine_si >= 171),
                (1, creatinine_si >= 110),
            ),
        ),
    ),
)

SOFA = Definition(
    "SOFA",
    "sequential organ failure assessment",
    "Vincent1996",
    (
        laboratory.pao2, bedside.fio2, bedside.ventilation, laboratory.platelets, laboratory.bilirubin,
        laboratory.bilirubin_si, bedside.low_map, bedside.noradrenaline, bedside.adrenaline, bedside.dopamine,
        bedside.dobutamine, bedside.gcs, laboratory.creatinine, laboratory.creatinine_si, bedside.urine_day,
    ),
    ITEMS,
    (total(ITEMS, "total", "SOFA"),),
    missing="an organ that was not looked at has 0 points",
    note="bilirubin of 12.0 and creatinine of 5.0 mg/dL, in gaps of the printed table, have 4 points; what "
    "is told in umol/L is held to the limits printed in umol/L",
    either=(
        (laboratory.bilirubin, laboratory.bilirubin_si), (laboratory.creatinine, laboratory.creatinine_si),
    ),
    about="Adults in intensive care; vasopressors count after an hour.",
)  # fmt: skip
