"""What is measured of a patient: a fact, with its codes, other spellings and reference ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cytostorm.criteria.facts import Fact

USUAL = "usual range of clinical laboratories; each prints its own"


TWINS = {"creatinine": "creatinine_umol_L", "bilirubin": "bilirubin_umol_L"}
"""Facts whose limits papers print in mass and in moles, rounded apart, and the fact for those in moles."""
TOLD = "told in moles"
"""Note of a value in a long table that is held to the limits in moles."""
STEADY = frozenset({
    "haemoglobin", "haematocrit", "albumin", "total_protein", "sodium", "potassium", "chloride", "calcium",
    "corrected_calcium", "mcv", "mch", "mchc", "rbc",
})  # fmt: skip
"""Analytes of which no living patient has a fifth, or five times, of the usual."""
FAR = 5.0


@dataclass(frozen=True)
class Range:
    """A reference range.

    low, high : its ends in the analyte's unit; NaN where it has none.
    sex : "male", "female", or empty for both. ages : (from, below) in years.
    source : citation key, or "assumed", with the reason in `note`.
    """

    low: float = math.nan
    high: float = math.nan
    sex: str = ""
    ages: tuple[float, float] = (18.0, math.inf)
    source: str = "assumed"
    note: str = USUAL


@dataclass(frozen=True)
class Analyte:
    """One thing that a table may hold.

    fact : its name, label, unit, molar mass and possible values; of the criteria where these ask for it.
    loinc : codes, the preferred one first; empty where none is known.
    spelled : how tables write it, beside the fact's own spellings; in lower case, as `spelling.plain` makes
        them.
    ranges : reference ranges, the first that fits counts.
    kit : what differs between kits and is never converted; empty if numbers of all kits compare.
    becomes : the analyte that it is stored as, if it is another in moles (urea nitrogen is urea).
    """

    fact: Fact
    loinc: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    kit: str = ""
    becomes: str = ""

    @property
    def name(self) -> str:
        """Its name in long tables."""
        return self.fact.name

    @property
    def label(self) -> str:
        """What people call it."""
        return self.fact.label

    @property
    def unit(self) -> str:
        """The unit of its numbers in long tables."""
        return self.fact.unit

    @property
    def ucum(self) -> str:
        """The unit as UCUM writes it."""
        return ucum(self.unit, self.name)

    @property
    def possible(self) -> tuple[float, float]:
        """Numbers beyond which a value is a mistake; narrower for what the body holds steady."""
        low, high = self.fact.possible
        if self.name not in STEADY:
            return low, high
        usual = self.range()
        return max(low, usual.low / FAR), min(high, usual.high * FAR)

    def range(self, age: float = 40.0, sex: str = "") -> Range:
        """Return the reference range of a person; one without ends if none is known.

        age : years. sex : "male", "female", or empty for unknown, which takes the widest of both.
        """
        fitting = [r for r in self.ranges if r.ages[0] <= age < r.ages[1] and (not sex or r.sex in ("", sex))]
        if not fitting:
            return Range()
        first = fitting[0]
        if sex or not first.sex:
            return first
        both = [r for r in fitting if r.sex]
        return Range(
            min(r.low for r in both), max(r.high for r in both), "", first.ages, first.source, first.note
        )


_UCUM = {
    "degC": "Cel", "mmHg": "mm[Hg]", "1/min": "/min", "1/uL": "/uL", "cells/uL": "/uL", "year": "a",
    "": "1", "day": "d",
    "cmH2O": "cm[H2O]", "week": "wk",
}  # fmt: skip


def in_moles(name: str, unit: str) -> bool:
    """Return whether a value was told in moles, where papers print limits of their own for those.

    >>> in_moles("creatinine", "umol/L"), in_moles("creatinine", "mg/dL"), in_moles("urea", "mmol/L")
    (True, False, False)
    """
    return name in TWINS and unit.endswith("mol/L")


def ucum(unit: str, name: str = "") -> str:
    """Return a unit as UCUM writes it.

    name : of the analyte; some units say what they count.

    >>> ucum("10^9/L"), ucum("mmHg"), ucum("", "inr"), ucum("mg/L", "d_dimer")
    ('10*9/L', 'mm[Hg]', '{INR}', 'mg/L{FEU}')
    """
    text = _UCUM.get(unit, unit.replace("^", "*"))
    special = {
        "inr": "{INR}", "d_dimer": f"{text}{{FEU}}", "gcs": "{score}", "egfr": f"{text}/{{1.73_m2}}",
    }  # fmt: skip
    return special.get(name, text)


def check_digit(code: str) -> bool:
    """Return whether the last digit of a LOINC code follows from the others.

    >>> check_digit("26881-3"), check_digit("13629-9")
    (True, False)
    """
    body, dash, digit = code.partition("-")
    if not dash or not body.isdigit() or not digit.isdigit() or len(digit) != 1:
        return False
    total = 0
    for place, letter in enumerate(reversed(body)):
        doubled = int(letter) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(digit)
