"""R1: random patients under random treatment against references, no outlier allowed.

Every state of every patient at every sample is compared, relative to its true value; what is below
1/1000 of its own peak is held against that thousandth (see `people.apart`).

Two references, since one could be wrong: this engine at a millionth of the default tolerance for all
patients, and SciPy's LSODA for some of them, which is another method, loop and Jacobian, with doses read off
the plan by other code. Both take the slopes from the model; tests/acceptance/test_independent.py has some
written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import xarray as xr
from scipy.integrate import solve_ivp

from bench.models.storm import storm
from cytostorm.codegen import kernel
from cytostorm.library.catalogue import model_for
from cytostorm.model import Model, Regimen
from cytostorm.population import sample
from cytostorm.simulation import simulate
from tests.reliability.people import Way, apart, random_plan, states, worst

LIMITS = {1e-6: 1e-4, 1e-9: 1e-7}
"""The largest error promised at the default tolerance and at a tight one."""
USUAL = 0.2
"""No patient may be off by more than this share of what is promised: such a one is an outlier."""
EXACT = 1e-12
"""Tolerance of both references."""
AGREE = 1e-9
"""How far the two references may be apart."""
GROUP = 10
"""Patients per random plan."""


@dataclass(frozen=True)
class Ward:
    """A model, the ways to treat it, and for how many hours."""

    model: Model
    ways: tuple[Way, ...]
    end: float

    @property
    def times(self) -> np.ndarray:
        """Return sample times that fall on no dose, besides the first."""
        return np.linspace(0, self.end, 97)

    def plan(self, group: int) -> Regimen:
        """Return the random plan of a group."""
        return random_plan(np.random.default_rng([17, group]), self.ways, self.end)

    def people(self, group: int) -> xr.Dataset:
        """Return the random patients of a group."""
        return sample(self.model, GROUP, seed=23, first=group * GROUP)


@cache
def ward(name: str) -> Ward:
    """Return one of the two wards."""
    if name == "storm":
        oral, vein = Way("dexamethasone.oral", 6, "mg"), Way("dexamethasone.iv", 6, "mg")
        return Ward(storm(), (oral, vein, Way("tocilizumab.iv", 8, "mg/kg")), 672.0)
    return Ward(model_for("endotoxin"), (Way("endotoxin.iv", 2, "ng/kg"),), 48.0)


def solved(place: Ward, group: int, rtol: float, plan: Regimen | None = None) -> np.ndarray:
    """Return all states by the engine."""
    names = [str(s.name) for s in place.model.species]
    plan, people = plan or place.plan(group), place.people(group)
    run = simulate(place.model, people, plan, place.times, quantities=names, rtol=rtol, threads=1)
    assert run.attrs["failed"] == 0
    assert int(run["tries"].max()) == 0
    return states(run, place.model)


def off(place: Ward, got: np.ndarray, want: np.ndarray) -> np.ndarray:
    """Return the error of each number; nothing where both references are blind.

    Neither promises anything below a thousandth of its tolerance of a state's scale: states that
    never rise hold noise.
    """
    blind = 1e-3 * EXACT * np.array([s.scale / s.factor for s in place.model.species])
    return np.where(np.abs(got - want) <= blind, 0, apart(got, want))


def check(name: str, groups: range) -> dict[float, float]:
    """Compare the engine with itself at a far tighter tolerance; return the largest errors."""
    place, found = ward(name), dict.fromkeys(LIMITS, 0.0)
    for group in groups:
        exact = solved(place, group, EXACT)
        for rtol, limit in LIMITS.items():
            error = off(place, solved(place, group, rtol), exact)
            assert error.max() <= limit * USUAL, f"{name}, group {group}, rtol {rtol}: {worst(error)}"
            found[rtol] = max(found[rtol], float(error.max()))
    return found


def givings(place: Ward, plan: Regimen, p: dict[str, float]) -> list[tuple[float, float, int, float]]:
    """Return start, end, state and amount of every giving, read off the plan once more."""
    found = []
    for challenge in place.model.challenges:
        amount = p[challenge.amount.name] * p["person.weight"]  # in ng/kg
        found.append((0.0, p[challenge.duration.name], challenge.route, amount))
    for dose in plan.doses:
        number, unit = dose.amount.split()
        size = {"mg": 1.0, "ng/kg": p.get("person.weight", 0.0), "mg/kg": p.get("person.weight", 0.0)}[unit]
        for k in range(dose.count):
            start = dose.time + k * dose.every
            found.append((start, start + dose.duration, dose.route, float(number) * size))
    arrives = {"dexamethasone.oral": p.get("dexamethasone.absorbed", 1.0)}
    names = [str(s.name) for s in place.model.species]
    into = {"dexamethasone.oral": "dexamethasone.depot", "endotoxin.iv": "endotoxin.plasma"}
    rows = []
    for start, end, route, amount in found:
        row = names.index(into.get(route, route.replace(".iv", ".central")))
        coherent = amount * place.model.species[row].factor * arrives.get(route, 1.0)
        rows.append((start, end, row, coherent))
    return rows


def by_scipy(place: Ward, group: int, patient: int, rtol: float) -> np.ndarray:
    """Return the states (time, state) of one patient by LSODA, from giving to giving."""
    model, people = place.model, place.people(group)
    own = {str(q.name): q.value for q in model.parameters}
    own |= {str(name): float(people[name][patient]) for name in people.data_vars}
    programs = kernel(model)
    p = np.array([[own[str(q.name)] * q.factor] for q in model.parameters])
    y, hoisted = programs.initial(p)[:, 0], programs.hoist(p)
    nothing = np.zeros((len(model.inputs), 1))
    rows = [r for r in givings(place, place.plan(group), own) if r[0] < place.end]
    edges = {0.0, place.end} | {e for r in rows for e in r[:2] if e < place.end}
    times, out = place.times, np.empty((len(place.times), len(y)))
    out[0] = y
    tiny = 1e-3 * rtol * np.array(programs.system.scales)
    for a, b in pairwise(sorted(edges)):
        y, inflow = y.copy(), np.zeros(len(y))
        for start, end, row, amount in rows:
            if start == end == a:
                y[row] += amount
            elif start <= a and b <= end:
                inflow[row] += amount / (end - start)

        def slopes(t: float, y: np.ndarray, inflow: np.ndarray = inflow) -> np.ndarray:
            return programs.rates(np.array([[t]]), y[:, None], p, nothing, hoisted)[:, 0] + inflow

        here = (times > a) & (times <= b)
        at = np.unique(np.append(times[here], b))
        found = solve_ivp(slopes, (a, b), y, "LSODA", at, rtol=rtol, atol=tiny, first_step=min(1e-5, b - a))
        assert found.success, found.message
        out[here], y = found.y[:, np.isin(at, times[here])].T, found.y[:, -1]
    return out / np.array([s.factor for s in model.species])


@pytest.mark.parametrize("name", ["storm", "endotoxin"])
def test_no_outlier(name: str) -> None:
    check(name, range(6))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["storm", "endotoxin"])
@pytest.mark.parametrize("part", range(4))
def test_no_outlier_among_two_thousand(name: str, part: int) -> None:
    check(name, range(25 * part, 25 * (part + 1)))


def compare_references(name: str, groups: range) -> float:
    """Return how far the two references are apart, one patient of each group."""
    place, found = ward(name), 0.0
    for group in groups:
        patient = group % GROUP
        ours = solved(place, group, EXACT)[patient : patient + 1]
        other = by_scipy(place, group, patient, EXACT)[None]
        error = off(place, ours, other)
        assert error.max() <= AGREE, f"{name}, group {group}: {worst(error)}"
        found = max(found, float(error.max()))
    return found


@pytest.mark.parametrize("name, groups", [("storm", 2), ("endotoxin", 6)])
def test_references_agree(name: str, groups: int) -> None:
    compare_references(name, range(groups))


@pytest.mark.slow
@pytest.mark.parametrize("name, groups", [("storm", 25), ("endotoxin", 50)])
def test_references_agree_on_many(name: str, groups: int) -> None:
    compare_references(name, range(groups))


@pytest.mark.parametrize("name", ["storm", "endotoxin"])
def test_a_slip_would_be_an_outlier(name: str) -> None:
    """A dose five minutes late, or one percent too small, is far outside the limits."""
    place = ward(name)
    first, *rest = place.plan(0).doses
    number, unit = first.amount.split()
    less, late = f"{0.99 * float(number)!r} {unit}", first.time + 1 / 12
    right = solved(place, 0, 1e-6)
    for slip in (replace(first, time=late), replace(first, amount=less)):
        wrong = solved(place, 0, 1e-6, Regimen((slip, *rest)))
        assert apart(wrong, right).max() > 10 * max(LIMITS.values())
