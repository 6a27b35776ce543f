"""How near is near enough: from a published row to the values of a model that are accepted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from cytostorm.observe.compare import BETWEEN_LABORATORIES, FOLD, WITHIN_LABORATORY
from cytostorm.observe.readout import FITTED
from cytostorm.observe.targets import Target

DAY = 24.0
_LUCAS = ("IFN-g", "IFN-a2", "IL-18", "CXCL9", "CXCL10", "CCL2")
SCALES = dict.fromkeys(_LUCAS, "Lucas 2020")
"""Published name -> study whose scale the model has, as the cytokine panel says; FITTED for all others."""
AUC_WITHIN = 0.05
TIME_FACTOR = 3.0
"""A time given as hours or few days must also be right within this factor: a day is long for an hour."""
CLEARLY = 1.1
"""Factor by which a ratio must be on the other side of 1 to be called the wrong direction."""
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Band:
    """What is accepted, in the row's unit.

    wrong : (low, high) in which the model clearly goes the other way; None if the row has no direction.
    """

    low: float
    high: float
    rule: str
    wrong: tuple[float, float] | None = None


MakeBand = Callable[[Target, float], Band]
"""(row, published number in the row's unit) -> Band."""


def times_over(target: Target, published: float) -> Band:
    """Accept a level: ×/÷ 1.5 in the laboratory fitted, ×/÷ 3 elsewhere."""
    fitted = SCALES.get(target.variable, FITTED)
    factor = WITHIN_LABORATORY if target.study == fitted else BETWEEN_LABORATORIES
    return Band(published / factor, published * factor, f"×/÷ {factor:g}")


def difference(target: Target, published: float) -> Band:
    """Accept a difference of levels between two groups: as a level, and with the right sign."""
    level = times_over(target, published)
    return Band(level.low, level.high, f"{level.rule}, right sign", (-math.inf, 0.0))


def ratio(_: Target, published: float) -> Band:
    """Accept a ratio: ×/÷ 1.5, on the right side of 1."""
    low, high = published / FOLD, published * FOLD
    rule = f"×/÷ {FOLD:g}, right order"
    if published >= 1:
        return Band(max(low, 1.0), high, rule, (0.0, 1 / CLEARLY))
    return Band(low, min(high, 1.0), rule, (CLEARLY, math.inf))


def area(_: Target, published: float) -> Band:
    """Accept an area under the ROC curve: within 0.05."""
    return Band(published - AUC_WITHIN, published + AUC_WITHIN, f"within {AUC_WITHIN:g}", (0.0, 0.45))


def reported_interval(target: Target, published: float) -> Band:
    """Accept what lies in the interval the row gives; the sign must be right."""
    assert target.low is not None
    assert target.high is not None
    wrong = (-math.inf, 0.0) if published > 0 else (0.0, math.inf)
    return Band(target.low, target.high, "inside the published interval", wrong)


def wilson(percent: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of an observed rate in percent.

    >>> [round(end, 1) for end in wilson(50.0, 100)]
    [40.4, 59.6]
    """
    p, z2 = percent / 100.0, Z95**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return 100.0 * (centre - half), 100.0 * (centre + half)


def rate(target: Target, published: float) -> Band:
    """Accept an event rate: inside the 95 % interval of the observed one."""
    assert target.n is not None
    return rate_of(target.n)(target, published)


def rate_of(n: int) -> MakeBand:
    """Return what accepts a rate observed in a known number of people."""

    def made(target: Target, published: float) -> Band:
        if target.low is not None and target.high is not None and "CI" in target.statistic:
            return Band(target.low, target.high, "inside the published 95 % interval")
        low, high = wilson(published, n)
        return Band(low, high, f"95 % interval of the rate in {n:,} (Wilson)")

    return made


def time(target: Target, published: float) -> Band:
    """Accept a time: within a day, and never beyond ×/÷ 3."""
    day = {"d": 1.0, "days": 1.0, "h": DAY, "min": DAY * 60.0}[target.plain_unit]
    low, high = max(published - day, published / TIME_FACTOR), min(published + day, published * TIME_FACTOR)
    return Band(low, high, f"within 1 day and ×/÷ {TIME_FACTOR:g}")


def at_most(limit: float, rule: str, wrong: float = math.inf) -> MakeBand:
    """Return what accepts values from 0 up to a limit; from `wrong` on the direction is wrong."""
    return lambda _, __: Band(0.0, limit, rule, (wrong, math.inf) if math.isfinite(wrong) else None)


def at_least(limit: float, rule: str, wrong: float = -math.inf, *, highest: float = math.inf) -> MakeBand:
    """Return what accepts values from a limit to the highest there is; up to `wrong` it is the wrong way."""
    return lambda _, __: Band(limit, highest, rule, (-math.inf, wrong) if math.isfinite(wrong) else None)
