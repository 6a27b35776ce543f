"""A model for measuring speed and testing numerics; NOT for science: every number is made up.

It has the size, stiffness and shape of a full cytokine storm: a virus, immune cells, cytokines, organs,
a glucocorticoid by mouth and an antibody against the IL-6 receptor, over 28 days in hours.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import sympy

from cytostorm.library import person
from cytostorm.library.kinetics import falls
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose

from . import body, immune
from .drugs import dexamethasone, tocilizumab
from .number import number

OUTPUT_TIMES = np.linspace(0.0, 672.0, 113)
"""Every 6 h for 28 days."""
DOSE_OF_RULE = "8 mg/kg"
RULE = "crp > 85 mg/L, then once"


@cache
def storm() -> Model:
    """Return the benchmark model."""
    return compose(_labs(), dexamethasone, tocilizumab, person.m, name="storm")


def daily_doses() -> Regimen:
    """Return dexamethasone 6 mg by mouth, daily from day 1 to day 27."""
    return Regimen() + Dose("dexamethasone.oral", "6 mg", time=24.0, every=24.0, count=27)


def daily_rule() -> Rule:
    """Return a rule looked at every day, that about half of those on `daily_doses` meet, once."""
    return Rule.parse(RULE, Dose("tocilizumab.iv", DOSE_OF_RULE, duration=1.0), check="24 h")


def _labs() -> Module:
    """Return what is read off the model."""
    m = Module("labs", "lab", "what a ward sees")
    m.lab("tnf", immune.tnf, "pg/mL", "TNF")
    m.lab("il6", immune.il6, "pg/mL", "IL-6")
    m.lab("il10", immune.il10, "pg/mL", "IL-10")
    m.lab("ifng", immune.ifng, "pg/mL", "IFN-γ")
    m.lab("virus", immune.load, "1", "virus")
    m.lab("neutrophils", immune.neutrophils, "cells/uL", "neutrophils")
    m.lab("crp", body.crp, "mg/L", "C-reactive protein")
    m.lab("ferritin", body.ferritin, "ng/mL", "ferritin")
    m.lab("temperature", body.core, "degC", "temperature")
    m.lab("oxygenation", body.ratio, "mmHg", "PaO2/FiO2")
    m.lab("map", body.pressure, "mmHg", "mean arterial pressure")
    m.lab("lactate", body.lactate, "mmol/L", "lactate")
    m.lab("platelets", body.platelets, "10^9/L", "platelets")
    m.lab("fibrinogen", body.fibrinogen, "g/L", "fibrinogen")
    m.lab("d_dimer", body.dimer, "mg/L", "D-dimer")
    m.lab("creatinine", body.creatinine, "umol/L", "creatinine")
    m.lab("albumin", body.albumin, "g/L", "albumin")
    needy = sympy.Piecewise((1, body.ratio < body.limit), (0, True))
    m.lab("on_oxygen", needy, "1", "1 while oxygen is needed")
    low, high = number(m, "low_hazard", 2e-6, "1/h"), number(m, "high_hazard", 0.004, "1/h")
    danger = falls(body.ratio, body.limit / 3, 4) + body.starved
    m.lab("hazard", low + high * danger, "1/h", "hazard of death")
    return m
