import numpy as np
import pytest

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.understand import steady_states
from tests import toys as base
from tests.understand import toys


def test_a_switch_rests_in_two_places_with_an_unstable_one_between():
    found = steady_states(toys.bistable())
    assert found["switch.x"].values == pytest.approx([0.0, 0.5, 2.0], abs=1e-9)
    assert found["stable"].values.tolist() == [1, 0, 1]
    x = found["switch.x"].values
    assert found["growth"].values == pytest.approx(8 * x / (1 + x**2) ** 2 - 1.6, abs=1e-9)
    assert found["level"].values == pytest.approx(x)
    assert found["reached"].values[1] == 0
    assert found["switch.x"].attrs["units"] == "ng"


def test_conserved_totals_are_kept():
    found = steady_states(toys.pools())
    assert [found[f"round.s{n}"].item() for n in range(3)] == pytest.approx([1 / 3] * 3)
    assert found["growth"].item() == pytest.approx(-0.45)


def test_a_storm_that_lasts_beside_a_rest_that_does_not_hold():
    found = steady_states(toys.chain(gain=2.0))
    assert found["stable"].values.tolist() == [0, 1]
    assert found["white.resting"].values == pytest.approx([1.0, 0.5], rel=1e-6)
    calm = steady_states(toys.chain(gain=0.5))
    assert calm["stable"].values.tolist() == [1]


def test_starts_of_ones_own():
    found = steady_states(toys.bistable(0.001), starts=[{"switch.x": 1.5}])
    assert 2.0 in found["switch.x"].values.round(6)
    with pytest.raises(InputError, match="no state"):
        steady_states(toys.bistable(), starts=[{"level": 1.5}])


def test_of_another_person():
    model = toys.bistable()
    cohort = cs.sample(model, n=2, seed=1)
    cohort["switch.loss"] = ("patient", [1.6, 3.0])
    assert steady_states(model, cohort, patient=1).sizes["steady"] == 1


def test_where_time_itself_acts_nothing_is_steady():
    with pytest.raises(InputError, match="time itself"):
        steady_states(base.forced())
    for clock, level in ((0, 2.0), (5, 0.0)):  # a drive that ends after three hours
        assert steady_states(base.forced(), clock=clock)["toy.x"].item() == pytest.approx(level, abs=1e-9)


@pytest.mark.slow
def test_endotoxin_has_one_steady_state_that_is_health():
    model = cs.model_for("endotoxin")
    found = steady_states(model)
    assert found.sizes["steady"] == 1
    assert found["stable"].item() == 1
    rest = cs.simulate(model, times=[0.0])
    for lab in model.labs:
        assert found[lab.short].item() == pytest.approx(float(rest[lab.short].values[0, 0]), rel=1e-6)
    assert np.isfinite(found["growth"]).all()
