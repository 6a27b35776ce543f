"""How each analyte is measured: method, error, limits, and how long the laboratory takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from cytostorm.errors import InputError, did_you_mean


@dataclass(frozen=True)
class Assay:
    """One analyte as a laboratory, or the ward, measures it.

    analyte : name of the lab in the model; unit : in which it is reported; panel : with what it is drawn.
    cv : y = x exp(N(0, cv)), dimensionless; sd : y = x + N(0, sd), in `unit`. One of the two is not zero, or
        the reading is exact.
    lower, upper : limits of quantification, in `unit`, beyond which the limit itself is reported and marked;
        None where there is none, or where high samples are thinned.
    ceiling : end of the scale, in `unit`, which no reading exceeds, such as 100 percent; not marked.
    turnaround : hours from draw to report.
    source : where the numbers come from, or 'assumed'; note : why.
    """

    analyte: str
    unit: str
    panel: str
    method: str
    cv: float = 0.0
    sd: float = 0.0
    lower: float | None = None
    upper: float | None = None
    ceiling: float | None = None
    turnaround: float = 0.0
    source: str = "assumed"
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse errors and limits that cannot be."""
        if not (0 <= self.cv <= MOST_CV and 0 <= self.sd < float("inf") and 0 <= self.turnaround < LONG):
            raise InputError(
                f"assay of {self.analyte} has cv {self.cv}, sd {self.sd} and turnaround {self.turnaround} h",
                f"cv from 0 to {MOST_CV:g}, sd of zero or more, turnaround below {LONG:g} h",
                "give a cv as a share: 0.06 and not 6",
            )
        if self.lower is not None and self.upper is not None and not self.lower < self.upper:
            raise InputError(
                f"assay of {self.analyte} has limits {self.lower} and {self.upper} {self.unit}",
                "a lower limit below the upper one",
                "exchange the two, or leave one out",
            )


MOST_CV = 2.0
"""Largest coefficient of variation taken: beyond it there is no assay."""
LONG = 2000.0
"""Hours of turnaround that no laboratory takes."""


@lru_cache(maxsize=1)
def assays() -> Mapping[str, Assay]:
    """Return every assay by the name of its analyte, as they ship with the package.

    >>> assays()["il6"].method, assays()["il6"].upper
    ('ECLIA', 5000.0)
    """
    file = resources.files("cytostorm.observe") / "data" / "assays.csv"
    lines = io.StringIO(file.read_text(encoding="utf-8"), newline="")
    found = {}
    for row in csv.DictReader(lines):
        fields: dict[str, Any] = {**row}
        fields |= {key: float(row[key]) if row[key] else None for key in ("lower", "upper", "ceiling")}
        fields |= {key: float(row[key] or 0) for key in ("cv", "sd", "turnaround")}
        found[row["analyte"]] = Assay(**fields)
    return MappingProxyType(found)


def assay(analyte: str) -> Assay:
    """Return how an analyte is measured; raise InputError with the nearest names if nobody does."""
    if analyte not in assays():
        raise InputError(
            f"there is no assay of {analyte!r}",
            "an analyte with an assay",
            did_you_mean(analyte, list(assays())),
        )
    return assays()[analyte]
