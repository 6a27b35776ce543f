"""What blockers of Janus kinases have in common: the signals they take, cytokine by cytokine."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr, falls
from cytostorm.library.mediators import gcsf, gmcsf, ifna, ifng, il2, il6, il10, il12, il15
from cytostorm.model import Module, Parameter

ABOUT = (
    "It never touches TNF, IL-1, IL-8 or IL-18 themselves. It takes the signals of IL-10 and of interferons "
    "as well: a brake and a defence are lost with the fire. Thrombopoietin and erythropoietin, whose "
    "signals it takes too, are not in the model."
)


def blocks(
    m: Module, level: Expr, strong: Parameter, *, tyk2: Parameter, jak3: Parameter, jak2: Parameter
) -> None:
    """Declare what a blocker of Janus kinases does to each cytokine's signal.

    level : its level in plasma, unbound or total as its numbers of half blocking are.
    strong : level of half blocking through JAK1 with JAK2: IL-6 and interferon-γ.
    tyk2, jak3, jak2 : how many times more it takes through JAK1 with TYK2 (type I interferon, IL-10), through
        JAK1 with JAK3 (IL-2, IL-15), and through JAK2 with JAK2 or TYK2 (GM-CSF; IL-12, G-CSF).
    """
    m.modulate(il6.passed, falls(level, strong), "JAK1 and JAK2 behind IL-6")
    m.modulate(ifng.passed, falls(level, strong), "JAK1 and JAK2 behind interferon-γ")
    m.modulate(ifna.passed, falls(level, tyk2 * strong), "JAK1 and TYK2 behind type I interferon")
    m.modulate(il10.passed, falls(level, tyk2 * strong), "JAK1 and TYK2 behind IL-10")
    m.modulate(il2.passed, falls(level, jak3 * strong), "JAK1 and JAK3 behind IL-2")
    m.modulate(il15.passed, falls(level, jak3 * strong), "JAK1 and JAK3 behind IL-15")
    m.modulate(gmcsf.passed, falls(level, jak2 * strong), "JAK2 behind GM-CSF")
    m.modulate(il12.passed, falls(level, jak2 * strong), "JAK2 and TYK2 behind IL-12")
    m.modulate(gcsf.passed, falls(level, jak2 * strong), "JAK2 and TYK2 behind G-CSF")
