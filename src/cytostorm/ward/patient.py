"""One patient up to the end of a day: of a table, or of numbers that are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.grading import WINDOWS

DAY = 24.0
"""Hours."""
COLUMNS = ["analyte", "time", "value", "limit"]


@dataclass(frozen=True)
class Patient:
    """Readings of one patient up to the end of a day.

    readings : analyte, time (h), value, limit ("<" or ">" beyond what a kit reads).
    day : the day that is graded, the first is 0.
    """

    readings: pd.DataFrame
    day: int = 0

    @classmethod
    def of_table(cls, table: pd.DataFrame, patient: str, day: int | None = None) -> Patient:
        """Return a patient of a long table; of the last day if none is named.

        Raises InputError if there is no such patient, or nothing was written of him by then.
        """
        names = table["patient"].astype(str)
        mine = table[names == patient]
        if mine.empty:
            known = sorted(names.unique())
            raise InputError(
                f"there is no patient {patient!r}",
                "one of the table: " + ", ".join(known[:10]) + (" ..." if len(known) > 10 else ""),
                "name one of these",
            )
        days = np.floor(mine["time"].to_numpy(float) / DAY + 1e-9).astype(int)
        asked = int(days.max()) if day is None else day
        if asked not in days:
            raise InputError(
                f"nothing was written of {patient!r} on day {asked}",
                f"a day with entries, from {days.min()} to {days.max()}",
                "name one of them",
            )
        mine = mine if "limit" in mine else mine.assign(limit="")
        return cls(mine.loc[days <= asked, COLUMNS].reset_index(drop=True), asked)

    @classmethod
    def of_numbers(cls, known: Mapping[str, float], day: int = 0) -> Patient:
        """Return a patient of whom numbers are known of one day."""
        frame = pd.DataFrame(
            {"analyte": list(known), "time": day * DAY, "value": list(known.values()), "limit": ""}
        )
        return cls(frame.astype({"analyte": str, "time": float, "value": float, "limit": str}), day)

    def told(self, known: Mapping[str, float]) -> Patient:
        """Return the same patient with facts of the context, which hold on the day.

        Raises InputError if the readings say otherwise.
        """
        own = {name: self.last(name) for name in known}
        for name, value in own.items():
            if value is not None and value != known[name]:
                raise InputError(
                    f"{name} is told twice, and differently", "one answer", "mend the context or the fact"
                )
        # What was written on an earlier day is written again: it may be older than a definition looks back.
        more = Patient.of_numbers(dict(sorted(known.items())), self.day).readings
        frame = pd.concat([self.readings, more], ignore_index=True) if len(more) else self.readings
        return Patient(frame, self.day)

    def last(self, name: str) -> float | None:
        """Return the last number of a fact, however old; None if there is none."""
        mine = self.readings[self.readings["analyte"] == name].sort_values("time", kind="stable")
        return float(mine["value"].iloc[-1]) if len(mine) else None

    def value(self, fact: Fact, score: str) -> float | None:
        """Return the number of a fact that counts on the day; None if there is none."""
        window = max(DAY, WINDOWS.get(score, find(score).window))
        mine = self.readings[self.readings["analyte"] == fact.name].sort_values("time", kind="stable")
        values = mine.loc[mine["time"] >= (self.day + 1) * DAY - window, "value"]
        if values.empty:
            return None
        how = {"low": values.min, "high": values.max, "both": values.max}.get(fact.window)
        return float(how() if how else values.iloc[-1])
