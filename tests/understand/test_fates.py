import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.understand import Fate, FateRule, border, fates
from cytostorm.understand.fate import died, fate_named
from tests import fakes
from tests.understand import toys

RULE = FateRule(signal="level", at_rest=0.01, storm=100, calm=2)


def judged(end, *, rest=1.0, **more):
    """Return the fate of one patient whose signal goes from rest to an end."""
    run = fakes.curves([[rest, 50.0, end]], [0.0, 1.0, 2.0], name="il6")
    for name, value in more.items():
        run[name] = value
    return Fate(int(FateRule(spent="tired" if "tired" in more else None)(run)[0]))


def test_the_rule_as_it_is_written():
    tired = xr.DataArray([[0.0, 0.0, 0.9]], dims=("patient", "time"))
    assert judged(1.0) == Fate.RESOLVED
    assert judged(4.9) == Fate.RESOLVED
    assert judged(10.0) == Fate.UNFINISHED
    assert judged(30.0) == Fate.STORM
    assert judged(1.0, tired=tired) == Fate.EXHAUSTED
    assert judged(30.0, tired=tired) == Fate.STORM
    assert judged(np.nan) == Fate.UNFINISHED
    assert judged(np.nan, died_at=("patient", [1.5])) == Fate.DIED
    assert judged(30.0, died_at=("patient", [np.nan])) == Fate.STORM
    assert judged(1.0, status=("patient", [2])) == Fate.UNFINISHED


def test_who_died_in_a_run_that_knows_no_death():
    assert died(fakes.flat([1.0, 2.0])).tolist() == [False, False]


def test_a_rule_that_tells_nothing_apart_is_refused():
    with pytest.raises(InputError, match="calm is 5"):
        FateRule(calm=5, storm=3)


def test_a_map_of_fates_is_that_of_the_equations():
    """X' = 4 x^2 / (1 + x^2) - k x storms from x(0) > (4 - sqrt(16 - 4 k^2)) / 2 k on, if k < 2."""
    doses, losses = np.geomspace(0.1, 5.0, 12), [1.0, 1.6, 1.9, 2.2]
    found = fates(toys.bistable(), ("switch.dose", doses), ("switch.loss", losses), hours=400, classify=RULE)
    for j, k in enumerate(losses):
        limit = (4 - np.sqrt(16 - 4 * k**2)) / (2 * k) if k < 2 else np.inf
        assert (found["fate"].values[:, j] == np.where(doses > limit, Fate.STORM, Fate.RESOLVED)).all()
    assert found["fate"].dims == ("switch.dose", "switch.loss")
    assert found["switch.dose"].attrs["units"] == "ng"
    assert found["fate"].attrs["flag_meanings"].split()[1] == "storm"
    assert found.attrs["own"] == [1.0, 1.6]


def test_values_may_be_text_and_people_may_differ():
    model = toys.bistable()
    cohort = cs.sample(model, n=2, seed=1)
    cohort["switch.loss"] = ("patient", [1.6, 3.0])
    for patient, wanted in ((0, Fate.STORM), (1, Fate.RESOLVED)):
        found = fates(
            model, ("switch.dose", ["1 ng", "0.002 ug"]), ("switch.half", [1.0]), cohort,
            hours=300, patient=patient, classify=RULE,
        )  # fmt: skip
        assert found["switch.dose"].values == pytest.approx([1.0, 2.0])
        assert (found["fate"] == wanted).all()


def test_one_may_judge_by_a_function():
    def by_end(run):
        return np.where(run["level"].values[:, -1] > 1, Fate.DIED, Fate.RESOLVED)

    found = fates(
        toys.bistable(), ("switch.dose", [0.1, 3.0]), ("switch.loss", [1.6]), hours=300, classify=by_end,
        quantities=["level"],
    )  # fmt: skip
    assert found["fate"].values[:, 0].tolist() == [Fate.RESOLVED, Fate.DIED]


@pytest.mark.parametrize("first, second, more, match", [
    (("switch.dose", [1.0]), ("switch.dose", [1.0]), {}, "given twice"),
    (("switch.dose", []), ("switch.loss", [1.0]), {}, "at least one"),
    (("switch.dos", [1.0]), ("switch.loss", [1.0]), {}, "did you mean"),
    (("switch.dose", ["1 h"]), ("switch.loss", [1.0]), {}, "unit like"),
    (("switch.dose", [1.0]), ("switch.loss", [1.0]), {"classify": None}, "no il6"),
    (("switch.dose", [1.0]), ("switch.loss", [1.0]), {"classify": lambda _: np.array([9])}, "a Fate for"),
])  # fmt: skip
def test_mistakes_are_told(first, second, more, match):
    with pytest.raises(InputError, match=match):
        fates(toys.bistable(), first, second, hours=10, **({"classify": RULE} | more))


def test_names_of_fates():
    assert fate_named("Storm") == Fate.STORM
    with pytest.raises(InputError, match="did you mean 'resolved'"):
        fate_named("resolve")


@pytest.mark.parametrize("low, high", [(0.01, 10.0), (0.0, 4.0), ("10 pg", "10 ng")])
def test_the_border_is_where_the_equations_say(low, high):
    found = border(toys.bistable(), "switch.dose", low, high, hours=400, classify=RULE)
    assert found.value == pytest.approx(0.5, rel=2e-3 if low else 1e-2)
    assert found.low < 0.5001
    assert found.high > 0.4999
    assert (found.below, found.above) == (Fate.RESOLVED, Fate.STORM)
    assert found.nearness == pytest.approx(2.0, rel=1e-2)
    assert found.crossings == 1
    assert "own value 1 ng" in found.text()


def test_the_border_nearest_to_the_person_is_found():
    def between(run):
        level = run["level"].values[:, 0]  # at time 0 the dose is not in yet: the end tells
        return np.where((run["level"].values[:, -1] > 1) & np.isfinite(level), Fate.STORM, Fate.RESOLVED)

    found = border(
        toys.bistable(), "switch.loss", 0.5, 4.0, hours=300, classify=between, well=(Fate.STORM,), within=0.01
    )
    assert found.value == pytest.approx(2.0, rel=0.02)
    assert (found.below, found.above) == (Fate.STORM, Fate.RESOLVED)


def test_no_border_is_told():
    with pytest.raises(InputError, match=r"the fate is storm for every switch\.dose"):
        border(toys.bistable(), "switch.dose", 0.6, 10, hours=300, classify=RULE)
    with pytest.raises(InputError, match="turn them round"):
        border(toys.bistable(), "switch.dose", 10, 0.6, classify=RULE)
