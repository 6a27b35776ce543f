"""Decisions: policies written in Python, and rules held against times that were computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.simulation import Policy, Rodas5P, simulate
from tests import toys

HOURS = np.linspace(0.0, 48.0, 49)
DOSE = Dose("toy.iv", "10 mg")
TIGHT = Rodas5P(rtol=1e-10)


def asked(decide, every: str | float = "6 h", *, model: Model | None = None, cohort=None, **how):
    """Simulate a drug in one compartment under a policy."""
    how = {"quantities": ["toy.level"], **how}
    regimen = how.pop("regimen", Regimen() + DOSE)
    return simulate(
        model or toys.one_compartment(), cohort, regimen, HOURS, policy=Policy(decide, every=every), **how
    )


def people(*rates: float) -> xr.Dataset:
    return xr.Dataset({"toy.rate": ("patient", list(rates))})


def ward() -> Model:
    """Return a drug whose level in ug/L is measured in mg/L, and a flag that holds while it is low."""
    import sympy

    m = Module("toy", "drug", "a drug in one compartment")
    rate, volume = toys.number(m, "rate", 0.3, "1/h"), toys.number(m, "volume", 5.0, "L")
    low = toys.number(m, "low", 1.0, "mg/L")
    amount = m.species("amount", "mg", "drug in the body")
    level = m.observable("level", amount / volume, "ug/L", "drug in serum")
    m.remove(amount, "elimination", rate * amount)
    m.route("iv", amount, "vein")
    labs = Module("labs", "lab", "what a ward sees")
    labs.lab("drug", level, "mg/L", "drug")
    labs.lab("is_low", sympy.Piecewise((1, level < low), (0, True)), "1", "whether it is low")
    return compose(m, labs)


# --- when and what a policy is asked ------------------------------------------------------------------


def test_asked_at_each_interval_but_not_at_the_start_nor_at_the_end() -> None:
    times = []
    asked(lambda r: times.append(r.time), "12 h")
    assert times == [12.0, 24.0, 36.0]


def test_a_plain_function_is_asked_every_day() -> None:
    times = []
    run = simulate(
        toys.one_compartment(), None, None, [0, 80.0], policy=lambda r: times.append(r.time), quantities=[]
    )
    assert times == [24.0, 48.0, 72.0]
    assert "every 24 h" in run.attrs["policy"]


def test_reads_labs_and_species_in_the_unit_of_display() -> None:
    seen = {}

    def decide(r) -> None:
        if r.time == 6.0:
            seen.update({name: float(r[name][0]) for name in ("drug", "toy.level", "toy.amount", "is_low")})

    asked(decide, model=ward(), quantities=["drug"], solver=TIGHT)
    left = 10 * np.exp(-0.3 * 6)
    assert seen["toy.amount"] == pytest.approx(left)
    assert seen["drug"] == pytest.approx(left / 5)
    assert seen["toy.level"] == pytest.approx(left / 5 * 1000)
    assert seen["is_low"] == 1.0


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_gives_to_whom_it_wants(engine) -> None:
    """A bolus at 6 h to those whose level is below 0.5 mg/L: 2 exp(-6 k) is, for k = 0.3 and 0.5."""

    def decide(r) -> None:
        if r.time == 6.0:
            r.give(Dose("toy.iv", "5 mg"), r["toy.level"] < 0.5)

    rates = np.array([0.3, 0.1, 0.5, 0.2])
    run = asked(decide, cohort=people(*rates), engine=engine, solver=TIGHT)
    given = np.array([1, 0, 1, 0])
    after = 2 * np.exp(-10 * rates) + given * np.exp(-4 * rates)
    np.testing.assert_allclose(run["toy.level"].to_numpy()[:, 10], after, rtol=1e-6)
    assert run["decided_for"].to_numpy().tolist() == [0, 2]
    assert run["decided_at"].to_numpy().tolist() == [6.0, 6.0]
    assert run["order"].to_numpy().tolist() == ["policy: 5 mg toy.iv at 0 h"]


def test_repeated_infused_and_late_doses_count_from_the_round() -> None:
    """Three infusions of 2 h every 8 h, the first 1 h after the round at 6 h."""

    def decide(r) -> None:
        if r.time == 6.0:
            r.give(Dose("toy.iv", "4 mg", time=1, duration=2, every=8, count=3))

    run = asked(decide, regimen=None, solver=TIGHT)
    want = np.zeros(49)
    for start in (7, 15, 23):
        inside = np.clip(HOURS - start, 0, 2)
        want += 2 / 0.3 * (1 - np.exp(-0.3 * inside)) * np.exp(-0.3 * np.clip(HOURS - start - 2, 0, None)) / 5
    np.testing.assert_allclose(run["toy.level"].to_numpy()[0], want, atol=1e-7)


def test_orders_of_several_rounds_and_of_the_plan_add_up() -> None:
    plan = Regimen() + Dose("toy.iv", "1 mg", time=3, every=6, count=8)
    run = asked(lambda r: r.give(Dose("toy.iv", "2 mg")), regimen=plan, solver=TIGHT)
    doses = [(3 + 6 * k, 1.0) for k in range(8)] + [(6.0 * k, 2.0) for k in range(1, 8)]
    want = sum(mg / 5 * np.exp(-0.3 * (48 - time)) for time, mg in doses)
    assert float(run["toy.level"][0, -1]) == pytest.approx(want, rel=1e-7)


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_a_policy_that_does_what_a_rule_does_gives_the_same_bits(engine) -> None:
    rule = Rule.parse("toy.level < 1 mg/L, then at most 3", DOSE, check="6 h")
    given = np.zeros(40, int)

    def decide(r) -> None:
        who = (r["toy.level"] < 1.0) & (given < 3)
        given[who] += 1
        r.give(DOSE, who)

    cohort = people(*np.linspace(0.05, 0.6, 40))
    plan = Regimen() + DOSE
    how = {"summaries": ["area toy.level"], "engine": engine}
    by_rule = simulate(toys.one_compartment(), cohort, plan + rule, HOURS, quantities=["toy.level"], **how)
    by_policy = asked(decide, cohort=cohort, **how)
    for name in ("toy.level", "area_toy_level", "decided_at", "decided_for", "steps"):
        assert by_rule[name].to_numpy().tobytes() == by_policy[name].to_numpy().tobytes()


def test_everyone_comes_to_one_round() -> None:
    """Also if they are more than are advanced together."""
    sizes = []

    def decide(r) -> None:
        sizes.append((r.time, len(r["toy.level"]), len(r.alive)))
        assert r.patients.tolist() == list(range(5000))
        r.give(DOSE, r.patients == int(np.argmin(r["toy.level"])))

    rates = np.linspace(0.1, 0.2, 5000)
    rates[4321] = 0.5
    run = simulate(
        toys.one_compartment(), people(*rates), Regimen() + DOSE, [0.0, 13.0], policy=Policy(decide, "6 h"),
        quantities=[], rtol=1e-3,
    )  # fmt: skip
    assert sizes == [(6.0, 5000, 5000), (12.0, 5000, 5000)]
    assert run["decided_for"].to_numpy()[0] == 4321


def test_the_failed_are_unknown_and_get_nothing() -> None:
    seen = []

    def decide(r) -> None:
        seen.append((r.alive.tolist(), np.isnan(r["toy.level"]).tolist()))
        r.give(DOSE)
        r.give(DOSE, ~r.alive)
        r.give(DOSE, np.isnan(r["toy.level"]))

    run = asked(decide, "24 h", cohort=people(0.3, np.nan, 0.2))
    assert seen == [([True, False, True], [False, True, False])]
    assert run["decided_for"].to_numpy().tolist() == [0, 2]
    assert run["status"].to_numpy().tolist() == [0, 1, 0]
    assert np.isnan(run["toy.level"][1]).all()


def test_what_a_policy_does_to_its_arrays_changes_nothing() -> None:
    def scribble(r) -> None:
        r["toy.level"][:] = 99.0
        r["toy.amount"][:] = 99.0
        r.alive[:] = False

    quiet = asked(lambda _: None)
    assert asked(scribble)["toy.level"].to_numpy().tobytes() == quiet["toy.level"].to_numpy().tobytes()


def test_faults_of_a_policy_pass_through() -> None:
    with pytest.raises(ZeroDivisionError):
        asked(lambda _: 1 / 0)


@pytest.mark.parametrize(
    "decide, said",
    [
        (lambda r: r.give("10 mg"), "a Dose"),
        (lambda r: r.give(DOSE, r["toy.level"]), "who gets the dose is float64"),
        (lambda r: r.give(DOSE, np.array([0, 1])), "who gets the dose is int64"),
        (lambda r: r.give(DOSE, np.ones(3, bool)), "of shape (3,)"),
        (lambda r: r.give(DOSE, True), "of shape ()"),
        (lambda r: r.give(DOSE, np.ones((2, 1), bool)), "of shape (2, 1)"),
        (lambda r: r.give(Dose("toy.po", "1 mg")), "no route"),
        (lambda r: r.give(Dose("toy.po", "1 mg"), np.zeros(2, bool)), "no route"),
        (lambda r: r.give(Dose("toy.iv", "1 mL")), "an amount like"),
        (lambda r: r.give(Dose("toy.iv", "1 mg/kg")), "person"),
        (lambda r: r["toy.levl"], "did you mean"),
        (lambda r: r["toy.rate"], "no quantity"),
        (lambda r: r[5], "no quantity '5'"),
    ],
)
def test_orders_that_make_no_sense(decide, said) -> None:
    with pytest.raises(InputError) as caught:
        asked(decide, cohort=people(0.3, 0.2))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Policy(5),
        lambda: Policy(print, every=0),
        lambda: Policy(print, every="-1 h"),
        lambda: Policy(print, every="3 kg"),
        lambda: Policy(print, every=float("nan")),
        lambda: simulate(toys.one_compartment(), policy=5),
        lambda: simulate(toys.one_compartment(), policy=print, precision="float32"),
    ],
)
def test_policies_that_make_no_sense(build) -> None:
    with pytest.raises(InputError) as caught:
        build()
    assert caught.value.remedy


# --- rules against times computed by hand -------------------------------------------------------------


def decided(run) -> list[tuple[float, int, str]]:
    """Return hour, patient and order of each decision."""
    orders = run["order"].to_numpy() if "order" in run.coords else []
    names = ("decided_at", "decided_for", "decided_what")
    return [
        (time, int(who), str(orders[int(what)]))
        for time, who, what in zip(*(run[name].to_numpy() for name in names), strict=True)
    ]


def ruled(*rules: Rule, cohort=None, regimen=None, **how):
    regimen = Regimen() + DOSE if regimen is None else regimen
    for rule in rules:
        regimen += rule
    return simulate(ward(), cohort, regimen, HOURS, quantities=["drug"], **{"solver": TIGHT, **how})


each_engine = pytest.mark.parametrize("how", [{}, {"engine": "numpy"}], ids=["native", "numpy"])


@each_engine
def test_flag(how) -> None:
    """2 exp(-0.3 t) < 1 from 2.31 h on: seen at 3 h; 10 mg then last until 3 + 2.99 h, seen at 6 h."""
    rule = Rule.parse("is_low, then at most 2", DOSE, check="1 h")
    run = ruled(rule, **how)
    order = f"{rule.text()}: 10 mg toy.iv at 0 h"
    level = 2 * np.exp(-0.9) + 2
    second = 3 + int(np.ceil(np.log(level) / 0.3))
    assert decided(run) == [(3.0, 0, order), (float(second), 0, order)]
    assert run["given"].to_numpy().tolist() == [[2]]


@each_engine
def test_no_flag_and_the_clock(how) -> None:
    """`time >= 1 d` holds at 24 h itself; `not is_low` fails there unless something was given."""
    late = Rule.parse("time >= 1 d, then once", DOSE, check="8 h")
    high = Rule.parse("not is_low and time > 12 h, then once", Dose("toy.iv", "1 mg"), check="1 h")
    run = ruled(late, high, **how)
    found = decided(run)
    assert [(time, order.rpartition(": ")[2]) for time, _, order in found] == [
        (24.0, "10 mg toy.iv at 0 h"),
        (25.0, "1 mg toy.iv at 0 h"),
    ]
    assert run["given"].to_numpy().tolist() == [[1], [1]]


def test_three_days() -> None:
    rule = Rule.parse("time >= 3 d, then once", DOSE, check="24 h")
    run = simulate(ward(), None, Regimen() + rule, [0.0, 100.0], quantities=["drug"])
    assert [time for time, *_ in decided(run)] == [72.0]


@each_engine
def test_what_must_last(how) -> None:
    """Low at each look for 24 h: seen low first at 6 h, so given at 30 h; a dose at 20 h starts it anew."""
    rule = Rule.parse("drug < 1 mg/L for 24 h, then once", DOSE, check="6 h")
    assert [time for time, *_ in decided(ruled(rule, **how))] == [30.0]
    again = Regimen() + DOSE + Dose("toy.iv", "20 mg", time=20)
    assert decided(ruled(rule, regimen=again, **how)) == []  # 4 mg/L at 20 h: low again at 30 h, until 48 h
    shorter = Rule.parse("drug < 1 mg/L for 12 h, then once", DOSE, check="6 h")
    late = Regimen() + DOSE + Dose("toy.iv", "20 mg", time=10)
    assert [time for time, *_ in decided(ruled(shorter, regimen=late, **how))] == [30.0]


@each_engine
def test_pause_and_most(how) -> None:
    """Looked at every 2 h, always true: given at 2, 10, 18 and 26 h, and no more."""
    rule = Rule.parse("drug < 1000 mg/L, repeat after 8 h, at most 4", DOSE, check="2 h")
    run = ruled(rule, **how)
    assert [time for time, *_ in decided(run)] == [2.0, 10.0, 18.0, 26.0]
    assert run["given"].to_numpy().tolist() == [[4]]
    times = (0, 2, 10, 18, 26)
    want = sum(2 * np.exp(-0.3 * (48 - t)) for t in times)
    assert float(run["drug"][0, -1]) == pytest.approx(want, rel=1e-7)


def test_once_for_each_of_many() -> None:
    """2 exp(-k t) < 1 from ln 2 / k on, looked at every 2 h."""
    rates = np.array([0.3, 0.1, 0.05, 0.012, 0.6])
    rule = Rule.parse("drug < 1 mg/L, then once", DOSE, check="2 h")
    run = ruled(rule, cohort=people(*rates))
    when = 2 * np.ceil(np.log(2) / rates / 2)
    want = [(t, k) for k, t in enumerate(when.tolist()) if t < 48]
    assert [(time, who) for time, who, _ in decided(run)] == want
    assert run["given"].to_numpy().tolist() == [[1, 1, 1, 0, 1]]


def test_several_rules_are_logged_apart() -> None:
    one = Rule.parse("drug < 1 mg/L, then once", DOSE, check="3 h")
    two = Rule.parse("drug < 1 mg/L, then once", Dose("toy.iv", "7 mg"), check="3 h")
    run = ruled(one, two)
    found = decided(run)
    assert [time for time, *_ in found] == [3.0, 3.0]
    assert [order.rpartition(": ")[2] for *_, order in found] == ["10 mg toy.iv at 0 h", "7 mg toy.iv at 0 h"]
    assert len(run["order"]) == 2
    assert run["given"].to_numpy().tolist() == [[1], [1]]


def test_nothing_decided_is_nothing_logged() -> None:
    run = ruled(Rule.parse("drug > 1000 mg/L", DOSE, check="6 h"))
    assert decided(run) == []
    assert run["given"].to_numpy().tolist() == [[0]]
