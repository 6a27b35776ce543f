"""Older grades of cytokine release syndrome: CTCAE 5 [CTCAE5], Lee [Lee2014] and Penn [Porter2018]."""

import sympy

from cytostorm.criteria import bedside, history, laboratory, support
from cytostorm.criteria.definition import RECALLED, Definition, Part, is_, item, met, steps, yes
from cytostorm.criteria.facts import Expr

fio2, oxygen = bedside.fio2, history.oxygen
on_air = is_(oxygen, "room_air")
airway_only = is_(oxygen, "MV") & yes(history.airway_only)
ventilator = is_(oxygen, "MV") & ~yes(history.airway_only)
share = ~(on_air & oxygen.known)
"""Whether the oxygen's share counts: not of those who are known to breathe air."""
rich = (fio2.symbol >= 0.4) & share
any_oxygen = ((fio2.symbol > 0.21) & share) | (~on_air & ~airway_only)
several = support.counted + history.vasopressin.symbol

liver_high = sympy.Max(
    laboratory.alt.symbol / history.alt_upper.symbol, laboratory.ast.symbol / history.ast_upper.symbol
)
liver_grade = steps((4, liver_high > 20), (3, liver_high > 5), (2, liver_high > 3), (1, liver_high > 1))
creatinine_high = laboratory.creatinine.symbol / history.creatinine_upper.symbol
creatinine_grade = steps((4, creatinine_high > 6), (3, creatinine_high > 3), (2, creatinine_high > 1.5))

FEVER = item("fever", "fever now", met(support.febrile))
LIVER = item("liver", "CTCAE grade of ALT or AST", liver_grade)
KIDNEY = item("kidney", "CTCAE grade of creatinine", creatinine_grade)
LUNG = item("hypoxia", "want of oxygen", steps((4, ventilator), (3, rich), (2, any_oxygen)))


def grade(*items: Expr) -> Part:
    """Return the grade: the worst item once the syndrome began, 1 for fever alone, 5 for death of it."""
    begun = (FEVER.symbol > 0) | yes(history.fever_before)
    return Part(
        "grade", "grade", steps((5, yes(history.dead_of_crs)), (sympy.Max(FEVER.symbol, *items), begun))
    )


PRESENT = (bedside.fever_temperature, history.fever_before, history.dead_of_crs)
BREATH = (oxygen, fio2, history.airway_only)
ORGANS = (laboratory.alt, laboratory.ast, laboratory.creatinine)
LIMITS = (history.alt_upper, history.ast_upper, history.creatinine_upper)
EQUIVALENT = Part("noradrenaline_equivalent", "noradrenaline to the same effect, ug/min", support.equivalent)
BEGUN = "grades count once there was fever, taken as 38 degC, that was put down to it"
DOSE_NOTE = (
    "grades were read in tables of reviews, limits of high doses are recalled; a dose must be held for 3 "
    "hours; one drug above its own limit is a high dose with others beside it too"
)

PRESSURE_CTCAE = item(
    "hypotension",
    "low pressure",
    steps((4, several >= 2), (3, several >= 1), (2, support.low_pressure)),
)
CTCAE_CRS = Definition(
    "CTCAE-v5-CRS",
    "grade of cytokine release syndrome, common terminology",
    "CTCAE5",
    (*PRESENT, *support.PRESSURE, *support.COUNTED, history.vasopressin, *BREATH),
    (FEVER, support.COUNT, PRESSURE_CTCAE, LUNG),
    (grade(PRESSURE_CTCAE.symbol, LUNG.symbol),),
    confidence=RECALLED,
    either=(support.PRESSURE, support.COUNTED),
    note=f"{BEGUN}; the text is recalled; its grade 4 says only life-threatening: taken as a ventilator, or "
    "more than one vasopressor, vasopressin included; positive pressure by mask is graded by its FiO2",
    about="Severity of cytokine release in trials that report common terminology.",
)

PRESSURE_LEE = item(
    "hypotension",
    "low pressure",
    steps(
        (3, (support.GIVEN.symbol + history.vasopressin.symbol >= 2) | support.high_dose),
        (2, support.low_pressure | support.any_vasopressor),
    ),
)
ORGANS_LEE = item(
    "organs",
    "toxicity of organs",
    steps(
        (4, sympy.Max(KIDNEY.symbol, history.organ_toxicity.symbol) >= 4),
        (3, sympy.Max(LIVER.symbol, KIDNEY.symbol, history.organ_toxicity.symbol) >= 3),
        (2, sympy.Max(LIVER.symbol, KIDNEY.symbol, history.organ_toxicity.symbol) >= 2),
    ),
)
LEE_CRS = Definition(
    "Lee-2014-CRS",
    "grade of cytokine release syndrome, Lee",
    "Lee2014",
    (*PRESENT, *support.PRESSURE, *support.DOSED, *BREATH, *ORGANS, *LIMITS, history.organ_toxicity),
    (FEVER, support.GIVEN, PRESSURE_LEE, LUNG, LIVER, KIDNEY, ORGANS_LEE),
    (grade(PRESSURE_LEE.symbol, LUNG.symbol, ORGANS_LEE.symbol), EQUIVALENT),
    confidence=RECALLED,
    either=(support.PRESSURE,),
    note=f"{BEGUN}; {DOSE_NOTE}; vasopressin counts among several vasopressors; ventilator support is taken "
    "as invasive; toxicity of other organs than liver and kidney counts if told; limits of ALT, AST and "
    "creatinine are 45 and 40 U/L and 1.2 mg/dL unless the laboratory's are told",
    about="To reproduce trials that were graded by it; the ASTCT's grades replace it.",
)

PRESSURE_PENN = item(
    "hypotension",
    "low pressure",
    steps((4, support.high_dose), (3, support.low_pressure | support.any_vasopressor)),
)
LUNG_PENN = item("hypoxia", "want of oxygen", steps((4, ventilator), (3, any_oxygen)))
ORGANS_PENN = item(
    "organs",
    "organs, admission and clotting",
    steps(
        (3, (LIVER.symbol >= 4) | (KIDNEY.symbol >= 3) | yes(history.plasma_given)),
        (2, (LIVER.symbol >= 3) | (KIDNEY.symbol >= 2) | yes(history.admitted)),
    ),
)
PENN_CRS = Definition(
    "Penn-CRS",
    "grade of cytokine release syndrome, Penn",
    "Porter2018",
    (
        *PRESENT, *support.PRESSURE, *support.DOSED, *BREATH, *ORGANS, *LIMITS, history.plasma_given,
        history.admitted,
    ),
    (FEVER, support.GIVEN, PRESSURE_PENN, LUNG_PENN, LIVER, KIDNEY, ORGANS_PENN),
    (grade(PRESSURE_PENN.symbol, LUNG_PENN.symbol, ORGANS_PENN.symbol), EQUIVALENT),
    confidence=RECALLED,
    either=(support.PRESSURE,),
    note=f"{BEGUN}; {DOSE_NOTE}; positive pressure by mask is grade 3 here and 4 by the ASTCT; limits of "
    "ALT, AST and creatinine are 45 and 40 U/L and 1.2 mg/dL unless the laboratory's are told",
    about="To reproduce the trials of tisagenlecleucel.",
)  # fmt: skip
