"""Troponin and natriuretic peptide: what a weak and strained heart lets go."""

from cytostorm.library.organs import circulation, kidney, lung
from cytostorm.model import LogNormal, Module

m = Module(
    "cardiac",
    "lab",
    "heart in blood",
    about="Read off the weakness of the heart, the lack of flow and oxygen, and fluids. The model has no "
    "death of heart muscle, so that clots in coronary vessels and myocarditis do not show.",
)

NOTE = "usual limit of adults below 75 years"

troponin_rest = m.assumed(
    "troponin_rest", 5.0, "ng/L", "troponin T at rest", "below 14 in 99 of 100", spread=LogNormal(1.6)
)
by_heart = m.assumed(
    "by_heart", 20.0, "1", "more troponin if the heart had no strength", "tens of ng/L in septic shock"
)
by_flow = m.assumed("by_flow", 10.0, "1", "more troponin without flow", "more in shock than without")
by_hypoxia = m.assumed("by_hypoxia", 10.0, "1", "more troponin without oxygen", "as without flow")
m.lab(
    "troponin",
    troponin_rest
    * (1 + by_heart * (1 - circulation.heart) + by_flow * circulation.lack + by_hypoxia * lung.hypoxia),
    "ng/L",
    "troponin T, high-sensitivity",
    normal=(None, 14),
    source="assumed",
    note="usual limit, the 99th centile of healthy people",
)

peptide_rest = m.assumed(
    "peptide_rest", 45.0, "pg/mL", "NT-proBNP at rest", "below 125 in health", spread=LogNormal(1.65)
)
by_weakness = m.assumed(
    "by_weakness", 60.0, "1", "more NT-proBNP if the heart had no strength", "thousands in septic shock"
)
by_fluid = m.assumed(
    "by_fluid", 5.0, "1", "more NT-proBNP for each plasma volume that is infused", "fluid fills a weak heart"
)
m.lab(
    "nt_probnp",
    peptide_rest
    * (1 + by_weakness * (1 - circulation.heart) + by_fluid * circulation.infused)
    / kidney.filtration,
    "pg/mL",
    "NT-proBNP",
    normal=(None, 125),
    source="assumed",
    note=NOTE,
)
