"""Orders by weight, held to what a drug allows anybody: 8 mg/kg is 800 mg beyond a weight of 100 kg."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cytostorm import units
from cytostorm.errors import CytostormError
from cytostorm.formulary.baseline import possible
from cytostorm.formulary.limits import limit_of, plain
from cytostorm.model import Dose, Model, Parameter, Regimen
from cytostorm.model.dose import amount_over, person_of

if TYPE_CHECKING:
    import xarray as xr

WEIGHT = "person.weight"


def capped(model: Model, plan: Regimen, cohort: xr.Dataset | None, *, anybody: bool = False) -> Regimen:
    """Return a plan in which nobody of a cohort gets more than a drug's largest amount.

    Orders that no one's weight takes beyond it stay as they are, and so does a plan that may break limits.
    anybody : also people who are not drawn yet.
    """
    weight = model.names.get(WEIGHT)
    if plan.unsafe or not isinstance(weight, Parameter):
        return plan
    heaviest = model
    if anybody and weight.usual:
        heaviest = model.replace({WEIGHT: weight.usual[1]})
    elif cohort is not None and WEIGHT in cohort:
        most = float(np.max(possible(cohort[WEIGHT].to_numpy()), initial=0.0))
        heaviest = model.replace({WEIGHT: most}) if most > 0 else model
    doses = tuple(_capped(heaviest, dose) for dose in plan.doses)
    rules = tuple(replace(rule, give=_capped(heaviest, rule.dose)) for rule in plan.rules)
    return replace(plan, doses=doses, rules=rules)


def _capped(heaviest: Model, dose: Dose) -> Dose:
    """Return a dose with the most that anybody gets, if the heaviest would get more by weight."""
    limit = limit_of(heaviest, dose)
    if limit is None:
        return dose
    runs = dose.duration > 0 and limit.fastest
    mosts = [*limit.most, *([amount_over(limit.fastest, dose.duration)] if runs else [])]
    try:
        plains = [text for text in mosts if not _per_person(heaviest, dose, text)]
        by_weight = [text for text in dose.amounts if _per_person(heaviest, dose, text)]
        largest = max((plain(heaviest, dose.route, text) for text in by_weight), default=0.0)
        for text in sorted(plains, key=lambda text: plain(heaviest, dose.route, text)):
            most = plain(heaviest, dose.route, text)
            if largest > most and not (dose.most and plain(heaviest, dose.route, dose.most) <= most):
                return replace(dose, most=text)
    except CytostormError:
        return dose  # an amount that does not fit is told where it is given
    return dose


def _per_person(model: Model, dose: Dose, text: str) -> bool:
    return person_of(model, units.quantity(text)[1], dose.route) is not None
