"""ASTCT consensus grades of cytokine release syndrome and of neurotoxicity after immune cells [Lee2019]."""

import sympy

from cytostorm.criteria import bedside, history, support
from cytostorm.criteria.definition import Definition, Part, is_, item, met, steps, yes

high_flow = is_(history.oxygen, "facemask", "venturi", "non_rebreather", "high_flow") | (
    is_(history.oxygen, "nasal_cannula") & (bedside.flow.symbol > 6)
)
positive = is_(history.oxygen, "NIV", "CPAP", "BiPAP") | (
    is_(history.oxygen, "MV") & ~yes(history.airway_only)
)

CRS = (
    item("fever", "fever now", met(support.febrile)),
    support.COUNT,
    item(
        "hypotension",
        "low pressure, by what it needs",
        steps(
            (4, support.counted >= 2),
            (3, (support.counted >= 1) | yes(history.vasopressin)),
            (2, support.low_pressure),
        ),
    ),
    item(
        "hypoxia",
        "want of oxygen, by what it needs",
        steps(
            (4, positive), (3, high_flow), (2, is_(history.oxygen, "low_flow", "nasal_cannula", "blow_by"))
        ),
    ),
)
FEVER, _, HYPOTENSION, HYPOXIA = (part.symbol for part in CRS)
no_fever_needed = yes(history.fever_treated) & yes(history.fever_before)

ASTCT_CRS = Definition(
    "ASTCT-CRS-2019",
    "grade of cytokine release syndrome",
    "Lee2019",
    (
        bedside.fever_temperature, history.fever_before, history.fever_treated, *support.PRESSURE,
        *support.COUNTED, history.vasopressin, history.oxygen, bedside.flow, history.airway_only,
        history.dead_of_crs,
    ),
    CRS,
    (
        Part(
            "grade",
            "grade",
            steps(
                (5, yes(history.dead_of_crs)),
                (sympy.Max(FEVER, HYPOTENSION, HYPOXIA), (FEVER > 0) | no_fever_needed),
            ),
        ),
    ),
    either=(support.PRESSURE, support.COUNTED),
    note="fever is no longer asked for once CRS began with fever and a drug against fever or cytokines was "
    "given; vasopressin alone counts as one vasopressor; low pressure that nobody judged is a systolic below "
    "90 mmHg, the paper gives no limit; where one dose is told, vasopressors not told are not given; "
    "intubation counts unless it is told to be for the airway only; other causes must have been excluded",
    about="Severity of cytokine release after CAR T cells, bispecific antibodies and other immune effectors.",
)  # fmt: skip

by_capd = (history.age.symbol < 12) | (history.capd.known & ~history.ice.known)
awake = is_(history.arousal, "spontaneous", "voice", "tactile")
ICANS = (
    item(
        "testing",
        "ICE, or CAPD below 12 years",
        sympy.Piecewise(
            (steps((3, history.capd.symbol >= 9), (1, history.capd.symbol >= 1)), by_capd),
            (
                steps(
                    (4, (history.ice.symbol <= 0) & ~awake),
                    (3, history.ice.symbol <= 2),
                    (2, history.ice.symbol <= 6),
                    (1, history.ice.symbol <= 9),
                ),
                True,
            ),
        ),
    ),
    item(
        "consciousness",
        "waking",
        steps(
            (4, is_(history.arousal, "unarousable")),
            (3, is_(history.arousal, "tactile")),
            (2, is_(history.arousal, "voice")),
        ),
    ),
    item(
        "seizure",
        "seizures",
        steps((4, is_(history.seizure, "prolonged")), (3, is_(history.seizure, "resolves_rapidly"))),
    ),
    item("motor", "weakness", steps((4, yes(history.focal_weakness)))),
    item(
        "pressure",
        "swelling of the brain",
        steps(
            (4, is_(history.brain_oedema, "diffuse_oedema")), (3, is_(history.brain_oedema, "focal_oedema"))
        ),
    ),
)

ASTCT_ICANS = Definition(
    "ASTCT-ICANS-2019",
    "grade of neurotoxicity of immune cells",
    "Lee2019",
    (
        history.age, history.ice, history.capd, history.arousal, history.seizure, history.focal_weakness,
        history.brain_oedema, history.dead_of_icans,
    ),
    ICANS,
    (
        Part(
            "grade",
            "grade",
            steps((5, yes(history.dead_of_icans)), (sympy.Max(*[i.symbol for i in ICANS]), True)),
        ),
    ),
    either=((history.ice, history.capd),),
    note="waking by oneself adds no grade to an ICE of 10 or a CAPD of 0; an ICE of 0 in a patient who can "
    "be woken is grade 3; a CAPD of 1 to 8 is grade 1, and 2 with waking to voice; from 12 years on CAPD "
    "counts where ICE is not told, as in delayed development; bleeding is not graded",
    about="Neurotoxicity after CAR T cells and other immune effectors.",
)  # fmt: skip
