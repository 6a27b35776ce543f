"""All definitions, found by walking their files."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module

from cytostorm.criteria import definitions
from cytostorm.criteria.definition import Definition
from cytostorm.errors import InputError, did_you_mean


@lru_cache(maxsize=1)
def everything() -> dict[str, Definition]:
    """Return each definition by its name, in the order of their files."""
    found = {}
    for file in sorted(m.name for m in pkgutil.iter_modules(definitions.__path__)):
        for value in vars(import_module(f"{definitions.__name__}.{file}")).values():
            if isinstance(value, Definition):
                found[value.name] = value
    return found


def find(name: str) -> Definition:
    """Return a definition by its name, in capitals or not.

    Raises InputError if there is none.
    """
    known = {n.lower(): d for n, d in everything().items()}
    if name.lower() not in known:
        raise InputError(
            f"there is no score {name!r}", "one that is defined here", did_you_mean(name, list(everything()))
        )
    return known[name.lower()]
