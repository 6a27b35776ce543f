"""A FHIR bundle as a long table, with an account of each entry: what was read, and what was not and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cytostorm.errors import InputError
from cytostorm.ward.entries import PROBLEM
from cytostorm.ward.fhir_file import is_bundle, load
from cytostorm.ward.fhir_people import People
from cytostorm.ward.fhir_resources import Found, Said, medication, observation
from cytostorm.ward.fhir_values import NotReadError, branch, shown, text_of
from cytostorm.ward.fhir_write import COLUMNS, GRADES
from cytostorm.ward.reading import Reading

Resource = dict[str, Any]
Reader = Callable[[Resource], Found]
HOUR = timedelta(hours=1)
TEXTS = ("patient", "analyte", "limit", "unit", "method", "note")


@dataclass(frozen=True)
class BundleReading(Reading):
    """A bundle that was read, as tables are; `row` is the number of the entry, from 1.

    counts : entries of the bundle; "accepted" and "converted" gave something, "not used" did not, and each of
    those has a problem.
    grades : scores that the bundle held, as this package writes them: patient, day, score, part, low, high,
    complete.
    zero : hour 0 of each patient.
    """

    grades: pd.DataFrame = field(default_factory=pd.DataFrame)
    zero: dict[str, datetime] = field(default_factory=dict)


def read_bundle(path: Path | str, *, zero: datetime | None = None) -> BundleReading:
    """Return what a file with a FHIR bundle in JSON holds.

    zero : date and time of hour 0 of all patients; by default each patient's first entry.
    Raises InputError if the file is no JSON, too large or too deep, or holds no bundle.
    """
    return read(load(path), zero=zero)


def read(bundle: dict[str, Any], *, zero: datetime | None = None) -> BundleReading:
    """Return what a bundle holds; arguments and errors as `read_bundle`."""
    entries = bundle.get("entry", [])
    if not is_bundle(bundle) or not isinstance(entries, list):
        kind = shown(bundle.get("resourceType"))
        raise InputError(f"a resource {kind}", "a FHIR Bundle with a list of entries", "export a bundle")
    account = _Account(People(entries))
    for place, entry in enumerate(entries, 1):
        account.take(place, entry)
    return account.result(zero if zero is None or zero.tzinfo else zero.replace(tzinfo=UTC))


class _Account:
    """What was read so far, and what was not."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.said: list[tuple[int, str, Said]] = []
        self.used: set[int] = set()
        self.problems: list[tuple[int, str, str, str, str, bool]] = []
        self.entries = 0
        self.seen: set[str] = set()

    def take(self, place: int, entry: object) -> None:
        """Read one entry."""
        self.entries += 1
        resource = branch(entry, "resource")
        who = ""
        try:
            self._once(entry, resource)
            kind = text_of(resource, "resourceType")
            if kind == "Patient":
                self.used.add(place)
                return
            reader = _reader(kind)
            who = self.people.of(resource)
            found, refused = reader(resource)
        except NotReadError as error:
            found, refused = [], [error]
        for said in found:
            self.used.add(place)
            self.said.append((place, who, said))
        for problem in refused:
            self._refuse(place, who, problem)

    def _once(self, entry: object, resource: Resource) -> None:
        """Refuse an entry without a resource, or whose address, or kind and id, was there before."""
        if not resource:
            raise NotReadError("entry", entry, "no resource in it")
        name = text_of(resource, "id")
        key = text_of(branch(entry), "fullUrl")
        key = key or (f"{text_of(resource, 'resourceType')}/{name}" if name else "")
        if key and key in self.seen:
            raise NotReadError("entry", key, "the same address as an entry before")
        self.seen.add(key)

    def _refuse(self, place: int, who: str, error: NotReadError) -> None:
        self.problems.append((place, error.column, who, error.value, error.reason, False))

    def result(self, zero: datetime | None) -> BundleReading:
        """Return all that was read, in hours."""
        first: dict[str, datetime] = {}
        for _, who, said in self.said:
            first[who] = zero or min(said.when, first.get(who, said.when))
        told = {(who, said.name) for _, who, said in self.said}
        for place, who, fact in self.people.facts(first):
            if isinstance(fact, NotReadError):
                self._refuse(place, who, fact)
            elif (who, fact.name) not in told:
                self.said.append((place, who, fact))
        changed = {place for place, _, said in self.said if said.changed}
        counts = {
            "entries": self.entries,
            "accepted": len(self.used - changed),
            "converted": len(changed),
            "not used": self.entries - len(self.used),
        }
        problems = pd.DataFrame(sorted(self.problems, key=lambda p: p[0]), columns=list(PROBLEM))
        problems = problems.astype(dict.fromkeys(PROBLEM, object) | {"row": "int64", "used": bool})
        return BundleReading(self._table(first), problems, counts, self._grades(first), first)

    def _table(self, first: dict[str, datetime]) -> pd.DataFrame:
        """Return the long table as tables give it: by patient and time, texts as categories."""
        rows = [
            (who, (s.when - first[who]) / HOUR, s.name, s.value, s.limit, s.unit, s.method, s.note, place)
            for place, who, s in self.said
            if not s.score
        ]
        table = pd.DataFrame(rows, columns=[*COLUMNS, "row"])
        dates = [s.when.replace(tzinfo=None) for _, _, s in self.said if not s.score]
        table["date"] = np.array(dates, dtype="datetime64[us]")
        for name in TEXTS:
            table[name] = pd.Categorical(table[name], categories=list(dict.fromkeys(table[name])))
        order = np.lexsort((table["row"], table["time"], table["patient"].cat.codes))
        return table.iloc[order].reset_index(drop=True)

    def _grades(self, first: dict[str, datetime]) -> pd.DataFrame:
        rows = [
            (who, _day(s.when - first[who]), s.score, s.name, *s.bounds) for _, who, s in self.said if s.score
        ]
        return pd.DataFrame(rows, columns=list(GRADES))


def _day(passed: timedelta) -> float:
    """Return days; a whole number as such."""
    days = passed / (24 * HOUR)
    return int(days) if days.is_integer() else days


def _reader(kind: str) -> Reader:
    """Return what reads a kind of resource, or raise NotReadError."""
    if kind == "Observation":
        return observation
    if kind == "MedicationAdministration":
        return medication
    raise NotReadError("resource", kind, "a resource that is not read")
