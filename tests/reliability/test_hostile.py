"""R6: parameters that no patient can have, in one of ten.

Each gets a status or a valid result, and no bit of a neighbour changes. No exception, no warning (pytest
makes them errors), no endless computation.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
import xarray as xr

from bench.models.storm import OUTPUT_TIMES, daily_doses, daily_rule, storm
from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.population import sample
from cytostorm.simulation import STATUS, Policy, simulate
from tests.reliability.people import trap
from tests.toys import number

LONGEST = 2.0
"""Seconds of processor time that one hostile patient may take."""
TINY = 5e-324
NUMBERS = (
    np.nan, np.inf, -np.inf, 1e300, -1e300, 1e154, 1e30, 1e12, 1e6, 1e3,
    0.0, -0.0, -1.0, -1e-300, 1e-12, 1e-30, 1e-154, 1e-300, 2e-310, TINY,
)  # fmt: skip
"""What is put in place of a parameter: no number, too large, too small, of the wrong sign, too stiff."""
FACTORS = (1e-300, 1e-100, 1e-12, 1e-3, 1e3, 1e12, 1e100, 1e300)
"""By what all parameters at once are multiplied."""


@dataclass(frozen=True)
class Ward:
    """A model with all that can be given to its patients."""

    model: Model
    plan: Regimen
    times: np.ndarray
    policy: Policy | None = None

    @property
    def names(self) -> list[str]:
        """Return everything that can be looked at."""
        return [str(q.name) for q in (*self.model.species, *self.model.observables)]

    def run(self, people: xr.Dataset) -> xr.Dataset:
        """Simulate patients on one core."""
        return simulate(
            self.model, people, self.plan, self.times, quantities=self.names, policy=self.policy, threads=1
        )


def ask(ward_round) -> None:
    """Give a little to whoever has much."""
    ward_round.give(Dose("trap.iv", "1 mg", duration=2), ward_round["trap.level"] > 1.0)


@cache
def ward(name: str) -> Ward:
    """Return one of the three wards."""
    if name == "storm":
        return Ward(storm(), daily_doses() + daily_rule(), OUTPUT_TIMES)
    if name == "endotoxin":
        again = Dose("endotoxin.iv", "1 ng/kg", time=3, duration=5, every=4, count=3)
        rule = Rule.parse("temperature > 38 degC, then at most 2", again, check="6 h")
        return Ward(model_for("endotoxin"), Regimen() + again + rule, np.linspace(0, 48, 97))
    plan = Regimen() + Dose("trap.iv", "10 mg", time=1) + Dose("trap.sc", "10 mg", time=2, duration=6)
    plan += Dose("trap.sc", "20 mg", time=3, duration=4, every=3, count=3)  # overlap
    plan += Dose("trap.iv", "5 mg", time=3, duration=4, every=3, count=2)
    plan += Rule.parse(
        "trap.level > 2 mg/L, then at most 3", Dose("trap.sc", "5 mg", duration=3), check="5 h"
    )
    return Ward(trap(), plan, np.linspace(0, 40, 41), Policy(ask, every="8 h"))


def healthy(model: Model, n: int) -> np.ndarray:
    """Return parameters (parameter, patient) of people who can exist."""
    drawn = sample(model, n, seed=31)
    names = [str(q.name) for q in model.parameters]
    values = np.array([[q.value] for q in model.parameters]).repeat(n, axis=1)
    for name in drawn.data_vars:
        values[names.index(name)] = drawn[name]
    return values


def spoil(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one patient's parameters with one to three of them hostile, or all of them."""
    values, kind = values.copy(), rng.random()
    if kind < 0.9:
        rows = rng.choice(len(values), min(len(values), rng.integers(1, 4)), replace=False)
        values[rows] = rng.choice(NUMBERS, len(rows))
    elif kind < 0.95:
        with np.errstate(all="ignore"):
            values *= rng.choice(FACTORS)
    else:
        values[:] = rng.choice(NUMBERS)
    return values


def cohort(model: Model, values: np.ndarray) -> xr.Dataset:
    """Return patients with these parameters."""
    rows = {str(q.name): ("patient", values[k]) for k, q in enumerate(model.parameters)}
    return xr.Dataset(rows, coords={"patient": np.arange(values.shape[1])})


def bits(run: xr.Dataset, names: list[str]) -> Callable[[int], tuple]:
    """Return what tells all that is known of a patient."""
    about = ("status", "failed_at", "steps", "rejected", "tries", "clamped")
    known = [run[name].to_numpy() for name in (*names, *about)]
    decides = "decided_for" in run
    whose, at, what = (
        run[f"decided_{word}"].to_numpy() if decides else np.zeros(0) for word in ("for", "at", "what")
    )
    orders = [str(order) for order in run["order"].to_numpy()] if decides else []

    def of(patient: int) -> tuple:
        mine = whose == patient
        decided = [orders[int(k)] for k in what[mine]]
        return (*(values[patient].tobytes() for values in known), at[mine].tobytes(), *decided)

    return of


def check_data(run: xr.Dataset, names: list[str]) -> None:
    """Fail unless every patient is fine and finite while alive, or failed and NaN, and all are counted."""
    values = np.stack([run[name].to_numpy() for name in names], axis=-1)
    good = run["status"].to_numpy() == 0
    ends = run["died_at"].to_numpy() if "died_at" in run else np.full(len(good), np.nan)
    alive = ~(run["time"].to_numpy() > np.where(np.isnan(ends), np.inf, ends)[:, None])
    assert np.isfinite(values[good][alive[good]]).all()
    assert np.isnan(values[good][~alive[good]]).all()
    assert np.isnan(values[~good]).all()
    failed_at = run["failed_at"].to_numpy()
    assert np.isnan(failed_at[good]).all()
    assert (failed_at[~good] >= 0).all()
    assert (failed_at[~good] <= float(run["time"][-1])).all()
    assert run.attrs["failed"] == (~good).sum()
    assert run.attrs["n"] == len(good)
    assert "time limit" not in {STATUS[s] for s in run["status"].to_numpy()}


