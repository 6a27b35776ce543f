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


def plainly(name: str) -> str:
    """Return a name without what people write differently: capitals, hyphens, spaces.

    >>> plainly("APACHE II") == plainly("apache-ii")
    True
    """
    return "".join(letter for letter in name.lower() if letter.isalnum())


def find(name: str) -> Definition:
    """Return a definition by its name, whatever its capitals, hyphens and spaces.

    Raises InputError if there is none.
    """
    known = {plainly(n): d for n, d in everything().items()}
    if plainly(name) not in known:
        raise InputError(
            f"there is no score {name!r}", "one that is defined here", did_you_mean(name, list(everything()))
        )
    return known[plainly(name)]
