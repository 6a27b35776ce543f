"""What is read off virtual people: each maker here returns a function People -> Value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cytostorm.credibility.people import (
    Array,
    Choose,
    Mask,
    People,
    When,
    at,
    everyone,
    largest,
    mean_over,
    median,
    within,
)
from cytostorm.observe.readout import NotReadError

DAY = 24.0
Center = Callable[[Array], float]


@dataclass(frozen=True)
class Value:
    """A number read off a run.

    unit : empty if it has none.
    said : what readers should know of it.
    met : whether what the row asks besides the number is met.
    """

    number: float
    unit: str = ""
    said: str = ""
    met: bool = True


Reading = Callable[[People], Value]


@dataclass(frozen=True)
class Limits:
    """What an assay could tell: values below the floor read as the floor, above the cap as the cap."""

    floor: float = -np.inf
    cap: float = np.inf


def summed(numbers: Array, center: Center, who: str) -> float:
    """Return the centre of the numbers that are there; raise NotReadError if they are too few."""
    known = numbers[np.isfinite(numbers)]
    if known.size < 5:
        raise NotReadError(f"only {known.size} {who} with a value")
    return center(known)


def level(
    name: str,
    unit: str,
    when: When,
    *,
    last: When | None = None,
    who: Choose = everyone,
    center: Center = median,
    limits: Limits | None = None,
) -> Reading:
    """Read each person's level at a moment, or his mean until another, and sum it up over people."""

    def read(people: People) -> Value:
        chosen = who(people)
        data = chosen.values(name, unit)
        chosen.enough()
        begin = when(chosen)
        if last is None:
            each = at(chosen, data, begin)
        else:
            each = mean_over(data, within(chosen, begin, last(chosen)))
        each = np.clip(each, limits.floor, limits.cap) if limits else each
        return Value(summed(each, center, chosen.who), unit)

    return read


def peak(name: str, unit: str, *, who: Choose = everyone, center: Center = median) -> Reading:
    """Read each person's largest value of the whole run."""

    def read(people: People) -> Value:
        chosen = who(people)
        data = chosen.values(name, unit)
        return Value(summed(largest(data), center, chosen.enough().who), unit)

    return read


def samples(people: People, data: Array, begin: Array, days: Sequence[float], *, during: Mask) -> Array:
    """Return the pooled daily samples of people: at days counted from a moment of each, while it holds."""
    pooled = []
    for day in days:
        moments = begin + day * DAY
        nearest = np.clip(np.searchsorted(people.hours, moments), 0, people.hours.size - 1)
        taken = at(people, data, moments)
        pooled.append(taken[during[np.arange(len(data)), nearest]])
    return np.concatenate(pooled)


def pooled(
    name: str,
    unit: str,
    since: When,
    days: Sequence[float],
    *,
    during: Callable[[People], Mask],
    who: Choose = everyone,
) -> Reading:
    """Read the median of all samples taken on some days, as studies do that pool a patient's samples."""

    def read(people: People) -> Value:
        chosen = who(people)
        data = chosen.values(name, unit)
        chosen.enough()
        taken = samples(chosen, data, since(chosen), days, during=during(chosen))
        return Value(summed(taken, median, f"samples of {chosen.who}"), unit)

    return read


def share(event: Callable[[People], Mask], *, among: Choose = everyone) -> Reading:
    """Read which percent of people something happens to."""

    def read(people: People) -> Value:
        chosen = among(people)
        happened = event(chosen)
        return Value(
            100.0 * float(np.mean(happened[: len(chosen.enough())])), "%", f"of {len(chosen)} {chosen.who}"
        )

    return read


def happens(when: When, hours: float = np.inf) -> Callable[[People], Mask]:
    """Return whom something happens to, within some hours from the trigger."""
    return lambda people: when(people) <= min(hours, people.hours[-1])


def time_between(begin: When, end: When, *, who: Choose = everyone, center: Center = median) -> Reading:
    """Read how long after one event another comes, among those who have both."""

    def read(people: People) -> Value:
        chosen = who(people)
        until = end(chosen)
        late = until - np.where(np.isfinite(until), begin(chosen), 0.0)
        return Value(summed(late, center, f"{chosen.who} who have it"), "h")

    return read


def from_trigger(people: People) -> Array:
    """Return hour 0 for everyone."""
    return np.zeros(len(people))


def difference(high: Reading, low: Reading) -> Reading:
    """Read by how much one group is above another."""

    def read(people: People) -> Value:
        above, below = high(people), low(people)
        return Value(
            above.number - below.number, above.unit, f"{above.number:.3g} against {below.number:.3g}"
        )

    return read


def auc(name: str, when: When, cases: Callable[[People], Mask], *, lower: bool = False) -> Reading:
    """Read the area under the ROC curve of a level at a moment for what becomes of people."""

    def read(people: People) -> Value:
        case, data = cases(people), at(people, people.values(name), when(people))
        use = np.isfinite(data)
        high, low = data[use & case], data[use & ~case]
        if min(high.size, low.size) < 5:
            raise NotReadError(f"only {high.size} cases and {low.size} others")
        wins = float(np.mean((high[:, None] > low) + 0.5 * (high[:, None] == low)))
        return Value(1.0 - wins if lower else wins, "", f"{high.size} cases, {low.size} others")

    return read


def rank_correlation(one: str, other: str, *, who: Choose = everyone) -> Reading:
    """Read Spearman's correlation of the peaks of two quantities over people."""

    def read(people: People) -> Value:
        from scipy.stats import spearmanr

        chosen = who(people)
        pair = [largest(chosen.values(name)) for name in (one, other)]
        chosen.enough()
        found = float(spearmanr(*pair).statistic)
        if not np.isfinite(found):
            raise NotReadError("the peaks do not differ between people")
        return Value(found, "", f"{len(chosen)} {chosen.who}")

    return read
