"""Published results, row by row, as they ship with the package."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from cytostorm.errors import InputError, did_you_mean


class Kind(StrEnum):
    """What a row measures."""

    LEVEL = "level"
    CHANGE = "change from baseline"
    PEAK = "peak"
    RISE = "largest rise from baseline"
    TIME_OF_PEAK = "time of peak"
    TIME_OF_NADIR = "time of nadir"
    TIME_OF_RECOVERY = "time of recovery"
    GEOMETRIC_SD = "geometric SD"
    RATIO = "ratio"
    REDUCTION = "percent reduction"
    DIRECTION = "direction"
    SCORE = "score"
    EVENT = "event rate"
    EFFECT = "treatment effect"
    OTHER = "other"


QUANTITIES = {
    "TNF": "tnf",
    "IL-6": "il6",
    "IL-8": "il8",
    "IL-10": "il10",
    "IL-1b": "il1b",
    "IL-1RA": "il1ra",
    "CRP": "crp",
    "temperature": "temperature",
    "heart rate": "heart_rate",
    "heart-rate": "heart_rate",
    "mean arterial pressure": "map",
    "lymphocyte": "lymphocytes",
    "lymphocytes": "lymphocytes",
}
"""Published name -> name of the model's read-out."""
LABELS = {
    "tnf": "TNF",
    "il6": "IL-6",
    "il8": "IL-8",
    "il10": "IL-10",
    "il1b": "IL-1β",
    "il1ra": "IL-1RA",
    "crp": "CRP",
    "temperature": "temperature",
    "heart_rate": "heart rate",
    "map": "mean arterial pressure",
    "lymphocytes": "lymphocytes",
}
"""Name of the model's read-out -> short name for readers."""
_NAMES = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, QUANTITIES), key=len, reverse=True)) + r")(?!\w)"
)
_PART = re.compile(r"\[\d+ of \d+: (.+)\]$")
_POINT = re.compile(r"^(\d+(?:\.\d+)?) ?(h|d|wk)$")
_RANGE = re.compile(r"^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?) h$")
_DAY = re.compile(r"^day (\d+)$")
_HOURS = {"h": 1.0, "d": 24.0, "wk": 168.0}
_REPOSITORY = re.compile(r"\brepo ([\w.-]+/[\w.-]+)")
_STUDY = re.compile(r"^.*?\b(19|20)\d\d\b")
_PUBMED = re.compile(r"\bPMID (\d+)")
_CENTRAL = re.compile(r"\b(PMC\d+)")


