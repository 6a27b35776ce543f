"""Small models with known answers."""

from __future__ import annotations

from typing import Any

from cytostorm.library.kinetics import rises
from cytostorm.model import Model, Module, Parameter, compose, time


def number(module: Module, name: str, value: float, unit: str, **more: Any) -> Parameter:
    """Declare a parameter of a test, whose source is the test."""
    return module.parameter(name, value, unit, name, source="assumed", note="a number of a test", **more)


def one_compartment(clearance_rate: float = 0.3) -> Model:
    """Return a drug in one compartment with first-order loss: linear pharmacokinetics."""
    m = Module("toy", "drug", "a drug in one compartment")
    rate = number(m, "rate", clearance_rate, "1/h")
    volume = number(m, "volume", 5.0, "L")
    amount = m.species("amount", "mg", "drug in the body")
    m.observable("level", amount / volume, "mg/L", "drug in serum")
    m.remove(amount, "elimination", rate * amount)
    m.route("iv", amount, "vein")
    return compose(m)


def absorbed() -> Model:
    """Return a drug with a depot, a share that arrives, and two compartments."""
    m = Module("toy", "drug", "a drug under the skin")
    ka, ke, k12, k21 = (
        number(m, n, v, "1/h") for n, v in (("ka", 0.8), ("ke", 0.3), ("k12", 0.5), ("k21", 0.2))
    )
    share = number(m, "share", 0.7, "1")
    depot = m.species("depot", "mg", "drug under the skin")
    central = m.species("central", "mg", "drug in plasma")
    tissue = m.species("tissue", "mg", "drug in tissue")
    m.route("sc", depot, "under the skin", bioavailability=share)
    m.route("iv", central, "vein")
    m.move(depot, central, "absorption", ka * depot)
    m.move(central, tissue, "distribution", k12 * central)
    m.move(tissue, central, "return", k21 * tissue)
    m.remove(central, "elimination", ke * central)
    return compose(m)


def forced() -> Model:
    """Return dx/dt = k (cos-free ramp) with a switch in time: terms that depend on time itself."""
    import sympy

    m = Module("toy", "organ", "a forced state")
    k, on = number(m, "k", 0.7, "1/h"), number(m, "on", 3.0, "h")
    top = number(m, "top", 2.0, "mg")
    x = m.species("x", "mg", "state")
    m.produce(x, "drive", k * sympy.Piecewise((top, time < on), (0, True)))
    m.remove(x, "loss", k * x)
    return compose(m)


def loop() -> Model:
    """Return a stiff loop of two mediators, with a real power, a maximum and a saturation."""
    import sympy

    m = Module("loop", "mediator", "two mediators that raise each other")
    fast, slow = number(m, "fast", 40.0, "1/h"), number(m, "slow", 0.05, "1/h")
    half, power = number(m, "half", 2.0, "pg/mL"), number(m, "power", 1.7, "1")
    base = number(m, "base", 1.0, "pg/mL")
    a = m.species("a", "pg/mL", "fast mediator", initial=base)
    b = m.species("b", "pg/mL", "slow mediator", initial=base)
    m.produce(a, "answer", fast * sympy.Max(b, base) * rises(b, half, power) + fast * base)
    m.remove(a, "loss of a", fast * a)
    m.produce(b, "rise", slow * a)
    m.remove(b, "loss of b", slow * b * (1 + rises(b, half)))
    return compose(m)


def cells() -> Model:
    """Return cells that move between three pools and are conserved."""
    m = Module("pools", "cell", "cells in three pools")
    on, off, back = (number(m, n, v, "1/h") for n, v in (("on", 0.4), ("off", 0.2), ("back", 0.1)))
    all_cells = number(m, "all", 100.0, "Mcell")
    rest = m.species("rest", "Mcell", "resting", initial=all_cells)
    active = m.species("active", "Mcell", "active")
    spent = m.species("spent", "Mcell", "spent")
    m.move(rest, active, "activation", on * rest)
    m.move(active, spent, "exhaustion", off * active)
    m.move(spent, rest, "recovery", back * spent)
    m.conserve("cells", rest + active + spent)
    return compose(m)
