"""What a clinical laboratory measures of inflammation."""

from cytostorm.library.mediators import cortisol
from cytostorm.library.organs import endothelium, liver, procalcitonin
from cytostorm.model import Module

m = Module("inflammation", "lab", "inflammation in the clinical laboratory")

m.lab(
    "crp", liver.crp, "mg/L", "C-reactive protein", normal=(None, 3.0), source="assumed",
    note="usual adult limit of clinical laboratories",
)  # fmt: skip
m.lab(
    "procalcitonin", procalcitonin.level, "ng/mL", "procalcitonin", normal=(None, 0.05), source="assumed",
    note="usual adult limit of clinical laboratories",
)  # fmt: skip
m.lab("cortisol", cortisol.level, "nmol/L", "cortisol")
m.lab("ang2", endothelium.ang2, "ng/mL", "angiopoietin-2")
