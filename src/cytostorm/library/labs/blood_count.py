"""The white blood count with its main classes."""

from cytostorm.library.cells import lymphocyte, monocyte, neutrophil
from cytostorm.model import Module

m = Module(
    "blood_count",
    "lab",
    "white blood count",
    about="Neutrophils, lymphocytes and monocytes; the rest is left out.",
)

NOTE = "usual adult range of clinical laboratories"
m.lab(
    "neutrophils",
    neutrophil.blood,
    "cells/uL",
    "neutrophils",
    normal=(2000, 7500),
    source="assumed",
    note=NOTE,
)
m.lab(
    "lymphocytes",
    lymphocyte.blood,
    "cells/uL",
    "lymphocytes",
    normal=(1000, 4000),
    source="assumed",
    note=NOTE,
)
m.lab("monocytes", monocyte.blood, "cells/uL", "monocytes", normal=(200, 800), source="assumed", note=NOTE)
