"""Published exposure beside the model: inside what was published, or outside for a reason that is told."""

from __future__ import annotations

import pytest

from cytostorm.credibility.figures import FIGURES, Figure
from cytostorm.library import catalogue
from tests.drugs.table import bench

ALONE = ("people with a trough", "half-life, least ill", "half-life, most severely ill")
"""Figures of many people, and of what is no drug: read in the model of their own."""


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.drug}, {figure.words}")
def test_exposure_is_inside_what_was_published_or_says_why_not(figure: Figure) -> None:
    assert figure.low < figure.high
    if figure.words.startswith(ALONE) or catalogue.find(figure.drug).kind != "drug":
        value = figure.model()
    else:
        value = figure.read(bench().replace(figure.changes), figure.dose)
    assert figure.inside(value) == (not figure.reason), f"{value:.4g} {figure.unit}: {figure.published}"


def test_most_figures_are_inside() -> None:
    assert sum(not figure.reason for figure in FIGURES) >= 0.75 * len(FIGURES)
