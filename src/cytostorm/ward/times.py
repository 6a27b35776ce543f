"""When a value was measured: dates of several kinds, or hours and days."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.ward.cells import number_in
from cytostorm.ward.mapping import Mapping
from cytostorm.ward.spelling import plain, split_unit, unit_of

HOURS = {"h": 1.0, "day": 24.0, "min": 1 / 60}
FARTHEST = 5 * 8766.0
"""Hours that a patient's entries may lie apart from the middle one; beyond is a mistake in the year."""
_SLASHED = re.compile(
    r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T]+(\d{1,2})(:\d{2}(?::\d{2})?)\s*([ap]m)?)?$", re.IGNORECASE
)
_ISO = re.compile(r"^\d{4}-?\d{2}-?\d{2}|^\d{4}[/.]\d{1,2}[/.]\d{1,2}")
_NAMES = {
    "day": "day",
    "days": "day",
    "hospital day": "day",
    "hour": "h",
    "hours": "h",
    "time": "h",
    "minutes": "min",
    "h": "h",
}


@dataclass(frozen=True)
class Timing:
    """How the column of times is read.

    hours : of one unit of a number; 0 for dates. date_format : as of strftime; empty for ISO 8601 and the
        like.
    """

    hours: float = 0.0
    date_format: str = ""
    decimal: str = ""

    @property
    def dated(self) -> bool:
        """Whether times are dates."""
        return self.hours == 0

    def read(self, texts: NDArray[np.object_]) -> tuple[NDArray[np.float64], list[str]]:
        """Return hours of each text, of dates since 1970, NaN for none; and what is wrong with each."""
        return self._dates(texts) if self.dated else self._numbers(texts)

    def _numbers(self, texts: NDArray[np.object_]) -> tuple[NDArray[np.float64], list[str]]:
        hours, wrong = np.full(len(texts), np.nan), [""] * len(texts)
        for k, text in enumerate(texts):
            cell = number_in(text, self.decimal)
            if cell.wrong or cell.limit or cell.unit:
                wrong[k] = f"time {text[:40]!r} cannot be read"
            elif abs(cell.value * self.hours) > FARTHEST:
                wrong[k] = f"time {text[:40]!r} is more than 5 years"
            else:
                hours[k] = cell.value * self.hours
        return hours, wrong

    def _dates(self, texts: NDArray[np.object_]) -> tuple[NDArray[np.float64], list[str]]:
        wrong = [""] * len(texts)
        readable = [(t if self.date_format else _as_iso(t, wrong, k)) for k, t in enumerate(texts)]
        form = self.date_format or "ISO8601"
        found = pd.to_datetime(pd.Series(readable, dtype=object), format=form, errors="coerce", utc=True)
        stamps = found.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        hours = np.where(np.isnat(stamps), np.nan, stamps.astype("int64") / 3600.0)
        today = pd.Timestamp.now(tz="UTC").timestamp() / 3600 + 48
        for k, text in enumerate(texts):
            if wrong[k]:
                hours[k] = np.nan
            elif math.isnan(hours[k]):
                shown = f"date {text.strip()[:40]!r} cannot be read: say date_format in a mapping"
                wrong[k] = shown if text.strip() else "no date is given"
            elif hours[k] > today or stamps[k] < np.datetime64("1900-01-01"):
                wrong[k], hours[k] = f"date {text[:40]!r} is in the future or before 1900", np.nan
        return hours, wrong


def _as_iso(text: str, wrong: list[str], place: int) -> str:
    """Return a date as ISO 8601 writes it; say what is wrong if day and month may be either."""
    text = text.strip()
    found = _SLASHED.match(text)
    if not found:
        return text.replace("/", "-") if _ISO.match(text) else ""
    first, second = int(found[1]), int(found[2])
    if first <= 12 and second <= 12 and first != second and "." not in text:
        wrong[place] = f"date {text!r} may have day or month first: say date_format in a mapping"
    day, month = (first, second) if first > 12 or "." in text else (second, first)
    return f"{found[3]}-{month:02d}-{day:02d} {_clock(found[4], found[5], found[6])}".strip()


def _clock(hour: str | None, rest: str, half: str | None) -> str:
    """Return a time of day on a clock of 24 hours; an hour that no half day has stays, to be refused."""
    if hour is None:
        return ""
    if half is None:
        return hour + rest
    later = 12 if half.lower() == "pm" else 0
    return f"{int(hour) % 12 + later:02d}{rest}" if 1 <= int(hour) <= 12 else f"99{rest}"


def timing(heading: str, mapping: Mapping, examples: list[str]) -> Timing:
    """Return how a column of times is read, from what a mapping says, its heading and its first cells.

    Raises InputError if they are numbers of a unit that nobody tells.
    """
    if mapping.clock:
        return Timing(HOURS[mapping.clock], decimal=mapping.decimal)
    if mapping.date_format:
        return Timing(date_format=mapping.date_format)
    name, unit = split_unit(heading)
    shown = [e for e in examples if e.strip()]
    numbers = sum(not number_in(e, mapping.decimal).wrong and not number_in(e).unit for e in shown)
    if shown and numbers * 2 < len(shown):
        return Timing()
    known = unit_of(unit) if unit else _NAMES.get(plain(name))
    if known == "d":
        known = "day"
    if known in HOURS:
        return Timing(HOURS[str(known)], decimal=mapping.decimal)
    raise InputError(
        f"times in {heading!r} are numbers without a unit",
        "hours, days or dates",
        'say clock = "h" in a mapping',
    )
