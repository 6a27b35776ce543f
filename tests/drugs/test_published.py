"""Published exposure beside the model: inside what was published, or outside for a reason that is told."""

from __future__ import annotations

import pytest

from cytostorm.credibility.figures import FIGURES, Figure
from cytostorm.library import catalogue


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.drug}, {figure.words}")
def test_exposure_is_inside_what_was_published_or_says_why_not(figure: Figure) -> None:
    assert figure.low < figure.high
    value = figure.model()
    assert figure.inside(value) == (not figure.reason), f"{value:.4g} {figure.unit}: {figure.published}"


def test_most_figures_are_inside() -> None:
    assert sum(not figure.reason for figure in FIGURES) >= 0.75 * len(FIGURES)


def test_figures_are_of_what_is_in_the_library() -> None:
    assert {figure.drug for figure in FIGURES} <= set(catalogue.modules())
