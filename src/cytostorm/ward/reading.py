"""A hospital's table, long or wide, read so that every entry is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.ward.analyte import TOLD
from cytostorm.ward.cells import decimal_of
from cytostorm.ward.checking import checked
from cytostorm.ward.entries import Gathered, take
from cytostorm.ward.layout import Layout, layout_of
from cytostorm.ward.mapping import Mapping, mapping_of, read_mapping
from cytostorm.ward.sheet import MOST_BYTES, Sheet, open_sheet
from cytostorm.ward.target import target
from cytostorm.ward.times import Timing, timing

CHUNK = 20_000
"""Rows that are held as text at a time."""
MOST_ENTRIES = 100_000_000
"""Entries of one table; each takes some 40 bytes."""
OWN = r" \([^()]* here\)|, in row \d+|(?<=^date )'.*?' (?=cannot|may|is in)|(?<=unknown analyte): '.*'(?=: )"
"""What differs from value to value in the words of a reason."""
ENDINGS = frozenset({"dead", "dead_of_crs", "dead_of_icans"})
"""Facts that a column of a wide table tells of the end of a stay, in the rows of every day."""
ENDED = (
    "tells how a stay ended, not what was so on the day: name it as the outcome, or its analyte in a mapping"
)
SHOWN = 3
"""Columns with the same problem that are named."""
NAMELESS = "names no patient"
LOOKED_AT = 200
"""Rows from which it is told how times are written."""
SHOWING = 2_000
"""Rows from which it is told what the decimal mark is."""
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Reading:
    """A table that was read.

    table : the long table: patient, time (h), analyte, value, limit, unit, method, note, row, date.
    problems : row, column, patient, value, reason of entries that are not used, and of remarks on some
        that are (`used`).
    counts : entries of the file, and how many of them were accepted as they stand, converted, or not used.
    """

    table: pd.DataFrame
    problems: pd.DataFrame
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def reasons(self) -> pd.DataFrame:
        """Columns and reasons, and how many entries each kept from use; the most frequent first.

        Columns that share a reason stand together, the first three by name.
        """
        lost = self.problems[~self.problems["used"]]
        lost = lost.assign(reason=lost["reason"].str.replace(OWN, "", regex=True))
        found = lost.groupby("reason", sort=False)["column"].agg([_together, "size"]).reset_index()
        found = found.set_axis(["reason", "column", "entries"], axis=1)[["column", "reason", "entries"]]
        return found.sort_values("entries", ascending=False, kind="stable", ignore_index=True)


def read_table(
    path: str | Path, mapping: Mapping | str | Path | dict[str, object] | None = None, *,
    most_bytes: int = MOST_BYTES, most_entries: int = MOST_ENTRIES,
) -> Reading:  # fmt: skip
    """Return what a table of real patients holds, and what of it cannot be used and why.

    path : a long or wide CSV, in any of the usual encodings and separators, or Excel.
    mapping : what columns are, where the table does not say it: a TOML file, or its content.
    most_bytes, most_entries : larger tables are refused.
    Raises InputError if it is no table, too large, or does not say who and when.
    """
    said = _mapping(mapping)
    sheet = open_sheet(path, most_bytes)
    layout = layout_of(sheet.heads, said)
    first = list(islice(sheet.rows, CHUNK))
    if not said.decimal and sheet.separator:
        places = layout.values if layout.value is None else (layout.value,)
        shown = (_cell(cells, k).strip() for _, cells in first[:SHOWING] for k in places)
        said = replace(said, decimal=decimal_of(shown, sheet.separator))
    layout = layout.seen([cells for _, cells in first[:LOOKED_AT]])
    examples = [
        str(layout.moments([_cell(cells, k) for k in range(len(sheet.heads))]))
        for _, cells in first[:LOOKED_AT]
    ]
    clock = timing(sheet.heads[layout.time], said, examples)
    gathered, last = Gathered(), [""]
    reader = _Long(gathered, sheet, layout, said) if layout.long else _Wide(gathered, sheet, layout, said)
    for rows in chain([first], _chunks(sheet)):
        if not rows:
            break
        _chunk(reader, rows, clock, last)
        if gathered.entries > most_entries:
            raise InputError(
                f"the table has more than {most_entries:,} entries", "a smaller one",
                "split it by patients and read the parts one by one",
            )  # fmt: skip
    table, counts = checked(gathered, dated=clock.dated, time_heading=sheet.heads[layout.time])
    problems = pd.concat(gathered.problems, ignore_index=True) if gathered.problems else _no_problems()
    return Reading(table, problems.sort_values("row", kind="stable", ignore_index=True), counts)


def _together(columns: pd.Series) -> str:
    """Return the names of columns; of many the first three, and how many more."""
    names = list(dict.fromkeys(map(str, columns)))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _no_problems() -> pd.DataFrame:
    kinds = {
        "row": "int64",
        "column": object,
        "patient": object,
        "value": object,
        "reason": object,
        "used": bool,
    }
    return pd.DataFrame({k: pd.Series(dtype=t) for k, t in kinds.items()})


def _mapping(given: Mapping | str | Path | dict[str, object] | None) -> Mapping:
    if given is None:
        return Mapping()
    if isinstance(given, Mapping):
        return given
    return mapping_of(given) if isinstance(given, dict) else read_mapping(given)


def _chunks(sheet: Sheet) -> Iterator[Rows]:
    while rows := list(islice(sheet.rows, CHUNK)):
        yield rows


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


@dataclass
class _Who:
    """Who and when of the rows of a chunk; `wrong` says why a row cannot be used, empty if it can."""

    rows: NDArray[np.int64]
    names: NDArray[np.object_]
    patients: NDArray[np.int32]
    hours: NDArray[np.float64]
    wrong: NDArray[np.object_]


def _chunk(reader: _Long | _Wide, rows: Rows, clock: Timing, last: list[str]) -> None:
    """Read some rows."""
    wide, layout, said = len(reader.sheet.heads), reader.layout, reader.said
    wrong = np.full(len(rows), "", object)
    for k, (_, cells) in enumerate(rows):
        found = len(cells)
        if found > wide and any(c.strip() for c in cells[wide:]):
            wrong[k] = f"stands in a row of {found} cells under {wide} headings"
        elif found < wide and reader.sheet.separator:
            wrong[k] = f"stands in a row of {found} cells under {wide} headings: it may be cut off"
    columns = [np.array([_cell(c, k).strip() for _, c in rows], object) for k in range(wide)]
    names = columns[layout.patient]
    if said.fill_patient:
        for k, name in enumerate(names):
            last[0] = names[k] = name or last[0]
    places, unique = pd.factorize(layout.moments(columns))
    hours, unread = clock.read(unique)
    for reasons in (np.where(names == "", NAMELESS, ""), np.array(unread, object)[places]):
        wrong = np.where(wrong == "", reasons, wrong)
    numbers = np.array([n for n, _ in rows], np.int64)
    reader.read(_Who(numbers, names, reader.gathered.codes(names), hours[places], wrong), columns)


@dataclass
class _Wide:
    """Reads a table with a column for each analyte."""

    gathered: Gathered
    sheet: Sheet
    layout: Layout
    said: Mapping

    def __post_init__(self) -> None:
        for place in self.layout.values:
            head = self.sheet.heads[place]
            found = target(head, "", self.said.column(head), self.said)
            if found.analyte and found.analyte.name in ENDINGS and not found.said.analyte:
                found.refused = ENDED
            self.gathered.targets.append(found)

    def read(self, who: _Who, columns: list[NDArray[np.object_]]) -> None:
        """Read the cells of each column that hold anything."""
        for k, place in enumerate(self.layout.values):
            full = columns[place] != ""
            take(
                self.gathered, k, who.rows[full], columns[place][full], patients=who.patients[full],
                names=who.names[full], hours=who.hours[full], wrong=who.wrong[full],
                heading=self.sheet.heads[place],
            )  # fmt: skip


@dataclass
class _Long:
    """Reads a table with a row for each value."""

    gathered: Gathered
    sheet: Sheet
    layout: Layout
    said: Mapping
    places: dict[tuple[str, str, str, bool], int] = field(default_factory=dict)

    def read(self, who: _Who, columns: list[NDArray[np.object_]]) -> None:
        """Read the value of each row; rows of one analyte, unit and method go together."""
        layout, empty = self.layout, np.full(len(who.rows), "", object)
        assert layout.analyte is not None
        assert layout.value is not None
        names, values = columns[layout.analyte], columns[layout.value]
        places = (layout.unit, layout.method, layout.limit, layout.note)
        unit, method, limit, note = (columns[k] if k is not None else empty for k in places)
        values = np.array([s + v for s, v in zip(limit, values, strict=True)], object)
        kinds = pd.DataFrame({"name": names, "unit": unit, "method": method, "told": note == TOLD})
        for key, found in kinds.groupby(list(kinds), sort=False).indices.items():
            at = np.sort(found)
            take(
                self.gathered, self._place(key), who.rows[at], values[at], patients=who.patients[at],
                names=who.names[at], hours=who.hours[at], wrong=who.wrong[at], heading=str(key[0]),
            )  # fmt: skip

    def _place(self, key: tuple[str, str, str, bool]) -> int:
        if key not in self.places:
            if len(self.places) >= 10_000:
                raise InputError(
                    "the table has more than 10,000 kinds of analyte, unit and method", "names of analytes",
                    "check which column is which in a mapping",
                )  # fmt: skip
            name, unit, method, told = key
            found = target(name, unit, self.said.column(name), self.said, method=method)
            found.in_moles = found.in_moles or told
            self.places[key] = len(self.gathered.targets)
            self.gathered.targets.append(found)
        return self.places[key]
