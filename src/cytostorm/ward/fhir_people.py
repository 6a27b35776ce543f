"""Whose entries a bundle holds: patients by the addresses under which resources speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from cytostorm.ward.fhir_codes import PATIENT, by_name
from cytostorm.ward.fhir_resources import Said
from cytostorm.ward.fhir_values import NotReadError, branch, branches, point, text_of

Resource = dict[str, Any]
YEAR = 365.25
_BIRTH = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


class People:
    """The patients of a bundle, and their names in the long table."""

    def __init__(self, entries: list[Any]) -> None:
        self._names: dict[int, str] = {}
        self._address: dict[str, str] = {}
        self._resources: dict[int, Resource] = {}
        twice: set[str] = set()
        for place, entry in enumerate(entries, 1):
            resource = branch(entry, "resource")
            if resource.get("resourceType") != "Patient":
                continue
            url, short = text_of(entry, "fullUrl"), f"Patient/{text_of(resource, 'id')}"
            if url and url in self._address:
                continue
            name = self._unused(_own_name(resource) or text_of(resource, "id") or url or f"entry {place}")
            self._names[place], self._resources[place] = name, resource
            if url:
                self._address[url] = name
            if short in self._address:
                twice.add(short)
            self._address[short] = name
        for short in twice:
            del self._address[short]
        self._twice = twice

    def _unused(self, name: str) -> str:
        """Return a name that no patient has: two patients are never made one."""
        taken, free, number = set(self._names.values()), name, 2
        while free in taken:
            free, number = f"{name} ({number})", number + 1
        return free

    def at(self, place: int) -> str:
        """Return the name of the patient in an entry."""
        return self._names[place]

    def of(self, resource: Resource) -> str:
        """Return whose a resource is.

        Raises NotReadError if it does not say, or if two patients answer to what it says.
        """
        subject = branch(resource, "subject")
        said = text_of(subject, "reference").split("/_history/")[0]
        if said in self._twice:
            raise NotReadError("subject", said, "two patients have this address")
        if said in self._address:
            return self._address[said]
        if said.startswith("#") or not said:
            name = text_of(branch(subject, "identifier"), "value")
            if not name:
                raise NotReadError("subject", said, "it does not say which patient")
            return name
        if said.startswith(("Patient/", "urn:", "http:", "https:")):
            return said.removeprefix("Patient/")
        raise NotReadError("subject", said, "no patient")

    def facts(self, first: Mapping[str, datetime]) -> Iterator[tuple[int, str, Said | NotReadError]]:
        """Yield (entry, patient, what the patient's own resource says or why it cannot be read).

        first : hour 0 of each patient, at which age is reckoned and to which sex and age are given.
        """
        for place, resource in self._resources.items():
            name = self._names[place]
            if name not in first:
                continue
            for reader, key in ((_sex, "gender"), (_age, "birthDate"), (_death, "deceasedDateTime")):
                try:
                    found = reader(resource.get(key), first[name])
                except NotReadError as error:
                    yield place, name, error
                else:
                    yield from [(place, name, found)] if found else []
            if resource.get("deceasedBoolean"):
                yield place, name, NotReadError("deceasedBoolean", True, "no time of death is given")


def _own_name(resource: Resource) -> str:
    """Return the name under which this package wrote a patient; empty if it did not."""
    named = [i for i in branches(resource, "identifier") if i.get("system") == PATIENT]
    return text_of(named[0], "value") if named else ""


def _sex(said: object, when: datetime) -> Said | None:
    """Return a patient's sex; nothing if it is not told."""
    if said in (None, "unknown"):
        return None
    if said not in ("female", "male"):
        raise NotReadError("gender", said, "neither female nor male")
    return Said("female", float(said == "female"), when)


def _death(said: object, _: datetime) -> Said | None:
    """Return a patient's death; nothing if it is not told."""
    if said is None:
        return None
    when, doubt = point(said)
    if by_name("dead") is None:
        raise NotReadError("deceasedDateTime", said, "no score asks for it")
    return Said("dead", 1.0, when, note=doubt)


def _age(said: object, when: datetime) -> Said | None:
    """Return a patient's age in years; from the middle of the year or month if the day is not told."""
    if said is None:
        return None
    read = _BIRTH.match(said) if isinstance(said, str) else None
    try:
        year, month, day = read.groups() if read else ("0", "0", "0")
        birth = datetime(int(year), int(month or 7), int(day or (15 if month else 1)), tzinfo=UTC)
    except ValueError:
        raise NotReadError("birthDate", said, "no date") from None
    years = (when - birth).days / YEAR
    if not 0 <= years <= 125:
        raise NotReadError("birthDate", said, f"impossible: {years:.1f} years old")
    return Said("age", round(years, 2), when, unit="year", note="" if day else "day of birth unknown")
