"""Bacterial sepsis and community-acquired pneumonia."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cytostorm.credibility import clinic
from cytostorm.credibility.bands import Band, at_least, rate, rate_of, times_over, wilson
from cytostorm.credibility.experiment import Between, Experiment, Share, Spread
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import (
    Array,
    Mask,
    People,
    at,
    first,
    geometric_mean,
    largest,
    mean,
    mean_over,
    median,
    within,
)
from cytostorm.credibility.reading import DAY, Value, level, share, summed
from cytostorm.model import Normal
from cytostorm.observe.readout import NotReadError
from cytostorm.observe.targets import Target

PATIENTS: Mapping[str, tuple[str, Spread]] = {
    "person.age": ("65 year", Normal(15.0, low=20.0, high=95.0)),
    "person.man": ("0", Share(0.55)),
    "person.comorbidity": ("0", Between(0.0, 0.8)),
}
SEPSIS = Experiment(
    "sepsis", "patients with bacterial sepsis", recipe="sepsis", people=PATIENTS, hours=960.0, patients=1000
)
PNEUMONIA = Experiment(
    "pneumonia", "patients with community-acquired pneumonia, most of them without organ failure",
    recipe="sepsis", severity="mild", people=PATIENTS, hours=960.0, patients=1000,
)  # fmt: skip
MONTH = 28.0 * DAY
SEVERE_SEPSIS = 446 + 498
"""People in the trial of whom the rates above and below 1,000 pg/mL of IL-6 are reported."""
HIGH_IL6 = 1000.0


def arrival(people: People) -> Array:
    """Return the hour of coming to hospital: fever of 38.3 degC or two points of SOFA."""
    met = []
    if people.has("temperature"):
        met.append(people.values("temperature", "degC") >= 38.3)
    if people.has("sofa"):
        met.append(people.values("sofa") >= 2.0)
    if not met:
        raise NotReadError("no such quantity in the model yet: temperature, sofa")
    return first(people, np.any(met, axis=0))


def failing(people: People) -> Array:
    """Return the hour at which organs begin to fail: two points of SOFA."""
    return first(people, people.values("sofa") >= 2.0)


arrived = clinic.reached(arrival, "who came to hospital")
septic = clinic.reached(failing, "with failing organs")


def _dead_after(when: Callable[[People], Array]) -> Callable[[People], Mask]:
    return lambda people: clinic.died_within(people, MONTH, when(people))


def _severe_share(_: Target) -> Check:
    return check(PNEUMONIA, share(lambda p: np.isfinite(failing(p)), among=arrived), rate)


def _severe_death(target: Target) -> Check:
    n = round(0.31 * (target.n or 0))
    read = share(_dead_after(failing), among=septic)
    return check(
        PNEUMONIA, read, rate_of(n), note="death within 28 days, published at 90; n: 31 % of the cohort"
    )


def _elevated(_: Target) -> Check:
    """Judge how many have TNF, IL-6 or IL-10 above what 95 % of them have at rest, in the first week."""

    def raised(people: People) -> Mask:
        week = within(people, arrival(people), arrival(people) + 7.0 * DAY)
        found = np.zeros(len(people), dtype=bool)
        for name in ("tnf", "il6", "il10"):
            data = people.values(name, "pg/mL")
            found |= largest(data, week) > np.percentile(data[:, 0], 95.0)
        return found

    return check(PNEUMONIA, share(raised, among=arrived), rate)


def _at_discharge(target: Target) -> Check:
    """Judge survivors a week after arrival, which is when such patients leave."""
    name = "il6" if "[1 of 2" in target.variable else "il10"

    def alive(people: People) -> People:
        came = arrived(people)
        return came.where(~np.isfinite(came.died_at), "survivors")

    read = level(name, "pg/mL", lambda p: arrival(p) + 7.0 * DAY, who=alive, center=geometric_mean)
    return check(PNEUMONIA, read, times_over, note="read 7 days after arrival")


def _deaths_have_more(_: Target) -> Check:
    """Judge that IL-10, TNF and their ratio, over the first three days, are higher in those who die."""

    def read(people: People) -> Value:
        chosen = septic(people)
        dead = clinic.died_within(chosen, MONTH, failing(chosen))
        days = within(chosen, failing(chosen), failing(chosen) + 3.0 * DAY)
        il10, tnf = (mean_over(chosen.values(name, "pg/mL"), days) for name in ("il10", "tnf"))
        folds = [
            summed(each[dead], median, "deaths") / summed(each[~dead], median, "survivors")
            for each in (il10, tnf, il10 / tnf)
        ]
        said = ", ".join(f"{n} {f:.2f}" for n, f in zip(("IL-10", "TNF", "ratio"), folds, strict=True))
        return Value(min(folds), "", f"deaths over survivors: {said}; shown is the least")

    return check(SEPSIS, read, at_least(1.1, "all three higher in deaths", 1 / 1.1))


def _death_by_il6(target: Target) -> Check:
    def group(people: People) -> People:
        chosen = septic(people)
        high = at(chosen, chosen.values("il6", "pg/mL"), failing(chosen)) > HIGH_IL6
        if "[1 of 2]" in target.variable:
            return chosen.where(high, "with IL-6 > 1,000 pg/mL")
        return chosen.where(~high, "with IL-6 up to 1,000 pg/mL")

    return check(SEPSIS, share(_dead_after(failing), among=group), rate)


def _pooled_il6(_: Target) -> Check:
    read = level("il6", "pg/mL", failing, who=septic, center=geometric_mean)
    return check(SEPSIS, read, times_over, note="geometric mean when organs begin to fail")


def _emergency_department(target: Target) -> Check:
    """Judge death in the band of its rate; SOFA at arrival must be within a factor of 1.5 of 7.1 as well."""

    def read(people: People) -> Value:
        chosen = septic(people)
        points = summed(at(chosen, chosen.values("sofa"), failing(chosen) + DAY / 4), mean, chosen.who)
        dead = share(_dead_after(failing))(chosen).number
        near = 7.1 / 1.5 <= points <= 7.1 * 1.5
        said = (
            f"mean SOFA {points:.1f} six hours after organs begin to fail, published 7.1; death {dead:.1f} %"
        )
        return Value(dead, "", said, met=near)

    n = target.n or 0
    low, high = wilson(21.0, n)
    return check(
        SEPSIS, read, lambda _, __: Band(low, high, f"95 % interval in {n}, SOFA 7.1 ×/÷ 1.5"), published=21.0
    )


def check_of(target: Target) -> Check | Unscored:
    """Compare sepsis and pneumonia."""
    makers = {
        "A-COVX-003": _pooled_il6, "A-COVX-025a": _severe_share, "A-COVX-025b": _severe_death,
        "A-COVX-026": _elevated, "A-COVX-029a": _at_discharge, "A-COVX-029b": _at_discharge,
        "A-COVX-030": _deaths_have_more, "A-COVX-031a": _death_by_il6, "A-COVX-031b": _death_by_il6,
        "C-012": _emergency_department,
    }  # fmt: skip
    maker = makers.get(target.id)
    return maker(target) if maker else Unscored("no check is declared")
