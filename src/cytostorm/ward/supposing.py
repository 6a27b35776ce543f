"""One patient as he is, and as he would be if one more thing were known, graded all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.evaluate import Graded
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.grading import WINDOWS, Stay

DAY = 24.0


@dataclass(frozen=True)
class Supposition:
    """What would be, were it known.

    known : facts and their numbers that are added.
    moved : a fact whose numbers are moved, by `share` of each or by `step`.
    """

    known: tuple[tuple[str, float], ...] = ()
    moved: str = ""
    share: float = 0.0
    step: float = 0.0

    def also(self, known: Mapping[str, float]) -> Supposition:
        """Return the same with more known, where it is not supposed already."""
        more = tuple((k, v) for k, v in sorted(known.items()) if k not in dict(self.known))
        return Supposition(self.known + more, self.moved, self.share, self.step)


AS_HE_IS = Supposition()


@dataclass(frozen=True)
class Patient:
    """Readings of one patient up to the end of a day.

    readings : analyte, time (h), value. day : the day that is graded, the first is 0.
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
        return cls(mine.loc[days <= asked, ["analyte", "time", "value"]].reset_index(drop=True), asked)

    @classmethod
    def of_numbers(cls, known: Mapping[str, float], day: int = 0) -> Patient:
        """Return a patient of whom numbers are known of one day."""
        frame = pd.DataFrame({"analyte": list(known), "time": day * DAY, "value": list(known.values())})
        return cls(frame.astype({"analyte": str, "time": float, "value": float}), day)

    def told(self, known: Mapping[str, float]) -> Patient:
        """Return the same patient with facts of the context, which hold on the day.

        Raises InputError if the readings say otherwise.
        """
        own = self.readings[self.readings["analyte"].isin(known)]
        for name, rows in own.groupby("analyte"):
            if float(rows["value"].iloc[-1]) != known[str(name)]:
                raise InputError(
                    f"{name} is told twice, and differently", "one answer", "mend the context or the fact"
                )
        new = {k: v for k, v in sorted(known.items()) if k not in set(own["analyte"])}
        more = Patient.of_numbers(new, self.day).readings
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


@dataclass
class Supposed:
    """A patient under n suppositions, graded by any definition."""

    patient: Patient
    suppositions: Sequence[Supposition]
    graded: dict[str, Graded] = field(default_factory=dict)

    def __getitem__(self, score: str) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
        """Return (n) the lower and the higher numbers of each part of a score."""
        found = self.grades(score)
        at = self._rows
        return {k: v[at] for k, v in found.low.items()}, {k: v[at] for k, v in found.high.items()}

    def grades(self, score: str) -> Graded:
        """Return what a score says of each day of each supposition."""
        if score not in self.graded:
            self.graded[score] = self._stay.graded(find(score))
        return self.graded[score]

    def missing(self, score: str) -> list[Fact]:
        """Return the facts that a score wants and that are unknown as he is; exceptions are presumed."""
        found, first = self.grades(score), self._rows[0]
        return [f for f in find(score).facts if found.missing[f.name][first]]

    @cached_property
    def _stay(self) -> Stay:
        return Stay.of(self._table(), DAY)

    @cached_property
    def _rows(self) -> np.ndarray:
        slots = self._stay.slots
        at = np.flatnonzero(slots.number == self.patient.day)
        order = {name: k for k, name in enumerate(self._stay.names)}
        places = dict(zip(slots.patient[at], at, strict=True))
        return np.array([places[order[str(k)]] for k in range(len(self.suppositions))])

    def _table(self) -> pd.DataFrame:
        base, n = self.patient.readings, len(self.suppositions)
        value = np.tile(base["value"].to_numpy(float), (n, 1))
        analyte = base["analyte"].to_numpy(object)
        for k, s in enumerate(self.suppositions):
            if s.moved:
                mine = analyte == s.moved
                value[k, mine] += np.abs(value[k, mine]) * s.share + s.step
        added = [
            (str(k), name, number) for k, s in enumerate(self.suppositions) for name, number in s.known
        ]
        # A patient of whom nothing is known has a row that no definition asks for, so that he has a day.
        added += [(str(k), "nothing", 0.0) for k in range(n)]
        return pd.DataFrame({
            "patient": np.concatenate([np.repeat([str(k) for k in range(n)], len(base)), [a[0] for a in added]]),
            "analyte": np.concatenate([np.tile(analyte, n), np.array([a[1] for a in added], object)]),
            "time": np.concatenate([
                np.tile(base["time"].to_numpy(float), n), np.full(len(added), self.patient.day * DAY),
            ]),
            "value": np.concatenate([value.ravel(), [a[2] for a in added]]),
        })  # fmt: skip


def all_facts(scores: Iterable[str]) -> dict[str, Fact]:
    """Return the facts that some scores ask for, by name; the first text of each counts."""
    out: dict[str, Fact] = {}
    for score in scores:
        for fact in find(score).facts:
            out.setdefault(fact.name, fact)
    return out
