"""Which orders break the limits of their drugs, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from cytostorm import units
from cytostorm.errors import CytostormError, InputError
from cytostorm.formulary.baseline import Start
from cytostorm.formulary.fields import Limit
from cytostorm.formulary.reading import drugs
from cytostorm.library import catalogue
from cytostorm.model import Dose, Gate, Model, Regimen
from cytostorm.model.dose import NEAR, amount_over, limit_of_band, person_of
from cytostorm.model.rule import quantity_of

ALLOW = "or allow it: unsafe=True, in a scenario unsafe = true, on the command line --allow-unsafe"
HAIR = 1e-6
"""Relative excess that is rounding."""


@dataclass(frozen=True)
class Refusal:
    """Why an order is refused, in the three parts of an error, and the dose or the gate at fault."""

    dose: Dose | None
    thing: str
    expected: str
    remedy: str
    gate: Gate | None = None

    def error(self) -> InputError:
        """Return it as an error."""
        return InputError(self.thing, self.expected, f"{self.remedy}, {ALLOW}")


def refuse(model: Model, plan: Regimen) -> tuple[str, ...]:
    """Return what a plan that may break limits breaks; raise InputError if it breaks any and may not."""
    said = refusals(model, plan)
    if said and not plan.unsafe:
        raise said[0].error()
    return tuple(one.thing for one in said)


def refusals(model: Model, plan: Regimen) -> list[Refusal]:
    """Return why orders of a plan are refused: by route, by amount in the typical person, by interval."""
    said = []
    for dose in plan.given:
        said += _by_itself(model, dose)
    for rule in plan.rules:
        limit = limit_of(model, rule.dose)
        gap = max(rule.pause, rule.check)
        if limit is not None and rule.most > 1 and gap < limit.least_hours - NEAR:
            said.append(_too_often(rule.dose, gap, limit))
    for drug in dict.fromkeys(d.route.split(".")[0] for d in plan.doses):
        said += _together(model, [d for d in plan.doses if d.route.startswith(f"{drug}.")])
    return said + _gated(model, plan.gates)


def unchecked(model: Model, plan: Regimen) -> tuple[str, ...]:
    """Return in words what forbids a plan and no model, or not this one, can tell."""
    return tuple(dict.fromkeys(f"{g.of}: {g.words}" for g in plan.gates if not _told(model, g)))


def _told(model: Model, gate: Gate) -> bool:
    if gate.when is None:
        return False
    try:
        for condition in gate.when.when:
            quantity_of(model, condition)
    except InputError:
        return False
    return True


def _gated(model: Model, gates: Iterable[Gate]) -> list[Refusal]:
    """Return a refusal for each gate that holds in the typical person at the start."""
    start = Start(model)
    return [
        Refusal(
            None, f"{gate.of} is not given with {gate.words}, as at the start", f"not {gate.when.text()}",
            "treat somebody else, or something else first", gate,
        )
        for gate in gates
        if gate.when is not None and _told(model, gate) and start.holds(gate.when)
    ]  # fmt: skip


def limit_of(model: Model, dose: Dose) -> Limit | None:
    """Return the limit of a dose; None if there is none, or another mechanism has the name of the drug."""
    drug, _, route = dose.route.partition(".")
    known = drugs().get(drug)
    if known is None or route not in known.limit or dose.route not in model.routes:
        return None
    return known.limit[route] if catalogue.modules().get(drug) in model.modules else None


def _by_itself(model: Model, dose: Dose) -> list[Refusal]:
    drug, _, route = dose.route.partition(".")
    known = drugs().get(drug)
    if known is None or dose.route not in model.routes or catalogue.modules().get(drug) not in model.modules:
        return []
    if route not in known.limit:
        ways = " or ".join(known.limit)
        return [Refusal(dose, f"{drug} is not given by {route!r}", f"by {ways}", f"give it by {ways}")]
    limit = known.limit[route]
    try:
        amount = _amount(model, dose)
        mosts = [(text, plain(model, dose.route, text)) for text in limit.most]
    except CytostormError:
        return []  # an amount that does not fit is told where it is given
    said = [
        Refusal(
            dose, f"{dose.amount} of {drug} ({route}) is more than {text}", f"at most {text} at once",
            f"give at most {text}",
        )
        for text, most in mosts
        if amount > most * (1 + HAIR)
    ][:1]  # fmt: skip
    if limit.fastest and amount > 0:
        said += _too_fast(model, dose, amount, limit)
    if dose.count > 1 and dose.every < limit.least_hours - NEAR and amount > 0:
        said.append(_too_often(dose, dose.every, limit))
    return said


def _too_fast(model: Model, dose: Dose, amount: float, limit: Limit) -> list[Refusal]:
    """Return a refusal if an order runs faster, or is set higher, than a limit."""
    drug, _, route = dose.route.partition(".")
    most = plain(model, dose.route, amount_over(limit.fastest, dose.duration))
    if amount <= most * (1 + HAIR):
        return []
    pace = f"over {dose.duration:g} h" if dose.duration else "at once"
    return [
        Refusal(
            dose, f"{dose.amount} of {drug} ({route}) {pace} is more than {limit.fastest}",
            f"at most {limit.fastest}", f"give at most {limit.fastest}, with how long it runs",
        )
    ]  # fmt: skip


def _together(model: Model, doses: Iterable[Dose]) -> list[Refusal]:
    """Return a refusal if givings of different orders of one drug come too near to each other."""
    starts = []
    for dose in doses:
        limit = limit_of(model, dose)
        if limit is not None and any(units.quantity(a)[0] > 0 for a in dose.amounts):
            starts += [(time, k, dose, limit) for k, time in enumerate(dose.times)]
    starts.sort(key=lambda s: s[:2])
    for (one, _, first, _), (other, _, second, limit) in pairwise(starts):
        if first is not second and other - one < limit.least_hours - NEAR:
            return [_too_often(second, other - one, limit)]
    return []


def _too_often(dose: Dose, gap: float, limit: Limit) -> Refusal:
    drug, _, route = dose.route.partition(".")
    return Refusal(
        dose, f"{drug} ({route}) is given {gap:g} h apart", f"{limit.interval} or more between two",
        f"wait {limit.interval}",
    )  # fmt: skip


def _amount(model: Model, dose: Dose) -> float:
    """Return what the typical person of a model gets at once, in coherent units."""
    amount = dose.amount
    for band in dose.bands:
        number, limit = limit_of_band(model, band)
        if model.values[number] < limit:
            amount = band.amount
            break
    whole = plain(model, dose.route, amount)
    return min(whole, plain(model, dose.route, dose.most)) if dose.most else whole


def plain(model: Model, route: str, text: str) -> float:
    """Return what the typical person of a model gets by an amount, in coherent units."""
    value, unit = units.quantity(text)
    per = person_of(model, unit, route)
    return value * units.factor(unit) * (1.0 if per is None else Start(model)[model.names[per]])
