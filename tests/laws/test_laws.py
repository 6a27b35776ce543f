"""Laws that hold for any model, any dose, any patient."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from cytostorm.model import Dose, Module, Regimen, compose
from cytostorm.simulation import Rodas5P, simulate
from tests import toys
from tests.toys import number

TIMES = np.linspace(0, 24, 49)
TIGHT = Rodas5P(rtol=1e-9)
amounts = st.floats(0.1, 1000)
hours = st.floats(0, 12)
lengths = st.one_of(st.just(0.0), st.floats(0.05, 8))
some = settings(max_examples=25, deadline=None)


def levels(model, plan, names, times=TIMES, solver=TIGHT):
    run = simulate(model, None, plan, times, quantities=names, solver=solver)
    assert int(run["status"][0]) == 0
    return np.array([run[n].to_numpy()[0] for n in names])


@some
@given(on=st.floats(0.01, 3), off=st.floats(0.01, 3), back=st.floats(0.01, 3))
def test_mass_is_conserved_where_declared(on: float, off: float, back: float) -> None:
    model = toys.cells().replace({"pools.on": on, "pools.off": off, "pools.back": back})
    got = levels(model, None, ["pools.rest", "pools.active", "pools.spent"])
    np.testing.assert_allclose(got.sum(axis=0), 100.0, rtol=1e-9)


@some
@given(
    st.lists(
        st.tuples(st.sampled_from(["toy.sc", "toy.iv"]), amounts, hours, lengths), min_size=2, max_size=4
    )
)
def test_doses_superpose_in_linear_pharmacokinetics(givings) -> None:
    model, names = toys.absorbed(), ["toy.depot", "toy.central", "toy.tissue"]
    doses = [Dose(r, f"{a!r} mg", time=t, duration=d) for r, a, t, d in givings]
    together = levels(model, Regimen(tuple(doses)), names)
    apart = sum(levels(model, Regimen((d,)), names) for d in doses)
    np.testing.assert_allclose(together, apart, rtol=1e-7, atol=1e-7 * np.abs(apart).max())


@some
@given(amounts, st.integers(1, 20), lengths)
def test_later_dose_is_the_same_answer_later(amount: float, shift: int, length: float) -> None:
    model = toys.absorbed()
    at_once = levels(model, Regimen((Dose("toy.iv", f"{amount!r} mg", duration=length),)), ["toy.central"])
    later = levels(
        model,
        Regimen((Dose("toy.iv", f"{amount!r} mg", time=shift, duration=length),)),
        ["toy.central"],
        times=TIMES + shift,
    )
    np.testing.assert_allclose(at_once, later, rtol=1e-6, atol=1e-6 * amount)


@some
@given(
    fast=st.floats(1, 200),
    slow=st.floats(0.001, 1),
    half=st.floats(0.01, 50),
    power=st.floats(1, 5),
    base=st.floats(0.01, 50),
)
def test_what_is_cut_off_below_zero_is_within_the_tolerance(
    fast: float, slow: float, half: float, power: float, base: float
) -> None:
    model = toys.loop().replace(
        {"loop.fast": fast, "loop.slow": slow, "loop.half": half, "loop.power": power, "loop.base": base}
    )
    run = simulate(model, None, None, TIMES, quantities=["loop.a", "loop.b"], rtol=1e-4)
    assert int(run["status"][0]) == 0
    assert float(run["clamped"][0]) <= 1.0
    assert float(run["loop.a"].min()) >= 0
    assert float(run["loop.b"].min()) >= 0


def in_unit(unit: str, value: float):
    """Return one model, its numbers written in another unit of mass."""
    m = Module("toy", "mediator", "units")
    k = number(m, "k", 0.4, "1/h")
    top, half = number(m, "top", value, f"{unit}/mL/h"), number(m, "half", value, f"{unit}/mL")
    x = m.species("x", f"{unit}/mL", "x", initial=half)
    m.produce(x, "rise", top * half / (half + x))
    m.remove(x, "loss", k * x)
    return compose(m)


@some
@given(st.floats(0.01, 100))
def test_other_units_are_the_same_model(value: float) -> None:
    pico = levels(in_unit("pg", value), None, ["toy.x"])
    nano = levels(in_unit("ng", value / 1000), None, ["toy.x"])
    np.testing.assert_allclose(pico, nano * 1000, rtol=1e-7)


def test_drug_not_given_is_no_drug_to_the_bit() -> None:
    model = toys.absorbed()
    plan = Regimen((Dose("toy.iv", "5 mg"),))
    nothing = plan + Dose("toy.sc", "0 mg", time=3)
    one = simulate(model, None, plan, TIMES, quantities=["toy.central"])
    two = simulate(model, None, nothing, TIMES, quantities=["toy.central"])
    assert one["toy.central"].to_numpy().tobytes() == two["toy.central"].to_numpy().tobytes()


@pytest.mark.parametrize("rtol", [1e-4, 1e-6, 1e-8])
def test_error_follows_the_tolerance(rtol: float) -> None:
    plan = Regimen((Dose("toy.sc", "100 mg", every=6, count=3),))
    loose = levels(toys.absorbed(), plan, ["toy.central"], solver=Rodas5P(rtol=rtol))
    exact = levels(toys.absorbed(), plan, ["toy.central"], solver=Rodas5P(rtol=1e-12))
    assert np.abs(loose - exact).max() / exact.max() < 30 * rtol


@some
@given(st.permutations(range(6)))
def test_order_of_patients_does_not_matter(order) -> None:
    model = toys.loop()
    values = np.linspace(0.5, 3, 6)
    people = xr.Dataset({"loop.half": ("patient", values)}, coords={"patient": np.arange(6)})
    one = simulate(model, people, None, TIMES, quantities=["loop.a"])
    two = simulate(model, people.isel(patient=list(order)), None, TIMES, quantities=["loop.a"])
    assert one["loop.a"].sel(patient=list(order)).to_numpy().tobytes() == two["loop.a"].to_numpy().tobytes()
