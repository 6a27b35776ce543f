"""What a clinical laboratory measures of inflammation."""

from cytostorm.library.cells import inflamed
from cytostorm.library.mediators import cortisol
from cytostorm.library.organs import endothelium, kidney, liver, procalcitonin
from cytostorm.model import LogNormal, Module

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

supar_rest = m.assumed(
    "supar_rest", 2.6, "ng/mL", "suPAR at rest", "below 4 in health", spread=LogNormal(1.25)
)
by_macrophages = m.assumed(
    "by_macrophages",
    2.5,
    "1",
    "more suPAR by the whole pool of inflammatory macrophages, which shed it",
    "above 6 ng/mL marks a bad course of pneumonia, above 10 is of sepsis",
)
by_injury = m.assumed(
    "by_injury", 1.5, "1", "more suPAR from wholly injured vessels", "their lining sheds it as well"
)
filtered = m.assumed(
    "filtered", 0.4, "1", "share of its loss that filtration makes", "high in chronic disease of the kidney"
)
m.lab(
    "supar",
    supar_rest
    * (1 + by_macrophages * (inflamed.size * inflamed.site + inflamed.body) + by_injury * endothelium.injury)
    / (1 - filtered + filtered * kidney.filtration),
    "ng/mL",
    "soluble urokinase receptor",
    normal=(None, 4.0),
    source="assumed",
    note="usual limit of healthy adults; it differs between kits",
)
