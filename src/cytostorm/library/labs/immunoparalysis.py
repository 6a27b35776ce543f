"""How much TNF blood still makes when a laboratory stimulates it: little in immunoparalysis."""

from cytostorm.library.cells import inflamed, macrophage, monocyte
from cytostorm.library.kinetics import Expr, falls
from cytostorm.library.mediators import cortisol, il10
from cytostorm.model import LogNormal, Module

m = Module(
    "immunoparalysis",
    "lab",
    "immunoparalysis",
    about="Whole blood with endotoxin for four hours: its monocytes answer as far as they are there, are not "
    "tolerant, and are not held down by what is in the same plasma. HLA-DR is in `tissue`.",
)

rest = m.assumed(
    "rest",
    700.0,
    "pg/mL",
    "TNF made by a healthy person's blood",
    "kits differ tenfold; recalled: below 200 pg/mL is called immunoparalysis in children",
    spread=LogNormal(1.6),
)
by_tolerance = m.assumed(
    "by_tolerance", 0.9, "1", "share lost at full tolerance", "a tenth is left in paralysed patients"
)
half_il10 = m.assumed(
    "half_il10", 200.0, "pg/mL", "IL-10 in the sample that halves it", "thinned in the tube"
)
half_cortisol = m.assumed(
    "half_cortisol", 2000.0, "nmol/L", "cortisol in the sample that halves it", "thinned in the tube"
)


def held_down(level: Expr) -> Expr:
    """Return what a level of cortisol leaves."""
    return falls(level, half_cortisol, 2)


m.lab(
    "stimulated_tnf",
    rest
    * monocyte.blood
    / monocyte.count
    * (1 - by_tolerance * inflamed.tolerance)
    * (1 - by_tolerance * (macrophage.tolerant + macrophage.recovering))
    * falls(il10.signal, half_il10)
    * held_down(cortisol.effect)
    / held_down(cortisol.baseline),
    "pg/mL",
    "TNF of blood that is stimulated with endotoxin",
    normal=(200, 2000),
    source="assumed",
    note="laboratories set their own; 200 pg/mL is a limit used in children",
)
