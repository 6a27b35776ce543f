"""NEWS2: how ill someone is, by what is seen at every round [RCP2017]."""

import sympy

from cytostorm.criteria import bedside
from cytostorm.criteria.definition import Definition, answer, is_, item, steps, total, yes

breaths, saturation = bedside.respiratory_rate.symbol, bedside.spo2.symbol
systolic, pulse, temperature = bedside.systolic.symbol, bedside.heart_rate.symbol, bedside.temperature.symbol
oxygen = yes(bedside.on_oxygen)
usual = steps((3, saturation < 92), (2, saturation < 94), (1, saturation < 96))
lower = steps(
    (3, saturation < 84),
    (2, saturation < 86),
    (1, saturation < 88),
    (3, oxygen & (saturation > 96)),
    (2, oxygen & (saturation > 94)),
    (1, oxygen & (saturation > 92)),
)

ITEMS = (
    item(
        "breathing",
        "breaths",
        steps((3, (breaths < 9) | (breaths > 24)), (2, breaths > 20), (1, breaths < 12)),
    ),
    item("saturation", "saturation", sympy.Piecewise((lower, yes(bedside.scale_2)), (usual, True))),
    item("oxygen", "oxygen given", steps((2, oxygen))),
    item(
        "pressure",
        "systolic pressure",
        steps((3, (systolic <= 90) | (systolic >= 220)), (2, systolic <= 100), (1, systolic <= 110)),
    ),
    item(
        "pulse",
        "pulse",
        steps((3, (pulse <= 40) | (pulse > 130)), (2, pulse > 110), (1, (pulse <= 50) | (pulse > 90))),
    ),
    item("consciousness", "consciousness", steps((3, is_(bedside.acvpu, "C", "V", "P", "U")))),
    item(
        "temperature",
        "temperature",
        steps((3, temperature <= 35), (2, temperature > 39), (1, (temperature <= 36) | (temperature > 38))),
    ),
)
POINTS = total(ITEMS)
ANY_THREE = sympy.Or(*[i.symbol >= 3 for i in ITEMS])

NEWS2 = Definition(
    "NEWS2",
    "national early warning score",
    "RCP2017",
    (
        bedside.respiratory_rate, bedside.spo2, bedside.scale_2, bedside.on_oxygen, bedside.systolic,
        bedside.heart_rate, bedside.acvpu, bedside.temperature,
    ),
    ITEMS,
    (
        POINTS,
        answer("urgent", "5 points or more, or 3 in one item", (POINTS.symbol >= 5) | ANY_THREE),
        answer("emergency", "7 points or more", POINTS.symbol >= 7),
    ),
    note="the printed limits are whole numbers (temperature: tenths); what lies between two has the points "
    "of the worse",
    about="Adults who are not pregnant. Scale 2 is for those whose saturation is meant to be 88 to 92 %.",
)  # fmt: skip
