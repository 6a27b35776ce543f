"""How a simulation ends for each patient: in time or late, at once or at the third try."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import CancelledError, InputError
from cytostorm.model import Dose, Regimen
from cytostorm.simulation import STATUS, Rodas5P, simulate
from cytostorm.simulation.request import Request
from cytostorm.simulation.status import NO_CONVERGENCE, NONFINITE, OK, STEP_LIMIT, TIME_LIMIT
from tests import toys

TIMES = np.linspace(0, 20, 21)
PLAN = Regimen() + Dose("toy.sc", "100 mg", every="5 h", count=3)
SUMMARIES = ("peak toy.central", "area toy.central", "first toy.tissue > 5 mg")
NAMES = ("toy.central", "peak_toy_central", "area_toy_central", "first_toy_tissue_above_5")


def people(model, n: int, spread: float = 0.3) -> xr.Dataset:
    rng = np.random.default_rng(1)
    return xr.Dataset({p.name: ("patient", p.value * rng.lognormal(0, spread, n)) for p in model.parameters})


def absorbed(n: int = 8, **how) -> xr.Dataset:
    model = toys.absorbed()
    cohort = people(model, n)
    cohort["toy.share"] = ("patient", np.full(n, 0.7))
    return simulate(model, cohort, PLAN, TIMES, quantities=["toy.central"], summaries=SUMMARIES, **how)


# --- time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{}, {"precision": "float32"}, {"engine": "numpy"}])
def test_time_limit(how) -> None:
    """Whoever is not done is NaN with a status and a time; nothing is thrown."""
    model, end = toys.loop(), 200.0
    n = 50 if "engine" in how else 20_000
    run = simulate(
        model, people(model, n), None, np.linspace(0, end, 200), quantities=["loop.a"],
        summaries=["peak loop.a"], time_limit=1e-3, threads=1, **how,
    )  # fmt: skip
    status = run["status"].to_numpy()
    late = status == TIME_LIMIT
    assert set(status.tolist()) <= {OK, TIME_LIMIT}
    assert late[-1]
    assert run.attrs["failed"] == late.sum()
    assert (run["failed_at"].to_numpy()[late] < end).all()
    assert np.isnan(run["failed_at"].to_numpy()[~late]).all()
    for name in ("loop.a", "peak_loop_a"):
        values = run[name].to_numpy().reshape(n, -1)
        assert np.isnan(values[late]).all()
        assert np.isfinite(values[~late]).all()
    assert STATUS[TIME_LIMIT] == "time limit"


def test_time_limit_that_is_kept_changes_nothing() -> None:
    free, limited = absorbed(), absorbed(time_limit=600.0)
    for name in (*NAMES, "status"):
        assert free[name].to_numpy().tobytes() == limited[name].to_numpy().tobytes()


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_time_limit_that_makes_no_sense(seconds) -> None:
    with pytest.raises(InputError, match="time limit"):
        absorbed(time_limit=seconds)


# --- settings -----------------------------------------------------------------------------------------


def test_solver_and_tolerance_exclude_each_other() -> None:
    with pytest.raises(InputError, match="both solver and rtol"):
        absorbed(solver=Rodas5P(), rtol=1e-6)


def test_tolerance_is_that_of_the_solver() -> None:
    one, other = absorbed(solver=Rodas5P(rtol=1e-8)), absorbed(rtol=1e-8)
    assert one["toy.central"].to_numpy().tobytes() == other["toy.central"].to_numpy().tobytes()
    assert one.attrs["rtol"] == other.attrs["rtol"] == 1e-8


@pytest.mark.parametrize(
    "how",
    [{"threads": 0}, {"threads": True}, {"threads": 2.0}, {"threads": 1025}, {"rtol": 1.0}, {"engine": "c"}],
)
def test_settings_that_make_no_sense(how) -> None:
    with pytest.raises(InputError) as caught:
        absorbed(**how)
    assert caught.value.remedy


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_threads_do_not_change_a_bit(precision) -> None:
    runs = [absorbed(333, precision=precision, threads=threads) for threads in (1, 2, 3)]
    for name in (*NAMES, "status", "steps", "rejected", "tries", "clamped"):
        assert len({run[name].to_numpy().tobytes() for run in runs}) == 1


def test_progress_is_told_to_the_end() -> None:
    told = []
    absorbed(5000, progress=lambda *now: told.append(now), rtol=1e-3)
    assert told[-1] == (5000, 5000)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


# --- second and third tries ---------------------------------------------------------------------------


class Stumbling:
    """An engine that fails some patients unless the tolerance is tight enough for them."""

    def __init__(self, inner, needs: dict[int, float], status: int) -> None:
        self.inner, self.needs, self.status = inner, needs, status

    def advance(self, block, settings, until) -> None:
        """Advance the others; give those who stumble a status."""
        whole = block.queue
        stuck = np.array([k for k in whole.tolist() if settings.rtol > self.needs.get(k, 1.0)], int)
        block.queue = np.setdiff1d(whole, stuck)
        self.inner.advance(block, settings, until)
        block.queue = whole
        block.fail(stuck, self.status)


@pytest.fixture
def stumble(monkeypatch):
    """Let patients need a tolerance; an engine's own failures have `status`."""
    real = Request._driver

    def install(needs: dict[int, float], status: int = NO_CONVERGENCE) -> None:
        monkeypatch.setattr(
            Request, "_driver", lambda self, precision: Stumbling(real(self, precision), needs, status)
        )

    return install


