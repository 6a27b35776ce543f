"""Which column of a table is the patient, the time, a value; and whether the table is long or wide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cytostorm.errors import InputError, did_you_mean
from cytostorm.ward.analytes import named
from cytostorm.ward.mapping import Mapping
from cytostorm.ward.spelling import plain, split_unit

PATIENT = ("patient", "patient id", "patientid", "subject id", "subject", "subjectid", "id", "case",
           "case id", "pid", "mrn", "patient number", "hadm id", "stay id")  # fmt: skip
TIME = ("time", "date", "datetime", "date time", "re date", "timestamp", "charttime", "sample time",
        "sampling time", "collection time", "collected", "observation date", "hours", "hour", "day", "days",
        "hospital day")  # fmt: skip
ANALYTE = ("analyte", "test", "test name", "item", "parameter", "lab", "lab name", "label", "name",
           "measurement", "variable", "component")  # fmt: skip
VALUE = ("value", "result", "valuenum", "result value", "level", "number")
UNIT = ("unit", "units", "valueuom", "uom", "result unit")
METHOD = ("method", "kit", "assay", "platform")
CLOCK = re.compile(r"^\d{1,2}:\d{2}")
LIMIT, NOTE = ("limit", "qualifier"), ("note", "row", "comment", "comments")


@dataclass(frozen=True)
class Layout:
    """Places of columns; None where there is no such column.

    values : places of the columns that hold measurements, of a wide table.
    limit : of a long table, where < and > stand in a column of their own.
    note : of a long table, where it says what was told in moles.
    date : where there is a date beside the time; joined if times are those of a clock, such as 07:30.
    """

    patient: int
    time: int
    analyte: int | None = None
    value: int | None = None
    unit: int | None = None
    method: int | None = None
    limit: int | None = None
    values: tuple[int, ...] = ()
    note: int | None = None
    date: int | None = None
    joined: bool = False

    def moments(self, columns: Sequence[Any]) -> Any:
        """Return the column of times; with the dates before them if these are joined."""
        if not self.joined or self.date is None:
            return columns[self.time]
        return columns[self.date] + " " + columns[self.time]

    def seen(self, rows: list[list[str]]) -> Layout:
        """Return it, joined if the first rows have times of a clock."""
        times = [row[self.time].strip() for row in rows if self.time < len(row)]
        clocks = sum(CLOCK.match(t) is not None for t in times)
        return replace(self, joined=self.date is not None and clocks * 2 > len(times))

    @property
    def long(self) -> bool:
        """Whether each row is one entry."""
        return self.value is not None


def layout_of(heads: tuple[str, ...], mapping: Mapping) -> Layout:
    """Return where things stand in a table.

    Raises InputError if there is no patient, no time or no value.
    """
    _all_there(heads, mapping)
    patient = _place(heads, mapping.patient, PATIENT)
    time = _place(heads, mapping.time, TIME)
    for what, place in (("patient", patient), ("time", time)):
        if place is None:
            raise InputError(
                f"no column says the {what}",
                f"a column such as {what!r}; there are: {', '.join(heads)[:300]}",
                f'say {what} = "NAME OF THE COLUMN" in a mapping',
            )  # fmt: skip
    assert patient is not None
    assert time is not None
    date = None if mapping.time or plain(heads[time]) == "date" else _place(heads, "", ("date",))
    analyte, value = _place(heads, mapping.analyte, ANALYTE), _place(heads, mapping.value, VALUE)
    if mapping.layout != "wide" and analyte is not None and value is not None:
        unit, method = _place(heads, mapping.unit, UNIT), _place(heads, mapping.method, METHOD)
        return Layout(
            patient,
            time,
            analyte,
            value,
            unit,
            method,
            _place(heads, "", LIMIT),
            note=_place(heads, "", ("note",)),
            date=date,
        )
    if mapping.layout == "long":
        raise InputError(
            "no columns say the analyte and the value",
            "a long table",
            'say analyte = "..." and value = "..." in a mapping',
        )
    aside = {plain(a) for a in mapping.aside} | {plain(n) for n in NOTE}
    values = tuple(
        k
        for k, head in enumerate(heads)
        if k not in (patient, time, date) and head and plain(head) not in aside
    )
    if not any(
        named(heads[k]) or named(split_unit(heads[k])[0]) or mapping.column(heads[k]).analyte for k in values
    ):
        raise InputError(
            "no column is a known analyte",
            f"columns such as 'CRP (mg/L)'; there are: {', '.join(heads)[:300]}",
            'say [columns."NAME"] analyte = "..." in a mapping',
        )  # fmt: skip
    return Layout(patient, time, values=values, date=date)


def _all_there(heads: tuple[str, ...], mapping: Mapping) -> None:
    """Raise InputError if a mapping names a column that the table lacks."""
    known = {plain(h) for h in heads}
    roles = (mapping.patient, mapping.time, mapping.analyte, mapping.value, mapping.unit, mapping.method)
    for name in (*(r for r in roles if r), *mapping.aside):
        if plain(name) not in known:
            raise InputError(
                f"the mapping names a column {name!r} that the table lacks", "a column of the table",
                did_you_mean(name, list(heads)),
            )  # fmt: skip


def _place(heads: tuple[str, ...], said: str, names: tuple[str, ...]) -> int | None:
    """Return where a column stands: that which is said, else the first of the usual names."""
    folded = [plain(h) for h in heads]
    if said:
        return folded.index(plain(said))
    bare = [plain(split_unit(h)[0]) for h in heads]
    return next((row.index(n) for n in names for row in (folded, bare) if n in row), None)
