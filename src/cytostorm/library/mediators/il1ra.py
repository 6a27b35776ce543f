"""Interleukin-1 receptor antagonist: the body's own blocker of IL-1."""

from cytostorm.library.mediators import il1b, loop
from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import Module

m = Module(
    "il1ra",
    "mediator",
    "interleukin-1 receptor antagonist",
    about="It sits on the IL-1 receptor without a signal.",
)

baseline = m.parameter(
    "baseline",
    100.0,
    "pg/mL",
    "level at rest",
    source="assumed",
    note="a quarter of the peak after endotoxin; the assay of Granowitz1991 could not detect it at rest",
)
elimination = m.parameter(
    "elimination",
    0.18,
    "1/h",
    "elimination rate",
    source="assumed",
    note="apparent half-life near 4 h, as of the recombinant protein given under the skin",
)
level = circulates(m, baseline, elimination)

half = m.parameter(
    "half",
    200.0,
    "pg/mL",
    "level that halves the IL-1 signal",
    source="assumed",
    note="the body's own antagonist matters at its own levels; endotoxin data do not tell",
)
m.stimulate(il1b.antagonists, loop.brakes * level / half, "IL-1RA contests the receptor")
m.stimulate(il1b.antagonists_at_rest, loop.brakes * baseline / half, "IL-1RA at rest")
