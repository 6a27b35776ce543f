"""Tumour necrosis factor: first to rise after a stimulus, first to go."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import LogNormal, Module

m = Module(
    "tnf",
    "mediator",
    "tumour necrosis factor",
    about="It primes the cells around those that make it. What plasma shows has spilled over from tissue, "
    "and people differ in how much spills.",
)

baseline = m.parameter(
    "baseline",
    6.3,
    "pg/mL",
    "level at rest",
    source="Janum2016",
    note="on the scale of that laboratory's kit; others read 0 to 8",
    spread=LogNormal(1.1),
)
elimination = m.parameter(
    "elimination",
    2.1,
    "1/h",
    "elimination rate",
    source="Chapman1987",
    note="half-life of 20 min after recombinant TNF into a vein",
)
spillover = m.parameter(
    "spillover",
    1.0,
    "1",
    "TNF in plasma for each at the cells, relative to the typical person",
    source="assumed",
    note="1 by definition; its spread lets plasma TNF differ twofold and IL-8 hardly, as in volunteers",
    spread=LogNormal(1.75),
)
catchers = m.drive("catchers", "1", "load C/Kd of what catches TNF itself; one site, loads add")
loose = m.observable("loose", 1 / (1 + catchers), "1", "share of TNF that is not caught")
level = circulates(m, baseline, elimination, loose=loose)
caught_loss = m.assumed(
    "caught_loss",
    0.0035,
    "1/h",
    "loss of caught TNF",
    "with the antibody that holds it: half-life of eight days, as of infliximab; total TNF rises under it",
)
m.remove(level, "loss of what is caught", caught_loss * (1 - loose) * level)
signal = m.observable("signal", level * loose, "pg/mL", "TNF that is loose, which cells feel")
