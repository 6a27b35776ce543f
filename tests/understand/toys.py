"""Loops whose gain, growth and borders are known by hand."""

from __future__ import annotations

import sympy

from cytostorm.library.kinetics import rises
from cytostorm.model import Model, Module, compose
from tests.toys import number

__all__ = ["bistable", "brake", "chain", "epidemic", "net", "number", "pair", "pools"]


def pair(first="cell", second="mediator", *, a=3.0, b=0.5) -> Model:
    """Return x' = a y - x and y' = b x - y, per hour; what x and y are is the caller's choice."""
    one, two = Module("one", first, "what y makes more of"), Module("two", second, "what x makes more of")
    up, x_loss = number(one, "up", a, "1/h"), number(one, "loss", 1.0, "1/h")
    back, y_loss = number(two, "back", b, "1/h"), number(two, "loss", 1.0, "1/h")
    x, y = one.species("x", "1", "x", initial=0), two.species("y", "1", "y", initial=0)
    one.produce(x, "effect of y", up * y)
    one.remove(x, "loss of x", x_loss * x)
    two.produce(y, "making by x", back * x)
    two.remove(y, "loss of y", y_loss * y)
    return compose(one, two)


def chain(*, gain=2.0, steps=3, recovery=0.01, pace=0.5) -> Model:
    """Return a programme: resting cells are activated by a mediator that the last step secretes.

    They pass `steps` states at `pace`, are tolerant, and recover: a circle that is conserved. With all cells
    resting, each activated one brings about `gain` new activations.
    """
    m, mediator = (
        Module("white", "cell", "cells in a programme"),
        Module("messenger", "mediator", "messenger"),
    )
    trigger = Module("push", "trigger", "a push")
    k, back = number(m, "pace", pace, "1/h"), number(m, "recovery", recovery, "1/h")
    call, loss = number(m, "call", gain, "1/h"), number(mediator, "loss", 1.0, "1/h")
    secretion = number(m, "secretion", pace, "1/h")
    resting = m.species("resting", "1", "resting", initial=1)
    states = [m.species(f"step{n}", "1", f"step {n}", initial=0) for n in range(steps)]
    tolerant = m.species("tolerant", "1", "tolerant", initial=0)
    level = mediator.species("level", "1", "messenger", initial=0)
    dose = number(trigger, "dose", 0.01, "1")
    push = trigger.species("push", "1", "push")
    trigger.route("in", push, "all at once")
    trigger.challenge("in", dose)
    trigger.remove(push, "fading", loss * push)
    m.move(resting, states[0], "activation", call * (level + push) * resting)
    for n, (here, there) in enumerate(zip(states, [*states[1:], tolerant], strict=True)):
        m.move(here, there, f"step {n}", k * here)
    m.move(tolerant, resting, "recovery", back * tolerant)
    m.produce(level, "secretion", secretion * states[-1])
    mediator.remove(level, "loss", loss * level)
    m.conserve("cells", sympy.Add(resting, *states, tolerant))
    return compose(trigger, m, mediator)


def epidemic(*, contact=0.6, recovery=0.2) -> Model:
    """Return susceptible, infected and recovered shares; the reproduction number is contact / recovery."""
    m = Module("people", "cell", "those who can catch it")
    beta, gamma = number(m, "contact", contact, "1/h"), number(m, "recovery", recovery, "1/h")
    seed = number(m, "seed", 1e-6, "1")
    s = m.species("susceptible", "1", "susceptible", initial=1 - seed)
    i = m.species("infected", "1", "infected", initial=seed)
    r = m.species("recovered", "1", "recovered", initial=0)
    m.move(s, i, "infection", beta * s * i)
    m.move(i, r, "recovery", gamma * i)
    return compose(m)


def brake(*, a=3.0, b=1.0, hold=1.0) -> Model:
    """Return cells that multiply, and a brake that follows: x' = a exp(-hold z) x - x, z' = b x - z."""
    m, other = Module("grows", "cell", "cells that multiply"), Module("holds", "mediator", "what brakes them")
    up, loss = number(m, "up", a, "1/h"), number(m, "loss", 1.0, "1/h")
    less = number(m, "less", hold, "1")
    follow, gone = number(other, "follow", b, "1/h"), number(other, "loss", 1.0, "1/h")
    seed = number(m, "seed", 0.01, "1")
    x = m.species("x", "1", "cells", initial=seed)
    z = other.species("z", "1", "brake", initial=0)
    m.produce(x, "growth", up * x * sympy.exp(-less * z))
    m.remove(x, "loss", loss * x)
    m.produce(z, "making of the brake", follow * x)
    other.remove(z, "loss of the brake", gone * z)
    return compose(m, other)


def bistable(dose=1.0) -> Model:
    """Return a switch that a dose of itself can throw: x' = 4 x^2 / (1 + x^2) - 1.6 x.

    It is at rest at 0, 1/2 (unstable) and 2. Without a dose it stays at 0; from a dose of more than 1/2 on
    it goes to 2. A lab reads it.
    """
    m = Module("switch", "mediator", "a switch")
    top, half, loss = (
        number(m, "top", 4.0, "ng/h"),
        number(m, "half", 1.0, "ng"),
        number(m, "loss", 1.6, "1/h"),
    )
    amount = number(m, "dose", dose, "ng")
    x = m.species("x", "ng", "switch", initial=0)
    m.route("in", x, "all at once")
    m.challenge("in", amount)
    m.produce(x, "calls itself", top * rises(x, half, 2))
    m.remove(x, "loss", loss * x)
    m.lab("level", x, "ng", "switch, measured")
    return compose(m)


def pools() -> Model:
    """Return cells that go round between three states with a conserved total and no loop at all."""
    m = Module("round", "cell", "cells that go round")
    k = number(m, "k", 0.3, "1/h")
    states = [m.species(f"s{n}", "1", f"state {n}", initial=int(n == 0)) for n in range(3)]
    for n, here in enumerate(states):
        m.move(here, states[(n + 1) % 3], f"turn {n}", k * here)
    m.conserve("all", sympy.Add(*states))
    return compose(m)


def net(effects, makes, losses) -> Model:
    """Return cells and mediators in a linear net, all at 0.

    effects : (cell, mediator), activation of cells by mediators; makes : (mediator, cell); losses : of the
    cells, then of the mediators; all per hour.
    """
    cells, mediators = len(effects), len(makes)
    m, n = Module("white", "cell", "cells"), Module("signal", "mediator", "mediators")
    x = [m.species(f"x{k}", "1", f"cell {k}", initial=0) for k in range(cells)]
    y = [n.species(f"y{k}", "1", f"mediator {k}", initial=0) for k in range(mediators)]
    for k, state in enumerate([*x, *y]):
        m.remove(state, "loss", number(m, f"loss{k}", losses[k], "1/h") * state)
    for i in range(cells):
        for j in range(mediators):
            m.produce(x[i], f"activation {j}", number(m, f"a{i}_{j}", effects[i][j], "1/h") * y[j])
            m.produce(y[j], f"making {i}", number(m, f"b{j}_{i}", makes[j][i], "1/h") * x[i])
    return compose(m, n)
