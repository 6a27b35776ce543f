"""What blockers of Janus kinases have in common: the signals they take, cytokine by cytokine."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr, falls
from cytostorm.library.mediators import ifna, ifng, il6, il10
from cytostorm.model import Module, Parameter

ABOUT = (
    "It never touches TNF, IL-1, IL-8 or IL-18 themselves. It takes the signals of IL-10 and of "
    "interferons as well: a brake and a defence are lost with the fire."
)


def blocks(m: Module, unbound: Expr, strong: Parameter, weaker: Parameter) -> None:
    """Declare what a JAK1 blocker does to each cytokine's signal.

    unbound : its level in plasma that no protein holds.
    strong : level of half blocking through JAK1 with JAK2: IL-6 and interferon-γ.
    weaker : how many times more it takes through JAK1 with TYK2: type I interferon and IL-10.
    """
    m.modulate(il6.passed, falls(unbound, strong), "JAK1 and JAK2 behind IL-6")
    m.modulate(ifng.passed, falls(unbound, strong), "JAK1 and JAK2 behind interferon-γ")
    m.modulate(ifna.passed, falls(unbound, weaker * strong), "JAK1 and TYK2 behind type I interferon")
    m.modulate(il10.passed, falls(unbound, weaker * strong), "JAK1 and TYK2 behind IL-10")
