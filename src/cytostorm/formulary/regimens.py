"""Regimens by name: "tocilizumab, CAR-T CRS label"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cytostorm.errors import InputError, did_you_mean
from cytostorm.formulary.fields import RegimenEntry
from cytostorm.formulary.reading import drugs
from cytostorm.library import catalogue
from cytostorm.model import Gate, Regimen, Rule
from cytostorm.model.dose import hours


@dataclass(frozen=True)
class Named:
    """A regimen that can be asked for. here : whether the library has the drug."""

    name: str
    drug: str
    entry: RegimenEntry
    here: bool


def regimens() -> list[Named]:
    """Return every regimen, also those of drugs that the library does not have."""
    have = catalogue.modules()
    return [
        Named(f"{drug}, {entry.name}", drug, entry, drug in have)
        for drug, file in drugs().items()
        for entry in file.regimen
    ]


def regimen(name: str, start: str | float = 0.0, *, unsafe: bool = False) -> Regimen:
    """Return a regimen by name, as `simulate` takes it.

    name : drug and regimen, such as "tocilizumab, CAR-T CRS label"; `cytostorm list regimen` shows them.
    start : first giving, in hours from the trigger or text with a unit.
    unsafe : given even if something forbids it at the start; the run then says what.
    Raises InputError if there is none of that name, or the library lacks the drug.

    >>> print(regimen("anakinra, COVID-19 (SAVE-MORE)", start="8 d").text())
    100 mg anakinra.sc at 192 h every 24 h, 10 times
    """
    drug, entry = found(name)
    if drug not in catalogue.modules():
        raise InputError(
            f"{drug!r}, which {name!r} gives, is not in the library",
            "a regimen of a drug in the library",
            "see cytostorm list regimen",
        )
    begin = hours(start, f"start of {name}")
    plan = Regimen(unsafe=unsafe)
    for part in entry.give:
        plan += part.rule(drug, begin) if part.when else part.dose(drug, begin + hours(part.time, "time"))
    label = f"{drug}, {entry.name}"
    gates = [Gate(label, g.words, Rule.parse(g.when) if g.when else None) for g in entry.not_if]
    return plan + Regimen(gates=tuple(gates))


def found(name: str) -> tuple[str, RegimenEntry]:
    """Return drug and entry of a regimen; raise InputError with the nearest names if there is none."""
    table = _table()
    key = plain(str(name))
    if key not in table:
        near = did_you_mean(str(name), [f"{d}, {e.name}" for d, e in table.values()])
        own = [f"{d}, {e.name}" for d, e in table.values() if d == key.partition(",")[0]]
        remedy = near if near.startswith("did") or not own else "known: " + "; ".join(own)
        raise InputError(f"there is no regimen {str(name)[:80]!r}", "a drug and a regimen of it", remedy)
    return table[key]


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, RegimenEntry]]:
    return {
        plain(f"{drug}, {entry.name}"): (drug, entry)
        for drug, file in drugs().items()
        for entry in file.regimen
    }


def plain(name: str) -> str:
    """Return a name as it is compared: no case, single spaces.

    >>> plain("Tocilizumab,  CAR-T CRS label")
    'tocilizumab, car-t crs label'
    """
    return ", ".join(" ".join(part.split()) for part in name.lower().split(","))


def usual(drug: str, trigger: str = "") -> str:
    """Return the name of the regimen of a drug that is usual after a trigger, or at all.

    Raises InputError if no regimen of it is known.

    >>> usual("tocilizumab", "sars_cov_2")
    'tocilizumab, COVID-19 label'
    """
    known = drugs().get(drug)
    if known is None or not known.regimen:
        remedy = did_you_mean(drug, [name for name, file in drugs().items() if file.regimen])
        raise InputError(f"no regimen of {drug[:80]!r} is known", "a drug with a regimen", remedy)
    entry = next((e for e in known.regimen if trigger in e.triggers), None)
    entry = entry or next((e for e in known.regimen if e.triggers), known.regimen[0])
    return f"{drug}, {entry.name}"
