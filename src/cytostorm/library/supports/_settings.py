"""What runs while it is ordered: pumps, flows, pressures. All of them are ordered by a dose, as drugs are.

An order of a setting for a time gives setting x time in that time. The species it goes into runs down within
minutes, so that what runs down is the setting itself.
"""

from __future__ import annotations

import sympy

from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.organs import lung
from cytostorm.model import Module, Observable, Quantity


def setting(
    m: Module, name: str, amount: str, unit: str, label: str, *, scale: float = 1.0
) -> tuple[Observable, Quantity]:
    """Declare a setting with its route, both called `name`; return what it is now, and what is ordered.

    amount : unit of setting x time, such as "mL"; unit : of the setting, such as "mL/min".
    scale : amount below which differences do not matter.
    """
    pace = m.quantities.get("pace") or m.assumed(
        "pace", 20.0, "1/h", "pace at which a device follows its setting", "within minutes"
    )
    held = m.species(f"{name}_held", amount, f"{label}, times the time it takes to follow", scale=scale)
    m.remove(held, f"following, {name}", pace * held)
    m.route(name, held, label)
    return m.observable(name + "_now", pace * held, unit, label), m.quantities[f"{name}_rate"]


def runs(ordered: Quantity) -> Expr:
    """Return 1 while something is ordered by a route, else 0: exact, for grades, which are steps anyway."""
    return sympy.Piecewise((1, ordered > 0), (0, True))


def beyond_air(m: Module, name: str, label: str) -> Quantity:
    """Declare a share of oxygen that is set, which adds what it holds above air; return what is ordered."""
    now, ordered = setting(m, name, "h", "1", label, scale=0.01)
    least = m.quantities.get("least") or m.assumed(
        "least", 0.1, "1", "share of oxygen at which a device counts as running, half", "below that of air"
    )
    m.stimulate(lung.added, (now - lung.air) * rises(now, least, 4), label)
    return ordered
