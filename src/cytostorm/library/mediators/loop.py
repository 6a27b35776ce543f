"""The loop itself: how strongly what cells make acts back on them, and how strongly it is held."""

from cytostorm.library.kinetics import Expr
from cytostorm.model import LogNormal, Module

m = Module(
    "loop",
    "mediator",
    "strength and brakes of the loop",
    about="Two numbers that are 1 in life, so that the loop or its brakes can be cut, and people can differ.",
)

strength = m.assumed(
    "strength",
    1.0,
    "1",
    "what cytokines and damage do back to the cells; 0 cuts the loop",
    "1 by definition",
    spread=LogNormal(1.15),
)
brakes = m.assumed(
    "brakes",
    1.0,
    "1",
    "what IL-10, IL-1RA, cortisol, tolerance and regulatory T cells hold back; 0 cuts the brakes",
    "1 by definition",
)


def held(most: Expr) -> Expr:
    """Return the largest share that a brake holds: `most` in life, 0 if cut, below 1 however strong.

    Brakes twice as strong leave the square of what one leaves. A plain product would pass 1, and what is
    held would turn negative.
    """
    return 1 - (1 - most) ** brakes
