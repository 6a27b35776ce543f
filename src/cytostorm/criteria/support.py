"""What the scales of cytokine release ask alike: fever, low pressure, vasopressors and their doses."""

import sympy

from cytostorm.criteria import bedside, history
from cytostorm.criteria.definition import item, met, yes
from cytostorm.criteria.facts import Condition, Expr, presume

FEVER = 38.0
LOW_SYSTOLIC = 90
"""mmHg; where nobody says whether pressure is low. The scales leave it to the physician."""
DOSES = (bedside.noradrenaline, bedside.adrenaline, bedside.dopamine, history.phenylephrine)

febrile: Condition = bedside.fever_temperature.symbol >= FEVER
low_pressure: Condition = sympy.ITE(
    history.hypotension.known | ~history.told_systolic.known,
    yes(history.hypotension),
    history.told_systolic.symbol < LOW_SYSTOLIC,
)
PRESSURE = (history.hypotension, history.told_systolic)

given: Expr = sympy.Add(*[met(dose.symbol > 0) for dose in DOSES])
"""Vasopressors whose dose is above 0, vasopressin aside."""
COUNT = item(
    "pressors",
    "vasopressors, vasopressin aside",
    sympy.Piecewise(
        (history.vasopressors.symbol, history.vasopressors.known | ~sympy.Or(*[d.known for d in DOSES])),
        (given, True),
    ),
)
"""Vasopressors as counted; without a count, those whose dose is told.

It is an item of its own: where such a choice stands in a comparison, SymPy takes a bare symbol for always
true.
"""
counted: Expr = COUNT.symbol
COUNTED = (history.vasopressors, *(presume(dose) for dose in DOSES))
GIVEN = item("pressors", "vasopressors, vasopressin aside", given)
any_vasopressor: Condition = (GIVEN.symbol > 0) | yes(history.vasopressin)

noradrenaline, adrenaline, phenylephrine = (
    fact.symbol * history.heavy.symbol
    for fact in (bedside.noradrenaline, bedside.adrenaline, history.phenylephrine)
)
dopamine = bedside.dopamine.symbol
equivalent: Expr = noradrenaline + adrenaline + dopamine / 2 + phenylephrine / 10
"""Noradrenaline that would do the same, ug/min."""
high_dose: Condition = (
    (noradrenaline >= 20)
    | (adrenaline >= 10)
    | (dopamine >= 10)
    | (phenylephrine >= 200)
    | (equivalent >= 20)
    | (yes(history.vasopressin) & (equivalent >= 10))
)
"""High dose of a vasopressor, or of several together."""
DOSED = (*DOSES, history.vasopressin, history.heavy)
