"""Superposition and mass: doses add up, and what was given is in the body or has left by the clearance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cytostorm.model import Dose, Regimen
from cytostorm.simulation import simulate
from tests.drugs.table import AGENTS, bench, drug_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHILDREN = 1e-3
"""The typical person of 30 years is a child by half a percent, and 75 kg are not 70: less than this."""


@dataclass(frozen=True)
class Kinetics:
    """How a drug leaves a typical person of 75 kg and 30 years, half man and half woman.

    clearance : L/h; share : of the dose that reaches plasma; days : after which half or more has left.
    seen : the level in `per` mg/L, if it is not the drug's own.
    """

    clearance: float
    share: float = 1.0
    days: float = 2.0
    seen: str = ""
    per: float = 1.0


def size(power: float, usual: float = 70.0) -> float:
    """Return what weight does to a clearance."""
    return (75.0 / usual) ** power


UNBOUND = {"clearance": 54.3 * size(0.75), "seen": "prednisolone.level"}
IL10 = {"clearance": 0.065 * 75, "seen": "il10.level", "per": 1e-6}
LINEAR = {
    "abatacept.iv": Kinetics(0.0204 * size(0.651), days=30),
    "abatacept.sc": Kinetics(0.0204 * size(0.651), 0.805, 60),
    "adalimumab.sc": Kinetics(0.0117 * size(0.75), days=60),
    "afelimomab.iv": Kinetics(5.0 * math.log(2) / 44.7, days=4),
    "anakinra.iv": Kinetics(6.24 * 0.95 * size(0.47)),
    "anakinra.sc": Kinetics(6.24 * 0.95 * size(0.47), 0.95),
    "baricitinib.oral": Kinetics((6.34 + 3.36) * size(0.75, 74)),
    "basiliximab.iv": Kinetics(0.041, days=15),
    "canakinumab.iv": Kinetics(0.104 / 24 * size(0.75), days=90),
    "canakinumab.sc": Kinetics(0.104 / 24 * size(0.75), 0.667, 90),
    "ceftriaxone.iv": Kinetics(0.56 + 0.32),
    "ciclosporin.iv": Kinetics(21.9),
    "ciclosporin.oral": Kinetics(21.9, 0.71),
    "dasatinib.oral": Kinetics(273.0),
    "dexamethasone.iv": Kinetics(9.29 * 0.8),
    "dexamethasone.oral": Kinetics(9.29 * 0.8, 0.8),
    # Without interferon-γ above rest, which it holds back and which clears it: not in a storm.
    "emapalumab.iv": Kinetics((0.0143 + 0.121 * 3.2e-6**0.542) * size(0.75) * (30 / 25) ** 0.188, days=30),
    "etoposide.iv": Kinetics(0.74 + 0.0057 * 70),
    "hydrocortisone.iv": Kinetics(0.267 * 75),
    "hydrocortisone.oral": Kinetics(0.267 * 75, 0.96),
    "infliximab.iv": Kinetics(0.407 / 24 * (1 - 0.236 / 2), days=30),
    "interleukin_10.iv": Kinetics(**IL10),
    "interleukin_10.sc": Kinetics(**IL10, share=0.42),
    "lenzilumab.iv": Kinetics(0.165 / 24, days=60),
    "levetiracetam.iv": Kinetics(4.0, days=4),
    "levetiracetam.oral": Kinetics(4.0, days=4),
    "meropenem.iv": Kinetics(14.6),
    "methylprednisolone.iv": Kinetics(0.575 * 60),
    "methylprednisolone.oral": Kinetics(0.575 * 60, 0.82),
    "oseltamivir.oral": Kinetics(519 * size(0.838), days=10),
    "paracetamol.iv": Kinetics(10.2 * size(0.75)),
    "paracetamol.oral": Kinetics(10.2 * size(0.75)),
    "prednisolone.oral": Kinetics(**UNBOUND, share=1 / 0.8),
    "prednisone.oral": Kinetics(**UNBOUND, share=360.4 / 358.4),
    "remdesivir.iv": Kinetics(51.8 + 4.69),
    "ruxolitinib.oral": Kinetics((17.7 + 22.1) / 2),
    "siltuximab.iv": Kinetics(0.214 / 24, days=60),
    "tnf_receptor_fc.sc": Kinetics(0.168 * math.sqrt(0.655), days=10),
    "tofacitinib.oral": Kinetics(20.4),
}
SATURATED = "its target takes it away, and can be sated"
NOT_LINEAR = {
    "alemtuzumab.iv": SATURATED,
    "ivig.iv": "the receptor that saves it from loss can be sated",
    "mavrilimumab.iv": SATURATED,
    "sarilumab.iv": SATURATED,
    "sarilumab.sc": SATURATED,
    "tocilizumab.iv": SATURATED,
}
"""Route: why its levels do not add up."""


def test_every_route_is_linear_or_says_why_not() -> None:
    assert not LINEAR.keys() & NOT_LINEAR.keys()
    assert LINEAR.keys() | NOT_LINEAR.keys() == AGENTS.keys()


def level_of(route: str) -> str:
    return LINEAR[route].seen if route in LINEAR and LINEAR[route].seen else f"{drug_of(route)}.level"


def doubled(route: str) -> tuple[NDArray[np.float64], ...]:
    """Return levels after a dose, after half of it 5 h later, after both, and after twice the first."""
    value, unit = AGENTS[route].dose.split()
    first = Regimen() + Dose(route, f"{value} {unit}", 0, 0.5)
    later = Regimen() + Dose(route, f"{float(value) / 2} {unit}", 5, 0.5)
    twice = Regimen() + Dose(route, f"{2 * float(value)} {unit}", 0, 0.5)
    hours = np.array([0.0, 0.5, 2.0, 5.0, 6.0, 12.0, 48.0])
    model, seen = bench(), level_of(route)

    def above_rest(plan: Regimen) -> NDArray[np.float64]:
        levels = simulate(model, None, plan, hours, quantities=[seen], rtol=1e-7, unsafe=True)[seen]
        return levels.to_numpy()[0] - float(levels[0, 0])

    return above_rest(first), above_rest(later), above_rest(first + later), above_rest(twice)


@pytest.mark.parametrize("route", LINEAR)
def test_doses_add_up(route: str) -> None:
    first, later, both, twice = doubled(route)
    assert first.max() > 0
    exactness = {"rtol": 1e-4, "atol": 1e-5 * first.max()}
    np.testing.assert_allclose(first + later, both, **exactness)
    np.testing.assert_allclose(2 * first, twice, **exactness)


@pytest.mark.parametrize("route", NOT_LINEAR)
def test_what_is_not_linear_is_not(route: str) -> None:
    first, _, _, twice = doubled(route)
    assert abs(twice[-1] / first[-1] - 2) > 0.005


def balance(route: str, seen: str, hours: float, amounts: list[str]) -> tuple[float, float]:
    """Return what is in the body after a usual dose, and the area under a level above rest."""
    how = {"quantities": [seen, *amounts], "summaries": [f"area {seen}"], "rtol": 1e-7, "unsafe": True}
    run = simulate(bench(), None, Dose(route, AGENTS[route].dose), [0.0, hours], **how)
    whole = next(float(run[name][0]) for name in run.data_vars if str(name).startswith("area"))
    return sum(float(run[name][0, -1]) for name in amounts), whole - hours * float(run[seen][0, 0])


@pytest.mark.parametrize("route", LINEAR)
def test_what_was_given_is_in_the_body_or_has_left(route: str) -> None:
    """The amounts in it, and the area under the level times the clearance that was published."""
    kinetics, seen = LINEAR[route], level_of(route)
    value, unit = AGENTS[route].dose.split()
    assert unit == "mg"
    owners = {drug_of(route), drug_of(seen)}
    amounts = [
        s.name for s in bench().species
        if s.unit == "mg" and drug_of(s.name) in owners and s.name not in METABOLITES
    ]  # fmt: skip
    inside, area = balance(route, seen, 24 * kinetics.days, amounts)
    left = kinetics.clearance * kinetics.per * area
    dose = kinetics.share * float(value)
    assert inside + left == pytest.approx(dose, rel=2 * CHILDREN)
    assert left > 0.4 * dose


METABOLITES = {
    "remdesivir.metabolite": ("gs_441524", 11.0, 200 * 51.8 / (51.8 + 4.69) * 291.3 / 602.6),
    "oseltamivir.carboxylate": ("oseltamivir", 1e-3 * 20.7 * size(0.56), 75.0),
}
"""Amount: its level, its clearance, and what is made of a usual dose, as it was published."""


@pytest.mark.parametrize("name", METABOLITES)
def test_metabolites_get_what_the_drug_loses(name: str) -> None:
    seen, clearance, made = METABOLITES[name]
    route = next(route for route in AGENTS if drug_of(route) == drug_of(name))
    _, area = balance(route, seen, 1000.0, [])
    assert clearance * area == pytest.approx(made, rel=2 * CHILDREN)
