"""How well scores tell those with an outcome from those without, and why poor ones do not."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.criteria.catalogue import find
from cytostorm.errors import InputError

Array = NDArray[np.float64]
POOR, RARE = 0.8, 0.05
"""Area below which it is said why; share of patients below which an item is hardly ever met."""
FEWEST = 5
"""Patients of each kind that an area asks for."""
SPANS = ("first day", "worst of stay")


def area(positive: Array, negative: Array) -> tuple[float, float, float]:
    """Return the area under the ROC curve and the ends of its 95 % interval [DeLong1988].

    positive, negative : scores of those with and without the outcome; ties count half. The interval is
        reckoned on the logit, so that it stays between 0 and 1. It is NaN where nothing tells how sure the
        area is: all are told apart, none is, or there are fewer than two of a kind.
    """
    from scipy.stats import norm, rankdata

    m, n = len(positive), len(negative)
    if not m or not n:
        return math.nan, math.nan, math.nan
    both = rankdata(np.concatenate([positive, negative]))
    auc = float((both[:m].sum() - m * (m + 1) / 2) / (m * n))
    of_positive = (both[:m] - rankdata(positive)) / n
    of_negative = 1.0 - (both[m:] - rankdata(negative)) / m
    if min(m, n) < 2 or not 0 < auc < 1:
        return auc, math.nan, math.nan
    variance = float(np.var(of_positive, ddof=1) / m + np.var(of_negative, ddof=1) / n)
    if variance <= 0:
        return auc, math.nan, math.nan
    logit, half = math.log(auc / (1 - auc)), float(norm.ppf(0.975)) * math.sqrt(variance) / (auc * (1 - auc))
    low, high = (1 / (1 + math.exp(-x)) for x in (logit - half, logit + half))
    return auc, low, high


def separation(grades: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """Return how well the first answer of each score tells the outcome.

    grades : as `grade` returns. outcome : True or False by patient.
    Columns: score, part, answer ("low" or "high"), span (first day, worst of stay), auc,
    auc_low, auc_high (its 95 %
    interval), patients, with_outcome, complete (share of patient-days), known (mean share of the facts).
    Raises InputError if there are fewer than 5 patients of either kind.
    """
    names = pd.Index(grades["patient"].cat.categories)
    value = outcome.reindex(names)
    told = value.notna().to_numpy()
    is_so = value.eq(other=True).to_numpy(bool)
    if is_so.sum() < FEWEST or (told & ~is_so).sum() < FEWEST:
        raise InputError(
            f"{int(is_so.sum())} of {int(told.sum())} patients have the outcome",
            f"at least {FEWEST} of either kind",
            "name another column",
        )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for score in grades["score"].cat.categories:
        part = find(score).answers[0].name
        mine = grades[(grades["score"] == score) & (grades["part"] == part)]
        person = mine["patient"].cat.codes.to_numpy()
        first = np.concatenate([[True], np.diff(person) != 0])
        about = {
            "complete": float(mine["complete"].mean()),
            "known": float((mine["known"] / mine["of"]).mean()),
        }
        for side in ("low", "high"):
            worst = np.full(len(names), -np.inf)
            np.maximum.at(worst, person, mine[side].to_numpy())
            begin = np.full(len(names), -np.inf)
            begin[person[first]] = mine[side].to_numpy()[first]
            for span, numbers in zip(SPANS, (begin, worst), strict=True):
                here = told & (numbers > -np.inf)  # a higher answer may have no limit
                auc, low, high = area(numbers[here & is_so], numbers[here & ~is_so])
                rows.append({
                    "score": score, "part": part, "answer": side, "span": span, "auc": auc, "auc_low": low,
                    "auc_high": high, "patients": int(here.sum()),
                    "with_outcome": int((here & is_so).sum()), **about,
                })  # fmt: skip
    return pd.DataFrame(rows)


def why_poor(grades: pd.DataFrame, outcome: pd.Series, table: pd.DataFrame) -> dict[str, str]:
    """Return in words, for each score whose best area is below 0.8, what keeps it from telling the outcome.

    table : as `separation` returns.
    """
    best = table.groupby("score", sort=False)["auc"].max()
    return {score: _said(grades, outcome, score, auc) for score, auc in best.items() if auc < POOR}


def _said(grades: pd.DataFrame, outcome: pd.Series, score: str, auc: float) -> str:
    definition = find(score)
    mine = grades[grades["score"] == score]
    lists: tuple[list[str], ...] = ([], [], [], [])
    never, silent, against, helping = lists
    for item in definition.items:
        here = mine[mine["part"] == item.name]
        met = _ever(here, outcome)
        shares = f"{100 * met[0]:.0f} % of those with the outcome, {100 * met[1]:.0f} % of the others"
        told = f"{item.label} (in {shares})"
        if not (here["low"] == here["high"]).any():
            never.append(item.label)
        elif max(met) < RARE:
            silent.append(item.label)
        else:
            (helping if met[0] > met[1] else against).append(told)
    texts = [f"{score} reaches {auc:.2f} at best."]
    for found, words in (
        (never, "Never known here"), (silent, "Hardly ever met here"),
        (against, "Met no more often in those with the outcome"), (helping, "Met more often in them"),
    ):  # fmt: skip
        if found:
            texts.append(f"{words}: {'; '.join(found)}.")
    for part in definition.answers:
        if part.yes_no:
            met = _ever(mine[mine["part"] == part.name], outcome)
            texts.append(
                f"By what is known, “{part.label}” ever held for {100 * met[0]:.0f} % of those "
                f"with the outcome, {100 * met[1]:.0f} % of the others."
            )
    return " ".join(texts)


def _ever(rows: pd.DataFrame, outcome: pd.Series) -> tuple[float, float]:
    """Return the share of patients with and without the outcome in whom a part was ever above 0."""
    ever = rows.groupby("patient", observed=True)["low"].max() > 0
    so = outcome.reindex(ever.index)
    return tuple(float(ever[so == kind].mean()) for kind in (True, False))  # type: ignore[return-value]
