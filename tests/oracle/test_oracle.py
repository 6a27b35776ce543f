"""The oracle is complete, keeps to the cases worked by hand, and its draws reach every threshold."""

import json
import random
from pathlib import Path

import pytest

from tests.oracle import INPUTS, OPTIONAL, RATIOS, SCORES, score
from tests.oracle.ambiguity import POINTS, ambiguities
from tests.oracle.draw import draw
from tests.oracle.spec import Choice, Flag, Number, exact
from tests.oracle.table import rows

HERE = Path(__file__).parent
CASES = json.loads((HERE / "extra_cases.json").read_text(encoding="utf-8"))["cases"]
EVERY = sorted(SCORES)
DRAWS = 2000


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_worked_by_hand(case):
    found = score(case["score"], case["input"])
    assert {key: found[key] for key in case["expected"]} == case["expected"], case["why"]


def test_case_names_are_unique():
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_is_complete(case):
    given, known = set(case["input"]), {*INPUTS[case["score"]], *OPTIONAL.get(case["score"], {})}
    assert set(INPUTS[case["score"]]) <= given <= known


def test_every_score_names_its_inputs():
    assert set(INPUTS) == set(SCORES)
    assert {*OPTIONAL, *RATIOS, *POINTS} <= set(SCORES)


def test_the_table_of_inputs_is_up_to_date():
    text = (HERE / "README.md").read_text(encoding="utf-8")
    assert text.endswith("\n".join(rows()) + "\n")


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("name", EVERY)
def test_draws_keep_to_the_ranges(name, optional):
    specs = {**INPUTS[name], **(OPTIONAL.get(name, {}) if optional else {})}
    for patient in draw(name, random.Random(1), 200, optional=optional):
        assert set(patient) == set(specs)
        for key, value in patient.items():
            assert allowed(specs[key], value, optional=optional), f"{key} = {value!r}"
        assert score(name, patient)
        assert all(isinstance(text, str) for text in ambiguities(name, patient))


def allowed(spec, value, *, optional):
    if value is None:
        return optional
    if isinstance(spec, Flag):
        return value in {True, False}
    if isinstance(spec, Choice):
        return value in spec.values
    return spec.low <= value <= spec.high and value == round(value, spec.decimals)


@pytest.mark.parametrize("name", EVERY)
def test_draws_reach_every_threshold_and_both_its_sides(name):
    specs = {key: spec for key, spec in INPUTS[name].items() if isinstance(spec, Number)}
    patients = draw(name, random.Random(2), DRAWS)
    for key, spec in specs.items():
        seen = {exact(patient[key]) for patient in patients}
        step = exact(10) ** -spec.decimals
        for limit in spec.boundaries:
            near = {exact(limit) + side * step for side in (-1, 0, 1)}
            missed = {at for at in near - seen if spec.low <= at <= spec.high}
            assert not missed, f"{key}: {sorted(map(float, missed))}"


@pytest.mark.parametrize("name", sorted(RATIOS))
def test_draws_reach_both_sides_of_a_ratio(name):
    patients = draw(name, random.Random(3), DRAWS, optional=True)
    for above, below, limits in RATIOS[name]:
        seen = [exact(p[above]) / exact(p[below]) for p in patients if p[above] is not None]
        for limit in limits:
            near = [ratio / exact(limit) for ratio in seen]
            assert any(exact(0.9) < side < 1 for side in near)
            assert any(1 < side < exact(1.1) for side in near)


def test_a_seed_draws_the_same_patients_again():
    assert draw("SOFA", random.Random(7), 5) == draw("SOFA", random.Random(7), 5)


@pytest.mark.parametrize("name", EVERY)
def test_draws_spread_over_the_results(name):
    found = [score(name, patient) for patient in draw(name, random.Random(4), DRAWS)]
    for key in found[0]:
        values = [json.dumps(result[key]) for result in found]
        assert len(set(values)) > 1, f"{key} is always {values[0]}"
        assert max(values.count(value) for value in set(values)) < 0.97 * DRAWS, key
