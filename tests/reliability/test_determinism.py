"""R4: the same bits in any batch, on any number of threads, in any order, in vectors of any width.

What is compared is everything a run says of a patient: samples, status, steps, tries and each decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
import xarray as xr

from bench.models.storm import daily_doses, daily_rule, storm
from cytostorm.codegen import native as code
from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, Model, Regimen, Rule
from cytostorm.population import sample
from cytostorm.simulation import look, simulate
from cytostorm.simulation.engine import native as engine
from tests.reliability.people import trap, varied

ABOUT = ("status", "failed_at", "steps", "rejected", "tries", "clamped")


@dataclass(frozen=True)
class Ward:
    """A model, a plan with a rule that fires for some, and sample times."""

    model: Model
    plan: Regimen
    times: np.ndarray

    def run(self, people: xr.Dataset, threads: int = 1) -> xr.Dataset:
        """Simulate patients, all states and all that is read off them."""
        names = [str(q.name) for q in (*self.model.species, *self.model.observables)]
        return simulate(self.model, people, self.plan, self.times, quantities=names, threads=threads)


@cache
def ward(name: str) -> Ward:
    """Return one of the wards."""
    if name == "storm":
        return Ward(storm(), daily_doses() + daily_rule(), np.linspace(0, 480, 41))
    if name == "endotoxin":
        again = Dose("endotoxin.iv", "1 ng/kg", time=2, duration=3, every=2, count=3)
        rule = Rule.parse(
            "temperature > 38.3 degC, then at most 2", Dose("endotoxin.iv", "1 ng/kg"), check="3 h"
        )
        return Ward(model_for("endotoxin"), Regimen() + again + rule, np.linspace(0, 24, 49))
    rule = Rule.parse(
        "trap.level < 3 mg/L, then at most 3", Dose("trap.sc", "20 mg", duration=2), check="2 h"
    )
    plan = Regimen() + Dose("trap.iv", "20 mg", time=1) + Dose("trap.sc", "20 mg", time=2, every=5, count=3)
    return Ward(trap(), plan + rule, np.linspace(0, 16, 33))


@cache
def people(name: str, n: int) -> xr.Dataset:
    """Return the cohort; one in fifty cannot be simulated."""
    model = ward(name).model
    drawn = varied(model, n, seed=5, sd=0.2) if name == "trap" else sample(model, n, seed=5)
    first = str(next(iter(drawn.data_vars)))
    drawn[first][13::50] = np.nan
    return drawn


def letters(runs: list[xr.Dataset]) -> dict[int, bytes]:
    """Return one digest per patient, whichever run he was in."""
    found = {}
    for run in runs:
        names = [str(n) for n, values in run.data_vars.items() if "time" in values.dims]
        about = [run[name].to_numpy() for name in (*ABOUT, "given")]
        decided = [run[f"decided_{what}"].to_numpy() for what in ("for", "at", "what")]
        orders = [str(order) for order in run["order"].to_numpy()]
        values = [run[name].to_numpy() for name in names]
        for k, patient in enumerate(run["patient"].to_numpy().tolist()):
            digest = hashlib.sha256()
            for array in values:
                digest.update(array[k].tobytes())
            for array in about:
                digest.update(np.ascontiguousarray(array[..., k]).tobytes())
            for _, at, what in zip(*(d[decided[0] == k] for d in decided), strict=True):
                digest.update(at.tobytes() + orders[int(what)].encode())
            assert patient not in found
            found[patient] = digest.digest()
    return found


def seal(runs: list[xr.Dataset]) -> str:
    """Return one SHA-256 of all patients, in the order of their numbers."""
    found = letters(runs)
    return hashlib.sha256(b"".join(found[patient] for patient in sorted(found))).hexdigest()


def parts(cohort: xr.Dataset, size: int) -> Iterator[xr.Dataset]:
    """Yield a cohort in batches."""
    for start in range(0, cohort.sizes["patient"], size):
        yield cohort.isel(patient=slice(start, start + size))


def check(name: str, n: int, sizes: tuple[int, ...]) -> str:
    """Run the matrix of batches and threads, each in order and shuffled; return the one digest.

    A batch that fits into one vector is the work of one thread, however many are allowed.
    """
    place, cohort = ward(name), people(name, n)
    whole = place.run(cohort)
    given = whole["given"].to_numpy()[0]
    assert 0.1 < np.mean(given > 0) < 0.9  # the rule fires for some and not for others
    assert 0 < whole.attrs["failed"] < 0.1 * n
    want, rng = seal([whole]), np.random.default_rng(3)
    for size in sizes:
        for threads in (1, 2, 4) if size > 8 else (4,):
            for order in (np.arange(n), rng.permutation(n)):
                runs = [place.run(part, threads) for part in parts(cohort.isel(patient=order), size)]
                assert seal(runs) == want, (name, size, threads)
    return want


def test_matrix_of_a_trap() -> None:
    check("trap", 200, (1, 7, 64, 200))


def test_matrix_of_endotoxin() -> None:
    check("endotoxin", 200, (7, 64, 200))


def test_matrix_of_a_storm() -> None:
    check("storm", 200, (64,))


@pytest.mark.slow
@pytest.mark.parametrize("name, sizes", [("endotoxin", (1, 7, 64, 1000)), ("storm", (7, 64, 1000))])
def test_matrix_of_a_thousand(name: str, sizes: tuple[int, ...]) -> None:
    check(name, 1000, sizes)


@pytest.mark.slow
def test_a_thousand_one_by_one() -> None:
    """Storms, each alone; threads have nothing to share then."""
    place, cohort = ward("storm"), people("storm", 1000)
    assert seal([place.run(part, threads=2) for part in parts(cohort, 1)]) == seal(
        [place.run(cohort, threads=4)]
    )


def test_seal_sees_every_bit() -> None:
    """One bit of one number of one patient is another seal."""
    run = ward("trap").run(people("trap", 20))
    want = seal([run])
    for name in ("trap.drug", "clamped"):
        other = run.copy(deep=True)
        values = other[name].to_numpy().reshape(-1)
        values[-1] = np.nextafter(values[-1], np.inf)
        assert seal([other]) != want, name
    other = run.copy(deep=True)
    other["decided_at"].to_numpy()[0] += 1e-12
    assert seal([other]) != want


@pytest.fixture
def narrow(monkeypatch):
    """Return a function that makes the engine print for vectors of another width."""

    def to(width: int) -> None:
        def target() -> code.Target:
            return replace(here, width=width)

        monkeypatch.setattr(code, "host", target)
        monkeypatch.setattr(engine, "host", target)
        look.look_at.cache_clear()  # its programs are made for a width too

    here = code.host()
    yield to
    look.look_at.cache_clear()


@pytest.mark.parametrize("name", ["trap", "endotoxin", pytest.param("storm", marks=pytest.mark.slow)])
def test_width_of_vectors(name: str, narrow) -> None:
    place, cohort, found = ward(name), people(name, 100), {}
    for width in (2, 4, 8):
        narrow(width)
        assert engine.target_of("float64").width == width
        found[width] = seal([place.run(cohort)])
    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("name", ["endotoxin", "storm"])
@pytest.mark.parametrize("size", [1, 7, 64])
def test_people_drawn_in_parts(name: str, size: int) -> None:
    model, n = ward(name).model, 128
    whole = sample(model, n, seed=8)
    drawn = [sample(model, min(size, n - first), seed=8, first=first) for first in range(0, n, size)]
    together = xr.concat(drawn, "patient")
    assert list(together.data_vars) == list(whole.data_vars)
    for variable in ("patient", *whole.data_vars):
        assert together[variable].to_numpy().tobytes() == whole[variable].to_numpy().tobytes()
    assert not np.array_equal(sample(model, n, seed=9)["person.weight"], whole["person.weight"])
