"""States that may be negative, beside states that may not."""

from __future__ import annotations

import numpy as np
import pytest

from cytostorm.errors import ModelError
from cytostorm.model import Dose, Model, Module, Regimen, compose
from cytostorm.simulation import STATUS, simulate
from cytostorm.simulation.engine.reference import Reference
from cytostorm.simulation.look import Seen, look_at
from cytostorm.simulation.request import Request
from tests import toys

TIMES = np.linspace(0, 12, 49)


def swing(*, signed: bool = True) -> Model:
    """Return b' = w d, d' = -w b, whose states go up and down; a and c stand before and between them."""
    m = Module("toy", "organ", "a swing")
    w, loss = toys.number(m, "w", 1.3, "1/h"), toys.number(m, "loss", 0.4, "1/h")
    a = m.species("a", "mg", "what falls", initial=toys.number(m, "start", 5.0, "mg"))
    b = m.species("b", "mg", "place", initial=toys.number(m, "far", 2.0, "mg"), signed=signed)
    c = m.species("c", "mg", "what rises")
    d = m.species("d", "mg", "pace", signed=signed)
    m.move(a, c, "fall", loss * a)
    m.produce(b, "goes", w * d)
    m.remove(d, "is drawn", w * b if signed else w * d)
    return compose(m)


def by_reference(self: Request, precision: str) -> Reference:
    assert precision == "float64"
    seen = tuple(Seen(str(q.name), q.factor) for q in self.kept.values())
    return Reference(self.programs, look_at(self.programs.system, seen, "numpy"), self.gathering.noted)


@pytest.mark.parametrize("how", ["native", "numpy", "reference", "float32"])
def test_swing_goes_below_zero(how: str, monkeypatch) -> None:
    more: dict = {"rtol": 1e-9} if how != "float32" else {"precision": how}
    if how == "numpy":
        more["engine"] = how
    if how == "reference":
        monkeypatch.setattr(Request, "_driver", by_reference)
    names = ["toy.a", "toy.b", "toy.c", "toy.d"]
    run = simulate(swing(), None, None, TIMES, quantities=names, summaries=["trough toy.b"], **more)
    place, pace = 2 * np.cos(1.3 * TIMES), -2 * np.sin(1.3 * TIMES)
    left = 5 * np.exp(-0.4 * TIMES)
    for name, want in zip(names, (left, place, 5 - left, pace), strict=True):
        np.testing.assert_allclose(run[name][0], want, rtol=0, atol=2e-3 if how == "float32" else 1e-6)
    assert float(run["trough_toy_b"][0]) == pytest.approx(-2, abs=2e-3 if how == "float32" else 1e-4)
    assert float(run["clamped"][0]) == 0.0


def test_only_what_is_signed_says_so() -> None:
    assert "species toy.b [mg] = toy.far in None ~ 1000000.0 signed\n" in swing().text
    assert " signed" not in swing(signed=False).text
    assert swing().structure != swing(signed=False).structure


def test_processes_of_signed_species_may_go_either_way_and_others_not() -> None:
    m = Module("toy", "organ", "a swing that spills")
    w = toys.number(m, "w", 1.0, "1/h")
    b = m.species("b", "mg", "place", initial=toys.number(m, "far", 2.0, "mg"), signed=True)
    m.remove(b, "drift", w * toys.number(m, "still", 1.0, "mg"))
    compose(m)
    c = m.species("c", "mg", "what rises")
    m.produce(c, "spill", w * b)
    with pytest.raises(ModelError, match=r"spill of toy\.c' is negative"):
        compose(m)


def owing() -> Model:
    """Return an account into which a dose may also count against one."""
    m = Module("toy", "drug", "an account")
    share, debt = toys.number(m, "share", 1.0, "1"), toys.number(m, "debt", 3.0, "1")
    total = m.species("total", "mg", "account", signed=True)
    m.route("gain", total, "to one's credit", bioavailability=share)
    m.route("loss", total, "to one's debit", bioavailability=share - debt)
    return compose(m)


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_what_arrives_may_be_negative_if_the_species_may(engine: str) -> None:
    plan = Regimen() + Dose("toy.loss", "1 mg", time=1) + Dose("toy.loss", "3 mg", time=2, duration=3)
    plan = plan + Dose("toy.loss", "1 mg", time=3, duration=1) + Dose("toy.gain", "2 mg", time=4, duration=4)
    run = simulate(owing(), None, plan, TIMES, quantities=["toy.total"], engine=engine)
    assert STATUS[int(run["status"][0])] == "ok"
    rates = np.clip(TIMES - 2, 0, 3) * -2 + np.clip(TIMES - 3, 0, 1) * -2 + np.clip(TIMES - 4, 0, 4) * 0.5
    np.testing.assert_allclose(run["toy.total"][0], rates - 2.0 * (TIMES > 1), rtol=0, atol=1e-9)
