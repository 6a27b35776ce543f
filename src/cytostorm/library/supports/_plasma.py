"""What circulates in plasma and can be removed with it; quick makers without a state are left out."""

from __future__ import annotations

from cytostorm.library.mediators import ifng, il1b, il1ra, il6, il8, il10, il12, il18, tnf
from cytostorm.model import Module, Observable, Species

CYTOKINES = (
    il6.level, il8.level, il10.level, il1ra.level, il1b.level, tnf.level,
    ifng.excess, il12.excess, il18.excess,
)  # fmt: skip
"""Cytokines with a state, all of 8 to 60 kDa; TNF's trimer has 51."""


def clears(m: Module, species: Species, name: str, share: Observable) -> None:
    """Declare that a device takes a share of what is in plasma, 1/h."""
    m.remove(species, name, share * species)