@dataclass(frozen=True)
class Target:
    """One published result.

    hours : when it was measured, in hours from the trigger; None if it is not one moment.
    window : (first, last) hour it was looked for in; None if not stated.
    value, low, high : numbers in `unit`; None where the row gives none or a word (then see `text`).
    quantities : names of the model's read-outs it speaks of, in the order of the text.
    """

    id: str
    section: str
    population: str
    trigger: str
    arm: str
    variable: str
    time: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: int | None
    statistic: str
    source: str
    doi: str
    confidence: str
    group: str
    scored: bool
    curve: str
    hours: float | None
    window: tuple[float, float] | None
    kind: Kind
    quantities: tuple[str, ...]

    @property
    def quantity(self) -> str | None:
        """The one read-out it speaks of; None if none or several."""
        return self.quantities[0] if len(self.quantities) == 1 else None

    @property
    def study(self) -> str:
        """First author and year, or the name of the trial."""
        found = _STUDY.match(self.source)
        return found.group(0) if found else self.source.split(" (")[0]

    @property
    def link(self) -> str:
        """Address of the source, or an empty text if none is known."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if found := _PUBMED.search(self.source):
            return f"https://pubmed.ncbi.nlm.nih.gov/{found.group(1)}/"
        if found := _CENTRAL.search(self.source):
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{found.group(1)}/"
        if found := _REPOSITORY.search(self.source):
            return f"https://github.com/{found.group(1)}"
        return ""

    @property
    def plain_unit(self) -> str:
        """The unit without remarks in brackets; empty for a fold."""
        unit = self.unit.split(" (")[0]
        return "" if unit == "fold" else unit


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _when(text: str) -> tuple[float | None, tuple[float, float] | None]:
    """Return (moment, window) in hours; a time that is counted from something else gives neither."""
    if point := _POINT.match(text):
        return float(point.group(1)) * _HOURS[point.group(2)], None
    if span := _RANGE.match(text):
        return None, (float(span.group(1)), float(span.group(2)))
    if day := _DAY.match(text):
        return None, (24.0 * (int(day.group(1)) - 1), 24.0 * int(day.group(1)))
    return None, None


_WORDS = (
    ("geometric SD", Kind.GEOMETRIC_SD),
    ("time of peak", Kind.TIME_OF_PEAK),
    ("ratio of", Kind.RATIO),
    ("reduction", Kind.REDUCTION),
    ("symptom score", Kind.SCORE),
    ("recovery]", Kind.TIME_OF_RECOVERY),
    ("nadir]", Kind.TIME_OF_NADIR),
    (" rise", Kind.RISE),
    (" peak", Kind.PEAK),
    (" max", Kind.PEAK),
)
"""Words in the variable of an endotoxin row -> kind; the first that is found counts."""


def _kind(row: dict[str, str], *, moment: bool) -> Kind:
    """Return what a row measures."""
    variable, value = row["variable"], _number(row["value"])
    if row["unit"] == "direction":
        return Kind.DIRECTION
    if row["group"] == "endotoxin":
        for word, kind in _WORDS:
            if word in variable:
                return kind
        if variable.endswith(" change"):
            return Kind.CHANGE
        return Kind.LEVEL if value is not None and row["unit"] != "%" else Kind.OTHER
    if value is None:
        return Kind.OTHER
    if row["statistic"].startswith("proportion"):
        return Kind.EVENT
    if row["unit"] in {"OR", "RR", "HR", "rate ratio"}:
        return Kind.EFFECT
    return Kind.LEVEL if moment or "median" in row["statistic"] else Kind.OTHER


def _quantities(variable: str) -> tuple[str, ...]:
    part = _PART.search(variable)
    if part and "nadir / recovery" not in variable:
        variable = part.group(1)
    return tuple(dict.fromkeys(QUANTITIES[name] for name in _NAMES.findall(variable)))


def _target(row: dict[str, str]) -> Target:
    hours, window = _when(row["time"])
    return Target(
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        text=row["value"],
        n=int(row["n"]) if row["n"].isdigit() else None,
        scored=row["scored"] == "yes",
        hours=hours,
        window=window,
        kind=_kind(row, moment=hours is not None),
        quantities=_quantities(row["variable"]),
        **{
            key: row[key]
            for key in ("id", "section", "population", "trigger", "arm", "variable", "time", "unit")
        },
        **{key: row[key] for key in ("statistic", "source", "doi", "confidence", "group", "curve")},
    )


@lru_cache(maxsize=1)
def _all() -> tuple[Target, ...]:
    file = resources.files("cytostorm.observe") / "data" / "targets.csv"
    lines = io.StringIO(file.read_text(encoding="utf-8"), newline="")
    return tuple(_target(row) for row in csv.DictReader(lines))


def groups() -> list[str]:
    """Return the names of the groups of rows, in the order of the file."""
    return list(dict.fromkeys(t.group for t in _all()))


def load(group: str | None = None) -> list[Target]:
    """Return every published row, or those of one group; raise InputError for a group that does not exist.

    >>> len(load("endotoxin"))
    278
    """
    if group is not None and group not in groups():
        raise InputError(
            f"there is no group {group!r} of published rows", "a group", did_you_mean(group, groups())
        )
    return [t for t in _all() if group in (None, t.group)]


def curves(targets: Iterable[Target] | None = None) -> dict[str, list[Target]]:
    """Return the rows grouped by the curve or effect they belong to, in the order of the file."""
    table: dict[str, list[Target]] = {}
    for target in _all() if targets is None else targets:
        table.setdefault(target.curve, []).append(target)
    return table
