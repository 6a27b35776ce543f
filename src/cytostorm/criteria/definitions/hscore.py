"""HScore: how likely haemophagocytic lymphohistiocytosis is in an adult [Fardet2014]."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, Part, answer, is_, item, met, steps, total, yes

temperature = bedside.fever_temperature.symbol
ferritin, triglycerides = laboratory.ferritin.symbol, laboratory.triglycerides.symbol
LINEAGES = item(
    "lineages",
    "lineages of blood that are low",
    met(laboratory.haemoglobin.symbol <= 9.2)
    + met(laboratory.wbc.symbol <= 5)
    + met(laboratory.platelets.symbol <= 110),
)

ITEMS = (
    item("immunosuppression", "known immunosuppression", steps((18, yes(bedside.immunosuppressed)))),
    item("temperature", "temperature", steps((49, temperature > 39.4), (33, temperature >= 38.4))),
    item(
        "organomegaly",
        "liver, spleen",
        steps((38, is_(bedside.organomegaly, "both")), (23, is_(bedside.organomegaly, "one"))),
    ),
    item("cytopenias", "low lineages", steps((34, LINEAGES.symbol >= 3), (24, LINEAGES.symbol >= 2))),
    item("ferritin", "ferritin", steps((50, ferritin > 6000), (35, ferritin >= 2000))),
    item("triglycerides", "triglycerides", steps((64, triglycerides > 4), (44, triglycerides >= 1.5))),
    item("fibrinogen", "fibrinogen", steps((30, laboratory.fibrinogen.symbol <= 2.5))),
    item("ast", "AST", steps((19, laboratory.ast.symbol >= 30))),
    item("haemophagocytosis", "haemophagocytosis", steps((35, yes(bedside.haemophagocytosis)))),
)
POINTS = total(ITEMS)
LIKELY = 169
"""Points of the best cut-off of the paper."""
BANDS = (
    (90, 0, 1), (100, 1, 1), (110, 1, 3), (120, 3, 5), (130, 5, 9), (140, 9, 16), (150, 16, 25),
    (160, 25, 40), (170, 40, 54), (180, 54, 70), (190, 70, 80), (200, 80, 88), (210, 88, 93), (220, 93, 96),
    (230, 96, 98), (240, 98, 99),
)  # fmt: skip
"""Points up to which a band reaches, and its probabilities, %; beyond are 99 to 100 %."""


def band(name: str, words: str, side: int) -> Part:
    """Return the lower (side 1) or upper (side 2) end of the paper's band of probability."""
    rungs = [(sympy.Integer(row[side]), POINTS.symbol <= row[0]) for row in BANDS]
    return Part(
        name, f"{words} end of the band of probability, %", sympy.Piecewise(*rungs, (98 + side, True))
    )


CURVE = 1 / (1 + sympy.exp(-0.06 * (POINTS.symbol - 167.4)))

HSCORE = Definition(
    "HScore",
    "haemophagocytic lymphohistiocytosis in adults",
    "Fardet2014",
    (
        bedside.immunosuppressed, bedside.fever_temperature, bedside.organomegaly, laboratory.haemoglobin,
        laboratory.wbc, laboratory.platelets, laboratory.ferritin, laboratory.triglycerides,
        laboratory.fibrinogen, laboratory.ast, bedside.haemophagocytosis,
    ),
    (LINEAGES, *ITEMS),
    (
        POINTS,
        answer("at_or_above_169", "at or above the best cut-off", POINTS.symbol >= LIKELY),
        band("prob_band_pct_low", "lower", 1),
        band("prob_band_pct_high", "upper", 2),
        Part("probability", "probability, by a curve through the bands", CURVE),
    ),
    note="points and cut-off were read, the bands but for 161 to 170 points are recalled; the probability is "
    "a curve fitted to them, since the paper prints no closed form",
    about="Adults in whom haemophagocytic lymphohistiocytosis is suspected.",
)  # fmt: skip
