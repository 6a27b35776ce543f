"""Rows of text out of files: CSV in the encodings and separators of hospitals, and Excel."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cytostorm.errors import InputError, missing_extra

MOST_BYTES = 4_000_000_000
"""Largest file that is read; a larger one is refused before anything is."""
MOST_COLUMNS = 10_000
MOST_SHEET = 200_000_000
"""Largest Excel file, in bytes unpacked: such files are small parcels of large texts."""
LOOKED_AT = 65_536
"""Bytes that encoding and separator are told from."""
LONGEST_ROW = 50
"""Lines that one row may run over, inside quotation marks; more is a mark that was never closed."""
SEPARATORS = ",;\t|"
EXCEL = (".xlsx", ".xlsm")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Sheet:
    """A table as text.

    heads : names of the columns. rows : (row of the file, its cells), the heads being row 1 of most files.
    separator : of a CSV; empty of Excel.
    """

    heads: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    separator: str = ""


def open_sheet(path: str | Path, most: int = MOST_BYTES) -> Sheet:
    """Return the table of a file, whose rows are read as they are asked for.

    most : bytes; a larger file is refused.
    Raises InputError if there is no such file, it is no table, or too large.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise InputError(
                f"there is no file {str(path)!r}", "a table: .csv, .tsv or .xlsx", "check the path"
            )
        size = file.stat().st_size
        if size > most:
            raise InputError(
                f"{file.name} has {size:,} bytes", f"at most {most:,}",
                "split it by patients and read the parts one by one",
            )  # fmt: skip
        if size == 0:
            raise InputError(f"{file.name} is empty", "a table with a line of headings", "check the export")
        rows, separator = (_excel(file), "") if file.suffix.lower() in EXCEL else _text(file)
        number, heads = next(rows, (0, []))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(f"{str(path)!r} cannot be read: {reason}", "a table", "check the path") from None
    return Sheet(_headed(heads, file.name, number), rows, separator)


def _headed(heads: list[str], name: str, row: int) -> tuple[str, ...]:
    """Return the headings, trailing empty ones left off."""
    while heads and not heads[-1].strip():
        heads = heads[:-1]
    if len(heads) < 2:
        raise InputError(
            f"{name} has {len(heads)} column in its headings (row {row})", "a table of several columns",
            "separate columns by , ; | or tabs",
        )  # fmt: skip
    if len(heads) > MOST_COLUMNS:
        raise InputError(f"{name} has {len(heads):,} columns", f"at most {MOST_COLUMNS:,}", "leave some out")
    seen: set[str] = set()
    for head in heads:
        if head.strip() and head.strip() in seen:
            raise InputError(f"{name} has two columns {head.strip()[:60]!r}", "one of each", "rename one")
        seen.add(head.strip())
    return tuple(head.strip() for head in heads)


def _text(file: Path) -> tuple[Iterator[tuple[int, list[str]]], str]:
    """Return the rows of a text file, and what separates its cells."""
    with file.open("rb") as stream:
        start = stream.read(LOOKED_AT)
    encoding = _encoding(start, file)
    first = start.decode(encoding, errors="ignore").lstrip("\ufeff\r\n \t").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    return _lines(file, encoding, separator), separator


def _encoding(start: bytes, file: Path) -> str:
    """Return how a text is encoded; utf-8 if the whole file is, else latin-1."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if start.count(0) > len(start) // 4:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > 4 * min(even, odd) + 1:
            return "utf-16-le" if odd > even else "utf-16-be"
    if 0 in start or start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise InputError(
            f"{file.name} is no text but binary", "a table as text (.csv), or Excel named .xlsx",
            "export it as CSV",
        )  # fmt: skip
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as stream:
        try:
            while block := stream.read(1 << 22):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8"


def _lines(file: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds anything, with the number of its first line."""
    with file.open(encoding=encoding, newline="", errors="replace") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        while True:
            row = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise InputError(
                    f"{file.name}, row {row}: {error}", "quotation marks in pairs, short cells",
                    "mend the row; the file may be cut off there",
                ) from None  # fmt: skip
            if cells is None:
                return
            if reader.line_num - row >= LONGEST_ROW:
                raise InputError(
                    f"{file.name}, row {row}: a quotation mark is not closed for {LONGEST_ROW} lines",
                    "quotation marks in pairs", "close it",
                )  # fmt: skip
            if any(cells):
                yield row, cells


def _excel(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of the first sheet that holds anything."""
    try:
        import openpyxl
    except ImportError as error:
        raise missing_extra("Excel tables", "excel") from error
    from zipfile import ZipFile

    try:
        with ZipFile(file) as parcel:
            unpacked = sum(part.file_size for part in parcel.infolist())
        book = (
            openpyxl.load_workbook(io.BytesIO(file.read_bytes()), read_only=True, data_only=True)
            if unpacked <= MOST_SHEET
            else None
        )
    except _broken() as error:
        raise InputError(f"{file.name} is no Excel file: {error}", "a .xlsx", "export it as CSV") from None
    if book is None:
        raise InputError(
            f"{file.name} unpacks to {unpacked:,} bytes", f"at most {MOST_SHEET:,}", "export it as CSV"
        )
    return _cells(book, file.name)


def _broken() -> tuple[type[Exception], ...]:
    """Return what damaged Excel files raise, when they are opened and while they are read."""
    import zlib
    from zipfile import BadZipFile

    return (
        BadZipFile, zlib.error, KeyError, ValueError, OSError, TypeError, EOFError, SyntaxError,
        NotImplementedError, AttributeError, IndexError, OverflowError,
    )  # fmt: skip


def _cells(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        with suppress(AttributeError):
            book.worksheets[0].reset_dimensions()
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            texts = [_shown(c) for c in cells]
            if any(texts):
                yield number, texts
    except _broken() as error:
        raise InputError(
            f"{name} is damaged after row {number}: {error}", "a whole .xlsx", "export it again, or as CSV"
        ) from None


def _shown(cell: object) -> str:
    """Return a cell of Excel as text."""
    if cell is None:
        return ""
    if isinstance(cell, (datetime, date)):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return repr(cell) if isinstance(cell, float) else str(cell)
