"""Gradients against closed forms, and against exact tangents by another path: other slopes, other solver."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest
import sympy
import xarray as xr
from scipy.integrate import solve_ivp

from cytostorm.codegen import system
from cytostorm.codegen.native import native_programs
from cytostorm.dataset import check
from cytostorm.errors import InputError
from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.model.process import Process
from cytostorm.population import sample
from cytostorm.simulation import STATUS, gradient, simulate
from tests import toys

TIMES = np.linspace(0, 20, 41)

# --- exact tangents: S' = J S + df/dp, written with SymPy, solved by SciPy ---------------------------------


class Slopes:
    """Derivatives of expressions along one parameter; `dot` maps each symbol to its derivative."""

    def __init__(self, dot: dict) -> None:
        self.dot = dot
        self.known: dict = {}

    def __call__(self, e: sympy.Expr) -> sympy.Expr:
        """Return the derivative of an expression."""
        if e not in self.known:
            self.known[e] = self._slope(e)
        return self.known[e]

    def _slope(self, e: sympy.Expr) -> sympy.Expr:
        if e in self.dot:
            return self.dot[e]
        if not e.free_symbols & self.dot.keys():
            return sympy.S.Zero
        inner = [self(a) for a in e.args] if not isinstance(e, sympy.Piecewise) else []
        if isinstance(e, sympy.Add):
            return sympy.Add(*inner)
        if isinstance(e, sympy.Mul):
            return sympy.Add(*(sympy.Mul(*e.args[:k], d, *e.args[k + 1 :]) for k, d in enumerate(inner)))
        if isinstance(e, sympy.Pow):
            base, power = e.args
            log = sympy.log(sympy.Max(base, sympy.Float(1e-300)))  # a power of zero is zero, not NaN
            return power * base ** (power - 1) * inner[0] + e * log * inner[1]
        if isinstance(e, sympy.Piecewise):
            return sympy.Piecewise(*((self(value), condition) for value, condition in e.args))
        if isinstance(e, (sympy.Max, sympy.Min)):
            first, rest = e.args[0], type(e)(*e.args[1:])
            ahead = first >= rest if isinstance(e, sympy.Max) else first <= rest
            return sympy.Piecewise((self(first), ahead), (self(rest), True))
        outer = {sympy.exp: e, sympy.log: 1 / e.args[0], sympy.tanh: 1 - e**2}
        return outer[type(e)] * inner[0]


class Given(NamedTuple):
    """A dose: hours, duration (0 is a bolus), route, and how much, as an expression in coherent units."""

    start: float
    duration: float
    route: str
    amount: sympy.Expr


def with_tangents(model: Model, name: str, given: list[Given]) -> Model:
    """Return the model with a tangent for every state, read-out and dose, in coherent units."""
    m = Module("tangent", "lab", "derivatives")
    chosen = model.parameter(name)
    slope = Slopes({chosen: sympy.S.One})
    species = [m.species(f"s{k}", s.unit, "tangent") for k, s in enumerate(model.species)]
    slope.dot |= dict(zip(model.species, species, strict=True))
    read = {
        q: m.observable(f"o{k}", 0, "1", "tangent")
        for k, q in enumerate((*model.observables, *model.sockets))
    }
    slope.dot |= read
    for quantity, tangent in read.items():
        expression = getattr(quantity, "expression", None)
        tangent.expression = slope(model.sockets[quantity] if expression is None else expression)
    for s, tangent in zip(model.species, species, strict=True):
        tangent.initial = slope(s.initial)
    rates = model.rates()
    rises = [
        Process("tangent", f"p{k}", slope(rates[s]), ((tangent, sympy.S.One),))
        for k, (s, tangent) in enumerate(zip(model.species, species, strict=True))
    ]
    arrive = [g.amount * model.routes[g.route].bioavailability for g in given]
    doses = [m.observable(f"dose{k}", e, "1", "dose") for k, e in enumerate(arrive)]
    doses += [m.observable(f"dose{k}_slope", slope(e), "1", "dose") for k, e in enumerate(arrive)]
    return replace(
        model,
        species=(*model.species, *species),
        observables=(*model.observables, *read.values(), *doses),
        processes=(*model.processes, *rises),
        values=MappingProxyType(dict(model.values)),
    )


def compiled(model: Model) -> SimpleNamespace:
    """Return the programs that are needed, and no more: the rest takes long to compile."""
    s = system(model)
    return SimpleNamespace(**native_programs((s.hoist, s.initial, s.rates, s.read)))


def tangents(model: Model, name: str, given: list[Given], times: np.ndarray, wanted: list[str]) -> np.ndarray:
    """Return the exact slopes (quantity, time) in display units per display unit of the parameter."""
    both = with_tangents(model, name, given)
    programs = compiled(both)
    p = np.array([[both.values[q]] for q in both.parameters])
    h, y, half = programs.hoist(p), programs.initial(p)[:, 0], len(model.species)
    u = np.zeros((len(model.inputs), 1))
    rows = {o.name: k for k, o in enumerate(both.observables)}
    doses = programs.read(np.zeros((1, 1)), y[:, None], p, u, h)[:, 0]
    into = [[s.name for s in model.species].index(model.routes[g.route].species.name) for g in given]

    def rates(t: float, state: np.ndarray, flow: np.ndarray) -> np.ndarray:
        return programs.rates(np.array([[t]]), state[:, None], p, u, h)[:, 0] + flow

    def amounts(k: int) -> np.ndarray:
        change = np.zeros(2 * half)
        change[into[k]] = doses[rows[f"tangent.dose{k}"]]
        change[half + into[k]] = doses[rows[f"tangent.dose{k}_slope"]]
        return change

    stops = {0.0, float(times[-1])} | {t for g in given for t in (g.start, g.start + g.duration)}
    out = np.empty((2 * half, len(times)))
    out[:, 0] = y
    for start, end in itertools.pairwise(sorted(t for t in stops if t <= times[-1])):
        flow = np.zeros(2 * half)
        for k, g in enumerate(given):
            if not g.duration and g.start == start:
                y = y + amounts(k)
            elif g.start <= start < g.start + g.duration:
                flow += amounts(k) / g.duration
        here = (times > start) & (times <= end)
        grid = np.unique([*times[here], end])
        done = solve_ivp(rates, (start, end), y, "LSODA", grid, args=(flow,), rtol=1e-11, atol=1e-11)
        out[:, here], y = done.y[:, : here.sum()], done.y[:, -1]
    seen = programs.read(
        times[None, :], out, p.repeat(len(times), 1), u.repeat(len(times), 1), h.repeat(len(times), 1)
    )
    found = []
    every = [*model.observables, *model.sockets]
    for q in map(model.quantity, wanted):
        is_state = q in model.species
        row = out[half + model.species.index(q)] if is_state else seen[rows[f"tangent.o{every.index(q)}"]]
        found.append(row / q.factor * model.parameter(name).factor)
    return np.array(found)


def near(got: np.ndarray, want: np.ndarray, share: float = 1e-6, size: float = 0.0) -> None:
    """Say whether slopes agree, measured by the peak of the slope; `size` is that of the noise."""
    np.testing.assert_allclose(got, want, rtol=0, atol=share * np.abs(want).max() + size)


def noise(made: xr.Dataset, quantity: str, parameter: float) -> float:
    """Return what a slope may be off where nothing happens: rtol over the step."""
    return 1e-8 / 5e-3 * float(np.abs(made[quantity]).max()) / parameter


def slope_of(model: Model, name: str, quantity: str, plan: Regimen | None = None, **more) -> np.ndarray:
    made = gradient(model, None, plan, TIMES, parameters=[name], quantities=[quantity], **more)
    assert int(made["status"][0]) == 0
    return made[f"{quantity}_gradient"].to_numpy()[0, 0]


# --- closed forms ------------------------------------------------------------------------------------------

BOLUS = Regimen() + Dose("toy.iv", "10 mg")
INFUSION = Regimen() + Dose("toy.iv", "10 mg", duration="4 h")
AFTER = np.where(TIMES > 0, TIMES, np.inf)


def test_bolus_by_rate_and_volume() -> None:
    level = 2 * np.exp(-0.3 * AFTER)
    near(slope_of(toys.one_compartment(), "toy.rate", "toy.level", BOLUS), -TIMES * level)
    near(slope_of(toys.one_compartment(), "toy.volume", "toy.level", BOLUS), -level / 5)
    near(slope_of(toys.one_compartment(), "toy.volume", "toy.level", BOLUS, relative=True), -level)


def test_infusion_by_rate() -> None:
    k, flow = sympy.Symbol("k"), 10 / sympy.Integer(4)
    t = sympy.Symbol("t")
    during = flow / k * (1 - sympy.exp(-k * t))
    later = flow / k * (1 - sympy.exp(-4 * k)) * sympy.exp(-k * (t - 4))
    want = [sympy.diff(during if s <= 4 else later, k).subs({k: 0.3, t: s}) for s in TIMES]
    near(slope_of(toys.one_compartment(), "toy.rate", "toy.amount", INFUSION), np.array(want, float))


def test_bolus_by_the_share_that_arrives() -> None:
    plan = Regimen() + Dose("toy.sc", "100 mg")
    near(slope_of(toys.absorbed(), "toy.share", "toy.depot", plan), 100 * np.exp(-0.8 * AFTER))


def test_parameter_that_is_zero() -> None:
    """Nobody goes below zero: neighbours stand on one side."""
    model = toys.absorbed()
    made = slope_of(
        model.replace({"toy.share": 0}), "toy.share", "toy.depot", Regimen() + Dose("toy.sc", "100 mg")
    )
    near(made, 100 * np.exp(-0.8 * AFTER))
    still = slope_of(toys.one_compartment(0.0), "toy.rate", "toy.amount", BOLUS)
    near(still, -10 * TIMES, 5e-5)


def test_no_effect_is_zero_to_the_bit() -> None:
    made = gradient(
        toys.one_compartment(), None, BOLUS, TIMES, parameters=["toy.volume"], quantities=["toy.amount"]
    )
    assert not made["toy.amount_gradient"].any()
    assert not made["toy.amount_doubt"].any()


# --- the two methods against each other --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fast", "slow", "half", "power", "base"])
def test_loop_agrees_with_exact_tangents(name: str) -> None:
    model, wanted = toys.loop(), ["loop.a", "loop.b"]
    made = gradient(model, None, None, TIMES, parameters=[f"loop.{name}"], quantities=wanted)
    for q, want in zip(wanted, tangents(model, f"loop.{name}", [], TIMES, wanted), strict=True):
        size = noise(made, q, model.parameter(f"loop.{name}").value)
        near(made[f"{q}_gradient"].to_numpy()[0, 0], want, 1e-6, size)


@pytest.mark.parametrize("name", ["ka", "ke", "k21", "share"])
def test_doses_agree_with_exact_tangents(name: str) -> None:
    model, wanted = toys.absorbed(), ["toy.depot", "toy.central", "toy.tissue"]
    plan = (
        Regimen()
        + Dose("toy.sc", "20 mg", time=1, every=6, count=2)
        + Dose("toy.iv", "5 mg", time=3, duration=2)
    )
    mg = sympy.Float(1e6)
    given = [Given(1, 0, "toy.sc", 20 * mg), Given(7, 0, "toy.sc", 20 * mg), Given(3, 2, "toy.iv", 5 * mg)]
    made = gradient(model, None, plan, TIMES, parameters=[f"toy.{name}"], quantities=wanted)
    for q, want in zip(wanted, tangents(model, f"toy.{name}", given, TIMES, wanted), strict=True):
        size = noise(made, q, model.parameter(f"toy.{name}").value)
        near(made[f"{q}_gradient"].to_numpy()[0, 0], want, 1e-6, size)


def test_endotoxin_agrees_with_exact_tangents() -> None:
    """The trigger's own dose is per kg: dose and weight act through it."""
    model, wanted, times = model_for("endotoxin"), ["tnf", "il6", "temperature"], np.linspace(0, 12, 25)
    names = ["endotoxin.dose", "person.weight", "endotoxin.half", "il6.elimination"]
    q = model.names
    given = [Given(0, 0, "endotoxin.iv", q["endotoxin.dose"] * q["person.weight"])]
    made = gradient(model, None, None, times, parameters=names, quantities=wanted)
    for k, name in enumerate(names):
        exact = tangents(model, name, given, times, wanted)
        for quantity, want in zip(wanted, exact, strict=True):
            size = noise(made, quantity, model.parameter(name).value)
            near(made[f"{quantity}_gradient"].to_numpy()[k, 0], want, 1e-6, size)


