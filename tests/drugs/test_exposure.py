"""Exposure of typical patients to each drug, against numbers computed elsewhere from the same sources."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from cytostorm.library import catalogue
from cytostorm.model import Dose, compose
from cytostorm.simulation import simulate

TOLERANCE = 2e-3


@dataclass(frozen=True)
class Case:
    """A regimen, the person, and levels in plasma by hour, in the unit of the drug's read-out."""

    drug: str
    doses: tuple[Dose, ...]
    levels: dict[float, float]
    changes: dict[str, str] = field(default_factory=dict)


def many(route: str, amount: str, every: str, count: int, duration: str = "0 h") -> tuple[Dose, ...]:
    return (Dose(route, amount, 0, duration, every, count),)


CASTLEMAN = {"person.weight": "73 kg", "siltuximab.clearance": "0.26536 L/d"}
CASES = {
    "tocilizumab in intensive care": Case(
        "tocilizumab",
        (Dose("tocilizumab.iv", "560 mg", 0, "1 h"),),
        {1: 128.54, 24: 108.68, 72: 76.172, 168: 36.244, 336: 7.3356},
    ),
    "siltuximab, first and 20th dose": Case(
        "siltuximab",
        many("siltuximab.iv", "803 mg", "504 h", 20, "1 h"),
        {1: 218.36, 9577: 337.52, 10080: 119.31},
        {"person.weight": "73 kg"},
    ),
    "siltuximab in Castleman disease": Case(
        "siltuximab",
        many("siltuximab.iv", "803 mg", "504 h", 20, "1 h"),
        {1: 218.29, 9577: 305.56, 10080: 87.398},
        CASTLEMAN,
    ),
    "emapalumab without its target": Case(
        "emapalumab",
        many("emapalumab.iv", "70 mg", "72 h", 5, "1 h"),
        {1: 22.296, 360: 29.71},
        {"person.weight": "70 kg", "ifng.baseline": "1e-12 pg/mL"},
    ),
    "emapalumab in much interferon": Case(
        "emapalumab",
        many("emapalumab.iv", "70 mg", "72 h", 5, "1 h"),
        {1: 22.26, 360: 22.142},
        {"person.weight": "70 kg", "ifng.baseline": "1e4 pg/mL"},
    ),
    "emapalumab in most interferon": Case(
        "emapalumab",
        many("emapalumab.iv", "70 mg", "72 h", 5, "1 h"),
        {1: 21.866, 360: 2.7037},
        {"person.weight": "70 kg", "ifng.baseline": "1e6 pg/mL"},
    ),
    "dexamethasone by mouth, 10th dose": Case(
        "dexamethasone",
        many("dexamethasone.oral", "6 mg", "24 h", 10),
        {216 + 2.1167: 79.816, 240: 2.6135},
    ),
    "methylprednisolone, a pulse": Case(
        "methylprednisolone",
        (Dose("methylprednisolone.iv", "1000 mg", 0, "1 h"),),
        {1: 8052.6, 24: 4.5172},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_levels_of_a_typical_patient(name: str) -> None:
    case = CASES[name]
    model = compose(catalogue.find(case.drug)).replace(case.changes)
    plan = case.doses[0] if len(case.doses) == 1 else sum(case.doses[1:], start=case.doses[0])
    hours = np.array([0.0, *case.levels])
    lab = next(lab.short for lab in model.labs if lab.owner.name == case.drug)
    run = simulate(model, None, plan, hours, quantities=[lab], rtol=1e-8).isel(patient=0)
    assert int(run["status"]) == 0
    np.testing.assert_allclose(run[lab].to_numpy()[1:], list(case.levels.values()), rtol=TOLERANCE)
