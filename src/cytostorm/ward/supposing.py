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
from cytostorm.ward.grading import Stay
from cytostorm.ward.patient import DAY, Patient


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
        added = [(str(k), name, number) for k, s in enumerate(self.suppositions) for name, number in s.known]
        # A patient of whom nothing is known has a row that no definition asks for, so that he has a day.
        added += [(str(k), "nothing", 0.0) for k in range(n)]
        names = np.repeat([str(k) for k in range(n)], len(base))
        return pd.DataFrame({
            "patient": np.concatenate([names, [a[0] for a in added]]),
            "analyte": np.concatenate([np.tile(analyte, n), np.array([a[1] for a in added], object)]),
            "time": np.concatenate([
                np.tile(base["time"].to_numpy(float), n), np.full(len(added), self.patient.day * DAY),
            ]),
            "value": np.concatenate([value.ravel(), [a[2] for a in added]]),
            "limit": np.concatenate([
                np.tile(base["limit"].to_numpy(object), n), np.full(len(added), "", object),
            ]),
        })  # fmt: skip


def all_facts(scores: Iterable[str]) -> dict[str, Fact]:
    """Return the facts that some scores ask for, by name; the first text of each counts."""
    out: dict[str, Fact] = {}
    for score in scores:
        for fact in find(score).facts:
            out.setdefault(fact.name, fact)
    return out
