"""The examples run as they stand, and show what they say."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
LONGEST = 15  # lines of code, imports included


@pytest.fixture
def example():
    """Run an example and return its names."""
    return lambda name: runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda p: p.name)
def test_example_is_short(path):
    text = path.read_text(encoding="utf-8")
    start = ast.parse(text).body[0].end_lineno
    rest = (line.strip() for line in text.splitlines()[start:])
    code = [line for line in rest if line and not line.startswith(("#", '"""'))]
    assert len(code) <= LONGEST
    assert "never for the care of a patient" in text


def test_daily_dexamethasone_lowers_crp_from_the_third_day_on(example, capsys):
    names = example("daily")
    ill, treated = (
        names["cs"].simulate(names["model"], names["cohort"], names[plan], times=range(0, 15 * 24, 24))["crp"]
        for plan in ("ill", "treated")
    )
    change = (treated - ill).median("patient").values
    assert (change[:3] == 0).all()
    assert (change[3:] < 0).all()
    assert capsys.readouterr().out.startswith("ill      CRP each morning: [")


def test_rule_treats_each_patient_once(example, capsys):
    run = example("rule")["run"]
    given = run["given"].values[0]
    assert set(given) == {0, 1}
    assert list(run["decided_for"].values) == list(np.flatnonzero(given))
    assert capsys.readouterr().out.startswith(f"{given.sum()} of 200 were treated")


def test_policy_treats_the_sickest_tenth_each_morning(example, capsys):
    run = example("policy")["run"]
    days, doses = np.unique(run["decided_at"], return_counts=True)
    assert list(days) == [24 * k for k in range(1, 14)]
    assert (doses == 20).all()
    assert capsys.readouterr().out.startswith("260 doses went to ")
