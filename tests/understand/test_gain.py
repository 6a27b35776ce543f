import json
import math

import numpy as np
import pytest

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.understand import loop_gain
from cytostorm.understand.gain import _along
from cytostorm.understand.loop import loop_of
from cytostorm.understand.trace import traces
from tests.understand import toys

TIMES = [0.0, 1.0, 5.0, 20.0]


def test_a_cell_and_its_mediator_have_the_product_of_their_effects_as_gain():
    found = loop_gain(toys.pair(a=3.0, b=0.5), times=TIMES)
    assert found["gain"].values == pytest.approx(1.5)
    assert found["growth"].values == pytest.approx(math.sqrt(1.5) - 1)
    assert found["doubling_time"].values == pytest.approx(math.log(2) / (math.sqrt(1.5) - 1))
    assert found["carried"].sel(state="two.y").item() == pytest.approx(1.0)


def test_two_effects_in_a_row_count_as_two_steps():
    found = loop_gain(toys.pair("mediator", "mediator", a=3.0, b=0.5), times=TIMES)
    assert found["gain"].values == pytest.approx(math.sqrt(1.5))
    assert found["carried"].values[0] == pytest.approx([0.5, 0.5])


def test_the_reproduction_number_of_an_epidemic():
    found = loop_gain(toys.epidemic(contact=0.6, recovery=0.2), times=[0, 5, 40, 80])
    assert found["gain"].values[0, 0] == pytest.approx(3.0, rel=1e-5)
    assert found["growth"].values[0, 0] == pytest.approx(0.4, rel=1e-4)
    assert found["gain"].values[0, -1] < 1 < found["gain"].values[0, 1]
    assert json.loads(found.attrs["held"]) == ["people.susceptible"]
    assert found["state"].values.tolist() == ["people.infected"]


@pytest.mark.parametrize("gain", [0.5, 0.99, 1.01, 4.0])
def test_a_programme_that_runs_in_a_conserved_circle(gain):
    """The circle of the cells themselves is no loop; their messenger's effect on those at rest is."""
    found = loop_gain(toys.chain(gain=gain, steps=3, pace=0.5), times=TIMES)
    assert found["gain"].values[0, 0] == pytest.approx(gain, rel=1e-4)
    assert "white.tolerant" not in found["state"].values
    # activation at once, three steps at the pace, a messenger that lives an hour: its growth by hand
    growth = max(np.roots(np.polysub(np.poly([-0.5, -0.5, -0.5, -1.0]), [0.125 * gain])).real)
    assert found["growth"].values[0, 0] == pytest.approx(growth, rel=1e-3)
    assert (found["gain"].values[0, 0] > 1) == (found["growth"].values[0, 0] > 0)


def test_cells_that_only_go_round_have_no_loop():
    found = loop_gain(toys.pools(), times=TIMES)
    assert found.sizes["state"] == 0
    assert (found["gain"] == 0).all()
    assert found["growth"].isnull().all()


def test_gain_passes_1_where_growth_passes_0_along_a_switch():
    """In x' = 4 x^2 / (1 + x^2) - 1.6 x gain is the slope of making over that of loss."""
    times = np.linspace(0, 10, 60)
    found = loop_gain(toys.bistable(0.55), times=times)
    x = cs.simulate(toys.bistable(0.55), times=times)["level"].values[0]
    assert found["gain"].values[0] == pytest.approx(8 * x / (1 + x**2) ** 2 / 1.6, rel=1e-4)
    assert ((found["gain"] > 1) == (found["growth"] > 0)).all()
    assert found["gain"].min() < 1 < found["gain"].max()


def test_brakes_are_told_apart():
    """In x' = a exp(-z) x - x, z' = b x - z: without the brake's response the gain is a exp(-z)."""
    model = toys.brake(a=3.0)
    found = loop_gain(model, times=[0, 1, 30])
    z = cs.simulate(model, times=[0, 1, 30], quantities=["holds.z"])["holds.z"].values[0]
    assert found["gain_without_brakes"].values[0] == pytest.approx(3 * np.exp(-z), rel=1e-4)
    assert (found["gain"] <= found["gain_without_brakes"]).all()
    assert found["swings"].values[0, -1] == 1
    assert found["growth"].values[0, -1] < 0


