"""What every circulating mediator does: it is made a little at rest, and it goes."""

from __future__ import annotations

from cytostorm.model import Module, Parameter, Species


def circulates(m: Module, baseline: Parameter, elimination: Parameter) -> Species:
    """Declare the mediator in plasma: constitutive production balances elimination at rest.

    baseline : plasma level of a healthy person at rest; its unit is the mediator's.
    elimination : first-order rate of loss from plasma.
    Returns the species; the cells that make more of it add their own production to it.
    """
    level = m.species("level", baseline.unit, f"{m.label} in plasma", initial=baseline, scale=baseline.value)
    m.produce(level, "constitutive production", elimination * baseline)
    m.remove(level, "elimination", elimination * level)
    return level
