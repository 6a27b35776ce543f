"""Gradients by both methods against closed forms, and exact tangents by another path: other solver, loop."""

from __future__ import annotations

import itertools
import json
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
from cytostorm.library import person
from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.model import time as hour
from cytostorm.model.process import Process
from cytostorm.population import sample
from cytostorm.simulation import STATUS, gradient, simulate
from tests import toys

TIMES = np.linspace(0, 20, 41)
SHARES = {"tangents": 1e-7, "differences": 1e-6}
"""What a slope may be off, as a share of its peak."""
both = pytest.mark.parametrize("method", SHARES)

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
            if inner[1].is_zero:
                return power * base ** (power - 1) * inner[0]
            log = sympy.log(sympy.Max(base, sympy.Float(1e-300)))  # a power of zero is zero, not NaN
            return power * base ** (power - 1) * inner[0] + e * log * inner[1]
        if isinstance(e, sympy.Piecewise):
            return self._pieces([(self(value), condition) for value, condition in e.args])
        if isinstance(e, (sympy.Max, sympy.Min)):
            first, rest = e.args[0], type(e)(*e.args[1:])
            if self(first) == self(rest):
                return self(first)
            ahead = first >= rest if isinstance(e, sympy.Max) else first <= rest
            return self._pieces([(self(first), ahead), (self(rest), True)])
        outer = {sympy.exp: e, sympy.log: 1 / e.args[0], sympy.tanh: 1 - e**2}
        return outer[type(e)] * inner[0]

    @staticmethod
    def _pieces(pairs: list) -> sympy.Expr:
        """Return pieces; what they all are needs no conditions, which are long in grades."""
        slopes = {slope for slope, _ in pairs}
        return slopes.pop() if len(slopes) == 1 else sympy.Piecewise(*pairs)


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
    """Return what differences may be off where nothing happens, rtol over the step; tangents are 0 there."""
    if methods_of(made)[0] == "tangents":
        return 0.0
    return 1e-8 / 5e-3 * float(np.abs(made[quantity]).max()) / parameter


def methods_of(made: xr.Dataset) -> list[str]:
    return list(json.loads(made.attrs["gradient_methods"]).values())


def slope_of(model: Model, name: str, quantity: str, plan: Regimen | None = None, **more) -> np.ndarray:
    made = gradient(model, None, plan, TIMES, parameters=[name], quantities=[quantity], **more)
    assert int(made["status"][0]) == 0
    assert methods_of(made) == [more.get("method", "tangents")]
    return made[f"{quantity}_gradient"].to_numpy()[0, 0]


# --- closed forms ------------------------------------------------------------------------------------------

BOLUS = Regimen() + Dose("toy.iv", "10 mg")
INFUSION = Regimen() + Dose("toy.iv", "10 mg", duration="4 h")
AFTER = np.where(TIMES > 0, TIMES, np.inf)


@both
def test_bolus_by_rate_and_volume(method: str) -> None:
    level, model, share = 2 * np.exp(-0.3 * AFTER), toys.one_compartment(), SHARES[method]
    how = {"plan": BOLUS, "method": method}
    near(slope_of(model, "toy.rate", "toy.level", **how), -TIMES * level, share)
    near(slope_of(model, "toy.volume", "toy.level", **how), -level / 5, share)
    near(slope_of(model, "toy.volume", "toy.level", **how, relative=True), -level, share)


@both
def test_infusion_by_rate(method: str) -> None:
    k, flow = sympy.Symbol("k"), 10 / sympy.Integer(4)
    t = sympy.Symbol("t")
    during = flow / k * (1 - sympy.exp(-k * t))
    later = flow / k * (1 - sympy.exp(-4 * k)) * sympy.exp(-k * (t - 4))
    want = [sympy.diff(during if s <= 4 else later, k).subs({k: 0.3, t: s}) for s in TIMES]
    made = slope_of(toys.one_compartment(), "toy.rate", "toy.amount", INFUSION, method=method)
    near(made, np.array(want, float), SHARES[method])


@both
def test_bolus_by_the_share_that_arrives(method: str) -> None:
    plan = Regimen() + Dose("toy.sc", "100 mg")
    made = slope_of(toys.absorbed(), "toy.share", "toy.depot", plan, method=method)
    near(made, 100 * np.exp(-0.8 * AFTER), SHARES[method])


@both
def test_parameter_that_is_zero(method: str) -> None:
    """Nobody goes below zero: neighbours stand on one side."""
    model = toys.absorbed().replace({"toy.share": 0})
    plan = Regimen() + Dose("toy.sc", "100 mg")
    made = slope_of(model, "toy.share", "toy.depot", plan, method=method)
    near(made, 100 * np.exp(-0.8 * AFTER), SHARES[method])
    assert not slope_of(model, "toy.share", "toy.depot", plan, method=method, relative=True).any()
    still = slope_of(toys.one_compartment(0.0), "toy.rate", "toy.amount", BOLUS, method=method)
    near(still, -10 * TIMES, {"tangents": 1e-7, "differences": 5e-5}[method])


