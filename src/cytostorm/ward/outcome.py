"""What became of patients, from a column of the table that is no measurement."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cytostorm.errors import InputError, did_you_mean
from cytostorm.ward.layout import layout_of
from cytostorm.ward.mapping import Mapping
from cytostorm.ward.sheet import open_sheet
from cytostorm.ward.spelling import plain

YES = frozenset(
    {
        "1",
        "1 0",
        "yes",
        "y",
        "true",
        "died",
        "dead",
        "death",
        "deceased",
        "nonsurvivor",
        "non survivor",
        "expired",
    }
)
NO = frozenset(
    {"0", "0 0", "no", "n", "false", "alive", "lived", "survived", "survivor", "discharged", "recovered"}
)


def outcomes(path: str | Path, column: str, mapping: Mapping) -> pd.Series:
    """Return whether the outcome came true (True or False) by patient; who has none is left out.

    column : with yes or no, 1 or 0, died or alive in a patient's rows.
    Raises InputError if there is no such column, or a patient has two outcomes, or one that cannot be read.
    """
    sheet = open_sheet(path)
    folded = [plain(h) for h in sheet.heads]
    if plain(column) not in folded:
        raise InputError(
            f"there is no column {column!r}",
            "the column of an outcome",
            did_you_mean(column, list(sheet.heads)),
        )
    layout = layout_of(sheet.heads, mapping)
    place, last = folded.index(plain(column)), ""
    found: dict[str, bool] = {}
    for row, cells in sheet.rows:
        name = cells[layout.patient].strip() if layout.patient < len(cells) else ""
        last = name = name or (last if mapping.fill_patient else "")
        text = plain(cells[place]) if place < len(cells) else ""
        if not text or not name:
            continue
        if text not in YES and text not in NO:
            raise InputError(
                f"row {row}: outcome {cells[place][:40]!r} cannot be read", "1 or 0, died or alive", "mend it"
            )
        if found.setdefault(name, text in YES) != (text in YES):
            raise InputError(
                f"row {row}: patient {name[:40]!r} has two outcomes", "one for each patient", "mend the table"
            )
    return pd.Series(found, dtype=bool, name=column)


def with_aside(mapping: Mapping, column: str) -> Mapping:
    """Return a mapping that takes a column for no measurement."""
    return (
        mapping
        if not column or column in mapping.aside
        else Mapping(**{**vars(mapping), "aside": (*mapping.aside, column)})
    )