# --- what comes back ---------------------------------------------------------------------------------------


def test_values_are_those_of_the_run_and_say_what_they_are() -> None:
    model = toys.absorbed()
    people = sample(model, n=3, seed=1, fixed={"toy.share": 0.5})
    plan = Regimen() + Dose("toy.sc", "20 mg")
    how = {"parameters": ["toy.ka", "toy.share"], "quantities": ["toy.central"]}
    made = check(gradient(model, people, plan, TIMES, **how))
    run = simulate(model, people, plan, TIMES, quantities=["toy.central"], rtol=1e-8)
    assert made["toy.central"].to_numpy().tobytes() == run["toy.central"].to_numpy().tobytes()
    slope = made["toy.central_gradient"]
    assert slope.dims == ("parameter", "patient", "time")
    assert slope.attrs["units"] == "mg/(parameter_unit)"
    assert made["parameter_unit"].to_numpy().tolist() == ["1/h", "1"]
    assert "drug in plasma" in slope.attrs["label"]
    assert made.attrs["disclaimer"] == run.attrs["disclaimer"]
    one = gradient(model, people, plan, TIMES, parameters=["toy.ka"], quantities=["toy.central"])
    assert one["toy.central_gradient"].attrs["units"] == "mg/(1/h)"
    assert one["toy.central_gradient"].to_numpy()[0].tobytes() == slope.to_numpy()[0].tobytes()
    alike = gradient(model, people, plan, TIMES, relative=True, **how)
    assert alike["toy.central_gradient"].attrs["units"] == "mg"
    near(alike["toy.central_gradient"].to_numpy()[1], 0.5 * slope.to_numpy()[1])


