"""Published exposure beside the model: inside what was published, or outside for a reason that is told."""

from __future__ import annotations

import pytest

from cytostorm.credibility.figures import FIGURES, Figure
from tests.drugs.table import bench


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.drug}, {figure.words}")
def test_exposure_is_inside_what_was_published_or_says_why_not(figure: Figure) -> None:
    assert figure.low < figure.high
    many = figure.words.startswith("people")  # are quicker in the model of the drug alone
    value = figure.model() if many else figure.read(bench().replace(figure.changes), figure.dose)
    assert figure.inside(value) == (not figure.reason), f"{value:.4g} {figure.unit}: {figure.published}"


def test_most_figures_are_inside() -> None:
    assert sum(not figure.reason for figure in FIGURES) >= 0.75 * len(FIGURES)
