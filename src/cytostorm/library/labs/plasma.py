"""Albumin, lipids and the anion gap, read off leak, acute phase, cytokines and lactate."""

from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import ifng, tnf
from cytostorm.library.organs import circulation, endothelium, liver
from cytostorm.model import LogNormal, Module, Normal

m = Module(
    "plasma",
    "lab",
    "albumin, triglycerides and anion gap",
    about="Read off at once: albumin falls when vessels leak, fluids thin it and the acute phase takes its "
    "place. Albumin given, food, and what a sick liver fails to make over weeks are left out.",
)

NOTE = "usual adult range of clinical laboratories"

albumin_rest = m.assumed(
    "albumin_rest", 43.0, "g/L", "albumin at rest", "middle of 35 to 50", spread=LogNormal(1.08)
)
by_leak = m.assumed(
    "by_leak", 0.35, "1", "share of albumin that full leak takes out of plasma", "below 25 g/L in shock"
)
by_acute = m.assumed(
    "by_acute", 0.3, "1", "share of albumin that the full acute phase takes", "near 30 g/L in pneumonia"
)
half_acute = m.assumed(
    "half_acute", 100.0, "mg/L", "acute phase of half that, as CRP", "both follow IL-6 by a day"
)
thinned = circulation.volume / (circulation.volume + circulation.infused)
left = m.observable(
    "left",
    thinned
    * (1 - by_leak * endothelium.leak)
    * (1 - by_acute * rises(liver.crp - liver.rest, half_acute, 2)),
    "1",
    "albumin, against the person's own at rest",
)
albumin = albumin_rest * left
m.lab("albumin", albumin, "g/L", "albumin", normal=(35, 50), source="assumed", note=NOTE)

lipids_rest = m.assumed(
    "lipids_rest", 1.0, "mmol/L", "triglycerides at rest", "below 1.7 in health", spread=LogNormal(1.4)
)
least = m.assumed(
    "least", 0.2, "1", "share of the lipase of vessel walls that no cytokine takes", "fivefold at most"
)
half_tnf = m.assumed("half_tnf", 400.0, "pg/mL", "TNF above rest that halves the lipase", "of a storm")
half_ifng = m.assumed(
    "half_ifng", 300.0, "pg/mL", "interferon-γ above rest that halves it", "above 3 mmol/L in HLH"
)
load = (tnf.signal - tnf.baseline) / half_tnf + ifng.signal / half_ifng
lipase = least + (1 - least) * falls(load, 1)
m.lab(
    "triglycerides",
    lipids_rest / lipase,
    "mmol/L",
    "triglycerides",
    normal=(None, 1.7),
    source="assumed",
    note=NOTE,
)

gap_rest = m.assumed(
    "gap_rest", 12.0, "mmol/L", "anion gap at rest", "middle of 8 to 16", spread=Normal(1.8, 6.0, 18.0)
)
by_albumin = m.assumed(
    "by_albumin",
    0.85,
    "1",
    "share of the gap that is albumin's",
    "recalled: 2.5 mmol/L for each 10 g/L of it",
)
m.lab(
    "anion_gap",
    gap_rest * (1 - by_albumin * (1 - left)) + (circulation.lactate - circulation.lactate_rest),
    "mmol/L",
    "anion gap, by lactate and albumin alone",
    normal=(8, 16),
    source="assumed",
    note=NOTE,
)
