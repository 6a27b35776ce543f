"""Looks at intervals that meet, conditions at their limits, depots at rest, pools that run empty."""

from __future__ import annotations

import json

import numpy as np
import pytest
import sympy

from cytostorm.errors import InputError
from cytostorm.model import Dose, Module, Regimen, Rule, compose
from cytostorm.simulation import STATUS, Policy, simulate
from tests import toys

DOSE = Dose("toy.iv", "1 mg")


@pytest.mark.parametrize(
    "checks, hours, givings",
    [
        (("20 min", "1 h"), 48.0, (143, 47)),
        (("5 min", "15 min"), 10.0, (119, 39)),
        (("0.1 h", "0.3 h"), 2.05, (20, 6)),
    ],
)
def test_intervals_that_meet_are_one_moment(checks, hours, givings) -> None:
    """3 x 20 min is not 1 h to the last bit: nobody may be asked twice there."""
    plan = Regimen()
    for check in checks:
        plan += Rule.parse("time >= 0 h", DOSE, check=check)
    times = [0.3, hours] if hours < 3 else [hours]
    run = simulate(toys.one_compartment(), None, plan, times, quantities=["toy.amount"])
    assert run["given"].values[:, 0].tolist() == list(givings)


def test_a_policy_and_a_rule_meet_once() -> None:
    asked = []
    policy = Policy(lambda r: asked.append(r.time), every="20 min")
    rule = Rule.parse("time >= 0 h", DOSE, check="1 h")
    run = simulate(
        toys.one_compartment(), None, Regimen() + rule, [24], quantities=["toy.amount"], policy=policy
    )
    assert (int(run["given"][0, 0]), len(asked)) == (23, 71)


@pytest.mark.parametrize("check, limit", [("20 min", "3 h"), ("5 min", "1 h")])
def test_a_time_that_is_nearly_the_limit_is_the_limit(check, limit) -> None:
    rule = Rule.parse(f"time >= {limit}, once", DOSE, check=check)
    run = simulate(toys.one_compartment(), None, Regimen() + rule, [5], quantities=["toy.amount"])
    assert float(run["decided_at"][0]) == pytest.approx(float(limit.split()[0]), abs=1e-9)


def test_too_many_looks_are_refused() -> None:
    rule = Rule.parse("time >= 0 h", DOSE, check=1e-6)
    with pytest.raises(InputError, match="looked at every"):
        simulate(toys.one_compartment(), None, Regimen() + rule, [48])


def steady() -> object:
    """Return a level that is two for ever, by a score and by a state."""
    m = Module("toy", "mediator", "steady")
    k, rest = toys.number(m, "k", 50.0, "1/h"), toys.number(m, "rest", 2.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=rest)
    m.produce(x, "supply", k * rest)
    m.remove(x, "loss", k * x)
    half = toys.number(m, "half", 1.0, "pg/mL")
    grade = sympy.Piecewise((2, x > half), (0, True))
    m.score("grade", grade, "grade", source="assumed", note="a number of a test")
    m.observable("level", x, "pg/mL", "level")
    return compose(m)


@pytest.mark.parametrize("engine", ["native", "numpy"])
@pytest.mark.parametrize(
    "text, hours", [("grade >= 2", 48), ("grade > 2", 0), ("grade <= 2", 48), ("grade < 2", 0)]
)
def test_the_limit_itself_counts_where_the_sign_says_so(engine, text, hours) -> None:
    how = {"quantities": [], "summaries": [f"time {text}", f"first {text}"], "engine": engine}
    run = simulate(steady(), None, None, [48], **how)
    time, first = (float(run[name][0]) for name in run.data_vars if name.startswith(("time", "first")))
    assert time == pytest.approx(hours)
    assert first == 0 if hours else np.isnan(first)


def test_what_rests_costs_nothing() -> None:
    """Supply and loss in balance, however fast, do not shorten the steps."""
    for rate in ("2 1/h", "200 1/h", "1e5 1/h"):
        run = simulate(steady().replace({"toy.k": rate}), None, None, [0, 168], quantities=["toy.x"])
        assert STATUS[int(run["status"][0])] == "ok"
        assert int(run["steps"][0]) < 30


