"""Death ends a run: when, for whom, and that nothing after it counts."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.model import Dose, Module, Rule, compose
from cytostorm.simulation import Policy, gradient, run, screen, screening, simulate
from cytostorm.simulation.engine.reference import Reference
from cytostorm.simulation.look import Seen, look_at
from cytostorm.simulation.request import Request
from tests import toys
from tests.simulation.mortal import (
    BASE,
    MODEL,
    NAMES,
    PLAN,
    SCALE,
    SUMMARIES,
    TIMES,
    hazard,
    moments,
    mortal,
    people,
)

QUANTITIES = ["toy.toxin", "toy.harmed", "toy.hazard"]


def lived(cohort: xr.Dataset, times=TIMES, **how) -> xr.Dataset:
    how = {"model": MODEL, "regimen": PLAN, "quantities": QUANTITIES, "summaries": SUMMARIES, **how}
    return simulate(how.pop("model"), cohort, how.pop("regimen"), times, **how)


def bits(found: xr.Dataset, *names: str) -> list[bytes]:
    return [found[name].to_numpy().tobytes() for name in (*NAMES, "died_at", "steps", "status", *names)]


# --- when ---------------------------------------------------------------------------------------------


def test_moment_and_share_of_a_steady_hazard() -> None:
    """The hazard is B t, and what somebody bears is exponential: 1 - exp(-B T) have died by T."""
    cohort = people(4000)
    found = lived(cohort, [0.0, 60.0], regimen=None)
    died, want = found["died_at"].to_numpy(), cohort["toy.endurance"].to_numpy() / BASE
    assert (np.isfinite(died) == (want <= 60.0)).all()
    np.testing.assert_allclose(died[want <= 60.0], want[want <= 60.0], rtol=1e-9)
    share, expected = np.isfinite(died).mean(), 1 - np.exp(-0.6)
    assert abs(share - expected) < 3 * np.sqrt(expected * (1 - expected) / 4000)
    assert found.attrs["died"] == np.isfinite(died).sum()
    assert found.attrs["failed"] == 0


@pytest.mark.parametrize("rtol, exact", [(1e-6, 1e-6), (1e-10, 1e-9)])
def test_moment_of_a_hazard_that_changes(rtol, exact) -> None:
    cohort = people()
    found, want = lived(cohort, rtol=rtol), moments(cohort)
    died = found["died_at"].to_numpy()
    assert (np.isnan(died) == np.isnan(want)).all()
    assert 100 < np.isfinite(died).sum() < 480
    np.testing.assert_allclose(died, want, rtol=exact)
    assert found["died_at"].attrs == {"units": "h", "label": "time of death, none for who lives"}
    assert (found["status"] == 0).all()


def test_without_an_ending_there_is_no_such_number() -> None:
    cohort = people(3)
    found = lived(cohort, model=mortal(ends=False))
    assert "died_at" not in found
    assert "died" not in found.attrs
    assert np.isfinite(found["toy.hazard"]).all()


def test_who_has_reached_the_threshold_at_the_start_or_by_a_dose() -> None:
    cohort = people(3)
    cohort["toy.endurance"] = ("patient", [0.0, 1e9, 0.3])
    found = lived(cohort)
    assert found["died_at"].to_numpy()[0] == 0.0
    assert np.isfinite(found["toy.toxin"].to_numpy()[0]).tolist() == [True] + [False] * 16
    assert found["status"].to_numpy().tolist() == [0, 0, 0]
    assert np.isnan(found["peak_toy_toxin"].to_numpy()).tolist() == [True, False, False]
    m = Module("toy", "drug", "a poison")
    amount = m.species("amount", "mg", "poison", initial=toys.number(m, "rest", 1.0, "mg"))
    m.remove(amount, "loss", toys.number(m, "loss", 0.5, "1/h") * amount)
    m.route("iv", amount, "vein")
    m.ending("death", amount, toys.number(m, "lethal", 5.0, "mg"), "death by poison")
    for engine in ("native", "numpy"):
        dosed = simulate(compose(m), None, Dose("toy.iv", "10 mg", time=7.0), TIMES, engine=engine)
        assert float(dosed["died_at"][0]) == pytest.approx(7.0, abs=1e-9)
        assert np.isfinite(dosed["toy.amount"].to_numpy()[0]).sum() == 3
        spared = simulate(compose(m), None, Dose("toy.iv", "3 mg", time=7.0), TIMES, engine=engine)
        assert np.isnan(spared["died_at"]).all()


# --- the same bits ------------------------------------------------------------------------------------


def test_samples_do_not_move_it() -> None:
    cohort = people(200)
    some, others = lived(cohort), lived(cohort, np.linspace(0.0, 48.0, 1001))
    assert bits(some) == bits(others)


def test_batch_threads_order_and_neighbours_do_not_change_it(monkeypatch) -> None:
    cohort = people(100)
    whole = lived(cohort, threads=1)
    assert bits(whole, *QUANTITIES) == bits(lived(cohort, threads=2), *QUANTITIES)
    with monkeypatch.context() as patch:
        patch.setattr(run, "BLOCK", 7)
        assert bits(whole, *QUANTITIES) == bits(lived(cohort), *QUANTITIES)
    turned = lived(cohort.isel(patient=slice(None, None, -1))).isel(patient=slice(None, None, -1))
    assert bits(whole, *QUANTITIES) == bits(turned, *QUANTITIES)
    # beside people who never die
    alone = cohort.copy(deep=True)
    alone["toy.endurance"][1::2] = 1e9
    mixed = lived(alone).isel(patient=slice(0, None, 2))
    assert bits(whole.isel(patient=slice(0, None, 2)), *QUANTITIES) == bits(mixed, *QUANTITIES)


def test_until_death_all_is_as_without_it() -> None:
    cohort = people(100)
    found, free = lived(cohort), lived(cohort, model=mortal(ends=False))
    died = found["died_at"].to_numpy()[:, None]
    there = np.isnan(died) | (died >= TIMES)
    for name in QUANTITIES:
        assert (np.isfinite(found[name].to_numpy()) == there).all()
        assert found[name].to_numpy()[there].tobytes() == free[name].to_numpy()[there].tobytes()
    lives = np.isnan(died[:, 0])
    for name in NAMES:
        assert found[name].to_numpy()[lives].tobytes() == free[name].to_numpy()[lives].tobytes()


# --- by whatever engine -------------------------------------------------------------------------------


def by_reference(self: Request, precision: str) -> Reference:
    assert precision == "float64"
    seen = tuple(Seen(str(q.name), q.factor) for q in self.kept.values())
    return Reference(self.programs, look_at(self.programs.system, seen, "numpy"), self.gathering.noted)


@pytest.mark.parametrize("how", ["numpy", "reference", "float32"])
def test_engines_agree(how, monkeypatch) -> None:
    cohort = people(40)
    native = lived(cohort, rtol=1e-9)
    more: dict = {"rtol": 1e-9} if how != "float32" else {"precision": how}
    if how == "numpy":
        more["engine"] = how
    if how == "reference":
        monkeypatch.setattr(Request, "_driver", by_reference)
    other = lived(cohort, **more)
    tolerance = 2e-3 if how == "float32" else 1e-6
    for name in ("died_at", *QUANTITIES, *NAMES):
        np.testing.assert_allclose(other[name], native[name], rtol=tolerance, atol=tolerance, err_msg=name)
    assert (other["status"] == 0).all()


# --- nothing counts after it --------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["native", "numpy"])
def test_summaries_stop(engine) -> None:
    cohort = people(100)
    found = lived(cohort, engine=engine, rtol=1e-9)
    died, loss = found["died_at"].to_numpy(), cohort["toy.loss"].to_numpy()
    dead = np.isfinite(died)
    until = np.where(dead, died, TIMES[-1])
    np.testing.assert_allclose(found["final_toy_hazard"], hazard(cohort, until), rtol=1e-6)
    np.testing.assert_allclose(
        found["final_toy_hazard"].to_numpy()[dead], cohort["toy.endurance"].to_numpy()[dead], rtol=1e-9
    )
    area = BASE * until**2 / 2 + SCALE * 10 / loss * (until + np.expm1(-loss * until) / loss)
    np.testing.assert_allclose(found["area_toy_hazard"], area, rtol=1e-6)
    half = np.log(2.0) / loss
    first = found["first_toy_toxin_below_5"].to_numpy()
    assert (np.isnan(first) == (half > until)).all()
    assert (half > until).sum() > 10


def test_rules_and_policies_give_nothing_any_more() -> None:
    cohort = people(60)
    rule = Rule.parse("level >= 0 mg", Dose("toy.iv", "0.001 mg"), check="3 h")
    seen = []

    def decide(r) -> None:
        seen.append((r.time, r.alive.copy(), np.isfinite(r["toy.toxin"])))
        r.give(Dose("toy.iv", "0.001 mg"))

    found = lived(cohort, regimen=PLAN + rule, policy=Policy(decide, every="6 h"))
    died = found["died_at"].to_numpy()
    assert 10 < np.isfinite(died).sum() < 60
    until = np.where(np.isfinite(died), died, np.inf)
    looks = TIMES[1:-1]
    assert found["given"].to_numpy()[0].tolist() == (until[:, None] > looks).sum(axis=1).tolist()
    for time, alive, known in seen:
        assert (alive == (until > time)).all()
        assert (known == alive).all()
    late = found["decided_at"].to_numpy() > until[found["decided_for"].to_numpy()]
    assert not late.any()


def test_who_fails_is_not_dead() -> None:
    cohort = people(50)
    cohort["toy.harm"] = ("patient", np.where(np.arange(50) % 5 == 0, -1.0, SCALE))
    cohort["toy.base"] = ("patient", np.where(np.arange(50) % 5 == 1, np.nan, BASE))
    found = lived(cohort)
    failed = np.arange(50) % 5 < 2
    assert ((found["status"].to_numpy() != 0) == failed).all()
    assert np.isnan(found["died_at"].to_numpy()[failed]).all()
    assert found.attrs["died"] == np.isfinite(found["died_at"].to_numpy()[~failed]).sum()


# --- very many, gradients -----------------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_screening_counts_the_dead(tmp_path, monkeypatch, precision) -> None:
    monkeypatch.setattr(screening, "PART", 256)
    how = {"hours": 48, "regimen": PLAN, "seed": 1, "precision": precision}
    found = screen(MODEL, 600, tmp_path / "a", summaries=["final toy.hazard"], **how)
    whole = lived(people(600), [48.0], quantities=[])
    died = found["died_at"].to_numpy()
    assert (np.isfinite(died) == np.isfinite(whole["died_at"].to_numpy())).all()
    assert found.attrs["died"] == np.isfinite(died).sum() == whole.attrs["died"]
    np.testing.assert_allclose(died, whole["died_at"], rtol=0 if precision == "float64" else 1e-3)
    assert np.isfinite(found["final_toy_hazard"]).all()
    alone = screen(MODEL, 600, tmp_path / "b", summaries=[], **how)  # nothing but who died
    assert alone["died_at"].to_numpy().tobytes() == died.tobytes()


def test_single_precision_is_not_trusted_with_who_dies() -> None:
    """Whose hazard ends within its error of what they bear are decided in double precision."""
    cohort = people(400)
    end = hazard(cohort, np.full(400, TIMES[-1]))
    cohort["toy.endurance"] = ("patient", end * (1 + np.linspace(-1e-4, 1e-4, 400)))
    found = lived(cohort, precision="float32")
    assert (np.isfinite(found["died_at"]) == np.isfinite(moments(cohort))).all()
    assert found.attrs["rerun"] == 400
    far = lived(people(400), precision="float32")
    assert far.attrs["rerun"] < 40


@pytest.mark.parametrize("method", ["tangents", "differences"])
def test_gradients_end_with_the_patient(method) -> None:
    cohort = people(20)
    found = gradient(
        MODEL, cohort, PLAN, TIMES, parameters=["toy.loss"], quantities=["toy.toxin"], method=method
    )
    base = lived(cohort)
    died, loss = base["died_at"].to_numpy()[:, None], cohort["toy.loss"].to_numpy()[:, None]
    there = np.isnan(died) | (died >= TIMES)
    slopes = found["toy.toxin_gradient"].to_numpy()[0]
    assert np.isnan(slopes[~there]).all()
    # a neighbour may die a little before
    surely = np.isnan(died) | (died >= TIMES + 3.0) if method == "differences" else there
    want = -10 * TIMES * np.exp(-loss * TIMES)
    np.testing.assert_allclose(slopes[surely], want[surely], rtol=1e-4, atol=1e-6)
    assert (found["status"] == 0).all()
    np.testing.assert_allclose(found["died_at"], base["died_at"], rtol=1e-5)


def test_again(monkeypatch) -> None:
    from cytostorm.scenario import rerun

    monkeypatch.setattr(rerun, "composed_for", lambda *_: MODEL)
    found = lived(people(30), quantities=["level"])
    assert rerun.rerun(found).identical(found)


def test_of_several_endings_the_first_counts() -> None:
    m = Module("fate", "organ", "another limit")
    m.ending("limit", MODEL.names["toy.hazard"], toys.number(m, "limit", 2.0, "1"), "the limit")
    model = compose(m)
    cohort = people(50)
    cohort["fate.limit"] = ("patient", np.full(50, 0.5))
    found, alone = lived(cohort, model=model), lived(people(50))
    sooner = cohort["toy.endurance"].to_numpy() < 0.5
    assert found["died_at"].to_numpy()[sooner].tobytes() == alone["died_at"].to_numpy()[sooner].tobytes()
    reached = np.isfinite(found["died_at"].to_numpy()) & ~sooner
    np.testing.assert_allclose(found["final_toy_hazard"].to_numpy()[reached], 0.5, rtol=1e-6)
    assert reached.sum() > 20
    assert found["died_at"].attrs["label"] == "time of the limit or death, none for who lives"
