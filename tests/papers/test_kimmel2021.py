"""Peak and whole course of BIOMD0000001041; the return to what was infused as the paper tells it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.papers.reading import paper, trajectory


@pytest.fixture(scope="module")
def kimmel():
    return paper("kimmel2021")


def test_car_t_cells_peak(kimmel):
    car = kimmel.seen["car"]
    assert car.max() == pytest.approx(30.11, rel=1e-3)
    assert kimmel.DAYS[car.argmax()] == pytest.approx(7.0, abs=0.2)


def test_car_t_cells_are_back_at_their_start_after_about_90_days(kimmel):
    assert kimmel.back == pytest.approx(90, abs=3)


def test_normal_t_cells_fill_the_room_and_the_tumour_returns(kimmel):
    assert kimmel.seen["normal"][-1] == pytest.approx(500, rel=1e-5)
    assert kimmel.seen["tumour"].min() < 1e-9  # mL, one cell
    assert kimmel.DAYS[kimmel.low] == pytest.approx(160, abs=1)
    assert (np.diff(kimmel.seen["tumour"][kimmel.low :]) > 0).all()


def test_whole_course(kimmel):
    seen = trajectory("kimmel2021")
    pairs = {
        "normal": "Normal_T_cells", "car": "CAR_T_cells", "tumour": "Antigen-presenting_tumour_cells",
    }  # fmt: skip
    for name, column in pairs.items():
        ours = np.interp(seen["t"], kimmel.DAYS, kimmel.seen[name])
        # the stored tumour is exact to a millionth of a cell, no better
        np.testing.assert_allclose(ours, seen[column], rtol=1e-4, atol=2e-14)