def check_ward(name: str, n: int, seed: int) -> dict[str, float]:
    """Mix one hostile patient into every ten; return seconds in all and for the slowest, and statuses."""
    place, rng = ward(name), np.random.default_rng([seed, n])
    values = healthy(place.model, n)
    clean = place.run(cohort(place.model, values))
    assert clean.attrs["failed"] == 0
    sick = np.arange(rng.integers(10), n, 10)
    for patient in sick:
        values[:, patient] = spoil(values[:, patient], rng)
    people = cohort(place.model, values)
    start = time.process_time()
    run = place.run(people)
    found = {"mixed": time.process_time() - start, "slowest": 0.0, "alone": 0.0}
    check_data(run, place.names)
    mixed, before = bits(run, place.names), bits(clean, place.names)
    for patient in np.setdiff1d(np.arange(n), sick):
        assert mixed(patient) == before(patient), patient
    for patient in sick:
        start = time.process_time()
        alone = place.run(people.isel(patient=[patient]))
        took = time.process_time() - start
        said = {str(q.name): v for q, v in zip(place.model.parameters, values[:, patient], strict=True)}
        assert took <= LONGEST, (took, said)
        assert bits(alone, place.names)(0) == mixed(patient), said
        found["slowest"], found["alone"] = max(found["slowest"], took), found["alone"] + took
    for status in run["status"].to_numpy()[sick]:
        found[STATUS[status]] = found.get(STATUS[status], 0) + 1
    return found


@pytest.mark.parametrize("name, n", [("trap", 250), ("endotoxin", 150), ("storm", 100)])
def test_hostile_numbers(name: str, n: int) -> None:
    found = check_ward(name, n, seed=1)
    assert found["bad input"] > 0.1 * n / 10  # they are hostile indeed
    assert found["ok"] > 0.1 * n / 10  # and so near to sense that some pass


@pytest.mark.slow
@pytest.mark.parametrize("name, n", [("trap", 5000), ("endotoxin", 3000), ("storm", 2000)])
def test_ten_thousand(name: str, n: int) -> None:
    check_ward(name, n, seed=2)


def others(**changes: float) -> xr.Dataset:
    """Return 40 patients of the trap, number 7 with other parameters."""
    values = healthy(ward("trap").model, 40)
    names = [str(q.name) for q in ward("trap").model.parameters]
    for name, value in changes.items():
        values[names.index(f"trap.{name}"), 7] = value
    return cohort(ward("trap").model, values)


@pytest.mark.parametrize(
    "changes, fails",
    [
        ({"kept": 0.0, "lost": 0.0}, True),
        ({"kept": 1e308, "lost": 1e308}, False),
        ({"wasted": 1.5}, True),
        ({"wasted": 1.0}, False),
        ({"kept": TINY}, False),
        ({"kept": 1e-323, "lost": 1e7}, False),
        ({"kept": 1e-310, "lost": 1e10}, False),
    ],
)
def test_infusion_of_no_number_stays_with_its_patient(changes: dict[str, float], fails: bool) -> None:
    """Rates of all patients are summed in one go: what is no rate must not enter that sum."""
    place = ward("trap")
    clean, run = place.run(others()), place.run(others(**changes))
    check_data(run, place.names)
    assert (int(run["status"][7]) != 0) == fails
    mixed, before = bits(run, place.names), bits(clean, place.names)
    for patient in range(40):
        if patient != 7:
            assert mixed(patient) == before(patient), patient


def test_nobody_well() -> None:
    """A cohort of which everyone fails is a result too."""
    place = ward("trap")
    values = healthy(place.model, 20)
    values[:] = np.resize([np.nan, np.inf, -1.0], values.shape)
    run = place.run(cohort(place.model, values))
    check_data(run, place.names)
    assert run.attrs["failed"] == 20
    assert {STATUS[s] for s in run["status"].to_numpy()} == {"bad input"}


def test_end_in_finite_time() -> None:
    """A state with x' = k x^2 ends at 1 / (k x0): steps get ever smaller, but not for ever."""
    m = Module("trap", "mediator", "x' = k x^2")
    k, first = number(m, "k", 1.0, "L/ng/h"), number(m, "first", 1.0, "pg/mL")
    x = m.species("x", "pg/mL", "x", initial=first)
    m.produce(x, "growth", k * x * x)
    model, n = compose(m), 10
    ends = np.geomspace(0.1, 40, n)
    people = xr.Dataset({"trap.k": ("patient", 1 / ends)}, coords={"patient": np.arange(n)})
    start = time.process_time()
    run = simulate(model, people, None, [0, 0.05, 5], quantities=["trap.x"], threads=1)
    assert time.process_time() - start < n * LONGEST / 4
    check_data(run, ["trap.x"])
    over = ends < 5
    assert (run["status"].to_numpy()[over] > 1).all()
    np.testing.assert_allclose(run["failed_at"].to_numpy()[over], ends[over], rtol=0.02)
    np.testing.assert_allclose(run["trap.x"].to_numpy()[~over, 2], 1 / (1 - 5 / ends[~over]), rtol=1e-4)
