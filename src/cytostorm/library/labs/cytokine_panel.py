"""The cytokine panel: plasma levels by immunoassay."""

from cytostorm.library.mediators import il1b, il1ra, il6, il8, il10, tnf
from cytostorm.model import Module

m = Module(
    "cytokine_panel",
    "lab",
    "cytokines in plasma",
    about="Levels depend on the laboratory: kits differ up to tenfold for the same plasma. "
    "These are on the scale of Janum2016.",
)

m.lab("tnf", tnf.level, "pg/mL", "TNF")
m.lab("il1b", il1b.level, "pg/mL", "IL-1β")
m.lab("il6", il6.level, "pg/mL", "IL-6")
m.lab("il8", il8.level, "pg/mL", "IL-8")
m.lab("il10", il10.level, "pg/mL", "IL-10")
m.lab("il1ra", il1ra.level, "pg/mL", "IL-1RA")
