"""What can be given, and by which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cytostorm.errors import CytostormError, InputError, ModelError, did_you_mean

if TYPE_CHECKING:
    from cytostorm.model import Module


def with_routes() -> list[str]:
    """Return the names of what can be given."""
    from cytostorm.library.catalogue import modules

    return [name for name, module in modules().items() if module.routes]


def mechanism(what: str) -> Module:
    """Return what is given; raise InputError if there is none of that name, or it cannot be given."""
    from cytostorm.library.catalogue import modules

    module, known = modules().get(what), with_routes()
    if module is None:
        raise InputError(
            f"there is no drug or support {what!r}",
            "a mechanism that can be given",
            did_you_mean(what, known),
        )
    if not module.routes:
        raise InputError(
            f"{what!r} cannot be given: it has no route",
            "one of " + ", ".join(known),
            "name a drug or a support",
        )
    return module


def route_of(what: str, route: str | None) -> str:
    """Return the route "module.route" of what is given; raise InputError if it has no such route."""
    module = mechanism(what)
    route = route or (next(iter(module.routes)) if len(module.routes) == 1 else None)
    if route is None:
        raise InputError(
            f"{what!r} can be given in several ways",
            "route = one of " + ", ".join(module.routes),
            "add a route",
        )
    if route not in module.routes:
        raise InputError(
            f"{what!r} has no route {route!r}",
            "one of " + ", ".join(module.routes),
            did_you_mean(route, list(module.routes)),
        )
    return module.routes[route].full


def key_at_fault(what: str, route: str | None) -> str:
    """Return which of the two keys is wrong if `route_of` raised."""
    return "route" if route is not None and what in with_routes() else "what"


def fault_of(entry: Any) -> tuple[str, CytostormError] | None:
    """Return the key and the error of an entry that could not be read as a whole.

    An entry without a route is not asked for one: what could not be read may be the route.
    """
    what, route = (entry.get("what"), entry.get("route")) if isinstance(entry, dict) else (None, None)
    if not isinstance(what, str):
        return None
    try:
        mechanism(what)
        if isinstance(route, str):
            route_of(what, route)
    except ModelError:
        raise
    except CytostormError as error:
        return key_at_fault(what, route), error
    return None
