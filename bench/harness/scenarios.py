"""The problems that are compared: two models, each smooth and with daily doses plus a daily rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from models.storm import OUTPUT_TIMES, daily_doses, daily_rule, storm

import cytostorm
from cytostorm import Dose, Regimen, Rule
from harness.problem import Problem, problem

SMOOTH_HOURS = np.linspace(0.0, 48.0, 97)
DOSED_HOURS = np.linspace(0.0, 120.0, 121)
RULE = "inflammation.crp < 40 mg/L"


def _endotoxin(patients: int) -> Problem:
    model = cytostorm.model_for("endotoxin")
    return problem("endotoxin", model, Regimen(), SMOOTH_HOURS, patients=patients)


def _endotoxin_doses(patients: int) -> Problem:
    model = cytostorm.model_for("endotoxin")
    plan = Regimen() + Dose("endotoxin.iv", "1 ng/kg", time=24.0, every=24.0, count=4)
    plan += Rule.parse(RULE, Dose("endotoxin.iv", "0.5 ng/kg"), check="24 h")
    return problem("endotoxin + doses", model, plan, DOSED_HOURS, patients=patients)


def _storm(patients: int) -> Problem:
    return problem("storm", storm(), Regimen(), OUTPUT_TIMES, patients=patients)


def _storm_doses(patients: int) -> Problem:
    return problem("storm + doses", storm(), daily_doses() + daily_rule(), OUTPUT_TIMES, patients=patients)


SCENARIOS: dict[str, tuple[str, Callable[[int], Problem]]] = {
    "storm": ("storm, 28 days, smooth", _storm),
    "storm-doses": ("storm, 28 days, daily dose and daily rule", _storm_doses),
    "endotoxin": ("endotoxin, 2 days, smooth", _endotoxin),
    "endotoxin-doses": ("endotoxin, 5 days, daily dose and daily rule", _endotoxin_doses),
}
"""Key: title and maker of the problem for so many patients."""
