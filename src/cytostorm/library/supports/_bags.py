"""What hangs in a bag and goes into the blood: cells and proteins, which stay there."""

from __future__ import annotations

from cytostorm.library.kinetics import Expr
from cytostorm.model import Module, Species


def transfused(m: Module, unit: str, label: str, into: Species, rise: Expr, *, scale: float = 1.0) -> None:
    """Declare a bag by vein; `rise` is by how much what it goes into rises for each unit of the bag."""
    pace = m.assumed("pace", 20.0, "1/h", "pace at which it mixes with blood", "within minutes")
    bag = m.species("bag", unit, f"{label} on its way", scale=scale)
    m.route("iv", bag, "vein")
    m.react("transfusion", pace * bag, {bag: -1, into: rise})
