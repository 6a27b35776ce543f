"""A model in which people die, with all that can be known of it in closed form."""

from __future__ import annotations

import numpy as np
import xarray as xr

from cytostorm.model import Dose, Exponential, LogNormal, Model, Module, Regimen, compose
from cytostorm.population import sample
from tests import toys

SCALE = 0.004
"""Hazard per hour of one mg."""
LOSS = 0.05
"""Loss per hour of the toxin: 10 mg are a cumulative hazard of 10 SCALE / LOSS = 0.8 in the end."""
BASE = 0.01
"""Hazard per hour of everyone."""
PLAN = Regimen() + Dose("toy.iv", "10 mg")
TIMES = np.arange(0.0, 49.0, 3.0)
SUMMARIES = (
    "peak toy.toxin",
    "area toy.hazard",
    "final toy.hazard",
    "first toy.toxin < 5 mg",
    "peak toy.harmed",
)
NAMES = (
    "peak_toy_toxin",
    "area_toy_hazard",
    "final_toy_hazard",
    "first_toy_toxin_below_5",
    "peak_toy_harmed",
)


def mortal(*, ends: bool = True) -> Model:
    """Return a toxin that goes away, what it does, and its hazard: H = B t + S A (1 - e^-kt) / k.

    ends : whether somebody dies whose hazard reaches what he bears, which is exponential with a mean of 1.
    """
    m = Module("toy", "organ", "a toxin of which people die")
    loss = toys.number(m, "loss", LOSS, "1/h", spread=LogNormal(1.2))
    harm, base = toys.number(m, "harm", SCALE, "1/(mg*h)"), toys.number(m, "base", BASE, "1/h")
    half = toys.number(m, "half", 2.0, "mg")
    endurance = toys.number(m, "endurance", 1.0, "1", spread=Exponential())
    toxin = m.species("toxin", "mg", "toxin in the body")
    harmed = m.species("harmed", "mg", "what is harmed")
    hazard = m.species("hazard", "1", "cumulative hazard")
    m.route("iv", toxin, "vein")
    m.move(toxin, harmed, "harm", loss * toxin)
    m.remove(harmed, "recovery", 2 * loss * harmed**2 / (harmed + half))
    m.produce(hazard, "hazard", base + harm * toxin)
    m.lab("level", toxin, "mg", "toxin")
    if ends:
        m.ending("death", hazard, endurance, "death")
    return compose(m)


MODEL = mortal()


def people(n: int = 500, seed: int = 1) -> xr.Dataset:
    return sample(MODEL, n, seed)


def hazard(cohort: xr.Dataset, t: np.ndarray) -> np.ndarray:
    """Return the cumulative hazard of each person at a time of his own, 10 mg given at the start."""
    loss = cohort["toy.loss"].to_numpy()
    return BASE * t + SCALE * 10.0 * -np.expm1(-loss * t) / loss


def moments(cohort: xr.Dataset, end: float = float(TIMES[-1])) -> np.ndarray:
    """Return when each person dies, NaN for who lives to the end, by halving."""
    bears = cohort["toy.endurance"].to_numpy()
    low, high = np.zeros(len(bears)), np.full(len(bears), end)
    lives = hazard(cohort, high) < bears
    for _ in range(80):
        middle = 0.5 * (low + high)
        over = hazard(cohort, middle) >= bears
        low, high = np.where(over, low, middle), np.where(over, middle, high)
    return np.where(lives, np.nan, high)
