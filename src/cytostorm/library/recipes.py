"""What belongs together: a trigger and the body it acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from cytostorm.model import Module


@dataclass(frozen=True)
class Recipe:
    """A model that can be run by name.

    modules : what to compose; what they touch comes by itself.
    hours, step : how long and how finely a run looks, in hours.
    """

    name: str
    label: str
    about: str
    modules: tuple[Module, ...]
    hours: float = 48.0
    step: float = 0.1


def body() -> tuple[Module, ...]:
    """Return the mechanisms every trigger acts on; the cytokines come with the cells that make them."""
    from cytostorm.library.cells import lymphocyte, monocyte, neutrophil
    from cytostorm.library.organs import circulation, fever, liver

    return (lymphocyte.m, monocyte.m, neutrophil.m, circulation.m, fever.m, liver.m)


@lru_cache(maxsize=1)
def all_recipes() -> Mapping[str, Recipe]:
    """Return every recipe by name."""
    from cytostorm.library.triggers import endotoxin

    made = [
        Recipe(
            "endotoxin",
            "human experimental endotoxaemia",
            "Healthy volunteers are given a small dose of bacterial endotoxin into a vein: the best measured "
            "acute inflammation in humans, which ends by itself within a day.",
            (endotoxin.m, *body()),
        ),
    ]
    return MappingProxyType({r.name: r for r in made})
