"""Random patients, random plans of treatment, and how far two answers are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cytostorm.library.kinetics import rises
from cytostorm.model import Dose, Model, Module, Regimen, compose
from tests.toys import number


def varied(model: Model, n: int, seed: int, sd: float = 0.5) -> xr.Dataset:
    """Return patients whose every number varies: lognormal, `sd` of the logarithm; shares stay shares."""
    rng = np.random.default_rng(seed)
    values = {}
    for p in model.parameters:
        most = 1.0 if p.unit == "1" and p.value <= 1 else np.inf
        values[p.name] = ("patient", np.minimum(p.value * rng.lognormal(0, sd, n), most))
    return xr.Dataset(values, coords={"patient": np.arange(n)})


def states(run: xr.Dataset, model: Model) -> np.ndarray:
    """Return all states of all patients (patient, time, state)."""
    return np.stack([run[str(s.name)].to_numpy() for s in model.species], axis=-1)


@dataclass(frozen=True)
class Way:
    """A way to give something, and a usual amount of it."""

    route: str
    amount: float
    unit: str


def random_dose(rng: np.random.Generator, ways: Sequence[Way], end: float) -> Dose:
    """Return a bolus, an infusion, or a row of either, at any time before `end`."""
    way = ways[rng.integers(len(ways))]
    time, kind = float(rng.uniform(0, 0.8 * end)), rng.integers(3)
    duration, every, count = 0.0, 0.0, 1
    if kind == 1:
        duration = float(rng.uniform(0.001, 0.1) * end)
    elif kind == 2:
        every, count = float(rng.uniform(0.005, 0.1) * end), int(rng.integers(2, 9))
        duration = float(rng.choice([0.0, 0.4, 1.5])) * every  # the last ones overlap
    amount = way.amount * 10 ** rng.uniform(-1, 0.5)
    return Dose(way.route, f"{amount!r} {way.unit}", time=time, duration=duration, every=every, count=count)


def random_plan(rng: np.random.Generator, ways: Sequence[Way], end: float, most: int = 5) -> Regimen:
    """Return two or more random doses."""
    return Regimen(tuple(random_dose(rng, ways, end) for _ in range(rng.integers(2, most + 1))))


def apart(got: np.ndarray, want: np.ndarray, floor: float = 1e-3) -> np.ndarray:
    """Return the error of each number (patient, time, ...) as a share of its true size.

    The error is relative wherever the truth is above `floor` of its own largest value over time; below
    that it is held against that floor. A state that is zero throughout must be zero.
    """
    top = np.abs(want).max(axis=1, keepdims=True)
    size = np.maximum(np.abs(want), floor * top)
    error = np.abs(got - want)
    return np.divide(error, size, out=np.where(error > 0, np.inf, 0.0), where=size > 0)


def worst(error: np.ndarray) -> str:
    """Return where the largest error is, to say so when a test fails."""
    place = np.unravel_index(np.nanargmax(error), error.shape)
    return f"{np.nanmax(error):.2e} at {tuple(map(int, place))}"


def trap() -> Model:
    """Return a small model with all that can go wrong: x' = x^2, 0 / 0, a share below 0."""
    m = Module("trap", "drug", "made to fail")
    grows, near = number(m, "grows", 1e-3, "L/mg/h"), number(m, "near", 20.0, "mg")
    rate, volume = number(m, "rate", 0.3, "1/h"), number(m, "volume", 5.0, "L")
    kept, lost = number(m, "kept", 3.0, "1/h"), number(m, "lost", 1.0, "1/h")
    power, fast = number(m, "power", 2.0, "1"), number(m, "fast", 50.0, "1/h")
    wasted = number(m, "wasted", 0.1, "1")
    depot = m.species("depot", "mg", "under the skin")
    drug = m.species("drug", "mg", "in blood")
    echo = m.species("echo", "mg", "follows the drug", initial=near / power)
    level = m.observable("level", drug / volume, "mg/L", "in blood")
    m.route("sc", depot, "under the skin", bioavailability=kept / (kept + lost))
    m.route("iv", drug, "vein", bioavailability=1 - wasted)
    m.move(depot, drug, "absorption", rate * depot)
    m.remove(drug, "elimination", rate * rises(drug, near, power) * near)
    m.produce(drug, "growth", grows * level * drug)
    m.relax(echo, "following", drug, fast)
    return compose(m)
