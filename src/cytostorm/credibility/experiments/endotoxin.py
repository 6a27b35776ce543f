"""Volunteers who are given endotoxin; rows are judged as in the report of an endotoxin run."""

from __future__ import annotations

from collections.abc import Sequence

from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.judging import Check, Row, Unscored
from cytostorm.credibility.people import People
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


CURVES = curves(load("endotoxin"))


def check_of(target: Target) -> Check | Unscored:
    """Compare the time courses after endotoxin."""
    if reason := readout.why_not(target):
        return Unscored("treated: waits for the treatments" if "treated" in reason else reason)
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
