"""Rows that belong to no storm of their own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cytostorm.credibility.bands import at_least, at_most
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.experiments import sepsis
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import Mask, People, at, largest, median
from cytostorm.credibility.reading import Value, share, summed
from cytostorm.model import Dose, Regimen
from cytostorm.observe.targets import Target

BLOCKED = 168.0
"""Hour of the dose: the flare is at its height."""
STILL_BLOCKED = Experiment(
    "still, tocilizumab",
    "active Still's disease, tocilizumab once on day 7",
    recipe="still",
    regimen=Regimen() + Dose("tocilizumab.iv", "8 mg/kg", time=BLOCKED, duration=1.0),
    hours=504.0,
    step=6.0,
    patients=200,
    quantities=("il6", "sil6r", "tocilizumab"),
)
WEEK = 168.0
FLAT = 0.5
"""Points of SOFA by which a score may change and still be called flat."""


def _high(people: People) -> People:
    chosen = sepsis.septic(people)
    return chosen.where(largest(chosen.values("sofa")) > 11.0, "with SOFA above 11")


def _dead(people: People) -> Mask:
    return people.died_at <= sepsis.failing(people) + sepsis.MONTH


def _trend(people: People) -> Value:
    """Read how many of three bands of mortality are missed: SOFA up, flat, down over two days."""
    chosen = sepsis.septic(people)
    score = chosen.values("sofa")
    begin = sepsis.failing(chosen)
    change = at(chosen, score, begin + 48.0) - at(chosen, score, begin)
    picks: dict[str, tuple[Callable[[float], bool], Mask]] = {
        "up": (lambda rate: rate >= 50.0, change > FLAT),
        "flat": (lambda rate: 27.0 <= rate <= 35.0, np.abs(change) <= FLAT),
        "down": (lambda rate: rate < 27.0, change < -FLAT),
    }
    rates = {
        name: share(_dead)(chosen.where(mask, f"with SOFA {name}")).number
        for name, (_, mask) in picks.items()
    }
    missed = sum(not picks[name][0](rate) for name, rate in rates.items())
    return Value(
        float(missed), "", ", ".join(f"SOFA {name}: {rate:.0f} % died" for name, rate in rates.items())
    )


def _rise(people: People) -> Value:
    """Read the lesser fold of IL-6 and of its receptor, a week after receptor block over before it."""
    free = at(people, people.values("tocilizumab", "mg/L"), np.full(len(people), BLOCKED + WEEK))
    chosen = people.where(free > 1.0, "with free tocilizumab")
    folds = []
    for name in ("il6", "sil6r"):
        data = chosen.values(name)
        before, after = (at(chosen, data, np.full(len(chosen), hour)) for hour in (BLOCKED, BLOCKED + WEEK))
        folds.append(summed(after / before, median, chosen.who))
    return Value(
        min(folds), "", "IL-6 {:.2f} times, soluble receptor {:.2f} times that before".format(*folds)
    )


def check_of(target: Target) -> Check | Unscored:
    """Compare what SOFA says of death, in sepsis; the published patients were of all kinds."""
    note = "in sepsis; published of all patients of intensive care; death within 28 days"
    if target.id == "C-010":
        band = at_least(80.0, "over 80 %", highest=100.0)
        return check(sepsis.SEPSIS, share(_dead, among=_high), band, published=80.0, note=note)
    if target.id == "C-011":
        rule = "none of three bands of mortality (50 % or more, 27-35 %, under 27 %) is missed"
        return check(sepsis.SEPSIS, _trend, at_most(0.5, rule), published=0.0, unit="1", note=note)
    if target.id == "C-015":
        return Unscored(
            "every patient of intensive care in a country: most have no storm, none is in the model"
        )
    if target.trigger == "IL-6R block":
        note = "Still's disease stands for rheumatoid arthritis and Castleman's disease; a week after 8 mg/kg"
        return check(
            STILL_BLOCKED, _rise, at_least(1.1, "both rise", 1 / 1.1), published=1.1, unit="1", note=note
        )
    return Unscored("no check is declared")
