"""Six healthy men who were given a T-cell superagonist; only what came before their rescue."""

from __future__ import annotations

import numpy as np

from cytostorm.credibility import clinic
from cytostorm.credibility.bands import at_most
from cytostorm.credibility.bands import time as time_band
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import Array, People, at, median
from cytostorm.credibility.reading import Reading, Value, from_trigger, summed, time_between
from cytostorm.observe.targets import Target

VOLUNTEERS = Experiment(
    "superagonist",
    "healthy men, T-cell superagonist",
    recipe="superagonist",
    hours=72.0,
    step=0.25,
    patients=300,
)
DAY = 24.0


def _peaks(*names: str) -> Reading:
    """Read when cytokines of the first day peak: the median over men, then over cytokines."""

    def read(people: People) -> Value:
        early = people.hours <= DAY
        times = []
        for name in names:
            data = np.nan_to_num(people.values(name)[:, early])
            times.append(summed(people.hours[early][data.argmax(axis=1)], median, people.who))
        said = ", ".join(f"{name} {hour:g} h" for name, hour in zip(names, times, strict=True))
        return Value(float(np.median(times)), "h", said)

    return read


def _left(people: People) -> Value:
    """Read which share of lymphocytes or monocytes, whichever is more, is left in blood at 24 h."""
    shares = []
    for name in ("lymphocytes", "monocytes"):
        data = people.values(name)
        day: Array = at(people, data, np.full(len(people), DAY))
        shares.append(summed(day / data[:, 0], median, people.who))
    return Value(
        max(shares), "", "lymphocytes {:.2f}, monocytes {:.2f} of their number at rest".format(*shares)
    )


def check_of(target: Target) -> Check | Unscored:
    """Compare hours, which are those before rescue."""
    onset = time_between(from_trigger, clinic.onset)
    checks = {
        "A-TGN-001": check(VOLUNTEERS, onset, at_most(90.0, "within 90 min", 24.0 * 60.0)),
        "A-TGN-002": check(
            VOLUNTEERS, time_between(from_trigger, clinic.sofa(6.0)), time_band,
            note="critically ill: six points of SOFA",
        ),
        "A-TGN-003": check(
            VOLUNTEERS, _left, at_most(0.3, "at most 0.3 of each is left at 24 h", 1.0),
            published=0.0, unit="1",
        ),
        "A-TGN-006a": check(VOLUNTEERS, _peaks("tnf"), time_band),
        "A-TGN-006b": check(VOLUNTEERS, _peaks("il2", "il6", "il10", "ifng"), time_band),
    }  # fmt: skip
    return checks.get(target.id) or Unscored("no check is declared")
