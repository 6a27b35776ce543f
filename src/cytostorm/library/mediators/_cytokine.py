"""What every circulating mediator does: it is made a little at rest, and it goes."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr
from cytostorm.model import Drive, Module, Observable, Parameter, Species


def circulates(m: Module, baseline: Parameter, elimination: Parameter, *, loose: Expr = 1) -> Species:
    """Declare the mediator in plasma: constitutive production balances elimination at rest.

    baseline : plasma level of a healthy person at rest; its unit is the mediator's.
    elimination : first-order rate of loss from plasma.
    loose : share that nothing has caught, and that can leave.
    Returns the species; the cells that make more of it add their own production to it.
    """
    level = m.species("level", baseline.unit, f"{m.label} in plasma", initial=baseline, scale=baseline.value)
    m.produce(level, "constitutive production", elimination * baseline)
    m.remove(level, "elimination", elimination * loose * level)
    return level


def exceeds(
    m: Module, baseline: Parameter, elimination: Parameter, *, loose: Expr = 1
) -> tuple[Species, Observable]:
    """Declare the mediator as what is above its level at rest: what it does is exactly nothing at rest.

    baseline, elimination : as for `circulates`; loose : share that nothing has caught, and that can leave.
    Returns the species, which cells produce, and the level in plasma.
    """
    excess = m.species("excess", baseline.unit, f"{m.label} above rest", scale=baseline.value)
    m.remove(excess, "elimination", elimination * loose * excess)
    level = m.observable("level", baseline + excess, baseline.unit, f"{m.label} in plasma")
    return excess, level


def follows(m: Module, baseline: Parameter, elimination: Parameter) -> tuple[Drive, Observable]:
    """Declare a mediator that goes so much faster than its makers change that it needs no state.

    baseline : plasma level of a healthy person at rest; its unit is the mediator's.
    elimination : first-order rate of loss from plasma.
    Returns what cells add their secretion to, above that at rest, and the level: baseline + secretion / loss.
    """
    secretion = m.drive("secretion", f"{baseline.unit}/h", "secretion above that at rest; cells add to it")
    level = m.observable("level", baseline + secretion / elimination, baseline.unit, f"{m.label} in plasma")
    return secretion, level
