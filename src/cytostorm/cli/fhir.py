"""What cytostorm grade does with FHIR: which files are bundles, and grades as a bundle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cytostorm.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from cytostorm.report.stay import Told
    from cytostorm.ward.fhir_write import Zero

GRADES = "grades.fhir.json"


def is_json(file: Path) -> bool:
    """Return whether a file is JSON, by its name or its first sign."""
    if file.suffix.lower() == ".json":
        return True
    try:
        with file.open("rb") as stream:
            return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except (OSError, ValueError):
        return False


def no_table(**options: object) -> None:
    """Raise InputError if an option is given that is for tables."""
    given = [name for name, value in options.items() if value]
    if given:
        raise InputError(f"--{given[0]} with a bundle", "a table", f"leave --{given[0]} out")


def grades_text(told: Told, zero: str, place: Path | None) -> str:
    """Return readings and answers of scores as a bundle.

    zero : date and time of hour 0, of tables without dates; else empty. place : the folder it is for.
    Raises InputError if there is no folder, no date, or two, or the bundle would be too large.
    """
    from cytostorm.criteria.catalogue import find
    from cytostorm.ward.fhir_write import as_json, bundle

    if place is None:
        raise InputError("--fhir with --json", "a folder to write to", "add --out FOLDER")
    table, grades = told.reading.table, told.grades
    asked = {(s, p.name) for s in map(str, grades["score"].unique()) for p in find(s).answers}
    pairs = zip(map(str, grades["score"]), map(str, grades["part"]), strict=True)
    answers = grades[[pair in asked for pair in pairs]]
    return as_json(bundle(table, zero=_zero(table, zero), grades=answers))


def _zero(table: pd.DataFrame, text: str) -> Zero:
    """Return hour 0 of all patients or of each."""
    from cytostorm.ward.fhir_write import zeros

    if ("date" in table.columns) == bool(text):
        wrong = "--zero with a table of dates" if text else "--fhir of a table without dates"
        raise InputError(
            wrong, "dates in the table, or that of hour 0", "leave --zero out" if text else "add --zero DATE"
        )
    try:
        return datetime.fromisoformat(text) if text else zeros(table)
    except ValueError:
        raise InputError(f"--zero is {text!r}", 'such as "2026-03-01 08:30"', "write it so") from None
