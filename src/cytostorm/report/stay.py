"""The page of real patients: what was read, what could not be, grades and courses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cytostorm._version import __version__
from cytostorm.criteria.catalogue import find
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError, MissingExtraError, did_you_mean
from cytostorm.report import stay_figures as figures
from cytostorm.report.files import PAGE, mark, put, render
from cytostorm.report.numbers import decimals, no_limit, number, percent
from cytostorm.ward.grading import CARRY
from cytostorm.ward.reading import Reading

GRADES, PROBLEMS = "grades.csv", "problems.csv"
MOST_REASONS, MOST_SHOWN = 60, 40
"""Reasons that the page lists, and problems that it shows one by one."""
BEYOND = 1e200
"""Stands for a higher answer without a limit while quartiles are found."""


@dataclass(frozen=True)
class Told:
    """What a page tells.

    reading, grades : of the table. name : of its file. patient : the one drawn; empty for all as a group.
    outcome : True or False by patient; None if there is none. separated, why : how well scores tell it.
    carry : hours for which values stand, if it was said.
    """

    reading: Reading
    grades: pd.DataFrame
    name: str
    patient: str = ""
    outcome: pd.Series | None = None
    separated: pd.DataFrame | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    carry: float | None = None

    @property
    def drawn(self) -> pd.DataFrame:
        """Grades of the patient who is drawn, or of all."""
        return self.grades[self.grades["patient"] == self.patient] if self.patient else self.grades


def write_stay(told: Told, folder: Path) -> Path:
    """Write grades.csv, problems.csv and report.html into a folder of ours, and return the path of the page.

    Raises InputError if a patient is not in the table or nothing can be written.
    """
    names = list(map(str, told.reading.table["patient"].cat.categories))
    if told.patient and told.patient not in names:
        raise InputError(
            f"there is no patient {told.patient!r}", "one of the table", did_you_mean(told.patient, names)
        )
    page = render("stay", **_context(told))
    mark(folder)
    put(folder / GRADES, told.grades.to_csv(index=False, float_format="%.6g"))
    put(folder / PROBLEMS, told.reading.problems.to_csv(index=False))
    put(folder / PAGE, page)
    return folder / PAGE


def _context(told: Told) -> dict[str, Any]:
    table, problems = told.reading.table, told.reading.problems
    reasons = told.reading.reasons
    try:
        pictures, no_pictures = figures.drawn(told), ""
    except MissingExtraError as error:
        pictures, no_pictures = {"levels": [], "grades": [], "key": []}, f"{error.thing}. {error.remedy}"
    lost = problems[~problems["used"]]
    return {
        "title": f"Real patients: {told.name}", "version": __version__, "disclaimer": DISCLAIMER,
        "counts": [(k, f"{v:,}") for k, v in told.reading.counts.items()],
        "unusable": f"{len(set(lost['patient']) - set(table['patient'].astype(str)) - {''}):,}",
        "patients": f"{table['patient'].nunique():,}", "days": f"{_days(told.grades):,}",
        "analytes": ", ".join(sorted(table["analyte"].unique())), "patient": told.patient,
        "scores": _scores(told.drawn), "separated": _separated(told), "why": list(told.why.items()),
        "outcome": told.outcome.name if told.outcome is not None else "",
        "with_outcome": int(told.outcome.sum()) if told.outcome is not None else 0,
        "reasons": [(r.column, r.reason, f"{r.entries:,}") for r in reasons.head(MOST_REASONS).itertuples()],
        "more_reasons": max(0, len(reasons) - MOST_REASONS),
        "shown": lost.head(MOST_SHOWN)[["row", "column", "patient", "value", "reason"]].values.tolist(),
        "lost": f"{len(lost):,}", "remarks": f"{int(problems['used'].sum()):,}",
        "carry": _carry(told), "no_pictures": no_pictures, **pictures,
    }  # fmt: skip


def _days(grades: pd.DataFrame) -> int:
    """Return how many patient-days were graded."""
    if not len(grades):
        return 0
    first = grades.iloc[0]
    return int(((grades["score"] == first["score"]) & (grades["part"] == first["part"])).sum())


def _carry(told: Told) -> str:
    if told.carry is not None:
        return (
            f"The last value of a fact stands for {told.carry:g} h where there is no later one, as asked for."
        )
    named = [s for s in CARRY if CARRY[s] and s in set(told.grades["score"])]
    if not named:
        return "No value stands for later days."
    return f"In {' and '.join(named)} the last value stands for later days, as published; in others none."


def _scores(grades: pd.DataFrame) -> list[dict[str, str]]:
    """Return a row for each score: its first answer, worst of the stay, over patients."""
    rows = []
    for score in grades["score"].cat.categories if len(grades) else ():
        definition = find(score)
        part = definition.answers[0]
        mine = grades[(grades["score"] == score) & (grades["part"] == part.name)]
        worst = mine.groupby("patient", observed=True)[["low", "high"]].max()
        rows.append({
            "score": score, "label": definition.label, "part": part.label,
            "low": _quartiles(worst["low"]), "high": _quartiles(worst["high"]),
            "complete": percent(float(mine["complete"].mean())),
            "known": f"{number(float(mine['known'].mean()))} of {int(mine['of'].iloc[0])}",
            "sure": definition.confidence,
        })  # fmt: skip
    return rows


def _quartiles(values: pd.Series) -> str:
    ordered = np.minimum(values, BEYOND)  # between two infinities there is no number
    low, middle, high = (
        no_limit(math.inf if x > BEYOND / 1e6 else x) for x in np.percentile(ordered, [25, 50, 75])
    )
    return middle if low == high or len(values) == 1 else f"{middle} ({low} to {high})"


def _separated(told: Told) -> list[dict[str, str]]:
    """Return a row for each score, the best first: areas with their intervals."""
    if told.separated is None:
        return []
    table = told.separated
    order = table.groupby("score", sort=False)["auc"].max().sort_values(ascending=False, kind="stable").index
    rows = []
    for score in order:
        mine = table[table["score"] == score].set_index(["answer", "span"])
        row = {"score": score, "part": str(mine["part"].iloc[0]), "n": f"{int(mine['patients'].iloc[0]):,}"}
        row["known"] = percent(float(mine["known"].iloc[0]))
        for (answer, span), one in mine.iterrows():
            interval = (
                f"{decimals(one['auc_low'])} to {decimals(one['auc_high'])}"
                if one["auc_low"] == one["auc_low"]
                else ""
            )
            row[f"{answer} {span}"] = decimals(one["auc"])
            row[f"{answer} {span} interval"] = interval
        rows.append(row)
    return rows
