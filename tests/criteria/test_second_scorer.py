"""Each score against a second scorer that was written from the papers alone, on patients at the limits."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from cytostorm.criteria.catalogue import everything, find
from cytostorm.criteria.definition import Definition
from cytostorm.criteria.evaluate import evaluate
from cytostorm.criteria.given import numbers
from cytostorm.errors import InputError
from tests.criteria.translate import IN_OUR_WORDS, OTHER_NAMES, SUMS, WORDS
from tests.oracle import SCORES, score
from tests.oracle.draw import draw

HERE = [name for name in SCORES if name != "ICE"]
"""ICE is asked as its sum, of which the second scorer alone adds up the questions."""
BEYOND = {"APACHE-II": 0.4}
"""Share of drawn patients that may be impossible: a gradient that no carbon dioxide gives."""


def answered(definition: Definition, patients: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the package's answers for patients as the second scorer draws them."""
    columns = {f.name: np.full(len(patients), np.nan) for f in definition.facts}
    for i, patient in enumerate(patients):
        for fact, value in numbers(definition, patient).items():
            columns[fact][i] = value
    return evaluate(definition, columns).low


def possible(definition: Definition, patient: dict[str, Any]) -> bool:
    try:
        numbers(definition, patient)
    except InputError:
        return False
    return True


def same(expected: Any, got: float, words: tuple[str, ...]) -> bool:
    """Return whether two answers agree."""
    if isinstance(expected, str):
        return WORDS.get(expected, expected) == words[int(got)]
    return abs(float(expected) - got) <= 1e-9 * max(1.0, abs(got))


def compare(name: str, n: int, seed: int) -> list[tuple[dict[str, Any], str, Any, Any]]:
    """Return the disagreements over n patients drawn at random."""
    definition = find(OTHER_NAMES.get(name, name))
    ours, parts = IN_OUR_WORDS.get(name, dict), {p.name: p for p in definition.parts}
    drawn = draw(name, random.Random(seed), n)
    patients = [p for p in drawn if possible(definition, ours(p))]
    assert len(patients) >= (1 - BEYOND.get(name, 0.0)) * n
    low, wrong = answered(definition, [ours(p) for p in patients]), []
    for i, patient in enumerate(patients):
        for key, expected in score(name, patient).items():
            names = SUMS.get(key, (key,))
            if names[0] not in parts:
                continue
            got = sum(low[part][i] for part in names)
            if not same(expected, got, parts[names[0]].words):
                wrong.append((patient, key, expected, got))
    return wrong


def test_every_score_has_a_second_scorer() -> None:
    assert {OTHER_NAMES.get(name, name) for name in HERE} == set(everything())


@pytest.mark.parametrize("name", HERE)
def test_agrees(name: str) -> None:
    assert compare(name, 400, 1) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", HERE)
def test_agrees_on_ten_thousand(name: str) -> None:
    assert compare(name, 10_000, 2) == []
