"""Programs agree with SymPy, Jacobians with differences, linear solves with dense algebra."""

from __future__ import annotations

import sys
from collections import OrderedDict

import numpy as np
import pytest
import sympy

from cytostorm.codegen import kernel, system
from cytostorm.codegen.graph import Graph
from cytostorm.codegen.linear import elimination
from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.tape import tape
from cytostorm.model import Model
from cytostorm.model.algebra import value_of
from tests import toys

MODELS = [toys.one_compartment, toys.absorbed, toys.forced, toys.loop, toys.cells]


def point(model: Model, lanes: int = 5, seed: int = 3) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    t = rng.uniform(0, 6, (1, lanes))
    scale = np.array([[s.scale] for s in model.species])
    y = scale * rng.lognormal(0, 1, (len(model.species), lanes))
    p = np.array([[model.values[q]] for q in model.parameters]) * rng.lognormal(
        0, 0.2, (len(model.parameters), lanes)
    )
    u = rng.uniform(0, 1, (len(model.inputs), lanes))
    return t, y, p, u


@pytest.mark.parametrize("build", MODELS)
def test_rates_are_those_written(build) -> None:
    model = build()
    programs = kernel(model, "numpy")
    t, y, p, u = point(model)
    got = programs.rates(t, y, p, u, programs.hoist(p))
    from cytostorm.model import time

    for lane in range(y.shape[1]):
        at = {time: t[0, lane]}
        at |= dict(zip(model.species, y[:, lane], strict=True)) | dict(
            zip(model.parameters, p[:, lane], strict=True)
        )
        at |= dict(zip(model.inputs, u[:, lane], strict=True))
        for o in model.observables:
            at[o] = value_of(o.expression, at, {})
        for row, rate in enumerate(model.rates().values()):
            assert got[row, lane] == pytest.approx(value_of(rate, at, {}), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("build", MODELS)
def test_jacobian_matches_differences(build) -> None:
    model = build()
    programs = kernel(model, "numpy")
    t, y, p, u = point(model)
    h = programs.hoist(p)
    dense = np.zeros((len(y), len(y), y.shape[1]))
    for (i, j), row in zip(programs.system.pattern, programs.jacobian(t, y, p, u, h), strict=True):
        dense[i, j] = row
    for j in range(len(y)):
        step = 1e-6 * np.maximum(np.abs(y[j]), 1e-3)
        up, down = y.copy(), y.copy()
        up[j] += step
        down[j] -= step
        slope = (programs.rates(t, up, p, u, h) - programs.rates(t, down, p, u, h)) / (2 * step)
        np.testing.assert_allclose(dense[:, j], slope, rtol=2e-5, atol=1e-6 * max(1, np.abs(dense).max()))


def test_drift_is_the_time_derivative() -> None:
    """A term that depends on time itself has its derivative in `drift`."""
    from cytostorm.model import Module, compose, time

    m = Module("toy", "organ", "a ramp")
    k = toys.number(m, "k", 2.0, "mg/h^2")
    x = m.species("x", "mg", "state")
    m.produce(x, "ramp", k * time)
    programs = kernel(compose(m), "numpy")
    assert programs.system.timed
    t, y, p, u = point(compose(m))
    np.testing.assert_allclose(programs.drift(t, y, p, u, programs.hoist(p))[0], p[0])


@pytest.mark.parametrize("size", [1, 3, 9, 24])
def test_sparse_elimination_solves(size: int) -> None:
    rng = np.random.default_rng(size)
    pattern = [(i, j) for i in range(size) for j in range(size) if rng.uniform() < 0.25]
    how = elimination(size, pattern)
    factor, solve = numpy_program(how.factor()), numpy_program(how.solve())
    values, b = rng.normal(size=(len(pattern), 4)), rng.normal(size=(size, 4))
    x = solve(factor(values, np.full((1, 4), 9.0)), b)
    for lane in range(4):
        matrix = 9.0 * np.eye(size)
        for (i, j), v in zip(pattern, values[:, lane], strict=True):
            matrix[i, j] -= v
        np.testing.assert_allclose(matrix @ x[:, lane], b[:, lane], rtol=1e-10, atol=1e-10)


def test_power_of_what_is_a_hair_below_zero_is_the_power_of_zero() -> None:
    graph = Graph()
    x = graph.load("x", 0)
    root = graph.power(x, graph.const(1.5))
    run = numpy_program(tape(graph, "f", [("x", 1)], [root, graph.slope(root, x)]))
    value, slope = run(np.array([[-1e-9, 0.0, 4.0]]))
    np.testing.assert_allclose(value, [0.0, 0.0, 8.0])
    np.testing.assert_allclose(slope, [0.0, 0.0, 3.0], atol=1e-100)


def test_equal_expressions_are_one_node() -> None:
    graph = Graph()
    a, b = graph.load("y", 0), graph.load("y", 1)
    assert graph.mul(a, b) == graph.mul(a, b)
    assert graph.value(graph.slope(graph.mul(a, b), graph.load("y", 2))) == 0


def test_parameters_alone_are_computed_once() -> None:
    programs = system(toys.loop())
    assert len(programs.hoist.outputs) > 0
    run_time = {op for op, _ in programs.rates.code}
    assert "exp" in run_time  # a power of a state stays
    loads = {int(args[1]) for op, args in programs.rates.code if op == "load" and args[0] == 4}
    assert loads, "nothing that was hoisted is used"


def test_same_structure_is_compiled_once() -> None:
    model = toys.loop()
    assert system(model) is system(model.replace({"loop.fast": 30.0}))


@pytest.mark.parametrize("build", MODELS)
def test_programs_from_disk_are_those_that_were_made(build, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CYTOSTORM_CACHE", str(tmp_path))
    rooms = sys.modules[system.__module__]
    monkeypatch.setattr(rooms, "_made", OrderedDict())
    made = system(build())
    rooms._made.clear()
    monkeypatch.setattr(rooms, "_system", None)
    found = system(build())
    assert found is not made
    assert repr(found) == repr(made)


def test_no_function_of_sympy_is_lost() -> None:
    from cytostorm.model import Module, compose

    m = Module("toy", "lab", "every operation")
    a, b = toys.number(m, "a", 0.7, "1"), toys.number(m, "b", 1.9, "1")
    x = [
        sympy.exp(-a), sympy.log(b), sympy.tanh(a), sympy.sqrt(b), sympy.Abs(a - b),
        sympy.Max(a, b, 1), sympy.Min(a, b),
        sympy.Piecewise((a, a > b), (b, True)), sympy.Piecewise((a, (a < b) & (b >= 1)), (0, True)),
        sympy.Piecewise((a, ~((a <= b) | (b < 1))), (2, True)), a**3, a**-2, b**a, a ** sympy.Rational(1, 3),
        sympy.Piecewise((1, sympy.Eq(a, a * b / b)), (0, True)),
        sympy.Piecewise((1, sympy.Ne(a, b)), (0, True)),
    ]  # fmt: skip
    for k, e in enumerate(x):
        m.observable(f"o{k}", e, "1", "an operation")
    model = compose(m)
    programs = kernel(model, "numpy")
    p = np.array([[model.values[q]] for q in model.parameters])
    got = programs.read(np.zeros((1, 1)), np.zeros((0, 1)), p, np.zeros((0, 1)), programs.hoist(p))
    at = {q: model.values[q] for q in model.parameters}
    want = {o.name: value_of(o.expression, at, {}) for o in model.observables}
    for row, o in zip(got[:, 0], model.observables, strict=True):
        assert row == pytest.approx(want[o.name], rel=1e-12), o.name
