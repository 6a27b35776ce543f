"""No patient of any storm fails to finish, however widely people are drawn; no number leaves its sense."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm.library import catalogue
from cytostorm.model import Model
from tests.reliability.wide import wide, worst

RECIPES = dict(worst())
FEW = 100
MANY = 5000
ENOUGH = 5000
"""Steps that nobody needs; the widest sample took a thousand at most."""
SEEN = ("il6", "crp", "map", "platelets", "tissue_lost")
WAYS = {"default": ("float64", 1e-6), "loose": ("float64", 1e-4), "screening": ("float32", 1e-3)}


def finished(model: Model, people: xr.Dataset, hours: float, way: str) -> None:
    """Check that everyone is brought to the end at once, in few steps, with finite numbers."""
    precision, rtol = WAYS[way]
    summaries = [f"{what} {lab}" for lab in SEEN for what in ("peak", "trough")]
    run = cs.simulate(
        model, people, times=[hours], quantities=[], summaries=summaries, rtol=rtol, precision=precision
    )
    status, tries = run["status"].to_numpy(), run["tries"].to_numpy()
    assert (status == 0).all(), f"patients {np.flatnonzero(status)[:9]}: {status[status != 0][:9]}"
    assert (tries == 0).all(), f"not at once: patients {np.flatnonzero(tries)[:9]}"
    assert int(run["steps"].max()) < ENOUGH
    assert float(run["clamped"].max()) <= 1.0
    for lab in SEEN:
        low, high = (run[f"{what}_{lab}"].to_numpy() for what in ("trough", "peak"))
        assert np.isfinite(high).all()
        assert (low >= 0).all()
        assert (high >= low).all()
    assert (run["peak_tissue_lost"] <= 1 + 1e-4).all()


@pytest.mark.parametrize("name", ["sepsis", "sars_cov_2"])
def test_a_few_who_are_drawn_widely_all_finish(name: str) -> None:
    model, hours = catalogue.model_for(name, severity=RECIPES[name]), catalogue.recipe(name).hours
    finished(model, wide(model, FEW, 1), hours, "default")
    finished(model, wide(model, FEW, 2, mortal=False), hours, "screening")


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_everyone_who_is_drawn_widely_finishes(name: str) -> None:
    """110,000 patients of all storms together, and as many in two other ways, with nobody dying early."""
    model, hours = catalogue.model_for(name, severity=RECIPES[name]), catalogue.recipe(name).hours
    finished(model, wide(model, MANY, 11), hours, "default")
    finished(model, wide(model, MANY, 12, mortal=False), hours, "loose")
    finished(model, wide(model, MANY, 13, mortal=False), hours, "screening")


def sensible(name: str, people: xr.Dataset, model: Model, *, declared: bool) -> None:
    """Check each state at 57 moments: finite, not negative, and shares at most 1; declared, all bounds."""
    times = np.linspace(0.0, catalogue.recipe(name).hours, 57)
    names = [s.name for s in model.species]
    labs = [lab.short for lab in model.labs]
    run = cs.simulate(model, people, times=times, quantities=[*names, *labs])
    assert run.attrs["failed"] == 0
    alive = ~(run["time"].to_numpy() > np.nan_to_num(run["died_at"].to_numpy(), nan=np.inf)[:, None])
    for species in model.species:
        values = run[species.name].to_numpy()
        assert np.isfinite(values[alive]).all(), species.name
        low, high = species.within or (-np.inf if species.signed else 0.0, np.inf)
        if declared or (low, high) == (0, 1):
            assert np.nanmin(values) >= low - 1e-6 * abs(low), species.name
            assert np.nanmax(values) <= high * (1 + 1e-6), species.name
        assert np.nanmin(values) >= 0, species.name
    for lab in labs:
        values = run[lab].to_numpy()
        assert np.isfinite(values[alive]).all(), lab
        assert np.nanmin(values) >= 0, lab


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_no_number_leaves_its_sense(name: str) -> None:
    model = catalogue.model_for(name, severity=RECIPES[name])
    sensible(name, cs.sample(model, 1000, seed=7), model, declared=True)
    sensible(name, wide(model, 1000, 21, mortal=False), model, declared=False)


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0, 3.0, 10.0])
def test_brakes_of_any_strength_hold_no_more_than_all(strength: float) -> None:
    """Brakes that multiply to more than all would make secretion negative, and the run would never end."""
    model = catalogue.model_for("endotoxin").replace({"loop.brakes": strength})
    run = cs.simulate(model, times=[0.0, 2.0, 4.0, 48.0], quantities=["tnf", "il6"])
    assert int(run["status"][0]) == 0
    assert int(run["steps"][0]) < ENOUGH
    assert (run["tnf"] > 0).all()