def test_cells_that_multiply_are_told_apart():
    """In x' = a exp(-z) x - x, z' = b x - z there is no loop but division, and one brake."""
    found = loop_gain(toys.brake(a=3.0), times=TIMES)
    assert found["gain_without_division"].values == pytest.approx(0.0, abs=1e-9)
    assert found["gain"].values[0, 0] > 2
    for model in (toys.pair(), toys.chain(gain=2.0), toys.epidemic()):
        found = loop_gain(model, times=TIMES)
        assert found["gain_without_division"].values == pytest.approx(found["gain"].values)


def test_the_largest_values_and_when():
    found = loop_gain(toys.chain(gain=2.0), times=np.linspace(0, 60, 121))
    k = int(found["gain"].values[0].argmax())
    assert found["highest_gain"].item() == found["gain"].values[0, k]
    assert found["time_of_highest_gain"].item() == found["time"].values[k]
    assert found["highest_gain_without_division"].item() == pytest.approx(found["gain"].max().item())
    assert found["shortest_doubling_time"].item() == pytest.approx(found["doubling_time"].min().item())
    above = found["time"].values[found["gain"].values[0] > 1]
    assert found["hours_above_1"].item() == pytest.approx(above[-1], abs=0.5)


def test_what_is_held_can_be_chosen():
    model = toys.chain(gain=2.0)
    cut = loop_gain(model, times=TIMES, held=["messenger", "white.resting"])
    assert (cut["gain"] == 0).all()
    assert json.loads(cut.attrs["held"]) == ["messenger.level", "white.resting"]
    with pytest.raises(InputError, match=r"did you mean 'white'"):
        loop_gain(model, times=TIMES, held=["whyte"])
    with pytest.raises(InputError, match="one text"):
        loop_gain(model, times=TIMES, held="white")


def test_a_trigger_is_held_unless_it_is_asked_for():
    model = toys.pair("trigger", "mediator")
    assert loop_gain(model, times=TIMES).sizes["state"] == 0
    assert loop_gain(model, times=TIMES, also=["one"])["gain"].values == pytest.approx(1.5)


def test_each_patient_has_a_gain_of_their_own():
    model = toys.pair(a=3.0, b=0.5)
    cohort = cs.sample(model, n=3, seed=1)
    cohort["one.up"] = ("patient", [1.0, 4.0, -1.0])
    found = loop_gain(model, cohort, times=TIMES)
    assert found["gain"].values[:2, 0] == pytest.approx([0.5, 2.0])
    assert found["gain"].isel(patient=2).isnull().all()
    with pytest.raises(InputError, match="no patient's run"):
        loop_gain(model, cohort.isel(patient=[2]), times=TIMES)


def test_in_volunteers_endotoxin_does_not_feed_itself():
    found = loop_gain(cs.model_for("endotoxin"), times=np.linspace(0, 24, 25))
    assert (found["gain"] < 1).all()
    assert (found["growth"] < 0).all()
    assert found["doubling_time"].isnull().all()


@pytest.mark.parametrize("seed", range(6))
def test_gain_and_growth_pass_their_borders_together(seed):
    """A net of cells that make mediators which activate cells, at random: linear, so both are known."""
    generator = np.random.default_rng(seed)
    cells, mediators = generator.uniform(0, 2.0, (3, 4)), generator.uniform(0, 0.7, (4, 3))
    loss = generator.uniform(0.5, 2.0, 7)
    found = loop_gain(toys.net(cells, mediators, loss), times=[0.0])
    by_hand = max(np.linalg.eigvals((cells / loss[3:]) @ (mediators / loss[:3])).real)
    jacobian = np.block([[np.zeros((3, 3)), cells], [mediators, np.zeros((4, 4))]]) - np.diag(loss)
    assert found["gain"].item() == pytest.approx(by_hand, rel=1e-6)
    assert found["gain_without_brakes"].item() == pytest.approx(by_hand, rel=1e-6)
    assert found["growth"].item() == pytest.approx(np.linalg.eigvals(jacobian).real.max(), rel=1e-6)
    assert (found["gain"].item() > 1) == (found["growth"].item() > 0)
    assert float(found["carried"].sum()) == pytest.approx(1.0)


def test_nothing_is_said_of_the_dead():
    model = toys.pair(a=3.0, b=0.5)
    course = traces(model, None, None, TIMES)[0]
    course.y[:, 2:] = np.nan
    found = _along(loop_of(model, course, held=None, also=()), course)
    assert found["gain"][:2] == pytest.approx([1.5, 1.5])
    for name in ("gain", "gain_without_brakes", "growth", "doubling_time", "swings"):
        assert np.isnan(found[name][2:]).all()
