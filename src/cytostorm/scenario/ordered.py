"""What a scenario orders, held against routes and the limits of drugs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Regimen
from cytostorm.scenario.places import Path

Ordered = tuple[Path, Regimen]
"""Where an order stands, and what it is."""


def fits(model: Model, route: str, amount: str) -> None:
    """Raise InputError unless an amount can go in by a route, as it is or per kg or m2."""
    species = model.routes[route].species
    dims = dict(units.dimension(units.quantity(amount)[1]))
    per = {d: dims.pop(d) for d in ("body_weight", "body_surface") if d in dims}
    good = tuple(sorted(dims.items())) == species.dimension and list(per.values()) in ([], [-1.0])
    if not good:
        raise InputError(
            f"{amount!r} cannot go in by {route}", f"an amount like '{species.unit}', also per kg",
            f"write it in '{species.unit}' or '{species.unit}/kg'",
        )  # fmt: skip
    if "body_surface" in per and "person.surface" not in model.names:
        raise InputError(
            f"{amount!r} is per body surface, which the model lacks", "an amount per kg", "give it per kg"
        )


def whole(orders: Sequence[Ordered]) -> Regimen:
    """Return all orders as one plan, in their order."""
    plan = Regimen()
    for _, order in orders:
        plan += order
    return plan


def unsafe(model: Model, orders: Sequence[Ordered]) -> Iterator[tuple[Path, InputError]]:
    """Yield where an order breaks the limits of its drug, and how."""
    from cytostorm.formulary.limits import refusals

    for refusal in refusals(model, whole(orders)):
        places = [path for path, plan in orders if refusal.gate in plan.gates or _has(plan, refusal.dose)]
        yield places[0], refusal.error()


def _has(plan: Regimen, dose: Dose | None) -> bool:
    """Return whether a plan gives this very dose, not one that is equal."""
    return any(given is dose for given in plan.given)
