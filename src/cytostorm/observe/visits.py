"""When the ward looks: panels of analytes, drawn at their hours of the day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cytostorm.errors import InputError
from cytostorm.observe.assays import Assay
from cytostorm.observe.metrics import SLACK

DAY = 24.0


@dataclass(frozen=True)
class Visits:
    """When a panel is drawn, and how often it is not.

    every : hours between draws; first : hour of the day of the first, 0 to 24.
    missing : probability that a draw does not happen or is lost.

    >>> Visits(6, first=6).hours(0, 24)
    [0.0, 6.0, 12.0, 18.0, 24.0]
    >>> Visits(24, first=6).hours(0, 48, clock=10)
    [20.0, 44.0]
    """

    every: float
    first: float = 6.0
    missing: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no schedule."""
        if not (0 < self.every < float("inf") and 0 <= self.first <= DAY and 0 <= self.missing <= 1):
            raise InputError(
                f"visits every {self.every} h from {self.first} o'clock, missing {self.missing}",
                "every above 0 h, first from 0 to 24, missing from 0 to 1",
                "write such as Visits(every=24, first=6, missing=0.05)",
            )

    def hours(self, start: float, end: float, clock: float = 0.0) -> list[float]:
        """Return the hours from the trigger at which it is drawn, from `start` to `end`.

        clock : hour of the day at which the trigger came.
        """
        earliest = start + (self.first - clock - start) % min(self.every, DAY)
        many = math.floor((end - earliest) / self.every + SLACK) + 1
        return [round(float(earliest + self.every * k), 6) for k in range(max(many, 0))]


VISITS: Mapping[str, Visits] = MappingProxyType(
    {
        "vitals": Visits(6.0, 6.0, 0.02),
        "gas": Visits(12.0, 6.0, 0.05),
        "routine": Visits(24.0, 6.0, 0.03),
        "special": Visits(24.0, 6.0, 0.1),
    }
)
"""Panel -> its visits: vital signs every six hours, blood gas every twelve, blood daily at six o'clock.
How often draws are missing is assumed: no ward was counted."""


def visits_of(assay: Assay, visits: Mapping[str, Visits]) -> Visits:
    """Return when an assay is drawn; raise InputError if its panel has no visits."""
    if assay.panel not in visits:
        raise InputError(
            f"{assay.analyte} is of the panel {assay.panel!r}, which has no visits",
            "visits of each panel: " + ", ".join(visits),
            f"add {assay.panel!r} to visits, or leave {assay.analyte} out of analytes",
        )
    return visits[assay.panel]
