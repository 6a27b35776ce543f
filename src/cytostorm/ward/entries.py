"""Entries of a table as they are gathered: those that can be used, and those that cannot, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.ward.target import Target

PROBLEM = ("row", "column", "patient", "value", "reason", "used")
LIMITS = ("", "<", ">")
SHOWN = 60
"""Letters of a cell that a problem shows."""


@dataclass
class Gathered:
    """What was read of a table so far.

    patients : place of each patient's name. targets : what is measured, by place.
    parts : columns of used entries, a part each time. problems : columns of problems, likewise.
    """

    patients: dict[str, int] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    parts: list[dict[str, NDArray[np.generic]]] = field(default_factory=list)
    problems: list[pd.DataFrame] = field(default_factory=list)
    entries: int = 0

    def codes(self, names: NDArray[np.object_]) -> NDArray[np.int32]:
        """Return the place of each patient."""
        places, unique = pd.factorize(names)
        known = [self.patients.setdefault(name, len(self.patients)) for name in unique]
        return np.array(known, np.int32)[places] if known else np.empty(0, np.int32)

    def use(self, **columns: NDArray[np.generic]) -> None:
        """Keep entries that can be used."""
        if len(columns["row"]):
            self.parts.append(columns)

    def refuse(self, *, used: bool = False, **columns: object) -> None:
        """Keep problems: row, column, patient, value, reason; `used` ones remark on used entries."""
        found = pd.DataFrame({**columns, "used": used})
        if len(found):
            found["value"] = [str(v)[:SHOWN] for v in found["value"]]
            self.problems.append(found[list(PROBLEM)])

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the columns of all used entries."""
        empty: dict[str, NDArray[np.generic]] = {
            "row": np.empty(0, np.int64), "patient": np.empty(0, np.int32), "time": np.empty(0),
            "target": np.empty(0, np.int16), "value": np.empty(0), "limit": np.empty(0, np.int8),
        }  # fmt: skip
        return {k: np.concatenate([p[k] for p in self.parts]) if self.parts else v for k, v in empty.items()}


def take(
    gathered: Gathered, target: int, rows: NDArray[np.int64], texts: NDArray[np.object_], *,
    patients: NDArray[np.int32], names: NDArray[np.object_], hours: NDArray[np.float64],
    wrong: NDArray[np.object_],
    heading: str,
) -> None:  # fmt: skip
    """Read cells of one kind, and keep or refuse each.

    target : place of what they measure. rows, texts, patients, names, hours : of each cell.
    wrong : why the row cannot be used; empty if it can. heading : the column's name.
    """
    places, unique = pd.factorize(texts)
    value, limit, reasons = (column[places] for column in _read(gathered.targets[target], unique))
    reasons = np.where(wrong != "", wrong, reasons)
    good = reasons == ""
    gathered.entries += len(texts)
    gathered.use(
        row=rows[good], patient=patients[good], time=hours[good], value=value[good], limit=limit[good],
        target=np.full(int(good.sum()), target, np.int16),
    )  # fmt: skip
    bad = ~good
    gathered.refuse(row=rows[bad], column=heading, patient=names[bad], value=texts[bad], reason=reasons[bad])


def _read(
    target: Target, unique: NDArray[np.object_]
) -> tuple[NDArray[np.float64], NDArray[np.int8], NDArray[np.object_]]:
    """Return number, limit and what is wrong of each text; plain numbers are read at once."""
    value, limit = np.full(len(unique), np.nan), np.zeros(len(unique), np.int8)
    reasons = np.full(len(unique), "", object)
    plain = target.plain(unique)
    if plain.any():
        value[plain] = target.at_once(unique[plain])
    for place in np.flatnonzero(np.isnan(value)):
        cell = target.read(unique[place])
        value[place], limit[place], reasons[place] = cell.value, LIMITS.index(cell.limit), cell.wrong
    return value, limit, reasons
