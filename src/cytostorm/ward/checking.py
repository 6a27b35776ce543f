"""What can only be seen of a whole table: wrong units throughout, doubles, dates that jump."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.ward.analyte import TOLD
from cytostorm.ward.entries import LIMITS, Gathered
from cytostorm.ward.target import Target
from cytostorm.ward.times import FARTHEST

DOUBTED, FEWEST = 0.2, 3
"""Share and number of impossible values from which on a unit is doubted for all values under a name."""
MISTAKE = "unit mistake"
Columns = dict[str, NDArray[np.generic]]


def checked(gathered: Gathered, *, dated: bool, time_heading: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the long table of what can be used, and how many entries became what.

    dated : whether times are dates. time_heading : name of the column of times.
    """
    rows = gathered.columns()
    names = np.array([*gathered.patients, ""], object)
    for step in (_doubted, _far, _twice):
        rows = step(gathered, rows, names)
    _jumps(gathered, rows, names, time_heading)
    table = _table(gathered, rows, names, dated=dated)
    unlike = np.array([bool(t.analyte) and t.unlike for t in gathered.targets] or [False])
    converted = int(unlike[rows["target"]].sum()) if len(table) else 0
    counts = {
        "entries": gathered.entries, "accepted": len(table) - converted, "converted": converted,
        "not used": gathered.entries - len(table),
    }  # fmt: skip
    return table, counts


def _without(
    gathered: Gathered, rows: Columns, bad: NDArray[np.bool_], names: NDArray[np.object_], reasons: object
) -> Columns:
    """Return entries without the bad ones, which are told as problems."""
    if bad.any():
        _tell(gathered, {k: v[bad] for k, v in rows.items()}, names, reasons, used=False)
    return {k: v[~bad] for k, v in rows.items()}


def _tell(
    gathered: Gathered, rows: Columns, names: NDArray[np.object_], reasons: object, *, used: bool
) -> None:
    targets = gathered.targets
    shown = [
        _shown(targets[int(t)], value, int(limit))
        for t, value, limit in zip(rows["target"], rows["value"], rows["limit"], strict=True)
    ]
    heads = [targets[int(t)].heading for t in rows["target"]]
    gathered.refuse(
        row=rows["row"], column=heads, patient=names[rows["patient"]], value=shown, reason=reasons, used=used
    )


def _shown(target: Target, value: float, limit: int) -> str:
    """Return a number with its unit, or the word it stands for."""
    words = target.kept.fact.words
    return words[int(value)] if words else f"{LIMITS[limit]}{value:g} {target.kept.unit}".strip()


def _doubted(gathered: Gathered, rows: Columns, names: NDArray[np.object_]) -> Columns:
    """Leave out all values under a name of which so many are impossible that the unit must be wrong."""
    told = pd.concat(gathered.problems) if gathered.problems else None
    if told is None:
        return rows
    mistaken = told[told["reason"].str.contains(MISTAKE, regex=False)].groupby("column").size()
    bad, reasons = np.zeros(len(rows["row"]), bool), np.full(len(rows["row"]), "", object)
    for heading, n in mistaken.items():
        places = [k for k, t in enumerate(gathered.targets) if t.heading == heading]
        mine = np.isin(rows["target"], places)
        whole = int(mine.sum()) + int(n)
        if n >= FEWEST and n >= DOUBTED * whole:
            bad |= mine
            reasons[mine] = (
                f"has a doubtful unit: {n:,} of {whole:,} values of this name are impossible in it"
            )
    return _without(gathered, rows, bad, names, reasons[bad])


def _far(gathered: Gathered, rows: Columns, names: NDArray[np.object_]) -> Columns:
    """Leave out entries years away from the patient's others, which are mistakes in the year."""
    if not len(rows["row"]):
        return rows
    middle = pd.Series(rows["time"]).groupby(rows["patient"]).transform("median").to_numpy()
    bad = np.abs(rows["time"] - middle) > FARTHEST
    return _without(gathered, rows, bad, names, "is dated more than 5 years from the patient's other entries")


def _twice(gathered: Gathered, rows: Columns, names: NDArray[np.object_]) -> Columns:
    """Leave out what is there twice; remark on two values of one moment, which are both used."""
    kept = np.array([_identity(t.kept.name) if t.analyte else -1 for t in gathered.targets] or [0])
    frame = pd.DataFrame(
        {"p": rows["patient"], "t": rows["time"], "a": kept[rows["target"]] if len(rows["row"]) else []}
    )
    if not len(frame):
        return rows
    again = frame.duplicated(keep="first").to_numpy()
    if not again.any():
        return rows
    first = (
        frame.assign(row=rows["row"])
        .groupby(["p", "t", "a"], sort=False)["row"]
        .transform("first")
        .to_numpy()
    )
    same = frame.assign(v=rows["value"], l=rows["limit"]).duplicated(keep="first").to_numpy()
    other = again & ~same
    if other.any():
        told = [f"has another value at the same time in row {r}; both are used" for r in first[other]]
        _tell(gathered, {k: v[other] for k, v in rows.items()}, names, told, used=True)
    return _without(gathered, rows, same, names, [f"is there already, in row {r}" for r in first[same]])


def _identity(name: str) -> int:
    from cytostorm.ward.analytes import everything

    return list(everything()).index(name)


def _jumps(gathered: Gathered, rows: Columns, names: NDArray[np.object_], heading: str) -> None:
    """Remark on rows earlier than one above of the same patient and analyte; they are put in order."""
    frame = pd.DataFrame({k: rows[k] for k in ("row", "patient", "target", "time")})
    frame = frame.sort_values(["patient", "target", "row"], kind="stable")
    back = (frame["time"].diff() < 0) & (frame["patient"].diff() == 0) & (frame["target"].diff() == 0)
    frame = frame[back].drop_duplicates("row")
    gathered.refuse(
        row=frame["row"].to_numpy(), column=heading, patient=names[frame["patient"].to_numpy()], value="",
        reason="is earlier than a row above of the same patient; put in order", used=True,
    )  # fmt: skip


def _table(gathered: Gathered, rows: Columns, names: NDArray[np.object_], *, dated: bool) -> pd.DataFrame:
    """Return the long table, by patient and time."""
    targets = gathered.targets
    order = np.lexsort((rows["row"], rows["time"], rows["patient"]))
    rows = {k: v[order] for k, v in rows.items()}
    hours = rows["time"].astype(float)
    if dated and len(hours):
        hours = hours - pd.Series(hours).groupby(rows["patient"]).transform("min").to_numpy()

    def of_target(texts: list[str]) -> pd.Categorical:
        kinds = list(dict.fromkeys(texts))
        codes = np.array([kinds.index(t) for t in texts])
        return pd.Categorical.from_codes(codes[rows["target"]] if len(order) else [], categories=kinds)

    names_of = [t.kept.name if t.analyte else "" for t in targets] or [""]
    notes = [TOLD if t.in_moles else "" for t in targets] or [""]
    units_of = [t.kept.unit if t.analyte else "" for t in targets] or [""]
    table = pd.DataFrame({
        "patient": pd.Categorical.from_codes(rows["patient"], categories=names[:-1].astype(str)),
        "time": hours,

        "analyte": of_target(names_of),
        "value": rows["value"].astype(float),
        "limit": pd.Categorical.from_codes(rows["limit"], categories=list(LIMITS)),

        "unit": of_target(units_of),
        "method": of_target([t.method for t in targets] or [""]),
        "note": of_target(notes),
        "row": rows["row"],
    })  # fmt: skip
    if dated:
        table["date"] = (rows["time"] * 3600).round().astype("int64").astype("datetime64[s]")
    return table
