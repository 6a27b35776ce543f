"""What is true of every drug: more does more, without its target it does nothing, and none does nothing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cytostorm.library import catalogue
from cytostorm.model import Dose, Regimen
from cytostorm.simulation import simulate
from tests.drugs.table import AGENTS, bench, volunteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    import xarray as xr

    from cytostorm.model import Model

ROUTES = {route.full for m in catalogue.modules().values() if m.kind == "drug" for route in m.routes.values()}
FOLLOWED = [
    "crp",
    "temperature",
    "il6",
    "il8",
    "tnf",
    "neutrophils",
    "lymphocytes",
    "platelets",
    "map",
    "cortisol",
]
"""What would show if a drug did anything in a volunteer."""


def test_every_route_of_every_drug_is_in_the_table() -> None:
    assert set(AGENTS) == ROUTES


HOURS = np.array([0.0, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 36.0])


@pytest.mark.parametrize("route", AGENTS)
def test_more_does_more(route: str) -> None:
    """In a body at rest, in which nothing happens but what the drug does."""
    agent = AGENTS[route]
    value, unit = agent.dose.split()
    found: list[float] = []
    for share in (0.01, 0.1, 1.0, 10.0):
        dose = Dose(route, f"{share * float(value)} {unit}")
        run = simulate(bench(), None, dose, HOURS, quantities=[agent.shown], unsafe=True)
        reading = run[agent.shown].to_numpy()[0]
        found = found or [float(reading[0])]
        found.append(float(reading.max() if agent.sign > 0 else reading.min()))
    assert all(agent.sign * (more - less) > 0 for less, more in itertools.pairwise(found)), found
    if agent.sign < 0:
        assert found[3] < agent.left * found[0]
    else:
        assert found[3] > 1.3 * found[0]


def course(model: Model, plan: Regimen | None) -> xr.Dataset:
    """Return what a volunteer shows."""
    hours = np.arange(0.0, 10.0, 3.0)
    return simulate(model, None, plan, hours, quantities=FOLLOWED, rtol=1e-6, unsafe=True)


def together(routes: Iterable[str], share: float = 1.0) -> Regimen:
    """Return a share of the usual dose by each of some routes."""
    plan = Regimen()
    for route in routes:
        value, unit = AGENTS[route].dose.split()
        plan = plan + Dose(route, f"{share * float(value)} {unit}")
    return plan


BY_TARGET: dict[frozenset[tuple[str, str | float]], list[str]] = {}
for route, agent in AGENTS.items():
    BY_TARGET.setdefault(frozenset(agent.without.items()), []).append(route)


@pytest.mark.parametrize("routes", BY_TARGET.values(), ids=", ".join)
def test_without_their_target_they_do_nothing(routes: list[str]) -> None:
    """Those that share one are given together, in full."""
    without = AGENTS[routes[0]].without
    assert all(without or AGENTS[route].why for route in routes)
    model = volunteer().replace(without)
    given, none = course(model, together(routes)), course(model, None)
    for name in FOLLOWED:
        np.testing.assert_allclose(given[name], none[name], rtol=1e-4, atol=1e-4, err_msg=name)


def test_no_dose_is_no_drug() -> None:
    """A dose of zero by every route at once gives the very bits of the same model without one."""
    none = course(volunteer(), None)

    def differs(routes: Iterable[str]) -> bool:
        zero = course(volunteer(), together(routes, 0.0))
        return any(not np.array_equal(zero[name], none[name]) for name in FOLLOWED)

    if differs(AGENTS):  # only then is it asked which
        assert not [route for route in AGENTS if differs([route])]
        pytest.fail("each alone is nothing, all together are not")
