"""A calibration finds what is known, finds it again, and goes on where it was interrupted."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.infer import Problem, Row, calibrate, people
from cytostorm.infer.together import apart
from cytostorm.model import Dose, Regimen
from cytostorm.population import sample
from cytostorm.simulation import simulate
from tests import toys
from tests.infer import tiny


def same(one, other) -> bool:
    """Return whether two fits are equal to the bit, in all that a person is told."""
    fields = [f.name for f in dataclasses.fields(one) if f.name != "problem"]
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def counting(problem: Problem, stop_after: int | None = None) -> tuple[Problem, list]:
    """Return the problem, and the sets of values it is asked for; Ctrl-C when it has been asked enough."""
    asked: list = []

    def rows(values):
        if len(asked) == stop_after:
            raise KeyboardInterrupt
        asked.append(dict(values))
        return problem.simulate_rows(values)

    return dataclasses.replace(problem, simulate_rows=rows), asked


def test_finds_what_is_known():
    fit = calibrate(tiny.problem(), starts=3, seed=1)
    assert fit.ended == "done"
    assert fit.values == pytest.approx(tiny.TRUTH, rel=1e-2)
    assert fit.cost < 1e-3 < fit.before
    assert (fit.inside, fit.inside_before) == (10, 0)
    assert len(fit.ends) == 3
    assert max(fit.ends) < 1e-2  # one valley
    assert fit.failed == 0


def test_finds_the_numbers_of_a_simulated_drug():
    """Through the simulation, with people who differ, many sets of values at once."""
    truth, n = {"toy.rate": 0.3, "toy.volume": 5.0}, 3
    model = toys.one_compartment()
    hours, doses = np.array([0.5, 2.0, 6.0]), (1.0, 10.0, 100.0, 500.0, 1000.0) * 2

    def many(sets):
        found = [[] for _ in sets]
        for place, dose in enumerate(doses):
            regimen = Regimen() + Dose("toy.iv", f"{dose} mg")
            run = simulate(model, people(model, sets, n), regimen, hours, quantities=["toy.level"])
            for rows, part in zip(found, apart(run, n), strict=True):
                level = part["toy.level"].median("patient").to_numpy()
                for h, value in zip(hours, level, strict=True):
                    true = dose / truth["toy.volume"] * np.exp(-truth["toy.rate"] * h)
                    rows.append(Row(f"{place} {h}", str(place), float(value), (true / 1.2, true * 1.2)))
        return found

    free = tiny.problem().free
    fit = calibrate(Problem("drug", free, lambda v: many([v])[0], many), starts=1)
    assert fit.values == pytest.approx(truth, rel=1e-2)


def test_the_same_seed_finds_the_same_to_the_bit():
    one, again, other = (calibrate(tiny.problem(), starts=3, seed=seed) for seed in (1, 1, 2))
    assert same(one, again)
    assert one.ends != other.ends


@pytest.mark.parametrize("stop_after", [1, 16, 17, 40])
def test_resumed_it_is_as_if_never_interrupted(tmp_path, stop_after):
    how = {"starts": 3, "seed": 1}
    whole, asked = counting(tiny.problem())
    through = calibrate(whole, **how)
    stopped, _ = counting(tiny.problem(), stop_after)
    cut = calibrate(stopped, tmp_path / "here", **how)
    assert cut.ended == "interrupted"
    assert cut.evaluations <= stop_after
    rest, after = counting(tiny.problem())
    resumed = calibrate(rest, tmp_path / "here", **how, resume=True)
    assert same(resumed, through)
    assert len(after) == len(asked) - cut.evaluations  # what was kept is not simulated again
    final, none = counting(tiny.problem())
    assert same(calibrate(final, tmp_path / "here", **how, resume=True), through)
    assert none == []


def test_an_interrupt_before_anything_is_known_is_passed_on():
    stopped, _ = counting(tiny.problem(), 0)
    with pytest.raises(KeyboardInterrupt):
        calibrate(stopped)


def test_what_is_spent_ends_the_search_and_more_goes_on(tmp_path):
    some = calibrate(tiny.problem(), tmp_path / "here", starts=2, evaluations=20)
    assert some.ended == "evaluations used up"
    assert some.evaluations <= 20
    assert some.cost <= some.before
    more = calibrate(tiny.problem(), tmp_path / "here", starts=2, resume=True)
    assert more.ended == "done"
    assert same(more, calibrate(tiny.problem(), starts=2))


def test_a_damaged_file_is_simulated_again(tmp_path):
    through = calibrate(tiny.problem(), tmp_path / "here", starts=2)
    part = tmp_path / "here" / "part-000002.npz"
    whole = part.read_bytes()
    np.savez(tmp_path / "other.npz", places=np.zeros((1, 2)), far=np.zeros((1, 1)), _arrays=np.array(2))
    for damaged in (whole[:100], (tmp_path / "other.npz").read_bytes()):
        part.write_bytes(damaged)
        assert same(calibrate(tiny.problem(), tmp_path / "here", starts=2, resume=True), through)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    calibrate(tiny.problem(), tmp_path / "here", starts=1, evaluations=3)
    with pytest.raises(InputError, match="holds a calibration"):
        calibrate(tiny.problem(), tmp_path / "here", starts=1)
    with pytest.raises(InputError, match="holds another calibration: seed differ"):
        calibrate(tiny.problem(), tmp_path / "here", starts=1, seed=5, resume=True)
    with pytest.raises(InputError, match="holds another calibration: free differ"):
        calibrate(tiny.problem(free=("toy.rate",)), tmp_path / "here", starts=1, resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    with pytest.raises(InputError, match="not empty"):
        calibrate(tiny.problem(), tmp_path / "mine")


def test_progress_is_told():
    said = []
    calibrate(tiny.problem(), starts=1, evaluations=12, progress=lambda *now: said.append(now))
    assert said[0] == (1, 12)
    assert [total for _, total in said] == [12] * len(said)
    assert [done for done, _ in said] == sorted({done for done, _ in said})


def test_a_citation_holds_a_number_that_no_row_tells():
    assert calibrate(tiny.held(1.5), starts=1).values["toy.rate"] == pytest.approx(0.4, rel=1e-2)


def test_values_with_which_somebody_fails_are_bad_and_counted():
    """The search leaves a region where nothing can be read, and says how often it was there."""
    inner = tiny.problem()

    def rows(values):
        found = inner.simulate_rows(values)
        broken = values["toy.volume"] > 15
        return [dataclasses.replace(row, failed=True) for row in found] if broken else found

    fit = calibrate(dataclasses.replace(inner, simulate_rows=rows), starts=3, seed=1)
    assert fit.failed > 0
    assert fit.values == pytest.approx(tiny.TRUTH, rel=1e-2)


def test_more_free_parameters_than_the_curves_carry_need_a_reason():
    def few(values):
        return [row for row in tiny.rows(values) if row.curve in ("1 mg", "2 mg")]

    problem = dataclasses.replace(tiny.problem(), simulate_rows=few)
    with pytest.raises(InputError, match="2 free parameters against 2 curves"):
        calibrate(problem)
    fit = calibrate(dataclasses.replace(problem, reason="both are seen in each curve"), starts=1)
    assert fit.values == pytest.approx(tiny.TRUTH, rel=1e-2)


def test_other_rows_for_other_values_are_refused():
    problem = dataclasses.replace(
        tiny.problem(), simulate_rows=lambda v: tiny.rows(v)[: 40 if v["toy.rate"] < 0.101 else 39]
    )
    with pytest.raises(InputError, match="gives other rows"):
        calibrate(problem)


@pytest.mark.parametrize("wrong", [{"starts": 0}, {"seed": -1}, {"evaluations": 0}, {"starts": 2.0}])
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(InputError, match="a whole number"):
        calibrate(tiny.problem(), **wrong)


def test_people_are_the_same_for_each_set_of_values():
    from cytostorm.library.catalogue import model_for

    model = model_for("endotoxin")
    sets = [
        {"macrophage.pace": 2.0, "il6.elimination": 1.0},
        {"macrophage.pace": 4.0, "il6.elimination": 2.0},
    ]
    both = people(model, sets, 5, seed=3)
    alone = sample(model.replace(sets[1]), 5, seed=3)
    assert both.sizes["patient"] == 10
    for name in alone.data_vars:
        assert both[name].to_numpy()[5:].tolist() == alone[name].to_numpy().tolist()
    assert both["macrophage.pace"].to_numpy()[5:] == pytest.approx(2 * both["macrophage.pace"].to_numpy()[:5])


def test_the_folder_says_what_is_calibrated_there(tmp_path):
    calibrate(tiny.problem(), tmp_path / "here", starts=1, evaluations=3)
    said = json.loads((tmp_path / "here" / "calibration.json").read_text())
    assert said["problem"] == "tiny"
    assert [free["name"] for free in said["free"]] == list(tiny.TRUTH)
