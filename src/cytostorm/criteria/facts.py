"""What a definition asks of a patient: a number with its unit, a yes or no, or one of several words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import sympy

from cytostorm import units
from cytostorm.errors import InputError

Expr: TypeAlias = sympy.Expr
Condition: TypeAlias = sympy.logic.boolalg.Boolean
AGES = {"month": 1 / 12, "week": 7 / 365.25}
"""Years of what young ages are told in; the package's units keep age apart from time."""


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a patient, or not.

    name : how definitions, tables and people call it.
    unit : of a number; empty for a count, a yes or no, or a word.
    normal : value taken for the lower answer when it is unknown; a word's or a no's number is its place.
    worst : values tried for the higher answer when it is unknown; two if both sides are bad.
    words : what it may be, from the harmless to the worst; ("no", "yes") for a yes or no; empty for a number.
    window : which value of a time window counts: "low", "high", "both" (the worse of the two), or "last".
    spelled : other names that people write, without a unit.
    molar : g/mol, where laboratories report mass and moles alike; 0 where they do not.
    possible : (low, high) beyond which a value is a mistake, in `unit`.
    also : other words for its words, each with the word it means.
    presumed : whether silence means normal, as with a death or a rare exception that nobody writes down; it
        is then normal in the higher answer too, and not missed.
    """

    name: str
    label: str
    unit: str = ""
    normal: float = 0.0
    worst: tuple[float, ...] = (1.0,)
    words: tuple[str, ...] = ()
    window: str = "high"
    spelled: tuple[str, ...] = ()
    molar: float = 0.0
    possible: tuple[float, float] = (0.0, float("inf"))
    also: tuple[tuple[str, str], ...] = ()
    presumed: bool = False

    @cached_property
    def symbol(self) -> sympy.Symbol:
        """The symbol that stands for it in definitions."""
        return sympy.Symbol(self.name, real=True)

    @cached_property
    def known(self) -> sympy.Symbol:
        """The condition that it is known, for definitions that let another fact stand in for it."""
        return sympy.Symbol(f"{self.name} known")

    @property
    def is_number(self) -> bool:
        """Whether it is a number, not a word."""
        return not self.words

    def code(self, word: str) -> float:
        """Return the number that stands for a word, in capitals or not.

        Raises InputError if it is none of the words.
        """
        places = {known.lower(): place for place, known in enumerate(self.words)}
        meant = {other.lower(): known for other, known in self.also}.get(word.lower(), word)
        if meant.lower() not in places:
            raise InputError(
                f"{self.name} is {word!r}",
                "one of: " + ", ".join(self.words),
                f"give {self.name} one of these words",
            )
        return float(places[meant.lower()])

    def converted(self, value: float, unit: str) -> float:
        """Return a number in the fact's unit; mass and moles are exchanged where `molar` is known.

        Raises InputError if the units do not measure the same thing.
        """
        if self.unit == "year" and unit in AGES:
            return value * AGES[unit]
        if unit == self.unit or units.same_dimension(unit, self.unit):
            return units.convert(value, unit, self.unit)
        if self.molar:
            for ours, factor in (("mg/L", self.molar), ("mmol/L", 1 / self.molar)):
                theirs = "mmol/L" if ours == "mg/L" else "mg/L"
                if units.same_dimension(unit, theirs) and units.same_dimension(self.unit, ours):
                    return units.convert(units.convert(value, unit, theirs) * factor, ours, self.unit)
        raise InputError(
            f"{self.name} in {unit!r}",
            f"{self.unit!r}, or a unit of the same kind",
            "convert it, with the laboratory's own factor",
        )


def number(
    name: str, unit: str, label: str, *, normal: float, worst: float | tuple[float, ...], **more: object
) -> Fact:
    """Return a fact that is a number; what counts in a window follows from where the worst lies."""
    bad = worst if isinstance(worst, tuple) else (worst,)
    window = "both" if len(bad) > 1 else "low" if bad[0] < normal else "high"
    return Fact(name, label, unit, normal, bad, **{"window": window, **more})  # type: ignore[arg-type]


def flag(
    name: str,
    label: str,
    *,
    worst: bool = True,
    spelled: tuple[str, ...] = (),
    also: Mapping[str, str] | None = None,
    presumed: bool = False,
) -> Fact:
    """Return a fact that is a yes or no; `worst` says which makes a score higher."""
    window = "high" if worst else "low"
    fact = Fact(name, label, "", float(not worst), (float(worst),), ("no", "yes"), window, spelled)
    return replace(presume(fact) if presumed else fact, also=tuple((also or {}).items()))


def words(
    name: str, label: str, *choices: str, spelled: tuple[str, ...] = (), also: Mapping[str, str] | None = None
) -> Fact:
    """Return a fact that is one of several words, from the harmless to the worst."""
    worst = (float(len(choices) - 1),)
    return Fact(name, label, "", 0.0, worst, choices, "high", spelled, also=tuple((also or {}).items()))


def presume(fact: Fact) -> Fact:
    """Return a fact that is taken as normal where nothing is told of it, and is not missed."""
    return replace(fact, worst=(fact.normal,), presumed=True)
