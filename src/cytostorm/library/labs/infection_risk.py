"""What disease and drugs leave of defence against other microbes, and how likely another infection is."""

import math

from cytostorm.library.cells import inflamed, lymphocyte, neutrophil
from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.mediators import cortisol, ifng, il1b, il1ra, il6, loop, tnf
from cytostorm.model import Module

m = Module(
    "infection_risk",
    "lab",
    "defence against other microbes",
    about="A product of what is left of signals under drugs, and of cells against rest. It is read and acts "
    "on nothing; include `infection` to add it up over time. None of its weights was measured.",
)


def needs(name: str, share: float, left: Expr, label: str, note: str) -> Expr:
    """Return what is left of defence if a share of it needs what is left of something."""
    return 1 - m.assumed(f"by_{name}", share, "1", f"share of defence that needs {label}", note) * (1 - left)


own = 1 + loop.brakes * il1ra.level / il1ra.half  # what the body's own antagonist takes is no drug's doing
half_steroid = m.assumed(
    "half_steroid", 1500.0, "nmol/L", "glucocorticoids given of half their harm", "6 mg of dexamethasone"
)
few = m.assumed("few", 500.0, "cells/uL", "neutrophils of half their defence", "where infections begin")
few_lymphocytes = m.assumed(
    "few_lymphocytes", 300.0, "cells/uL", "lymphocytes of half their defence", "200 CD4 cells in AIDS"
)
kept: Expr = math.prod(
    (
        needs("tnf", 0.4, tnf.loose, "TNF", "tuberculosis and sepsis under its blockers"),
        needs("il1", 0.15, own / (1 + il1b.antagonists), "IL-1", "little excess under anakinra"),
        needs("il6", 0.2, il6.loose * il6.free * il6.passed, "IL-6", "some excess under its blockers"),
        needs("ifng", 0.4, ifng.share, "interferon-γ", "mycobacteria and herpes viruses under its blockers"),
        needs(
            "killing",
            0.5,
            1 - rises(cortisol.given, half_steroid),
            "what glucocorticoids still",
            "more infections in trials of hydrocortisone in shock",
        ),
        needs(
            "awake", 0.6, 1 - inflamed.tolerance, "monocytes that respond", "infections in immunoparalysis"
        ),
        needs(
            "neutrophils",
            0.9,
            rises(neutrophil.blood, few) / rises(neutrophil.count, few),
            "neutrophils",
            "little holds bacteria without them",
        ),
        needs(
            "lymphocytes",
            0.6,
            rises(lymphocyte.blood, few_lymphocytes) / rises(lymphocyte.usual, few_lymphocytes),
            "T and NK cells",
            "opportunists without them, other defence stays",
        ),
    )
)

defence = m.observable("left", kept, "1", "defence left, against rest without drugs")
usual = m.assumed(
    "usual",
    0.006,
    "1/d",
    "hazard of another infection with full defence",
    "one in twelve in two weeks of ward",
)
hazard = m.observable("hazard", usual / defence, "1/d", "hazard of another infection")
m.lab("defence", defence, "1", "defence against other microbes, against rest")
m.lab("infection_hazard", hazard, "1/d", "hazard of another infection")
