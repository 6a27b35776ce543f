"""What a clinical laboratory measures of inflammation."""

from cytostorm.library.mediators import cortisol
from cytostorm.library.organs import liver
from cytostorm.model import Module

m = Module("inflammation", "lab", "inflammation in the clinical laboratory")

m.lab(
    "crp", liver.crp, "mg/L", "C-reactive protein", normal=(None, 3.0), source="assumed",
    note="usual adult limit of clinical laboratories",
)  # fmt: skip
m.lab("cortisol", cortisol.level, "nmol/L", "cortisol")
