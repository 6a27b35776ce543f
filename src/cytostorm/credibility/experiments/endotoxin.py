"""Volunteers who are given endotoxin; rows are judged as in the report of an endotoxin run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cytostorm.credibility.bands import at_least, at_most
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.judging import Check, Row, Unscored, check
from cytostorm.credibility.people import People, largest, median
from cytostorm.credibility.reading import Value, summed
from cytostorm.model import Dose, Regimen
from cytostorm.observe import compare, readout
from cytostorm.observe.targets import QUANTITIES, Target, curves, load

STEP = 0.1
"""Hours between looks; the sampling times of studies lie on this grid."""


def _experiment(key: readout.ScenarioKey) -> Experiment:
    regimen = Regimen()
    for day in range(1, key.days):
        regimen += Dose("endotoxin.iv", f"{key.dose:g} ng/kg", time=24.0 * day)
    return Experiment(
        f"endotoxin {key.label}",
        f"volunteers, endotoxin {key.label}" if key.dose else "volunteers, saline",
        recipe="endotoxin",
        settings={"endotoxin.dose": f"{key.dose:g} ng/kg", "endotoxin.duration": "0 h"},
        regimen=regimen,
        hours=max(48.0, 24.0 * key.days),
        step=STEP,
        patients=1000,
        quantities=tuple(dict.fromkeys(QUANTITIES.values())),
    )


EXPERIMENTS = {key: _experiment(key) for key in readout.needed(load("endotoxin"))}


PREDNISOLONE = "prednisolone"
BEFORE = 2.0
"""Hours by which prednisolone comes before the endotoxin; the run begins with it."""
DOSES = (0, 3, 10, 30)
"""mg, one for each group of eight men."""


def _damped(mg: int) -> Experiment:
    endotoxin = Dose("endotoxin.iv", "4 ng/kg", time=BEFORE)
    return Experiment(
        f"endotoxin 4 ng/kg, prednisolone {mg} mg",
        f"volunteers, {mg} mg of prednisolone two hours before endotoxin 4 ng/kg",
        recipe="endotoxin",
        settings={"endotoxin.dose": "0 ng/kg", "endotoxin.duration": "0 h"},
        regimen=Dose(f"{PREDNISOLONE}.oral", f"{mg} mg") + endotoxin,
        hours=26.0,
        step=0.25,
        patients=200,
        quantities=("tnf", "il6", "il8", "ccl2", "il10"),
    )


DAMPED = tuple(_damped(mg) for mg in DOSES)

MINUTES = 2.0
"""By which IL-10 as a drug comes before the endotoxin."""
CALMED = ("temperature", "tnf", "il6", "il8", "il1ra")


def _calmed(dose: str) -> Experiment:
    drug = Dose("interleukin_10.iv", dose)
    return Experiment(
        f"endotoxin 4 ng/kg, IL-10 {dose}",
        f"volunteers, {dose} of IL-10 two minutes before endotoxin 4 ng/kg",
        recipe="endotoxin",
        settings={"endotoxin.dose": "0 ng/kg", "endotoxin.duration": "0 h"},
        regimen=drug + Dose("endotoxin.iv", "4 ng/kg", time=MINUTES / 60),
        hours=24.0,
        step=0.25,
        patients=200,
        quantities=CALMED,
    )


CALM = (_calmed("0 mg/kg"), _calmed("0.025 mg/kg"))
"""Without IL-10, and with it."""


def _steps(*names: str) -> Callable[..., list[float]]:
    """Return what reads the median peaks over those of the next lower dose, of each cytokine and step."""

    def read(*groups: People) -> list[float]:
        tops = np.array([
            [summed(largest(who.values(name)), median, who.who) for who in groups] for name in names
        ])  # fmt: skip
        return (tops[:, 1:] / tops[:, :-1]).ravel().tolist()

    return read


def _falls(*groups: People) -> Value:
    found = _steps("tnf", "il6", "il8", "ccl2")(*groups)
    return Value(max(found), "", _said(found))


def _calms(*groups: People) -> Value:
    found = _steps(*CALMED)(*groups)
    return Value(max(found), "", _said(found))


def _rises(*groups: People) -> Value:
    found = _steps("il10")(*groups)
    return Value(min(found), "", _said(found))


def _said(found: list[float]) -> str:
    return "peaks over those of the next lower dose: " + ", ".join(f"{fold:.2f}" for fold in found)


def _treated(target: Target) -> Check | Unscored:
    """Compare with what the drug does; volunteers were given prednisolone or IL-10."""
    if PREDNISOLONE in target.arm:
        return _prednisolone(target)
    if "IL-10" in target.arm:
        rule = "each of the five is lower with IL-10"
        return check(CALM, _calms, at_most(0.99, rule, 1.1), published=0.99, unit="1")
    return Unscored(f"treated: {target.arm} is not in the library", treated=True)


def _prednisolone(target: Target) -> Check:
    """Judge the direction at each step of the dose."""
    if target.variable == "IL-10":
        return check(DAMPED, _rises, at_least(1.01, "rises at each step", 1 / 1.1), published=1.01, unit="1")
    rule = "each of the four falls at each step"
    return check(DAMPED, _falls, at_most(0.99, rule, 1.1), published=0.99, unit="1")


CURVES = curves(load("endotoxin"))


def check_of(target: Target) -> Check | Unscored:
    """Compare the time courses after endotoxin."""
    if target.arm not in readout.UNTREATED:
        return _treated(target)
    if reason := readout.why_not(target):
        return Unscored(reason)
    key = readout.scenario(target)
    assert key is not None, "only endotoxin rows come here"
    experiment = EXPERIMENTS.get(key)

    def judge(row: Target, people: Sequence[People]) -> Row:
        runs = {key: people[0].run} if people else {}
        found = compare.judged(row, runs, CURVES[row.curve])
        return Row(
            row, experiment.label if experiment else "", found.published, found.model, found.unit,
            found.accepted, found.tolerance, inside=found.inside, reason=found.reason,
        )  # fmt: skip

    return Check((experiment,) if experiment else (), judge)
