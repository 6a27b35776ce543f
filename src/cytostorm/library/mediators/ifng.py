"""Interferon-γ: what T and NK cells say to macrophages."""

from cytostorm.library.mediators._cytokine import exceeds
from cytostorm.model import LogNormal, Module

m = Module(
    "ifng",
    "mediator",
    "interferon-γ",
    about="Made by engaged T cells and by NK cells; it primes macrophages, and they answer with "
    "IL-12 and IL-18.",
)

baseline = m.parameter(
    "baseline",
    3.2,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.3),
)
elimination = m.parameter(
    "elimination",
    1.4,
    "1/h",
    "elimination rate",
    source="Kurzrock1985",
    note="half-life of 25 to 35 min into a vein",
)
catchers = m.drive("catchers", "1", "load C/Kd of what catches interferon-γ; one site, loads add")
loose = m.observable("loose", 1 / (1 + catchers), "1", "share that is not caught")
excess, level = exceeds(m, baseline, elimination, loose=loose)
caught_loss = m.assumed(
    "caught_loss",
    0.01,
    "1/h",
    "loss of caught interferon-γ",
    "with the antibody that holds it: half-life of three days in HLH, as its label says",
)
m.remove(excess, "loss of what is caught", caught_loss * (1 - loose) * excess)
passed = m.gain("passed", "share of its signal that gets through inside cells; blockers multiply")
share = m.observable("share", loose * passed, "1", "share that is loose and whose signal gets through")
signal = m.observable("signal", excess * share, "pg/mL", "interferon-γ above rest that cells feel")
