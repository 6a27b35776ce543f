"""Order of convergence, agreement with a reference, independence of lanes, failure as data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from scipy.integrate import solve_ivp

from cytostorm.codegen import kernel
from cytostorm.errors import InputError
from cytostorm.model import Dose, Module, Regimen, compose
from cytostorm.simulation import STATUS, Rodas5P, simulate
from cytostorm.simulation.solvers.rodas5p import Place, take_step
from tests import toys


def after_fixed_steps(model, steps: int, end: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """Return the end state, and the state in the middle of the last step by dense output."""
    programs = kernel(model, "numpy")
    p = np.array([[model.values[q]] for q in model.parameters])
    y, hoisted = programs.initial(p) * 3.0 + 1.0, programs.hoist(p)
    u, h = np.zeros((len(model.inputs), 1)), np.array([end / steps])
    t = np.zeros(1)
    for _ in range(steps):
        step = take_step(programs, t, Place(y, p, u, hoisted), h)
        y, t = step.end, t + h
    return y[:, 0], step.at(np.array([0.5]), np.array([0]))[:, 0]


def smooth():
    """Return a non-linear model without kinks, so that the order shows."""
    from cytostorm.library.kinetics import rises

    m = Module("toy", "mediator", "smooth")
    k, half = toys.number(m, "k", 1.3, "1/h"), toys.number(m, "half", 1.0, "pg/mL")
    a, b = m.species("a", "pg/mL", "a"), m.species("b", "pg/mL", "b")
    m.produce(a, "rise", k * half * rises(b, half, 2))
    m.remove(a, "loss of a", k * a * rises(a, half))
    m.produce(b, "rise b", k * a)
    m.remove(b, "loss of b", k * b * (1 + b / half))
    return compose(m)


def test_order_of_convergence() -> None:
    model = smooth()
    exact, _ = after_fixed_steps(model, 1600)
    errors = [np.abs(after_fixed_steps(model, n)[0] - exact).max() for n in (20, 40, 80)]
    orders = np.log2(np.array(errors[:-1]) / errors[1:])
    assert (orders > 4.7).all(), orders


def test_order_of_dense_output() -> None:
    """The middle of the last step of n steps is the middle of that interval to order 4 at least."""
    model = smooth()
    errors = []
    for n in (10, 20, 40):
        _, middle = after_fixed_steps(model, n)
        fine, _ = after_fixed_steps(model, 1600 - 1600 // (2 * n), 2.0 - 1.0 / n)
        errors.append(np.abs(middle - fine).max())
    assert (np.log2(np.array(errors[:-1]) / errors[1:]) > 3.6).all(), errors


@pytest.mark.parametrize("build", [toys.loop, toys.absorbed, toys.cells, smooth])
def test_agrees_with_reference_solver(build) -> None:
    model = build()
    times = np.linspace(0, 40, 81)
    names = [s.name for s in model.species]
    plan = Regimen() + Dose("toy.iv", "20 mg", time=0) if model.routes else None
    run = simulate(model, None, plan, times, quantities=names, rtol=1e-8)
    programs = kernel(model, "numpy")
    p = np.array([[model.values[q]] for q in model.parameters])
    y0, h = programs.initial(p)[:, 0], programs.hoist(p)
    if model.routes:
        y0[names.index("toy.central")] += 20e6
    u = np.zeros((len(model.inputs), 1))

    def rates(t, y):
        return programs.rates(np.array([[t]]), y[:, None], p, u, h)[:, 0]

    reference = solve_ivp(rates, (0, 40), y0, "Radau", times, rtol=1e-10, atol=1e-12)
    for row, species in enumerate(model.species):
        want = reference.y[row] / species.factor
        got = run[species.name].to_numpy()[0]
        np.testing.assert_allclose(got[1:], want[1:], atol=1e-6 * np.abs(want).max(), rtol=0)


def cohort(model, n: int, seed: int = 1) -> xr.Dataset:
    rng = np.random.default_rng(seed)
    values = {p.name: ("patient", p.value * rng.lognormal(0, 0.3, n)) for p in model.parameters}
    return xr.Dataset(values, coords={"patient": np.arange(n)})


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_patient_has_the_same_bits_in_any_company(engine: str) -> None:
    model = toys.loop()
    people = cohort(model, 300)
    times = np.linspace(0, 20, 21)
    together = simulate(model, people, None, times, quantities=["loop.a", "loop.b"], engine=engine)
    for chosen in ([0], [299], [17, 3], list(range(40, 49)), [255, 256, 257]):
        alone = simulate(
            model, people.isel(patient=chosen), None, times, quantities=["loop.a", "loop.b"], engine=engine
        )
        for name in ("loop.a", "loop.b"):
            assert alone[name].to_numpy().tobytes() == together[name].to_numpy()[chosen].tobytes()


def test_failure_is_data_and_neighbours_do_not_notice() -> None:
    model = toys.loop()
    people = cohort(model, 16)
    sick = people.copy(deep=True)
    for lane, value in ((3, np.nan), (5, -1.0), (7, np.inf), (9, 1e200)):
        sick["loop.fast"][lane] = value
    times = np.linspace(0, 20, 21)
    clean = simulate(model, people, None, times, quantities=["loop.a"])
    run = simulate(model, sick, None, times, quantities=["loop.a"])
    status = [STATUS[s] for s in run["status"].to_numpy()]
    assert [status[k] for k in (3, 5, 7)] == ["bad input"] * 3
    assert status[9] != "ok" or np.isfinite(run["loop.a"][9]).all()
    assert run.attrs["failed"] == sum(s != "ok" for s in status)
    values = run["loop.a"].to_numpy()
    for lane in range(16):
        if status[lane] != "ok":
            assert np.isnan(values[lane]).all()
        if lane not in (3, 5, 7, 9):
            assert values[lane].tobytes() == clean["loop.a"].to_numpy()[lane].tobytes()


def test_long_chain_costs_both_engines_the_same() -> None:
    """Solutions are written over right-hand sides; those that later rows need must have been read before."""
    m = Module("chain", "mediator", "a cause and all that it causes")
    loss, half = toys.number(m, "loss", 2.0, "1/h"), toys.number(m, "half", 5.0, "mg")
    cause = before = m.species("a", "mg", "cause", initial=toys.number(m, "start", 100.0, "mg"))
    m.remove(cause, "loss", loss * cause * cause / (cause + half))
    for k in range(30):
        effect = m.species(f"b{k:02d}", "mg", "effect")
        m.produce(effect, f"rise {k}", loss * (before + cause))
        m.remove(effect, f"loss {k}", loss * effect * (1 + k))
        before = effect
    runs = [
        simulate(compose(m), None, None, [1.0, 5.0], rtol=1e-7, engine=e)["steps"]
        for e in ("native", "numpy")
    ]
    assert abs(int(runs[0][0]) - int(runs[1][0])) <= 2


def test_blow_up_ends_with_a_status() -> None:
    m = Module("toy", "mediator", "x' = x^2 has no solution after t = 1")
    k = toys.number(m, "k", 1.0, "L/ng/h")
    start = toys.number(m, "start", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=start)
    m.produce(x, "growth", k * x * x)
    run = simulate(compose(m), None, None, [0, 0.5, 2], quantities=["toy.x"])
    assert STATUS[int(run["status"][0])] in ("no convergence", "non-finite", "step limit")
    assert 0.9 < float(run["failed_at"][0]) <= 1.01
    assert np.isnan(run["toy.x"]).all()


def test_step_limit() -> None:
    run = simulate(toys.loop(), None, None, [0, 40], solver=Rodas5P(most_steps=5), quantities=["loop.a"])
    assert STATUS[int(run["status"][0])] == "step limit"


@pytest.mark.parametrize("times", [[], [1, 1], [2, 1], [-1, 2], [0, float("nan")], [[0, 1]]])
def test_times_that_make_no_sense(times) -> None:
    with pytest.raises(InputError):
        simulate(toys.loop(), None, None, times)


def test_times_that_lie_apart_in_memory() -> None:
    hours = np.arange(0.0, 6.0)
    found = simulate(toys.loop(), None, None, hours[::2], quantities=["loop.a"])
    wanted = simulate(toys.loop(), None, None, hours[::2].copy(), quantities=["loop.a"])
    assert np.array_equal(found["loop.a"], wanted["loop.a"])


def test_run_carries_units_labels_and_provenance() -> None:
    model = toys.loop().replace({"loop.fast": "30 1/h"})
    run = simulate(model, None, None, [0, 1], quantities=["loop.a"])
    assert run["loop.a"].attrs["units"] == "pg/mL"
    assert run["loop.a"].attrs["label"] == "fast mediator"
    assert run["time"].attrs["units"] == "h"
    assert run.attrs["fingerprint"] == model.fingerprint
    assert "loop.fast" in run.attrs["set"]
    assert "never for the care of a patient" in run.attrs["disclaimer"]


def test_smooth_term_in_time() -> None:
    """Growth k x exp(-t / tau): the derivative in time enters each stage, and the order holds."""
    import sympy

    from cytostorm.model import time

    m = Module("toy", "mediator", "x' = k x exp(-t / tau)")
    k, tau = toys.number(m, "k", 2.0, "1/h"), toys.number(m, "tau", 1.5, "h")
    start = toys.number(m, "start", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=start)
    m.produce(x, "growth", k * x * sympy.exp(-time / tau))
    model = compose(m)
    # the states of after_fixed_steps start at 3 x 1 + 1
    want = 4.0 * np.exp(2.0 * 1.5 * (1 - np.exp(-2.0 / 1.5)))
    errors = [abs(after_fixed_steps(model, n)[0][0] - want) for n in (10, 20, 40)]
    assert (np.log2(np.array(errors[:-1]) / errors[1:]) > 4.6).all(), errors


@pytest.mark.parametrize("power", [0.5, 0.8, 0.95, 1.0, 1.5])
def test_saturation_of_any_steepness_from_nothing(power: float) -> None:
    """From x = 0 on, a - b H(x, 1, n) - c x, whose root is infinitely steep there for n below 1."""
    from cytostorm.library.kinetics import rises

    m = Module("toy", "mediator", "a brake of itself")
    a, b = toys.number(m, "a", 1.0, "pg/mL/h"), toys.number(m, "b", 0.9, "pg/mL/h")
    c, half = toys.number(m, "c", 0.1, "1/h"), toys.number(m, "half", 1.0, "pg/mL")
    n = toys.number(m, "n", power, "1")
    x = m.species("x", "pg/mL", "x")
    m.produce(x, "supply", a)
    m.remove(x, "uptake", b * rises(x, half, n))
    m.remove(x, "loss", c * x)
    run = simulate(compose(m), None, None, [0, 5, 20], quantities=["toy.x"])
    assert STATUS[int(run["status"][0])] == "ok"

    def rates(_, y):
        r = max(y[0], 0.0) ** power
        return [1 - 0.9 * r / (1 + r) - 0.1 * y[0]]

    want = solve_ivp(rates, (0, 20), [0.0], "Radau", [0, 5, 20], rtol=1e-9, atol=1e-12).y[0]
    np.testing.assert_allclose(run["toy.x"].to_numpy()[0], want, rtol=1e-4, atol=1e-9)


@pytest.mark.parametrize(
    "call",
    [
        lambda _: simulate("endotoxin"),
        lambda m: simulate(m, 5),
        lambda m: simulate(m, None, 7),
        lambda m: simulate(m, None, None, "24 h"),
        lambda m: simulate(m, None, None, [0, 1], quantities="loop.a"),
        lambda m: simulate(m, cohort(m, 4).isel(patient=2), None, [0, 1]),
    ],
)
def test_call_that_makes_no_sense(call) -> None:
    with pytest.raises(InputError) as caught:
        call(toys.loop())
    assert caught.value.remedy


def test_number_outside_its_range_is_said() -> None:
    m = Module("toy", "trigger", "a toy")
    k = toys.number(m, "k", 1.0, "1/h", usual=(0.5, 2.0))
    x = m.species("x", "pg/mL", "x")
    m.remove(x, "loss", k * x)
    model = compose(m)
    assert model.warnings() == []
    (said,) = model.replace({"toy.k": 5.0}).warnings()
    assert "toy.k is 5 1/h" in said
    assert "0.5 to 2" in said
    assert "toy.k" in simulate(model.replace({"toy.k": 5.0}), None, None, [0, 1]).attrs["warnings"]