@both
def test_no_effect_is_zero_to_the_bit(method: str) -> None:
    how = {"parameters": ["toy.volume"], "quantities": ["toy.amount"], "method": method}
    for plan in (BOLUS, INFUSION):
        made = gradient(toys.one_compartment(), None, plan, TIMES, **how)
        assert not made["toy.amount_gradient"].any()
        assert method == "tangents" or not made["toy.amount_doubt"].any()


# --- the two methods against exact tangents ----------------------------------------------------------------


@both
@pytest.mark.parametrize("name", ["fast", "slow", "half", "power", "base"])
def test_loop_agrees_with_exact_tangents(name: str, method: str) -> None:
    model, wanted = toys.loop(), ["loop.a", "loop.b"]
    how = {"parameters": [f"loop.{name}"], "quantities": wanted, "method": method}
    made = gradient(model, None, None, TIMES, **how)
    for q, want in zip(wanted, tangents(model, f"loop.{name}", [], TIMES, wanted), strict=True):
        size = noise(made, q, model.parameter(f"loop.{name}").value)
        near(made[f"{q}_gradient"].to_numpy()[0, 0], want, SHARES[method], size)


@both
@pytest.mark.parametrize("name", ["ka", "ke", "k21", "share"])
def test_doses_agree_with_exact_tangents(name: str, method: str) -> None:
    model, wanted = toys.absorbed(), ["toy.depot", "toy.central", "toy.tissue"]
    plan = (
        Regimen()
        + Dose("toy.sc", "20 mg", time=1, every=6, count=2)
        + Dose("toy.sc", "9 mg", time=2, duration=8)
        + Dose("toy.iv", "5 mg", time=3, duration=2)
    )
    mg = sympy.Float(1e6)
    given = [Given(1, 0, "toy.sc", 20 * mg), Given(7, 0, "toy.sc", 20 * mg), Given(3, 2, "toy.iv", 5 * mg)]
    given.append(Given(2, 8, "toy.sc", 9 * mg))
    made = gradient(model, None, plan, TIMES, parameters=[f"toy.{name}"], quantities=wanted, method=method)
    for q, want in zip(wanted, tangents(model, f"toy.{name}", given, TIMES, wanted), strict=True):
        size = noise(made, q, model.parameter(f"toy.{name}").value)
        near(made[f"{q}_gradient"].to_numpy()[0, 0], want, SHARES[method], size)


def test_endotoxin_agrees_with_exact_tangents() -> None:
    """The trigger's own dose is per kg: dose and weight act through it; another dose is per kg, too.

    By both methods in one test, since the exact tangents take longest.
    """
    model, wanted, times = model_for("endotoxin"), ["tnf", "il6", "temperature"], np.linspace(0, 12, 25)
    names = ["endotoxin.dose", "person.weight", "endotoxin.half", "il6.elimination"]
    q = model.names
    given = [Given(0, 0, "endotoxin.iv", q["endotoxin.dose"] * q["person.weight"])]
    given.append(Given(3, 2, "endotoxin.iv", q["person.weight"] / 2))
    plan = Regimen() + Dose("endotoxin.iv", "0.5 ng/kg", time=3, duration=2)
    how = {"parameters": names, "quantities": wanted}
    slopes = {method: gradient(model, None, plan, times, method=method, **how) for method in SHARES}
    assert {method: methods_of(made) for method, made in slopes.items()} == {m: [m] * 4 for m in SHARES}
    for k, name in enumerate(names):
        exact = tangents(model, name, given, times, wanted)
        for (method, made), (quantity, want) in itertools.product(
            slopes.items(), zip(wanted, exact, strict=True)
        ):
            # what a weight does cancels, since doses and volumes are per kg: there is no peak to compare with
            size = noise(made, quantity, model.parameter(name).value)
            size += 1e-8 * float(made[quantity].max()) / model.parameter(name).value
            near(made[f"{quantity}_gradient"].to_numpy()[k, 0], want, SHARES[method], size)


