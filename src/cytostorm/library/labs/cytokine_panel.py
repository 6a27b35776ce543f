"""The cytokine panel: plasma levels by immunoassay."""

from cytostorm.library.mediators import (
    ccl2,
    cxcl9,
    cxcl10,
    gcsf,
    gmcsf,
    ifna,
    ifng,
    il1b,
    il1ra,
    il2,
    il6,
    il7,
    il8,
    il10,
    il12,
    il15,
    il17,
    il18,
    sil2r,
    tgfb,
    tnf,
)
from cytostorm.model import Module

m = Module(
    "cytokine_panel",
    "lab",
    "cytokines in plasma",
    about="Levels depend on the laboratory: kits differ up to tenfold for the same plasma. TNF "
    "and the interleukins 1 "
    "to 10 are on the scale of Janum2016, interferons, IL-18 and chemokines on that of Lucas2020.",
)

m.lab("tnf", tnf.level, "pg/mL", "TNF")
m.lab("il1b", il1b.level, "pg/mL", "IL-1β")
m.lab(
    "il6",
    il6.level,
    "pg/mL",
    "IL-6",
    normal=(None, 7.0),
    source="assumed",
    note="usual limit of clinical assays",
)
m.lab("il8", il8.level, "pg/mL", "IL-8")
m.lab("il10", il10.level, "pg/mL", "IL-10")
m.lab("il1ra", il1ra.level, "pg/mL", "IL-1RA")
m.lab("ifng", ifng.level, "pg/mL", "interferon-γ")
m.lab("ifna", ifna.level, "pg/mL", "interferon-α2")
m.lab("il12", il12.level, "pg/mL", "IL-12")
m.lab("il18", il18.level, "pg/mL", "IL-18")
m.lab("gmcsf", gmcsf.level, "pg/mL", "GM-CSF")
m.lab("gcsf", gcsf.level, "pg/mL", "G-CSF")
m.lab("il2", il2.level, "pg/mL", "IL-2")
m.lab("il7", il7.level, "pg/mL", "IL-7")
m.lab("il15", il15.level, "pg/mL", "IL-15")
m.lab("il17", il17.level, "pg/mL", "IL-17A")
m.lab("tgfb", tgfb.level, "pg/mL", "TGF-β")
m.lab("cxcl9", cxcl9.level, "pg/mL", "CXCL9")
m.lab("cxcl10", cxcl10.level, "pg/mL", "CXCL10")
m.lab("ccl2", ccl2.level, "pg/mL", "CCL2")
m.lab("sil6r", il6.receptor, "ng/mL", "soluble IL-6 receptor")
m.lab("sgp130", il6.gp130, "ng/mL", "soluble gp130")
m.lab(
    "sil2r",
    sil2r.level,
    "U/mL",
    "soluble IL-2 receptor",
    normal=(200, 700),
    source="assumed",
    note="usual adult range",
)
