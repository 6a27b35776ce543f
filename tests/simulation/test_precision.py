"""Single precision: near to double, and double where it decides."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.simulation import STATUS, Rodas5P, outcome, simulate
from tests import toys

CHECKS = ("rerun", "flipped", "control", "control_flipped")
PEOPLE = 300
LOOK = 12.0
LIMIT = 1.0
RULE = Rule.parse(f"effect < {LIMIT:g} mg/L, then once", Dose("toy.iv", "10 mg"), check=f"{LOOK:g} h")
TIMES = [0.0, LOOK, 20.0]
EDGE = 0.1853556
"""Rate per hour at which the effect meets the limit at the look."""
COARSE = 3e-2
"""A tolerance at which steps err enough for some to decide otherwise."""


def drug() -> Model:
    """Return a drug and its delayed effect, which is what a ward measures."""
    m = Module("toy", "drug", "a drug in one compartment and its effect")
    rate, volume = toys.number(m, "rate", 0.3, "1/h"), toys.number(m, "volume", 5.0, "L")
    slow = toys.number(m, "slow", 0.2, "1/h")
    amount = m.species("amount", "mg", "drug in the body")
    effect = m.species("effect", "mg", "effect of the drug")
    m.remove(amount, "elimination", rate * amount)
    m.produce(effect, "rise", rate * amount)
    m.remove(effect, "fall", slow * effect * (1 + effect / (effect + rate / rate * amount + effect)))
    m.route("iv", amount, "vein")
    labs = Module("labs", "lab", "what a ward sees")
    labs.lab("effect", effect / volume, "mg/L", "effect")
    return compose(m, labs)


def people(n: int = PEOPLE) -> xr.Dataset:
    """Return people of whom every second is so near the limit that the solver's error decides."""
    slow = np.empty(n)
    slow[0::2], slow[1::2] = np.linspace(0.15, 0.25, n // 2), np.linspace(EDGE - 3e-4, EDGE + 3e-4, n // 2)
    return xr.Dataset({"toy.slow": ("patient", slow)})


def run(precision: str, *, rtol: float | None = None, cohort: xr.Dataset | None = None, **how) -> xr.Dataset:
    plan = Regimen() + Dose("toy.iv", "40 mg") + RULE
    cohort = people() if cohort is None else cohort
    return simulate(drug(), cohort, plan, TIMES, quantities=["effect"], precision=precision, rtol=rtol, **how)


@pytest.fixture
def raw(monkeypatch) -> xr.Dataset:
    """Return what single precision says by itself, coarsely, without anybody run again."""
    with monkeypatch.context() as patch:
        patch.setattr(outcome, "_check", lambda *_: None)
        return run("float32", rtol=COARSE)


def test_near_to_double_on_a_stiff_loop() -> None:
    rng = np.random.default_rng(1)
    model = toys.loop()
    cohort = xr.Dataset({p.name: ("patient", p.value * rng.lognormal(0, 0.3, 100)) for p in model.parameters})
    how = {"quantities": ["loop.a", "loop.b"], "summaries": ["peak loop.a", "area loop.b", "final loop.b"]}
    times = np.linspace(0, 40, 41)
    single, double = (
        simulate(model, cohort, None, times, precision=p, **how) for p in ("float32", "float64")
    )
    for name in ("loop.a", "loop.b", "peak_loop_a", "area_loop_b", "final_loop_b"):
        np.testing.assert_allclose(single[name], double[name], rtol=1e-3)
        assert single[name].dtype == np.float64
    assert (single["steps"] < double["steps"]).all()
    assert single.attrs["precision"] == "float32"


@pytest.mark.parametrize("build", [drug, toys.absorbed])
def test_near_to_double_with_doses(build) -> None:
    model = build()
    way = min(model.routes)
    plan = Regimen() + Dose(way, "10 mg", every="6 h", count=3) + Dose(way, "9 mg", time=2, duration=5)
    names = [s.name for s in model.species]
    times = np.linspace(0, 24, 49)
    single, double = (
        simulate(model, None, plan, times, quantities=names, precision=p) for p in ("float32", "float64")
    )
    for name in names:
        top = float(double[name].max())
        np.testing.assert_allclose(single[name], double[name], rtol=1e-3, atol=1e-4 * top)


def test_decisions_are_those_of_double(raw) -> None:
    single, double = run("float32", rtol=COARSE), run("float64")
    assert (raw["given"] != double["given"]).any()  # or there would be nothing to mend
    for name in ("given", "decided_at", "decided_for", "decided_what"):
        assert single[name].to_numpy().tolist() == double[name].to_numpy().tolist()
    assert 0 < int(double["given"].sum()) < PEOPLE


def test_who_came_near_a_limit_has_the_bits_of_double(raw) -> None:
    single, double = run("float32", rtol=COARSE), run("float64")
    seen = raw["effect"].to_numpy()[:, 1]
    near = np.abs(seen - LIMIT) / np.maximum(seen, LIMIT) < outcome.MARGIN * COARSE
    assert 0 < near.sum() < PEOPLE
    for name in ("effect", "steps"):
        assert single[name].to_numpy()[near].tobytes() == double[name].to_numpy()[near].tobytes()
    far = np.flatnonzero(~near & (np.arange(PEOPLE) % outcome.CONTROL != 0))
    assert single["effect"].to_numpy()[far].tobytes() == raw["effect"].to_numpy()[far].tobytes()


def test_figures_of_the_check(raw) -> None:
    """Counted anew from what single precision says by itself."""
    double = run("float64")
    seen = raw["effect"].to_numpy()[:, 1]
    near = np.abs(seen - LIMIT) / np.maximum(seen, LIMIT) < outcome.MARGIN * COARSE
    control = ~near & (np.arange(PEOPLE) % outcome.CONTROL == 0)
    otherwise = (raw["given"] != double["given"]).to_numpy()[0]
    found = run("float32", rtol=COARSE).attrs
    assert found["rerun"] == near.sum() > 0
    assert found["flipped"] == (otherwise & near).sum() > 0
    assert found["control"] == control.sum() > 0
    assert found["control_flipped"] == (otherwise & control).sum()


def test_control_sample_finds_what_the_margin_misses(raw, monkeypatch) -> None:
    monkeypatch.setattr(outcome, "MARGIN", 0.0)
    monkeypatch.setattr(outcome, "CONTROL", 1)
    double = run("float64")
    otherwise = int((raw["given"] != double["given"]).sum())
    found = run("float32", rtol=COARSE).attrs
    assert [found[name] for name in CHECKS] == [0, 0, PEOPLE, otherwise]


def test_what_is_beyond_single_precision_is_not_lost() -> None:
    """1e39 mg are too much for single precision and not for double."""
    plan = Regimen() + Dose("toy.iv", "1e39 mg")
    single, double = (
        simulate(toys.absorbed(), None, plan, [0.0, 1.0], quantities=["toy.central"], precision=p)
        for p in ("float32", "float64")
    )
    assert STATUS[int(single["status"][0])] == "ok"
    np.testing.assert_allclose(single["toy.central"], double["toy.central"], rtol=1e-3)


def test_who_cannot_be_run_fails_in_both() -> None:
    cohort = people(4)
    cohort["toy.slow"][2] = np.nan
    found = run("float32", cohort=cohort)
    assert found["status"].to_numpy().tolist() == [0, 0, 1, 0]
    assert np.isnan(found["effect"][2]).all()
    assert found.attrs["failed"] == 1


def test_figures_stand_only_where_there_is_something_to_check() -> None:
    assert not set(CHECKS) & set(run("float64").attrs)
    plain = simulate(toys.absorbed(), None, None, [0, 1], precision="float32", quantities=[])
    assert [plain.attrs[name] for name in CHECKS] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "how",
    [
        {"precision": "float32", "rtol": 1e-9},
        {"precision": "float32", "solver": Rodas5P(rtol=1e-9)},
        {"precision": "float32", "engine": "numpy"},
        {"precision": "float16"},
        {"precision": None},
    ],
)
def test_what_single_precision_cannot_do_is_refused(how) -> None:
    with pytest.raises(InputError) as caught:
        simulate(toys.loop(), None, None, [0, 1], **how)
    assert caught.value.remedy
