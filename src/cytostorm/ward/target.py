"""What a column of a wide table, or a name in a long one, is taken for; or why it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.ward.analyte import Analyte, in_moles
from cytostorm.ward.analytes import BY_UNIT, everything, named
from cytostorm.ward.cells import UNSURE, Cell, number_in, word_in
from cytostorm.ward.mapping import Column, Mapping
from cytostorm.ward.spelling import equivalents, plain, split_unit, unit_of

FAHRENHEIT = "degF"
COMMON = ("g/dL", "g/L", "mg/dL", "mg/L", "ug/mL", "ug/L", "ng/L", "mmol/L", "umol/L", "10^9/L",
          "cells/uL", "%", "", "mmHg", "kPa", FAHRENHEIT)  # fmt: skip
"""Units tried for a number that is impossible in the stated one."""
UNSAID = frozenset({"age", "temperature", "heart_rate", "respiratory_rate", "systolic", "map", "spo2", "gcs"})
"""Analytes that every ward tells in one unit, or in units whose numbers cannot be taken for each other."""
UNITLESS = "has no unit: say it in a mapping"
MONOVALENT = frozenset({"sodium", "potassium", "chloride", "bicarbonate", "anion_gap"})
"""Analytes of which an equivalent is a mole."""
PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,20})?").fullmatch
"""What a plain number looks like."""
WIDER = 4.0
"""A number is ordinary in another unit if it lies in the reference range, made so many times wider."""


@dataclass
class Target:
    """An analyte with the unit in which a table gives it.

    heading : as the table writes it. unit, factor : of the table's numbers, and to the analyte's unit.
    unlike : whether numbers are changed: another unit, or something taken off.
    in_moles : whether papers hold it to limits that they print in moles.
    refused : why nothing under this name can be used; empty if it can.
    seen : cells that were read before.
    """

    heading: str
    said: Column
    mapping: Mapping
    analyte: Analyte | None = None
    unit: str = ""
    factor: float = 1.0
    method: str = ""
    in_moles: bool = False
    refused: str = ""
    seen: dict[str, Cell] = field(default_factory=dict)

    @property
    def unlike(self) -> bool:
        """Whether the table's numbers are changed."""
        assert self.analyte is not None
        return self.unit != self.analyte.unit or self.said.minus != 0 or bool(self.analyte.becomes)

    @property
    def kept(self) -> Analyte:
        """The analyte as which numbers are stored."""
        assert self.analyte is not None
        return everything()[self.analyte.becomes] if self.analyte.becomes else self.analyte

    def read(self, text: str) -> Cell:
        """Return what a cell says, in the analyte's unit."""
        found = self.seen.get(text)
        if found is None:
            if len(self.seen) > 500_000:
                self.seen.clear()
            found = self.seen[text] = self._read(text)
        return found

    def _read(self, text: str) -> Cell:
        if self.refused and self.refused != UNITLESS:
            return Cell(wrong=self.refused)
        assert self.analyte is not None
        fact = self.analyte.fact
        said = self.said.words.get(plain(text), text)
        if not fact.is_number:
            return word_in(said, fact)
        cell = number_in(said, self.mapping.decimal, frozenset({*self.mapping.missing}))
        if self.refused and not cell.unit:
            return Cell(wrong=self.refused)
        if cell.wrong:
            return cell
        if cell.unit and (self.refused or unit_of(cell.unit) != self.unit):
            other = target(
                self.heading, cell.unit, self.said, self.mapping, method=self.method, override=True
            )
            if other.refused or other.analyte is not self.analyte:
                return Cell(wrong=other.refused or f"is in {cell.unit!r}, not in {self.unit!r}")
            return other.checked(cell)
        return self.checked(cell)

    def plain(self, texts: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Return which texts are numbers that can be read at once, without a look at each."""
        ordinary = self.analyte is not None and self.analyte.fact.is_number and self.unit != FAHRENHEIT
        ordinary = ordinary and self.mapping.decimal not in (",", UNSURE)
        if self.refused or not ordinary or self.said.words or not len(texts):
            return np.zeros(len(texts), bool)
        return np.array([PLAIN(t) is not None for t in texts]) & ~np.isin(texts, list(self.mapping.missing))

    def at_once(self, texts: NDArray[np.object_]) -> NDArray[np.float64]:
        """Return plain numbers in the analyte's unit, to 12 digits; NaN for those that need a closer look."""
        said, value = self.said, texts.astype(float)
        number = value - said.minus
        if self.factor != 1.0:
            number = number * self.factor
            with np.errstate(divide="ignore", invalid="ignore"):
                scale = 10.0 ** (11 - np.floor(np.log10(np.abs(number))))
                number = np.where(number == 0, 0.0, np.round(number * scale) / scale)
        low, high = self.kept.possible
        good = (said.possible[0] <= value) & (value <= said.possible[1]) & (low <= number) & (number <= high)
        return np.where(good & ~(value <= said.floor) & ~(value >= said.ceiling), number, np.nan)

    def checked(self, cell: Cell) -> Cell:
        """Return a cell's number in the analyte's unit, or why it cannot be."""
        assert self.analyte is not None
        said, value = self.said, cell.value
        if not said.possible[0] <= value <= said.possible[1]:
            return Cell(
                wrong=f"is beyond {said.possible[0]:g} to {said.possible[1]:g}, which the mapping allows"
            )
        limit = cell.limit or ("<" if value <= said.floor else ">" if value >= said.ceiling else "")
        number = self.converted(value - said.minus)
        low, high = self.kept.possible
        if not low <= number <= high:
            return Cell(wrong=self._impossible(value, low, high))
        return Cell(number, limit)

    def converted(self, value: float) -> float:
        """Return a number in the analyte's unit, to 12 digits, so that limits of scores are met exactly."""
        if self.unit == FAHRENHEIT:
            return float(f"{(value - 32) / 1.8:.12g}")
        return value if self.factor == 1.0 else float(f"{value * self.factor:.12g}")

    def _impossible(self, value: float, low: float, high: float) -> str:
        unit = self.kept.unit
        text = f"is impossible: {low:g} to {high:g} {unit}".rstrip()
        text = text if self.unit == unit else f"{text} ({self.converted(value):g} {unit}".rstrip() + " here)"
        other = self.likely(value)
        return f"{text}; a probable unit mistake: it would be ordinary in {other}" if other else text

    def likely(self, value: float) -> str:
        """Return a unit in which a number would be ordinary; empty if there is none."""
        assert self.analyte is not None
        normal = self.analyte.range()
        for unit in COMMON:
            factor = _factor(self.analyte, unit)
            if unit == self.unit or factor is None or (not self.analyte.unit and self.analyte.name != "fio2"):
                continue
            number = (value - 32) / 1.8 if unit == FAHRENHEIT else value * factor
            wide = 1.1 if self.analyte.name in ("temperature", "ph") else WIDER
            if number <= wide * (normal.high if normal.high == normal.high else normal.low) and number >= (
                normal.low / wide if normal.low == normal.low else normal.high / 100
            ):
                return unit or "shares of 1"
        return ""


def target(
    heading: str, unit: str, said: Column, mapping: Mapping, *, method: str = "", override: bool = False
) -> Target:
    """Return what a heading, or a name in a long table, is taken for.

    unit : as a column of units says it; empty if none does. override : whether it counts more than the
        mapping's.
    """
    found = Target(heading, said, mapping, method=said.method or method)
    if said.ignore:
        found.refused = f"is left out by the mapping: {said.ignore}"
        return found
    name, behind = split_unit(heading)
    if named(heading):
        name, behind = heading, behind or ("%" if "%" in heading else None)
    found.analyte = named(said.analyte or name)
    if found.analyte is None:
        found.refused = f"is of an unknown analyte: {heading[:60]!r}: say analyte in a mapping"
        return found
    written = unit if override else said.unit or unit or (behind or "")
    _unit(found, written, stated=bool(written) or behind is not None)
    if not found.refused:
        _kit(found, f"{heading} {written} {found.method}", exact=heading == "d_dimer")
    if not found.refused:
        factor = _factor(found.analyte, found.unit)
        if factor is None:
            found.refused = _unlike(found.analyte, written)
        found.factor = factor or 1.0
        found.in_moles = in_moles(found.analyte.name, found.unit)
    return found


def _unit(found: Target, written: str, *, stated: bool) -> None:
    """Find the unit; a count that is told in % is the share."""
    analyte = found.analyte
    assert analyte is not None
    if analyte.name in MONOVALENT:
        written = re.sub(r"^mEq\b", "mmol", written.strip(), flags=re.IGNORECASE)
    unsaid = not analyte.unit or analyte.name in UNSAID or found.mapping.usual_units
    unit = unit_of(written) if stated else analyte.unit if unsaid else None
    if (analyte.name, unit) in BY_UNIT:
        found.analyte = everything()[BY_UNIT[analyte.name, str(unit)]]
    if not analyte.fact.is_number:
        found.unit = ""
    elif unit is None:
        found.refused = f"has an unknown unit: {written[:40]!r}" if stated else UNITLESS
        found.unit = analyte.unit  # of cells that tell their own
    else:
        found.unit = unit


def _kit(found: Target, texts: str, *, exact: bool) -> None:
    """Find out in what a D-dimer is told; a fact called by its own name is what it says it is."""
    assert found.analyte is not None
    if found.analyte.name not in ("d_dimer", "d_dimer_units"):
        return
    kind = (
        found.said.kind or equivalents(texts) or ("FEU" if exact or found.said.analyte == "d_dimer" else "")
    )
    if not kind and found.analyte.name == "d_dimer":
        found.refused = f"says neither FEU nor DDU: {found.analyte.kit}"
    elif kind == "DDU":
        found.analyte = everything()["d_dimer_units"]
    found.method = found.method or kind


def _factor(analyte: Analyte, unit: str) -> float | None:
    """Return what numbers in a unit are multiplied by; None if it measures something else."""
    if unit == analyte.unit or (unit == FAHRENHEIT and analyte.unit == "degC"):
        return 1.0
    try:
        if unit and analyte.unit:
            return analyte.fact.converted(1.0, unit)
        plain_numbers = unit in ("", "%") and analyte.unit in ("", "%")
        return units.convert(1.0, unit, analyte.unit) if plain_numbers else None
    except InputError:
        return None


def _unlike(analyte: Analyte, written: str) -> str:
    said = f"is in {written!r}, which cannot be converted to {analyte.unit or 'a number without unit'!r}"
    return f"{said}: {analyte.kit}" if analyte.kit else said