def test_patients_in_parts_have_the_same_bits(monkeypatch) -> None:
    model = toys.one_compartment()
    people = xr.Dataset({"toy.rate": ("patient", [0.1, 0.2, 0.3, 0.4, 0.5])}, coords={"patient": range(5)})
    how = {"parameters": ["toy.rate", "toy.volume"], "quantities": ["toy.level"]}
    together = gradient(model, people, BOLUS, TIMES, **how)
    monkeypatch.setitem(gradient.__globals__, "CHUNK", 2 * 2 * 4 * len(TIMES))
    seen: list[int] = []
    apart = gradient(model, people, BOLUS, TIMES, progress=lambda done, _: seen.append(done), **how)
    assert seen == [2, 4, 5]
    assert apart.identical(together)


def test_doubt_shows_a_kink() -> None:
    made = gradient(
        toys.forced(), None, None, [1.0, 2.0], parameters=["toy.k", "toy.on"], quantities=["toy.x"]
    )
    assert (made["toy.x_doubt"] < 1e-3).all()
    kink = gradient(toys.forced(), None, None, [1.0, 3.01], parameters=["toy.on"], quantities=["toy.x"])
    assert (kink["toy.x_doubt"] > 0.05).all()


def test_a_patient_fails_if_a_neighbour_does() -> None:
    """The law x' = k x^2 has no solution after 1/k: neighbours on one side do not arrive."""
    m = Module("toy", "mediator", "grows without end")
    k, start = toys.number(m, "k", 1.0, "L/ng/h"), toys.number(m, "start", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=start)
    m.produce(x, "growth", k * x * x)
    people = xr.Dataset({"toy.k": ("patient", [0.5, 0.999, np.nan])}, coords={"patient": range(3)})
    made = gradient(compose(m), people, None, [0.5, 1.0], parameters=["toy.k"], quantities=["toy.x"])
    status = [STATUS[s] for s in made["status"].to_numpy()]
    assert status[0] == "ok"
    assert status[1] not in ("ok", "bad input")
    assert status[2] == "bad input"
    assert np.isfinite(made["toy.x_gradient"][:, 0]).all()
    for name in ("toy.x", "toy.x_gradient", "toy.x_doubt"):
        assert np.isnan(made[name].isel(patient=[1, 2])).all()
    assert made.attrs["failed"] == 2


