"""Before and after CAR T cells: EASIX [Luft2017, Pennisi2021] and CAR-HEMATOTOX [Rejeski2021]."""

import sympy

from cytostorm.criteria import laboratory
from cytostorm.criteria.definition import Definition, Part, answer, item, met, steps, total
from cytostorm.criteria.facts import Expr, number

LEAST = 2.0**-10
"""Below it a logarithm tells nothing more; a CRP of 0 would have none."""
platelets_above_0 = number(
    "platelets", laboratory.GIGA, "platelets", normal=250, worst=1, spelled=("plt",), possible=(1, 3000)
)
per_platelet = laboratory.ldh.symbol / sympy.Max(platelets_above_0.symbol, 1)
ldh, creatinine, crp = laboratory.ldh, laboratory.creatinine, laboratory.crp
EASIX_PARTS = (
    Part("easix", "EASIX", per_platelet * creatinine.symbol, endless=(ldh, creatinine)),
    Part(
        "m_easix", "modified: CRP in place of creatinine", per_platelet * crp.symbol / 10, endless=(ldh, crp)
    ),
    Part("s_easix", "simplified: without creatinine", per_platelet, endless=(ldh,)),
)


def log2(x: Expr) -> Expr:
    """Return the logarithm to the base 2, of 2^-10 at least."""
    return sympy.log(sympy.Max(x, LEAST)) / sympy.log(2)


EASIX = Definition(
    "EASIX",
    "endothelial activation and stress",
    "Pennisi2021",
    (ldh, creatinine, crp, platelets_above_0),
    (),
    (
        *EASIX_PARTS,
        *(
            Part(f"log2_{part.name}", f"{part.label}, log2", log2(part.symbol), endless=part.endless)
            for part in EASIX_PARTS
        ),
    ),
    note="LDH in U/L, creatinine and CRP in mg/dL, platelets in 10^9/L; values below 2^-10 have a log2 of "
    "-10; where LDH, or creatinine or CRP, is unknown, the higher answer has no limit; the index comes from "
    "graft-versus-host disease [Luft2017]; no cut-off is agreed on",
    about="Risk of severe cytokine release and neurotoxicity, from the routine laboratory.",
)

HEMATOTOX = (
    item(
        "platelets",
        "platelets",
        steps((2, laboratory.platelets.symbol < 75), (1, laboratory.platelets.symbol <= 175)),
    ),
    item("neutrophils", "neutrophils", met(laboratory.neutrophils.symbol < 1.2)),
    item("haemoglobin", "haemoglobin", met(laboratory.haemoglobin.symbol < 9)),
    item("crp", "CRP", met(laboratory.crp.symbol > 30)),
    item(
        "ferritin",
        "ferritin",
        steps((2, laboratory.ferritin.symbol > 2000), (1, laboratory.ferritin.symbol >= 650)),
    ),
)
POINTS = total(HEMATOTOX)
CAR_HEMATOTOX = Definition(
    "CAR-HEMATOTOX",
    "long neutropenia after CAR T cells",
    "Rejeski2021",
    (
        laboratory.platelets, laboratory.neutrophils, laboratory.haemoglobin, laboratory.crp,
        laboratory.ferritin,
    ),
    HEMATOTOX,
    (POINTS, answer("high", "high risk", POINTS.symbol >= 2)),
    window=72,
    note="the items and the limit of 2 points were read, the cut-offs in two open "
    "implementations, which differ on the limits: values on those of neutrophils (1.2), haemoglobin (9.0) "
    "and CRP (30 mg/L) are in gaps of the table and have no point here, platelets of 175 and ferritin of 650 "
    "have one; three days before lymphodepletion are looked back on",
    about="Before lymphodepletion, in large B-cell lymphoma.",
)  # fmt: skip
