"""Interleukin-1β, and the IL-1 signal that is left when the receptor is contested."""

from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import Module

m = Module(
    "il1b",
    "mediator",
    "interleukin-1β",
    about="Plasma holds little of it; it acts near the cells that make it. IL-1α is not told apart.",
)

baseline = m.parameter(
    "baseline", 2.1, "pg/mL", "level at rest", source="Kiers2017", note="2.0 and 2.1 in its two groups"
)
elimination = m.parameter(
    "elimination",
    1.4,
    "1/h",
    "elimination rate",
    source="assumed",
    note="half-life of 30 min, as of other small cytokines; no human value was found",
)
catchers = m.drive("catchers", "1", "load C/Kd of what catches IL-1β itself; one site, loads add")
loose = m.observable("loose", 1 / (1 + catchers), "1", "share that is not caught")
level = circulates(m, baseline, elimination, loose=loose)
caught_loss = m.assumed(
    "caught_loss",
    0.0011,
    "1/h",
    "loss of caught IL-1β",
    "with the antibody that holds it: half-life of 26 days",
)
m.remove(level, "loss of what is caught", caught_loss * (1 - loose) * level)

antagonists = m.drive("antagonists", "1", "load C/Kd of what contests the IL-1 receptor; one site, loads add")
antagonists_at_rest = m.drive("antagonists_at_rest", "1", "the same load in a healthy person at rest")
signal = m.observable(
    "signal", level * loose / (1 + antagonists), "pg/mL", "IL-1 that is loose and finds a free receptor"
)
signal_at_rest = m.observable(
    "signal_at_rest", baseline / (1 + antagonists_at_rest), "pg/mL", "the same in a healthy person at rest"
)
