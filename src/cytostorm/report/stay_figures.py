"""The pictures of real patients: main analytes and scores over the days, of one patient or of groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cytostorm.criteria.catalogue import find
from cytostorm.plot import stay, style
from cytostorm.report.numbers import no_limit, number
from cytostorm.ward.analytes import everything

if TYPE_CHECKING:
    from cytostorm.report.stay import Told

MAIN = (
    "temperature", "crp", "ferritin", "il6", "d_dimer", "fibrinogen", "platelets", "inr", "wbc",
    "neutrophils",
    "lymphocytes", "haemoglobin", "ldh", "ast", "alt", "bilirubin", "creatinine", "urea", "lactate",
    "albumin",
    "troponin_i", "procalcitonin", "triglycerides", "soluble_il2r", "tnf", "il8", "il10", "il1b", "pf",
    "spo2", "heart_rate", "respiratory_rate", "systolic", "map", "noradrenaline", "gcs",
)  # fmt: skip
"""Analytes that are drawn, in this order, if they were measured."""
MOST, MOST_SCORES = 20, 12
FEWEST = 5
"""Patients of a group from whom a median of a day is drawn."""
ROOM = 5.0
"""How many times the highest lower answer is drawn of a score that may have no limit."""
LONGEST = 42.0
"""Days of a group that are drawn."""


def drawn(told: Told) -> dict[str, Any]:
    """Return panels of analytes and of scores, and the key of the groups."""
    table = told.reading.table
    groups = _groups(told)
    counts = table["analyte"].value_counts()
    names = [n for n in MAIN if counts.get(n, 0) > 0]
    panels = [_levels(table, n, told, groups) for n in names]
    scores = list(told.grades["score"].cat.categories) if len(told.grades) else []
    known = (told.grades["known"] / told.grades["of"]).groupby(told.grades["score"], observed=True).mean()
    scores = sorted(scores, key=lambda s: -float(known[s]))
    if told.separated is not None:
        best = told.separated.groupby("score")["auc"].max().sort_values(ascending=False)
        scores = [s for s in best.index if s in scores]
    return {
        "levels": [p for p in panels if p][:MOST],
        "grades": [p for p in (_grades(told, s, groups) for s in scores[:MOST_SCORES]) if p],
        "key": [(colour, style.on_page(colour), name) for name, colour, _, _ in groups]
        if len(groups) > 1
        else [],
    }


def _groups(told: Told) -> list[tuple[str, str, set[str] | None, int]]:
    """Return name, colour, patients and place of each group; None stands for all patients."""
    if told.patient:
        return [(f"patient {told.patient}", style.BLUE, {told.patient}, 0)]
    if told.outcome is None:
        return [("all patients", style.BLUE, None, 0)]
    so = told.outcome.astype(bool)
    return [
        (f"{told.outcome.name}: no", style.BLUE, set(told.outcome.index[~so]), 0),
        (f"{told.outcome.name}: yes", style.VERMILION, set(told.outcome.index[so]), 1),
    ]


def _of(frame: pd.DataFrame, patients: set[str] | None) -> pd.DataFrame:
    return frame if patients is None else frame[frame["patient"].isin(patients)]


def _levels(
    table: pd.DataFrame, name: str, told: Told, groups: Iterable[tuple[str, str, set[str] | None, int]]
) -> Any:
    mine = table[table["analyte"] == name]
    found = []
    for heading, colour, patients, place in groups:
        here = _of(mine, patients)
        if told.patient:
            days, rows = here["time"].to_numpy() / 24.0, here["value"].to_numpy()[None, :]
        else:
            by_day = (
                here.assign(day=np.floor(here["time"] / 24.0))
                .groupby(["patient", "day"], observed=True)["value"]
                .median()
            )
            days, rows = _quartiles(by_day)
        if len(days):
            found.append(stay.Group(heading, colour, days, rows, place))
    if not found:
        return None
    analyte = everything()[name]
    reference = analyte.range(*_person(table, told.patient))
    ends = tuple(None if np.isnan(e) else e for e in (reference.low, reference.high))
    figure = stay.levels(analyte.label, analyte.unit, found, ends)  # type: ignore[arg-type]
    last = "; ".join(f"{g.name} {number(float(g.middle[-1]))}" for g in found)
    svg = style.inline(figure, f"level-{name}", f"{analyte.label}, {analyte.unit}; last: {last}")
    return {"title": analyte.label, "svg": svg}


def _person(table: pd.DataFrame, patient: str) -> tuple[float, str]:
    """Return age and sex of a patient where they are known, else those of an adult of either sex."""
    if not patient:
        return 40.0, ""
    mine = table[table["patient"] == patient]
    told = {n: mine.loc[mine["analyte"] == n, "value"] for n in ("age", "female")}
    age = float(told["age"].iloc[-1]) if len(told["age"]) else 40.0
    return age, ("female" if told["female"].iloc[-1] else "male") if len(told["female"]) else ""


def _quartiles(by_day: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return days on which enough patients were measured, and their quartiles."""
    days = by_day.groupby(level="day")
    counts = days.size()
    kept = counts.index[(counts >= FEWEST) & (counts.index <= LONGEST)]
    rows = days.quantile([0.25, 0.5, 0.75]).unstack().reindex(kept)
    return kept.to_numpy(float), rows.to_numpy(float).T


def _ended(groups: list[stay.Group]) -> list[stay.Group]:
    """Return groups whose higher answers, which may have no limit, leave room for the lower ones."""
    top = ROOM * max(1.0, *(float(np.nanmax(g.rows[0])) for g in groups))
    return [
        stay.Group(g.name, g.colour, g.days, np.array([g.rows[0], np.minimum(g.rows[-1], top)]), g.place)
        for g in groups
    ]


def _grades(told: Told, score: str, groups: Iterable[tuple[str, str, set[str] | None, int]]) -> Any:
    definition = find(score)
    part = definition.answers[0]
    mine = told.grades[(told.grades["score"] == score) & (told.grades["part"] == part.name)]
    found = []
    for heading, colour, patients, place in groups:
        here = _of(mine, patients)
        days = here.groupby("day", observed=True)[["low", "high"]]
        middle = days.median()[days.size() >= (1 if told.patient else FEWEST)]
        middle = middle[middle.index <= LONGEST] if not told.patient else middle
        if len(middle):
            found.append(
                stay.Group(heading, colour, middle.index.to_numpy(float), middle.to_numpy(float).T, place)
            )
    if not found:
        return None
    last = "; ".join(
        f"{g.name} {no_limit(float(g.rows[0, -1]))} to {no_limit(float(g.rows[-1, -1]))}" for g in found
    )
    found = _ended(found) if part.endless else found
    figure = stay.grades(f"{score}: {part.label}" if part.label != score else score, "", found, 1.0)
    return {
        "title": score,
        "svg": style.inline(figure, f"grade-{score}".replace(" ", "-"), f"{score}; last: {last}"),
    }
