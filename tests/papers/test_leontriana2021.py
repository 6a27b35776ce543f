"""Peak, nadir and whole course of BIOMD0000001012."""

from __future__ import annotations

import numpy as np
import pytest

import cytostorm as cs
from cytostorm.errors import ModelError
from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def leontriana():
    return paper("leontriana2021")


@pytest.fixture(scope="module")
def seen(leontriana):
    return leontriana.courses()


def test_car_t_cells_peak(leontriana, seen):
    assert seen["car"].max() == pytest.approx(1.640e10, rel=1e-3)
    assert leontriana.DAYS[seen["car"].argmax()] == pytest.approx(12.2, abs=0.2)


def test_leukaemia_falls_and_returns(leontriana, seen):
    low = seen["leukaemia"].argmin()
    assert seen["leukaemia"][low] == pytest.approx(4.10e5, rel=1e-3)
    assert leontriana.DAYS[low] == pytest.approx(57.1, abs=0.2)
    assert seen["leukaemia"][-1] > 2 * seen["leukaemia"][low]


def test_ten_times_the_dose_hardly_changes_the_peak(leontriana):
    """What the abstract says of the number of cells injected."""
    few, many = (leontriana.courses(dose)["car"].max() for dose in ("5e6 cells", "5e7 cells"))
    assert many == pytest.approx(few, rel=0.1)


def test_units_refuse_the_term_as_curated():
    own = paper("leontriana2021")
    own.m.produce(own.car, "as curated", own.gain * own.share * own.killing * own.left)
    with pytest.raises(ModelError, match="as curated"):
        cs.compose(own.m)


def test_whole_course(leontriana, seen):
    """To 0.1 %: the curated file's term without C, in which the two differ, is not zero."""
    stored = trajectory("leontriana2020")
    pairs = {"car": "CAR_T-cells", "leukaemia": "Leukaemic_B_cells", "healthy": "B_cells_healthy"}
    shared = stored["t"] <= leontriana.DAYS[-1]
    for name, column in pairs.items():
        ours = np.interp(stored["t"][shared], leontriana.DAYS, seen[name])
        np.testing.assert_allclose(ours[1:], stored[column][shared][1:], rtol=1e-3)  # after the dose
