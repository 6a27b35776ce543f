"""How a tissue feels TNF, IL-6 and IL-1 together: a weighted, saturating load, compared with that at rest."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.mediators import il1b, il6, tnf
from cytostorm.model import Module, Parameter


def load_above_rest(m: Module, what: str, *, half: tuple[Parameter, Parameter, Parameter]) -> Expr:
    """Declare a module's cytokine load and return its saturating rise: 0 at rest, below 1 at any level.

    what : label of the load, such as "pyrogens, weighted".
    half : TNF, IL-6 and IL-1 signal that alone have half the effect.
    Others may add to the module's drive `more`, 0 at rest, in the same weight.
    """
    at_tnf, at_il6, at_il1 = half
    more = m.drive("more", "1", "what else acts alike, where 1 has half the effect")
    load = m.observable(
        "load", tnf.signal / at_tnf + il6.signal / at_il6 + il1b.signal / at_il1 + more, "1", what
    )
    load_at_rest = m.observable(
        "load_at_rest",
        tnf.baseline / at_tnf + il6.baseline / at_il6 + il1b.signal_at_rest / at_il1,
        "1",
        "the same in a healthy person at rest",
    )
    return rises(load, 1) - rises(load_at_rest, 1)
