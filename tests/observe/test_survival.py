"""Who is alive when."""

import numpy as np

from cytostorm.observe import survival
from tests import fakes


def of(died, *, status=None):
    run = fakes.curves(np.ones((len(died), 3)), [0.0, 5.0, 10.0], status=status)
    return run.assign(died_at=("patient", np.asarray(died, float)))


def test_deaths_in_order_and_numbers_alive():
    run = of([7.0, np.nan, 2.0, np.nan])
    assert survival.mortal(run)
    assert survival.deaths(run).tolist() == [2.0, 7.0]
    assert survival.alive(run, [0.0, 2.0, 6.9, 7.0, 10.0]).tolist() == [4, 3, 3, 2, 2]


def test_failed_patients_are_neither_alive_nor_dead():
    run = of([7.0, np.nan, 2.0], status=np.array([0, 0, 3]))
    assert survival.deaths(run).tolist() == [7.0]
    assert survival.alive(run, [0.0]).tolist() == [2]


def test_run_without_deaths():
    run = fakes.run(n=3)
    assert not survival.mortal(run)
    assert np.isinf(survival.died_at(run)).all()
    assert survival.deaths(run).size == 0
    assert survival.alive(run, [48.0]).tolist() == [3]
