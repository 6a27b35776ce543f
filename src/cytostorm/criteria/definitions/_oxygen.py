"""Oxygen of blood over oxygen breathed, where a saturation may stand in for a blood gas."""

import sympy

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.facts import Condition, Expr

PF = laboratory.pao2.symbol / bedside.fio2.symbol
"""Arterial oxygen pressure over the share of oxygen, mmHg."""
SF = bedside.spo2.symbol / bedside.fio2.symbol
"""Oxygen saturation over the share of oxygen, %."""
EITHER = (laboratory.pao2, bedside.spo2)
"""What stands in for each other."""


def by_gas_or_saturation(gas: Expr, saturation: Expr, usable: Condition) -> Expr:
    """Return points by a blood gas if there is one, else by a saturation if it may be used."""
    return sympy.Piecewise((saturation, sympy.And(sympy.Not(laboratory.pao2.known), usable)), (gas, True))