@pytest.mark.parametrize("status", [NO_CONVERGENCE, NONFINITE])
def test_tries(stumble, status) -> None:
    """Patient 2 comes through with a tighter tolerance, patient 5 by the reference solver only."""
    plain = absorbed(rtol=1e-4)
    stumble({2: 2e-6, 5: 0.0}, status)
    run = absorbed(rtol=1e-4)
    assert plain["tries"].to_numpy().tolist() == [0] * 8
    assert run["tries"].to_numpy().tolist() == [0, 0, 1, 0, 0, 2, 0, 0]
    assert run["status"].to_numpy().tolist() == [OK] * 8
    assert np.isnan(run["failed_at"].to_numpy()).all()
    exact = absorbed(rtol=1e-9)
    others = [0, 1, 3, 4, 6, 7]
    for name in NAMES:
        found, want = run[name].to_numpy(), exact[name].to_numpy()
        np.testing.assert_allclose(found[[2, 5]], want[[2, 5]], rtol=2e-3, atol=1e-3)
        assert found[others].tobytes() == plain[name].to_numpy()[others].tobytes()


def test_other_ends_are_not_tried_again(stumble) -> None:
    stumble({2: 1e-6}, STEP_LIMIT)
    run = absorbed(rtol=1e-4)
    assert run["status"].to_numpy().tolist() == [OK, OK, STEP_LIMIT, OK, OK, OK, OK, OK]
    assert run["tries"].to_numpy().tolist() == [0] * 8
    assert np.isnan(run["toy.central"][2]).all()
    assert np.isnan(run["area_toy_central"][2])
    assert float(run["failed_at"][2]) == 0.0


@pytest.mark.parametrize("how", [{}, {"engine": "numpy"}])
def test_who_fails_half_way_goes_on_from_the_last_decision(how) -> None:
    """Steps shorter than `smallest` x t end the first tries late; samples and sums must not count twice."""
    solver = Rodas5P(rtol=1e-4, first=0.01, smallest=0.1)
    run, exact = absorbed(3, solver=solver, **how), absorbed(3, rtol=1e-9)
    assert run["status"].to_numpy().tolist() == [OK] * 3
    assert (run["tries"].to_numpy() == 2).any()
    for name in NAMES:
        np.testing.assert_allclose(run[name], exact[name], rtol=5e-3, atol=1e-3)


def test_who_cannot_be_helped_has_a_status() -> None:
    """Growth with the square of itself has no end after 1 h, whatever the solver."""
    from cytostorm.model import Module, compose

    m = Module("toy", "mediator", "x' = x^2")
    k, start = toys.number(m, "k", 1.0, "L/ng/h"), toys.number(m, "start", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=start)
    m.produce(x, "growth", k * x * x)
    cohort = xr.Dataset({"toy.start": ("patient", [0.1, 1.0])})
    run = simulate(compose(m), cohort, None, [0.0, 2.0], quantities=["toy.x"], summaries=["peak toy.x"])
    assert int(run["status"][0]) == OK
    assert int(run["status"][1]) != OK
    assert int(run["tries"][0]) == 0
    assert float(run["peak_toy_x"][0]) == pytest.approx(0.1 / 0.8, rel=1e-4)
    assert np.isnan(float(run["peak_toy_x"][1]))


def test_an_interrupt_keeps_every_block_that_is_finished(monkeypatch) -> None:
    """Also when it comes while progress is told."""
    monkeypatch.setattr("cytostorm.simulation.run.BLOCK", 8)

    def told(done: int, _: int) -> None:
        if done == 16:
            raise KeyboardInterrupt

    people = xr.Dataset({"toy.rate": ("patient", np.linspace(0.1, 0.5, 32))})
    with pytest.raises(CancelledError) as caught:
        simulate(toys.one_compartment(), people, None, [0, 5], quantities=["toy.amount"], progress=told)
    status = [STATUS[k] for k in caught.value.run["status"].values]
    assert status == ["ok"] * 16 + ["cancelled"] * 16
