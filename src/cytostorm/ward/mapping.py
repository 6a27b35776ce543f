"""A mapping file: which column is what, in which unit, for tables that do not say it themselves."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cytostorm.errors import InputError, did_you_mean
from cytostorm.ward.analytes import everything, named
from cytostorm.ward.spelling import plain, unit_of

MAX_BYTES = 1_000_000
"""Largest mapping file."""
LAYOUTS = ("", "long", "wide")
CLOCKS = ("", "h", "day", "min")


@dataclass(frozen=True)
class Column:
    """What is said of one column of a wide table, or of one analyte's name in a long one.

    analyte : its name in the catalogue. unit : of its numbers. method : the kit. kind : FEU or DDU, of
        D-dimers.
    possible : (low, high) beyond which a number is no such thing here, in `unit`.
    floor, ceiling : numbers that the laboratory writes for "at most" and "at least", in `unit`.
    minus : what is taken off each number, in `unit`, such as the laboratory's upper limit of a clotting time.
    words : what a cell's text stands for. ignore : why the column is left out.
    """

    analyte: str = ""
    unit: str = ""
    method: str = ""
    kind: str = ""
    possible: tuple[float, float] = (-math.inf, math.inf)
    floor: float = math.nan
    ceiling: float = math.nan
    minus: float = 0.0
    words: Map[str, str] = field(default_factory=dict)
    ignore: str = ""


@dataclass(frozen=True)
class Mapping:
    """What is said of a table.

    layout : "long", "wide", or empty to find out. patient, time, analyte, value, unit, method : columns'
        names.
    clock : unit of a time that is a number: "h", "day" or "min". date_format : as of strftime.
    decimal : "." or ","; empty to find out. missing : texts that stand for no value.
    fill_patient : whether a patient's name stands in its first row only.
    usual_units : whether numbers without a unit are in the catalogue's.
    aside : columns that are no measurements, such as an outcome.
    columns : what is said of columns, by their plain names.
    """

    layout: str = ""
    patient: str = ""
    time: str = ""
    analyte: str = ""
    value: str = ""
    unit: str = ""
    method: str = ""
    clock: str = ""
    date_format: str = ""
    decimal: str = ""
    missing: tuple[str, ...] = ()
    fill_patient: bool = False
    usual_units: bool = False
    aside: tuple[str, ...] = ()
    columns: Map[str, Column] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return what is said of a column; an empty one if nothing is."""
        return self.columns.get(plain(name), Column())


def read_mapping(path: str | Path) -> Mapping:
    """Return the mapping of a TOML file.

    Raises InputError if it cannot be read or says what is not understood.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InputError(
                f"{file.name} is larger than {MAX_BYTES:,} bytes", "a mapping file", "check the path"
            )
        return mapping_of(tomllib.loads(data.decode("utf-8-sig")), file.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{str(path)!r} cannot be read: {reason}", "a mapping file (.toml)", "check the path and the text"
        ) from None


def mapping_of(content: Map[str, Any], where: str = "mapping") -> Mapping:
    """Return the mapping that tables of TOML say: [table], and [columns."NAME"] for each column.

    where : how messages call it.
    Raises InputError that names what is not understood, and the nearest that is.
    """
    _known(content, ("table", "columns"), where)
    table, columns = content.get("table", {}), content.get("columns", {})
    for name, part in (("table", table), ("columns", columns)):
        if not isinstance(part, dict):
            raise InputError(f"{where}: {name} is no table", f"[{name}]", "see docs/real-patients.md")
    said = _typed(Mapping, table, f"{where}, [table]", without=("columns",))
    found: dict[str, Column] = {}
    for name, one in columns.items():
        if not isinstance(one, dict):
            raise InputError(
                f"{where}: columns.{name!r} is no table", "analyte, unit, ...", "write { unit = ... }"
            )
        if plain(name) in found:
            raise InputError(f"{where}: column {name!r} is described twice", "once", "leave one out")
        here = f"{where}, column {name!r}"
        found[plain(name)] = _checked(Column(**_typed(Column, one, here)), here)
    mapping = Mapping(**{**said, "columns": found})
    _one_of(mapping.layout, LAYOUTS, f"{where}: layout")
    _one_of(mapping.clock, CLOCKS, f"{where}: clock")
    _one_of(mapping.decimal, ("", ".", ","), f"{where}: decimal")
    return mapping


def _typed(kind: type, given: Map[str, Any], where: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the values of a table that fit the fields of a kind."""
    blank = kind()
    known = [f.name for f in fields(kind) if f.name not in without]
    _known(given, known, where)
    out: dict[str, Any] = {}
    for name, value in given.items():
        usual = getattr(blank, name)
        if isinstance(usual, tuple) and isinstance(value, list):
            inner = float if name == "possible" else str
            if not all(isinstance(v, (int, float) if inner is float else str) for v in value):
                raise InputError(f"{where}: {name} is {value!r}", f"a list of {inner.__name__}", "mend it")
            value = tuple(inner(v) for v in value)  # noqa: PLW2901 - the same value, typed
        elif isinstance(usual, float) and isinstance(value, (int, float)) and not isinstance(value, bool):
            value = float(value)  # noqa: PLW2901 - the same
        elif isinstance(usual, Map) and isinstance(value, dict):
            value = {plain(str(k)): str(v) for k, v in value.items()}  # noqa: PLW2901 - the same
        elif type(value) is not type(usual):
            raise InputError(f"{where}: {name} is {value!r}", f"a {type(usual).__name__}", "mend it")
        out[name] = value
    return out


def _checked(column: Column, where: str) -> Column:
    """Return a column whose analyte and unit are known."""
    if column.analyte and named(column.analyte) is None:
        raise InputError(
            f"{where}: there is no analyte {column.analyte!r}", "one of the catalogue",
            did_you_mean(column.analyte, sorted(everything())),
        )  # fmt: skip
    if column.unit and unit_of(column.unit) is None:
        raise InputError(f"{where}: unit {column.unit!r} cannot be read", "such as mg/L", "write another")
    ends = list(column.possible)
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise InputError(f"{where}: possible is {ends}", "[low, high]", "give both ends, rising")
    _one_of(column.kind, ("", "FEU", "DDU"), f"{where}: kind")
    return column


def _known(given: Map[str, Any], known: list[str] | tuple[str, ...], where: str) -> None:
    for name in given:
        if name not in known:
            raise InputError(
                f"{where}: {name!r} means nothing", "known names", did_you_mean(name, list(known))
            )


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise InputError(
            f"{what} is {value!r}", "one of: " + ", ".join(a for a in allowed if a), "choose one"
        )
