"""Peaks and whole course of BIOMD0000001021."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def lavigne():
    return paper("lavigne2021")


@pytest.mark.parametrize("name, peak, day", [("virus", 8.170e9, 1.68), ("ifn", 1.370e10, 1.755)])
def test_peak(lavigne, name, peak, day):
    course = lavigne.run[f"lavigne2021.{name}"].values[0]
    assert course.max() == pytest.approx(peak, rel=1e-3)
    assert lavigne.DAYS[course.argmax()] == pytest.approx(day, abs=0.005)


def test_cells_that_are_left(lavigne):
    assert float(lavigne.run["lavigne2021.spared"].min()) == pytest.approx(0.069, abs=5e-4)


def test_interferon_holds_back_three_quarters_of_the_virus(lavigne):
    assert float(lavigne.peak) > 3.5 * float(lavigne.run["lavigne2021.virus"].max())


def test_whole_course(lavigne):
    seen = trajectory("lavigne2021")
    pairs = {
        "target": "Target_cells", "infected": "Infected_cells", "defending": "Infected_cells_antiviral",
        "refractory": "Refractory_cells", "virus": "Virions", "ifn": "IFN",
    }  # fmt: skip
    run = cs.simulate(
        lavigne.model, times=24 * seen["t"], rtol=1e-8, quantities=[f"lavigne2021.{n}" for n in pairs]
    )
    for name, column in pairs.items():
        ours = run[f"lavigne2021.{name}"].values[0]
        np.testing.assert_allclose(ours, seen[column], rtol=1e-4, atol=1e-6 * seen[column].max())
