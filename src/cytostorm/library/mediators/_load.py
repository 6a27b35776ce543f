"""How a tissue feels TNF, IL-6 and IL-1 together: a weighted, saturating load, compared with that at rest."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.mediators import il1b, il6, tnf
from cytostorm.model import Module, Parameter


def load_above_rest(
    m: Module,
    what: str,
    *,
    half: tuple[Parameter, Parameter, Parameter],
    most_il6: Parameter | None = None,
    power: int = 1,
) -> Expr:
    """Declare a module's cytokine load and return its saturating rise: 0 at rest, below 1 at any level.

    what : label of the load, such as "pyrogens, weighted".
    half : TNF, IL-6 and IL-1 signal that alone have half the effect.
    most_il6 : load at full IL-6, if its share saturates; `half` then holds the level of half of that.
    power : steepness of the rise with the load.
    Others may add to the module's drive `more`, 0 at rest, in the same weight.
    """
    at_tnf, at_il6, at_il1 = half

    def by_il6(signal: Expr) -> Expr:
        return signal / at_il6 if most_il6 is None else most_il6 * rises(signal, at_il6)

    more = m.drive("more", "1", "what else acts alike, where 1 has half the effect")
    load = m.observable(
        "load", tnf.signal / at_tnf + by_il6(il6.signal) + il1b.signal / at_il1 + more, "1", what
    )
    load_at_rest = m.observable(
        "load_at_rest",
        tnf.baseline / at_tnf + by_il6(il6.baseline) + il1b.signal_at_rest / at_il1,
        "1",
        "the same in a healthy person at rest",
    )
    return rises(load, 1, power) - rises(load_at_rest, 1, power)
