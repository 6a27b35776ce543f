"""HScore: how likely haemophagocytic lymphohistiocytosis is in an adult [Fardet2014]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, Part, answer, is_, item, met, steps, total, yes

temperature = bedside.fever_temperature.symbol
ferritin, triglycerides = laboratory.ferritin.symbol, laboratory.triglycerides.symbol
lineages = (
    met(laboratory.haemoglobin.symbol <= 9.2)
    + met(laboratory.wbc.symbol <= 5)
    + met(laboratory.platelets.symbol <= 110)
)

ITEMS = (
    item("immunosuppression", "known immunosuppression", steps((18, yes(bedside.immunosuppressed)))),
    item("temperature", "temperature", steps((49, temperature > 39.4), (33, temperature >= 38.4))),
    item(
        "organomegaly",
        "liver, spleen",
        steps((38, is_(bedside.organomegaly, "both")), (23, is_(bedside.organomegaly, "one"))),
    ),
    item("cytopenias", "lineages of blood that are low", steps((34, lineages >= 3), (24, lineages >= 2))),
    item("ferritin", "ferritin", steps((50, ferritin > 6000), (35, ferritin >= 2000))),
    item("triglycerides", "triglycerides", steps((64, triglycerides > 4), (44, triglycerides >= 1.5))),
    item("fibrinogen", "fibrinogen", steps((30, laboratory.fibrinogen.symbol <= 2.5))),
    item("ast", "AST", steps((19, laboratory.ast.symbol >= 30))),
    item("haemophagocytosis", "haemophagocytosis", steps((35, yes(bedside.haemophagocytosis)))),
)
POINTS = total(ITEMS)
LIKELY = 169
"""Points of the best cut-off of the paper."""

HSCORE = Definition(
    "HScore",
    "haemophagocytic lymphohistiocytosis in adults",
    "Fardet2014",
    (
        bedside.immunosuppressed, bedside.fever_temperature, bedside.organomegaly, laboratory.haemoglobin, laboratory.wbc,
        laboratory.platelets, laboratory.ferritin, laboratory.triglycerides, laboratory.fibrinogen, laboratory.ast,
        bedside.haemophagocytosis,
    ),
    ITEMS,
    (
        POINTS,
        answer("at_or_above_169", "at or above the best cut-off", POINTS.symbol >= LIKELY),
        Part("probability", "probability, by a curve through the paper's bands", 1 / (1 + sympy.exp(-0.06 * (POINTS.symbol - 167.4)))),
    ),
    note="the probability is a curve fitted to the bands that the paper prints, which has no closed form",
)  # fmt: skip