def test_dose_per_kg_by_weight_exactly() -> None:
    """Into an amount that is read without the weight: the whole effect is that of the dose."""
    m = Module("toy", "drug", "a drug per kg")
    rate = toys.number(m, "rate", 0.3, "1/h")
    amount = m.species("amount", "mg", "drug")
    m.remove(amount, "elimination", rate * amount)
    m.route("iv", amount, "vein")
    plan = Regimen() + Dose("toy.iv", "2 mg/kg") + Dose("toy.iv", "5 mg", time=4)
    model = compose(m, person.m)
    near(slope_of(model, "person.weight", "toy.amount", plan), 2 * np.exp(-0.3 * AFTER), 1e-7)


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
    how = {"quantities": ["toy.x"], "method": "differences"}
    made = gradient(toys.forced(), None, None, [1.0, 2.0], parameters=["toy.k", "toy.on"], **how)
    assert (made["toy.x_doubt"] < 1e-3).all()
    assert np.isnan(
        gradient(toys.forced(), None, None, [1.0], parameters=["toy.k"], quantities=["toy.x"])["toy.x_doubt"]
    ).all()
    kink = gradient(toys.forced(), None, None, [1.0, 3.01], parameters=["toy.on"], quantities=["toy.x"])
    assert (kink["toy.x_doubt"] > 0.05).all()


def test_a_patient_fails_if_a_neighbour_does() -> None:
    """The law x' = k x^2 has no solution after 1/k: neighbours on one side do not arrive."""
    m = Module("toy", "mediator", "grows without end")
    k, start = toys.number(m, "k", 1.0, "L/ng/h"), toys.number(m, "start", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=start)
    m.produce(x, "growth", k * x * x)
    people = xr.Dataset({"toy.k": ("patient", [0.5, 0.999, np.nan])}, coords={"patient": range(3)})
    how = {"parameters": ["toy.k"], "quantities": ["toy.x"]}
    made = gradient(compose(m), people, None, [0.5, 1.0], method="differences", **how)
    status = [STATUS[s] for s in made["status"].to_numpy()]
    assert status[0] == "ok"
    assert status[1] not in ("ok", "bad input")
    assert status[2] == "bad input"
    assert np.isfinite(made["toy.x_gradient"][:, 0]).all()
    for name in ("toy.x", "toy.x_gradient", "toy.x_doubt"):
        assert np.isnan(made[name].isel(patient=[1, 2])).all()
    assert made.attrs["failed"] == 2
    alone = people.assign({"toy.k": ("patient", [0.5, 1.01, np.nan])})
    made = gradient(compose(m), alone, None, [0.5, 1.0], **how)
    assert methods_of(made) == ["tangents"]
    assert [STATUS[s] for s in made["status"].to_numpy()][::2] == ["ok", "bad input"]
    assert made.attrs["failed"] == 2
    assert np.isnan(made["toy.x_gradient"].isel(patient=[1, 2])).all()
    want = np.array([0.5, 1.0]) / np.array([0.75, 0.5]) ** 2
    near(made["toy.x_gradient"].to_numpy()[0, 0], want, 1e-7)


# --- which method ------------------------------------------------------------------------------------------


def test_moment_of_a_jump_is_left_to_differences() -> None:
    how = {"parameters": ["toy.k", "toy.on", "toy.top"], "quantities": ["toy.x"]}
    made = gradient(toys.forced(), None, None, [1.0, 3.0, 8.0], **how)
    assert [m.split(":")[0] for m in methods_of(made)] == ["tangents", "differences", "tangents"]
    assert "moment of a jump" in methods_of(made)[1]
    assert np.isnan(made["toy.x_doubt"]).to_numpy().ravel().tolist() == [True, False, True]
    near(made["toy.x_gradient"].to_numpy()[1, 0, 2:], 2 * 0.7 * np.exp(-0.7 * np.array([5.0])), 1e-5)
    apart = gradient(toys.forced(), None, None, [1.0, 3.0, 8.0], method="differences", **how)
    assert methods_of(apart) == ["differences"] * 3
    same = apart["toy.x_gradient"].to_numpy()[1].tobytes()
    assert made["toy.x_gradient"].to_numpy()[1].tobytes() == same
    with pytest.raises(InputError, match=r"toy\.on has no tangent"):
        gradient(toys.forced(), None, None, [1.0], method="tangents", **how)
    with pytest.raises(InputError, match="method"):
        gradient(toys.forced(), None, None, [1.0], method="adjoint", **how)


def test_duration_of_a_challenge_is_left_to_differences() -> None:
    model = model_for("endotoxin").replace({"endotoxin.duration": "2 h"})
    how = {"parameters": ["endotoxin.duration", "endotoxin.dose"], "quantities": ["tnf"]}
    made = gradient(model, None, None, [1.0, 6.0], **how)
    assert [m.split(":")[0] for m in methods_of(made)] == ["differences", "tangents"]
    other = gradient(model, None, None, [1.0, 6.0], method="differences", **how)
    for k in range(2):
        near(made["tnf_gradient"].to_numpy()[k], other["tnf_gradient"].to_numpy()[k], 1e-6)


