"""Clotting that runs away: overt DIC [Taylor2001] and sepsis-induced coagulopathy [Iba2017]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import UNVERIFIED, Definition, answer, is_, item, met, steps, total

platelets, prolonged = laboratory.platelets.symbol, laboratory.pt_prolongation.symbol
LIMIT = 0.5
"""Usual upper limit of D-dimer, mg/L."""
STRONG = 10
"""Times the limit that are a strong rise; the paper leaves it to laboratories."""
told = steps((3, is_(bedside.d_dimer_rise, "strong")), (2, is_(bedside.d_dimer_rise, "moderate")))
d_dimer = laboratory.d_dimer.symbol
measured = steps((3, d_dimer > STRONG * LIMIT), (2, d_dimer > LIMIT))

DIC_ITEMS = (
    item("platelets", "platelets", steps((2, platelets < 50), (1, platelets < 100))),
    item("fibrin", "fibrin marker", sympy.Piecewise((told, bedside.d_dimer_rise.known), (measured, True))),
    item("pt", "prothrombin time", steps((2, prolonged > 6), (1, prolonged >= 3))),
    item("fibrinogen", "fibrinogen", met(laboratory.fibrinogen.symbol < 1)),
)
DIC_POINTS = total(DIC_ITEMS)
DIC = Definition(
    "ISTH-DIC",
    "overt disseminated intravascular coagulation",
    "Taylor2001",
    (
        laboratory.platelets, bedside.d_dimer_rise, laboratory.d_dimer, laboratory.pt_prolongation,
        laboratory.fibrinogen,
    ),
    DIC_ITEMS,
    (DIC_POINTS, answer("overt", "5 points or more", DIC_POINTS.symbol >= 5)),
    UNVERIFIED,
    note="what rise of a fibrin marker is moderate or strong is left to laboratories: tell it in words, else "
    "D-dimer above 0.5 mg/L is moderate and above 5 mg/L strong",
    either=((bedside.d_dimer_rise, laboratory.d_dimer),),
    about="Only where there is a disease known to cause it.",
)  # fmt: skip

inr, four = laboratory.inr.symbol, bedside.sofa_four.symbol
SIC_ITEMS = (
    item("inr", "INR", steps((2, inr > 1.4), (1, inr > 1.2))),
    item("platelets", "platelets", steps((2, platelets < 100), (1, platelets < 150))),
    item("sofa", "SOFA of lung, circulation, liver, kidney", steps((2, four >= 2), (1, four >= 1))),
)
SIC_POINTS = total(SIC_ITEMS)
SIC = Definition(
    "SIC",
    "sepsis-induced coagulopathy",
    "Iba2017",
    (laboratory.inr, laboratory.platelets, bedside.sofa_four),
    SIC_ITEMS,
    (
        SIC_POINTS,
        answer(
            "sic",
            "4 points or more, above 2 of them of INR and platelets",
            (SIC_POINTS.symbol >= 4) & (SIC_ITEMS[0].symbol + SIC_ITEMS[1].symbol > 2),
        ),
    ),
    about="Adults with sepsis.",
)
