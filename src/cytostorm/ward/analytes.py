"""The catalogue of analytes: facts that criteria ask for, and what else hospital tables hold."""

from __future__ import annotations

from functools import lru_cache

from cytostorm.criteria import bedside, history, laboratory, support
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError, did_you_mean
from cytostorm.ward.analyte import TWINS, Analyte
from cytostorm.ward.listed import FACTS, Listed
from cytostorm.ward.spelling import plain
from cytostorm.ward.unasked import EVERY

SHARES = {
    "neutrophils": "neutrophil_share", "lymphocytes": "lymphocyte_share", "monocytes": "monocyte_share",
    "eosinophils": "eosinophil_share", "basophils": "basophil_share",
}  # fmt: skip
"""Cells that are counted, and as shares of white cells."""
BY_UNIT = {(name, "%"): share for name, share in SHARES.items()} | {("urine_volume", "mL/kg/h"): "urine_rate"}
"""Analytes that one name means in a unit of its own."""


def facts() -> dict[str, Fact]:
    """Return every fact that criteria may ask for, by its name; the first of those that share a name."""
    found: dict[str, Fact] = {}
    for room in (laboratory, bedside, history, support):
        for value in vars(room).values():
            if isinstance(value, Fact):
                found.setdefault(value.name, value)
    return found


@lru_cache(maxsize=1)
def everything() -> dict[str, Analyte]:
    """Return every analyte by its name."""
    asked = facts()
    known = {name: _analyte(fact, FACTS.get(name, Listed())) for name, fact in asked.items()}
    for fact, more in EVERY:
        known.setdefault(fact.name, _analyte(asked.get(fact.name, fact), more))
        if fact.name in asked:
            known[fact.name] = _analyte(asked[fact.name], more)
    return known


def _analyte(fact: Fact, more: Listed) -> Analyte:
    spelled = tuple(plain(s) for s in more.spelled.split("|") if s)
    return Analyte(fact, tuple(more.loinc.split()), spelled, more.ranges, more.kit, more.becomes)


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Return the analyte's name for each spelling, plain; what may mean two things is left out.

    A name is never another's spelling; facts that are others in moles have none.
    """
    known = {name: analyte for name, analyte in everything().items() if name not in TWINS.values()}
    names = {plain(text): name for name in known for text in (name, name.replace("_", " "))}
    found: dict[str, set[str]] = {}
    for name, analyte in known.items():
        for text in (analyte.label, *analyte.fact.spelled, *analyte.spelled):
            found.setdefault(plain(text), set()).add(name)
    return {text: min(meant) for text, meant in found.items() if len(meant) == 1} | names


@lru_cache(maxsize=4096)
def named(text: str) -> Analyte | None:
    """Return the analyte that a table means by a name; None if it is not in the catalogue.

    >>> named("Interleukin 6").name, named("D-D dimer").name, named("neutrophils(%)").name, named("cows")
    ('il6', 'd_dimer', 'neutrophil_share', None)
    """
    name = spellings().get(plain(text))
    return everything()[name] if name else None


def find(text: str) -> Analyte:
    """Return an analyte by any of its spellings.

    Raises InputError if there is none.
    """
    found = named(text)
    if found is None:
        raise InputError(
            f"there is no analyte {text[:60]!r}",
            "one of the catalogue",
            did_you_mean(plain(text), sorted(spellings())),
        )
    return found


@lru_cache(maxsize=1)
def coded() -> dict[str, Analyte]:
    """Return the analyte of each LOINC code."""
    return {code: analyte for analyte in everything().values() for code in analyte.loinc}
