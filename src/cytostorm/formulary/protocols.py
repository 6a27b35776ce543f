"""Protocols by name: what a ward gives when, as rules."""

from __future__ import annotations

from dataclasses import dataclass

from cytostorm.errors import InputError, did_you_mean
from cytostorm.formulary.fields import ProtocolEntry
from cytostorm.formulary.reading import protocol_entries
from cytostorm.formulary.regimens import found, plain
from cytostorm.library import catalogue
from cytostorm.model import Regimen, Rule
from cytostorm.model.dose import hours


@dataclass(frozen=True)
class Protocol:
    """A protocol that can be asked for. lacks : drugs of it that the library does not have."""

    name: str
    entry: ProtocolEntry
    lacks: tuple[str, ...]


def protocols() -> list[Protocol]:
    """Return every protocol."""
    have = catalogue.modules()
    return [
        Protocol(name, entry, tuple(sorted({_drug(s.give) for s in entry.step} - set(have))))
        for name, entry in protocol_entries().items()
    ]


def _drug(regimen: str) -> str:
    return regimen.partition(",")[0]


def protocol(name: str, start: str | float = 0.0, *, unsafe: bool = False) -> Regimen:
    """Return a protocol by name: a plan of rules, each of which gives when its criterion is seen.

    name : such as "CAR-T CRS"; `cytostorm list protocol` shows them. What needs a drug that the library
        lacks is left out.
    start : hours from the trigger, or text with a unit, before which nothing is given.
    unsafe : given even if it breaks a limit; the run then says which.
    Raises InputError if there is none of that name, or the library has none of its drugs.

    >>> protocol("COVID-19").rules[0].text()
    'pf_ratio < 340 mmHg, then once'
    """
    entry = next((e for known, e in protocol_entries().items() if plain(known) == plain(str(name))), None)
    if entry is None:
        near = did_you_mean(str(name), list(protocol_entries()))
        raise InputError(f"there is no protocol {str(name)[:80]!r}", "a protocol of a ward", near)
    begin = hours(start, f"start of {name}")
    wait = f"time >= {begin!r} h and " if begin else ""
    plan = Regimen(unsafe=unsafe)
    for step in entry.step:
        drug, asked = found(step.give)
        if drug in catalogue.modules():
            for part in asked.give:
                if not part.when:
                    dose = part.dose(drug, hours(part.time, "time"))
                    plan += Rule.parse(wait + step.when, dose, step.check)
    if not plan.rules:
        needs = ", ".join(sorted({_drug(step.give) for step in entry.step}))
        raise InputError(
            f"protocol {entry.name!r} needs {needs}, which the library lacks",
            "a protocol of drugs in the library",
            "see cytostorm list protocol",
        )
    return plan
