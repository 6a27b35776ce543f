"""Published names of quantities beside those of the model."""

NAMES = {
    "IL-6": ("il6", "pg/mL"), "IL-10": ("il10", "pg/mL"), "IL-8": ("il8", "pg/mL"), "TNF": ("tnf", "pg/mL"),
    "IL-1b": ("il1b", "pg/mL"), "IL-1RA": ("il1ra", "pg/mL"), "IL-18": ("il18", "pg/mL"),
    "IFN-g": ("ifng", "pg/mL"), "IFN-a2": ("ifna", "pg/mL"), "CXCL9": ("cxcl9", "pg/mL"),
    "CXCL10": ("cxcl10", "pg/mL"), "CCL2": ("ccl2", "pg/mL"), "sIL-2R": ("sil2r", "U/mL"),
    "ferritin": ("ferritin", "ng/mL"), "CRP": ("crp", "mg/L"), "procalcitonin": ("procalcitonin", "ng/mL"),
    "lymphocytes": ("lymphocytes", "10^9/L"), "neutrophils": ("neutrophils", "10^9/L"),
    "monocytes": ("monocytes", "10^9/L"), "platelets": ("platelets", "10^9/L"),
    "D-dimer": ("d_dimer", "ug/mL"), "LDH": ("ldh", "U/L"), "creatinine": ("creatinine", "umol/L"),
    "CD3 T cells": ("cd3", "10^6/L"), "CD4 T cells": ("cd4", "10^6/L"), "CD8 T cells": ("cd8", "10^6/L"),
    "T cells": ("cd3", "10^6/L"),
}  # fmt: skip
"""Published name -> (read-out of the model, unit it is read in)."""
