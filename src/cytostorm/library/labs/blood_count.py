"""The white blood count with its main classes, and the subsets of lymphocytes."""

from cytostorm.library.cells import lymphocyte, monocyte, neutrophil, tcell, treg
from cytostorm.library.kinetics import Expr
from cytostorm.model import Module

m = Module(
    "blood_count",
    "lab",
    "white blood count",
    about="Subsets are fixed shares of the lymphocytes that circulate, what is specific for the "
    "antigen is shown apart. Eosinophils and basophils are left out.",
)

NOTE = "usual adult range of clinical laboratories"


def count(name: str, expression: Expr, label: str, low: float, high: float) -> None:
    """Declare a count with its reference range."""
    m.lab(name, expression, "cells/uL", label, normal=(low, high), source="assumed", note=NOTE)


count("neutrophils", neutrophil.blood, "neutrophils", 2000, 7500)
count("lymphocytes", lymphocyte.blood + lymphocyte.infused, "lymphocytes", 1000, 4000)
count("monocytes", monocyte.blood, "monocytes", 200, 800)
m.lab(
    "wbc",
    neutrophil.blood + lymphocyte.blood + lymphocyte.infused + monocyte.blood,
    "10^9/L",
    "white blood cells",
    normal=(4, 11),
    source="assumed",
    note=NOTE,
)
cd3 = m.assumed("cd3_share", 0.72, "1", "T cells among lymphocytes", "60 to 85 %")
cd4 = m.assumed("cd4_share", 0.43, "1", "CD4 T cells among lymphocytes", "two thirds of T cells")
cd8 = m.assumed("cd8_share", 0.27, "1", "CD8 T cells among lymphocytes", "a third of T cells")
nk_share = m.assumed("nk_share", 0.12, "1", "NK cells among lymphocytes", "5 to 20 %")
treg_share = m.assumed("treg_share", 0.02, "1", "regulatory T cells among lymphocytes", "5 % of CD4 cells")
m.lab("cd3", cd3 * lymphocyte.blood + lymphocyte.infused, "cells/uL", "CD3 T cells")
m.lab("cd4", cd4 * lymphocyte.blood, "cells/uL", "CD4 T cells")
m.lab("cd8", cd8 * lymphocyte.blood, "cells/uL", "CD8 T cells")
m.lab("nk", nk_share * lymphocyte.blood, "cells/uL", "NK cells")
m.lab("treg", treg_share * lymphocyte.blood * treg.number, "cells/uL", "regulatory T cells")
m.lab("effectors", tcell.effector, "cells/uL", "T cells of the antigen")