def switched(on: str) -> Model:
    """Return a state that is made while another is above a limit: at once, from there on, or by a clock."""
    m = Module("toy", "organ", "a switch")
    k, limit = toys.number(m, "k", 0.5, "1/h"), toys.number(m, "limit", 2.0, "mg")
    late = toys.number(m, "late", 3.0, "h")
    x = m.species("x", "mg", "cause", initial=toys.number(m, "start", 5.0, "mg"))
    y = m.species("y", "mg", "effect")
    m.remove(x, "loss", k * x)
    rises = {
        "jump": sympy.Piecewise((limit, x > limit), (0, True)),
        "kink": sympy.Piecewise((x - limit, x > limit), (0, True)),
        "size": sympy.Max(x - limit, 0),
        "clock": sympy.Piecewise((x, hour < late), (0, True)),
        "either": sympy.Piecewise((x, limit > k * late * limit), (0, True)),
    }
    m.produce(y, "rise", k * rises[on])
    return compose(m)


@pytest.mark.parametrize(
    "on, wanted",
    [
        ("jump", ["differences"] * 3),
        ("kink", ["tangents"] * 3),
        ("size", ["tangents"] * 3),
        ("clock", ["tangents", "tangents", "differences"]),
        ("either", ["tangents"] * 3),
    ],
)
def test_where_tangents_would_miss_a_jump(on: str, wanted: list[str]) -> None:
    how = {"parameters": ["toy.k", "toy.limit", "toy.late"], "quantities": ["toy.x", "toy.y"]}
    made = gradient(switched(on), None, None, [1.0, 5.0], **how)
    assert [m.split(":")[0] for m in methods_of(made)] == wanted
    if on == "kink":
        by_max = gradient(switched("size"), None, None, [1.0, 5.0], **how)
        near(made["toy.y_gradient"].to_numpy(), by_max["toy.y_gradient"].to_numpy(), 1e-12)
        by_hand = gradient(switched("size"), None, None, [1.0, 5.0], method="differences", **how)
        near(made["toy.y_gradient"].to_numpy(), by_hand["toy.y_gradient"].to_numpy(), 1e-5)


def per_surface(*, grows: bool) -> Model:
    """Return a drug given per m2 of a person whose surface follows from the weight, or from a state."""
    m, who = Module("toy", "drug", "a drug per m2"), Module("person", "person", "a person with a surface")
    weight = who.covariate("weight", 70.0, "kg", "weight", source="assumed", note="a number of a test")
    per = toys.number(who, "per", 0.025, "m2/kg")
    size = who.species("size", "kg", "weight that stays", initial=weight)
    who.observable("surface", per * (size if grows else weight), "m2", "surface")
    rate = toys.number(m, "rate", 0.3, "1/h")
    amount = m.species("amount", "mg", "drug")
    m.remove(amount, "elimination", rate * amount)
    m.route("iv", amount, "vein")
    return compose(m, who)


@pytest.mark.parametrize("grows", [False, True])
def test_dose_per_surface(grows: bool) -> None:
    """A dose alone is a plan; a surface that is read off states is left to differences."""
    how = {"parameters": ["person.weight"], "quantities": ["toy.amount"]}
    made = gradient(per_surface(grows=grows), None, Dose("toy.iv", "4 mg/m2"), TIMES, **how)
    method = methods_of(made)[0].split(":")[0]
    assert method == ("differences" if grows else "tangents")
    near(made["toy.amount_gradient"].to_numpy()[0, 0], 0.1 * np.exp(-0.3 * AFTER), SHARES[method])


def test_powers_of_nothing_and_a_name_that_is_taken() -> None:
    """Roots are steep at zero; a module of the model may itself be called tangent."""
    m = Module("tangent", "organ", "a root")
    k, half = toys.number(m, "k", 0.5, "1/h"), toys.number(m, "half", 1.0, "mg")
    power = toys.number(m, "power", 0.5, "1")
    x = m.species("x", "mg", "from nothing")
    y = m.species("y", "mg", "its root")
    m.produce(x, "rise", k * half)
    m.produce(y, "root", k * half * (x / half) ** power)
    model, names = compose(m), ["tangent.k", "tangent.half", "tangent.power"]
    made = gradient(model, None, None, TIMES, parameters=names, quantities=["tangent.y"])
    assert methods_of(made) == ["tangents"] * 3
    exact = (0.5 * TIMES) ** 1.5 / 1.5
    near(made["tangent.y_gradient"].to_numpy()[0, 0], 1.5 * exact / 0.5, 1e-5)
    near(made["tangent.y_gradient"].to_numpy()[1, 0], exact, 1e-5)


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