def test_what_cannot_be_asked() -> None:
    model = toys.one_compartment()
    rule = Rule.parse("toy.level < 1 mg/L", Dose("toy.iv", "10 mg"), check="2 h")
    with pytest.raises(InputError, match=r"did you mean 'toy\.rate'"):
        gradient(model, parameters=["toy.rat"])
    for plan in (rule, BOLUS + rule):
        with pytest.raises(InputError, match="jump"):
            gradient(model, None, plan, parameters=["toy.rate"])
    with pytest.raises(InputError, match="fit into memory"):
        gradient(
            model,
            sample(model, n=10_000),
            None,
            np.linspace(0, 1, 100_001),
            parameters=["toy.rate", "toy.volume"],
        )
    for more in ({"step": 0.0}, {"step": 0.5}, {"quantities": "toy.level"}, {"quantities": []}):
        with pytest.raises(InputError):
            gradient(model, parameters=["toy.rate"], **more)
    for names in ("toy.rate", [], ["toy.rate", "toy.rate"]):
        with pytest.raises(InputError):
            gradient(model, parameters=names)


def test_scores_are_refused_and_left_out() -> None:
    m = Module("toy", "lab", "a lab and a score")
    k = toys.number(m, "k", 0.5, "1/h")
    x = m.species("x", "pg/mL", "x", initial=toys.number(m, "start", 4.0, "pg/mL"))
    m.remove(x, "loss", k * x)
    level = m.lab("level", x, "pg/mL", "level")
    high = toys.number(m, "high", 2.0, "pg/mL")
    m.score("grade", sympy.Piecewise((1, level > high), (0, True)), "grade", source="a test")
    model = compose(m)
    made = gradient(model, None, None, TIMES, parameters=["toy.k"])
    near(made["level_gradient"].to_numpy()[0, 0], -4 * TIMES * np.exp(-0.5 * TIMES))
    assert "grade" not in made
    with pytest.raises(InputError, match="score"):
        gradient(model, parameters=["toy.k"], quantities=["grade"])
