"""Lymphocytes in blood: TNF, interferons and cortisol send them to tissue, and they come back."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import cortisol, ifna, il7, il15, tnf
from cytostorm.library.person import childhood, conditioning
from cytostorm.model import LogNormal, Module

FIT = "to the nadir at 4 h and the return by 24 h after 2 ng/kg of endotoxin (Copeland2005)"

m = Module(
    "lymphocyte",
    "cell",
    "lymphocytes",
    about="All lymphocytes together, moving between blood and tissue; new ones take weeks. CD3, "
    "CD4, CD8 and NK "
    "cells are shares of them.",
)

count = m.assumed(
    "count",
    2000.0,
    "cells/uL",
    "lymphocytes in blood at rest",
    "middle of the usual range of 1000 to 4000",
    spread=LogNormal(1.4),
)
tissue_ratio = m.assumed(
    "tissue_ratio", 50.0, "1", "lymphocytes in tissue for each in blood", "blood holds about 2 % of them"
)
leaving = m.assumed("leaving", 1.35, "1/h", "rate of leaving the blood", "fast enough for a nadir at 4 h")
by_tnf = m.calibrated("by_tnf", 0.82, "1", "how many times faster at full TNF", FIT)
half_tnf = m.assumed("half_tnf", 77.6, "pg/mL", "TNF of half that", "a third of the peak after 2 ng/kg")
by_cortisol = m.assumed(
    "by_cortisol",
    5.45,
    "1",
    "how many times faster at full cortisol",
    "so that the nadir is a third of rest; no row gives its depth",
)
half_cortisol = m.assumed("half_cortisol", 600.0, "nmol/L", "cortisol of half that", "a stress level")
by_ifna = m.calibrated(
    "by_ifna",
    2,
    "1",
    "how many times faster at full type I interferon",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); halves the count, as "
    "interferon given as a drug does",
)
half_ifna = m.assumed(
    "half_ifna", 20, "pg/mL", "type I interferon above rest of half that", "two thirds of the level at rest"
)
by_site = m.calibrated(
    "by_site",
    4,
    "1",
    "how many times faster at a site full of inflammatory macrophages",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for the lymphopenia "
    "of severe COVID-19 (Yan2020)",
)
infused = m.drive("infused", "cells/uL", "T cells in blood that a therapy has given")
pull_more = m.drive("pull_more", "1", "further causes of leaving the blood, in multiples of rest")

more_in_children = m.assumed(
    "more_in_children", 0.8, "1", "how many times more a young child has", "near 3500 at five years"
)
usual = count * (1 + more_in_children * childhood)
blood = m.species("blood", "cells/uL", "lymphocytes in blood", initial=usual * (1 - conditioning), scale=100)
tissue = m.species(
    "tissue",
    "cells/uL",
    "lymphocytes in tissue, per volume of blood",
    initial=usual * tissue_ratio * (1 - conditioning),
    scale=1000,
)
pull = (
    1
    + by_tnf * rises(tnf.signal, half_tnf)
    + by_cortisol * rises(cortisol.effect, half_cortisol, 3)
    + by_ifna * rises(ifna.signal, half_ifna)
    + by_site * (inflamed.site + inflamed.body)
    + pull_more
)
pull_at_rest = (
    1 + by_tnf * rises(tnf.baseline, half_tnf) + by_cortisol * rises(cortisol.baseline, half_cortisol, 3)
)
m.move(blood, tissue, "leaving the blood", leaving * pull * blood)
m.move(tissue, blood, "coming back", leaving * pull_at_rest / tissue_ratio * tissue)

death = m.assumed(
    "death",
    0.004,
    "1/h",
    "death of lymphocytes in a storm",
    "counts stay low for weeks in severe COVID-19 (Yan2020)",
)
renewal = m.assumed(
    "renewal", 0.0012, "1/h", "renewal towards the number at rest", "a month, as after lymphodepletion"
)
m.remove(tissue, "death in a storm", death * (inflamed.active_site + inflamed.active_body) * tissue)
total = blood + tissue
whole = usual * (1 + tissue_ratio)
m.produce(tissue, "renewal in tissue", renewal * usual * tissue_ratio)
m.produce(blood, "renewal in blood", renewal * usual)
m.remove(tissue, "turnover in tissue", renewal * tissue)
m.remove(blood, "turnover in blood", renewal * blood)

floor = m.assumed(
    "floor",
    0.05,
    "1",
    "uptake of IL-7 and IL-15 by other cells, against that by all lymphocytes",
    "so that the rise is twentyfold at most",
)
missing = m.observable(
    "missing",
    whole * (1 + floor) / (whole * floor + total) - 1,
    "1",
    "how much the body lacks lymphocytes; 0 at rest",
)
il15_rate = m.assumed(
    "il15_rate",
    1.5,
    "pg/mL/h",
    "IL-15 that is not taken up when lymphocytes lack",
    "a tenfold rise after lymphodepletion",
)
m.stimulate(il15.secretion, il15_rate * missing, "fewer lymphocytes take it up")
il7_rate = m.assumed(
    "il7_rate",
    0.4,
    "pg/mL/h",
    "IL-7 that is not taken up when lymphocytes lack",
    "severalfold after lymphodepletion",
)
m.stimulate(il7.secretion, il7_rate * missing, "fewer lymphocytes take it up")
