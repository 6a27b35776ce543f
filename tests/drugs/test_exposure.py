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
    """A row of equal doses, levels in plasma by hour in the unit of the read-out, and other numbers."""

    drug: str
    dose: Dose
    levels: dict[float, float]
    changes: dict[str, str] = field(default_factory=dict)


CASTLEMAN = {"person.weight": "73 kg", "siltuximab.clearance": "0.26536 L/d"}
CASES = {
    "tocilizumab in intensive care": Case(
        "tocilizumab",
        Dose("tocilizumab.iv", "560 mg", 0, "1 h"),
        {1: 128.54, 24: 108.68, 72: 76.172, 168: 36.244, 336: 7.3356},
    ),
    "siltuximab, first and 20th dose": Case(
        "siltuximab",
        Dose("siltuximab.iv", "803 mg", 0, "1 h", "504 h", 20),
        {1: 218.36, 9577: 337.52, 10080: 119.31},
        {"person.weight": "73 kg"},
    ),
    "siltuximab in Castleman disease": Case(
        "siltuximab",
        Dose("siltuximab.iv", "803 mg", 0, "1 h", "504 h", 20),
        {1: 218.29, 9577: 305.56, 10080: 87.398},
        CASTLEMAN,
    ),
    "emapalumab without its target": Case(
        "emapalumab",
        Dose("emapalumab.iv", "70 mg", 0, "1 h", "72 h", 5),
        {1: 22.296, 360: 29.71},
        {"person.weight": "70 kg", "ifng.baseline": "1e-12 pg/mL"},
    ),
    "emapalumab in much interferon": Case(
        "emapalumab",
        Dose("emapalumab.iv", "70 mg", 0, "1 h", "72 h", 5),
        {1: 22.26, 360: 22.142},
        {"person.weight": "70 kg", "ifng.baseline": "1e4 pg/mL"},
    ),
    "emapalumab in most interferon": Case(
        "emapalumab",
        Dose("emapalumab.iv", "70 mg", 0, "1 h", "72 h", 5),
        {1: 21.866, 360: 2.7037},
        {"person.weight": "70 kg", "ifng.baseline": "1e6 pg/mL"},
    ),
    "dexamethasone by mouth, 10th dose": Case(
        "dexamethasone",
        Dose("dexamethasone.oral", "6 mg", 0, 0, "24 h", 10),
        {216 + 2.1167: 79.816, 240: 2.6135},
    ),
    "methylprednisolone, a pulse": Case(
        "methylprednisolone",
        Dose("methylprednisolone.iv", "1000 mg", 0, "1 h"),
        {1: 8052.6, 24: 4.5172},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_levels_of_a_typical_patient(name: str) -> None:
    case = CASES[name]
    model = compose(catalogue.find(case.drug)).replace(case.changes)
    hours = np.array([0.0, *case.levels])
    lab = next(lab.short for lab in model.labs if lab.owner.name == case.drug)
    run = simulate(model, None, case.dose, hours, quantities=[lab], rtol=1e-8).isel(patient=0)
    assert int(run["status"]) == 0
    np.testing.assert_allclose(run[lab].to_numpy()[1:], list(case.levels.values()), rtol=TOLERANCE)
