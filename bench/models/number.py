"""Numbers of the benchmark model: none was measured, all were chosen."""

from __future__ import annotations

import math

from cytostorm.model import LogNormal, Module, Parameter, Species


def number(module: Module, name: str, value: float, unit: str, sd: float = 0.0) -> Parameter:
    """Declare a parameter; `sd` is the SD of its logarithm between patients, 0 for none."""
    return module.parameter(
        name,
        value,
        unit,
        name.replace("_", " "),
        source="assumed",
        note="a number of a benchmark",
        spread=LogNormal(math.exp(sd)) if sd else None,
    )


def share(module: Module, name: str, label: str, initial: float = 0) -> Species:
    """Declare a state between 0 and 1."""
    return module.species(name, "1", label, initial=initial, scale=0.1, within=(0, 1))