@pytest.mark.parametrize("precision, bound", [("float64", 1e-9), ("float32", 1e-5)])
@pytest.mark.parametrize("rate", [1e-8, 1e-6, 1e-4, 1e-2, 1.0])
def test_a_slow_depot_under_infusion(precision, bound, rate) -> None:
    plan = Regimen() + Dose("toy.iv", "10 mg", duration=48)
    model = toys.one_compartment(rate)
    run = simulate(model, None, plan, [0, 24, 48], quantities=["toy.amount"], precision=precision)
    exact = -10 / 48 / rate * np.expm1(-rate * np.array([24, 48.0]))
    np.testing.assert_allclose(run["toy.amount"].values[0, 1:], exact, rtol=bound)


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_peaks_are_values_that_occur(engine) -> None:
    """A parabola through a kink or a jump would overshoot."""
    m = Module("toy", "drug", "a drug")
    k = toys.number(m, "k", 0.3, "1/h")
    a = m.species("a", "mg", "amount")
    b = m.species("b", "mg", "what it became")
    m.route("iv", a, "vein")
    m.move(a, b, "change", k * a)
    m.remove(b, "loss", k * b / 3)
    cap = toys.number(m, "cap", 2.0, "mg")
    m.observable("capped", sympy.Min(b, cap), "mg", "capped")
    m.score(
        "grade",
        sympy.Piecewise((2, b > cap), (1, b > cap / 2), (0, True)),
        "g",
        source="assumed",
        note="a number of a test",
    )
    how = {"quantities": [], "summaries": ["peak toy.capped", "peak grade", "trough grade"], "engine": engine}
    run = simulate(compose(m), None, Regimen() + Dose("toy.iv", "9 mg", time=1), [48], **how)
    assert float(run["peak_toy_capped"][0]) == pytest.approx(2.0, rel=1e-12)
    assert (float(run["peak_grade"][0]), float(run["trough_grade"][0])) == (2.0, 0.0)


@pytest.mark.parametrize("half", [1.0, 1e3])
def test_uptake_that_empties_a_pool_makes_no_mass(half) -> None:
    """The rate hardly falls until nothing is left: steps must not end far below zero."""
    m = Module("toy", "drug", "saturated")
    r, km = toys.number(m, "r", 1.0, "mg/h"), toys.number(m, "km", half * 1e-9, "mg")
    g, x = m.species("g", "mg", "gut"), m.species("x", "mg", "body")
    m.route("po", g, "mouth")
    m.move(g, x, "uptake", r * g / (g + km))
    plan = Regimen() + Dose("toy.po", "4.3 mg", every=10, count=5)
    run = simulate(compose(m), None, plan, [0, 50], quantities=["toy.g", "toy.x"])
    total = float((run["toy.g"] + run["toy.x"])[0, 1])
    assert STATUS[int(run["status"][0])] != "ok" or total == pytest.approx(21.5, rel=1e-5)
    assert json.loads(run.attrs["warnings"]) == []


@pytest.mark.parametrize("condition", ["grade >= 2", "toy.level > 0 pg/mL"])
def test_rules_that_single_precision_cannot_watch_are_refused(condition) -> None:
    rule = Rule.parse(condition, DOSE)
    with pytest.raises(InputError, match="float32"):
        simulate(steady(), None, Regimen() + rule, [48], precision="float32")


def test_single_precision_has_the_same_bits_in_any_company() -> None:
    """Also beside someone in whom another parameter differs."""
    model = toys.loop()
    alone = simulate(model, None, None, [0, 20], quantities=["loop.a"], precision="float32")
    import xarray as xr

    for p in model.parameters:
        pair = xr.Dataset({p.name: ("patient", [p.value, p.value * 1.1])}, coords={"patient": [0, 1]})
        both = simulate(model, pair, None, [0, 20], quantities=["loop.a"], precision="float32")
        assert both["loop.a"].values[0].tobytes() == alone["loop.a"].values[0].tobytes(), p.name
