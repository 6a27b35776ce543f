"""Haemophagocytic lymphohistiocytosis and macrophage activation syndrome."""

from __future__ import annotations

import numpy as np

from cytostorm.credibility.bands import at_least, rate
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.experiments.sepsis import SEPSIS
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import People, largest, median
from cytostorm.credibility.reading import Value, share, summed
from cytostorm.observe.targets import Target

MAS = Experiment("mas", "macrophage activation syndrome", recipe="mas", hours=1344.0, patients=300)
STILL = Experiment("still", "active Still's disease", recipe="still", hours=1344.0, patients=300)
HLH = Experiment("hlh", "haemophagocytic lymphohistiocytosis", recipe="hlh", hours=1344.0, patients=300)
AXIS = ("ifng", "cxcl9", "cxcl10")


def _axis(mas: People, still: People) -> Value:
    """Read the least fold of the peaks of IFN-γ and its chemokines, MAS over active Still's disease."""
    folds = []
    for name in AXIS:
        tops = [summed(largest(who.values(name)), median, who.who) for who in (mas, still)]
        folds.append(tops[0] / tops[1])
    said = ", ".join(f"{name} {fold:.2f}" for name, fold in zip(AXIS, folds, strict=True))
    return Value(min(folds), "", f"peaks of MAS over Still's disease: {said}; CXCL11 is not in the model")


def _above(people: People) -> np.ndarray:
    return largest(people.values("ferritin", "ng/mL")) > 10000.0


def check_of(target: Target) -> Check | Unscored:
    """Compare the interferon axis, and ferritin as a sign; scores wait for the diagnosis."""
    if target.variable.startswith("HScore"):
        return Unscored("score comes with the diagnosis")
    if target.id == "A-COVX-033":
        return check((MAS, STILL), _axis, at_least(2.0, "each at least twice as high", 1 / 1.1))
    if target.id == "C-019a":
        return check(HLH, share(_above), rate, note="peak ferritin")
    if target.id == "C-019b":
        note = "peak ferritin; sepsis stands for the other causes of a high ferritin"
        return check(SEPSIS, share(lambda people: ~_above(people)), rate, note=note)
    return Unscored("no check is declared")
