"""The paper's least virus, and the virus and whole course of BIOMD0000000711 without its event."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def hancioglu():
    return paper("hancioglu2007")


@pytest.mark.parametrize("curated", [False, True])
def test_virus_peaks_and_healthy_cells_fall(hancioglu, curated):
    seen = hancioglu.courses(hancioglu.CURATED) if curated else hancioglu.seen
    assert seen["virus"].max() == pytest.approx(99.08, rel=1e-3)
    assert hancioglu.DAYS[seen["virus"].argmax()] == pytest.approx(5.72, abs=0.02)
    assert seen["healthy"].min() == pytest.approx(0.0068, abs=1e-4)


def test_least_virus_that_makes_ill(hancioglu):
    assert hancioglu.least_virus() == pytest.approx(0.00227, abs=1e-5)


def test_course_in_the_words_of_the_paper(hancioglu):
    """Virus grows ten-thousandfold; 40 % of presenting cells; 80 % compatible after 15 days."""
    seen = hancioglu.seen
    assert seen["virus"].max() / seen["virus"][0] == pytest.approx(1e4, rel=0.05)
    assert seen["presenting"].max() == pytest.approx(0.4, abs=0.05)
    assert seen["match"][hancioglu.DAYS == 15] == pytest.approx(0.8, abs=0.05)
    assert hancioglu.DAYS[seen["resistant"].argmax()] == pytest.approx(9, abs=0.6)


def test_no_cell_is_lost(hancioglu):
    cells = sum(hancioglu.seen[name] for name in ("healthy", "infected", "resistant", "dead"))
    np.testing.assert_allclose(cells, 1, rtol=1e-9)


def test_whole_course(hancioglu):
    seen = trajectory("hancioglu2007")
    columns = dict(zip("VHIMFREPAS", list(seen)[1:], strict=True))
    names = {
        "V": "virus", "H": "healthy", "I": "infected", "M": "presenting", "F": "ifn", "R": "resistant",
        "E": "effectors", "P": "plasma", "A": "antibody", "S": "match",
    }  # fmt: skip
    run = cs.simulate(
        hancioglu.model.replace(hancioglu.CURATED),
        times=24 * seen["t_day"],
        rtol=1e-8,
        quantities=[f"hancioglu2007.{name}" for name in names.values()],
    )
    for letter, name in names.items():
        stored = seen[columns[letter]]
        ours = run[f"hancioglu2007.{name}"].values[0]
        np.testing.assert_allclose(ours, stored, rtol=1e-3, atol=1e-5 * stored.max())
