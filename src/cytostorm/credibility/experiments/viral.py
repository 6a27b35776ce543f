"""SARS-CoV-2: who comes to hospital, what is measured there, and what becomes of them.

One population stands for all cohorts; each study chooses from it those it describes. Everyone is followed
for 40 days from infection. Supportive care is what the model has. Treated are only those of the studies in
which tocilizumab was given.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np

from cytostorm.credibility import clinic
from cytostorm.credibility.bands import area, at_most, ratio, times_over
from cytostorm.credibility.bands import difference as difference_band
from cytostorm.credibility.bands import time as time_band
from cytostorm.credibility.experiment import Between, Experiment, Share
from cytostorm.credibility.experiments.healthy import HEALTHY, at_rest
from cytostorm.credibility.experiments.names import NAMES
from cytostorm.credibility.judging import Check, Contrast, Unscored, check
from cytostorm.credibility.people import (
    Array,
    Choose,
    Mask,
    People,
    When,
    first,
    geometric_mean,
    mean,
    within,
)
from cytostorm.credibility.reading import (
    DAY,
    Limits,
    Reading,
    Value,
    auc,
    difference,
    level,
    pooled,
    time_between,
)
from cytostorm.model import Dose, Normal, Regimen, Rule
from cytostorm.observe.readout import NotReadError
from cytostorm.observe.targets import Target, load

COHORT = Experiment(
    "sars_cov_2 cohort",
    "people infected with SARS-CoV-2, followed for 40 days",
    recipe="sars_cov_2",
    people={
        "person.age": ("62 year", Normal(15.0, low=20.0, high=95.0)),
        "person.man": ("0", Share(0.55)),
        "person.comorbidity": ("0", Between(0.0, 0.8)),
    },
    hours=960.0,
    step=3.0,
    patients=1000,
)
BLOCKED = replace(
    COHORT,
    name="sars_cov_2 cohort, tocilizumab",
    label="people infected with SARS-CoV-2, tocilizumab once on oxygen with high CRP",
    regimen=Regimen()
    + Rule.parse(
        "spo2 < 94 % and crp > 75 mg/L, then once",
        Dose("tocilizumab.iv", "8 mg/kg", duration=1.0),
        check=24.0,
    ),
)
SYMPTOMS_TO_TONGJI = 10.0 * DAY
"""Hours from first symptoms before which nobody is admitted there: the published median."""
LUCAS_DAYS = range(3, 26)
SEVERE, MODERATE = "severely ill (PaO2/FiO2 < 300 mmHg)", "moderately ill"


def admission(people: People) -> Array:
    """Return the hour of admission in Wuhan: a hospital is needed, and symptoms have lasted ten days."""
    return np.maximum(clinic.hospital(people), clinic.onset(people) + SYMPTOMS_TO_TONGJI)


def in_hospital(people: People) -> Mask:
    """Return people x times from admission, as soon as it is needed, to discharge."""
    return within(people, clinic.hospital(people), clinic.discharge(people))


hospitalised = clinic.reached(clinic.hospital, "hospitalised")


def _died(people: People) -> People:
    chosen = hospitalised(people)
    return chosen.where(np.isfinite(chosen.died_at) & (chosen.died_at > admission(chosen)), "who later died")


def _discharged(people: People) -> People:
    chosen = hospitalised(people)
    return chosen.where(~np.isfinite(chosen.died_at), "later discharged alive")


def _split(when: When, who: str, *, has: bool) -> Choose:
    pick = clinic.reached(when, who) if has else clinic.spared(when, who)
    return lambda people: pick(hospitalised(people))


severe = _split(clinic.lung_injury, SEVERE, has=True)
moderate = _split(clinic.lung_injury, MODERATE, has=False)
inside_icu = _split(clinic.ventilated, "hospitalised, ventilated", has=True)
outside_icu = _split(clinic.ventilated, "hospitalised, never ventilated", has=False)


def _after(days: float) -> When:
    return lambda people: admission(people) + days * DAY


def _tongji(target: Target) -> Check | Unscored:
    """Judge medians of those who later died or were discharged, at admission and on later hospital days."""
    if target.variable.startswith("AUC"):
        return _tongji_auc(target)
    name, unit = NAMES[target.variable]
    floor_or_cap = {"(floor 5)": Limits(floor=5.0), "(cap 21)": Limits(cap=21.0)}
    limits = next((found for words, found in floor_or_cap.items() if words in target.unit), None)
    when: When = admission
    last: When | None = None
    if target.time.startswith("hospital day"):
        begin, end = target.time.removeprefix("hospital day ").split("-")
        when, last = _after(float(begin)), _after(float(end))
    dead, alive = (level(name, unit, when, last=last, who=who, limits=limits) for who in (_died, _discharged))
    if "died" not in target.trigger:
        return check(COHORT, alive, times_over)
    return check(
        COHORT,
        dead,
        times_over,
        contrast=_against(target, alive, "survivors", trigger="later discharged alive"),
    )


def _against(target: Target, read: Reading, who: str, **differing: str) -> Contrast | None:
    """Return the row of the same study, variable and time about the other group, if there is one."""
    for other in load("viral"):
        same = (other.study, other.time) == (target.study, target.time) and other.value is not None
        wanted = {"variable": target.variable} | differing
        if same and all(getattr(other, key) == text for key, text in wanted.items()):
            return Contrast(read, float(other.value or 0.0), who)
    return None


def _tongji_auc(target: Target) -> Check:
    marker = target.variable.split()[3]
    name, _ = NAMES[marker]

    def read(people: People) -> Value:
        chosen = hospitalised(people)
        alive = chosen.where(chosen.died_at > admission(chosen), "hospitalised")
        return auc(name, admission, lambda p: np.isfinite(p.died_at), lower="lower" in target.unit)(alive)

    return check(COHORT, read, area)


def _lucas(target: Target) -> Check | Unscored:
    """Judge pooled samples of patients outside intensive care, and inside, where most were treated."""
    inside = "severe (ICU)" in target.population
    if "ratio to healthy" in target.variable:
        return _lucas_ratio(target)
    name, unit = NAMES[target.variable]
    days = LUCAS_DAYS
    if target.time.startswith("symptom day"):
        begin, end = target.time.removeprefix("symptom day ").split("-")
        days = range(int(begin), int(end) + 1)
    who = hospitalised if target.population == "hospitalised COVID-19" else outside_icu
    who = inside_icu if inside else who
    ill, rest = (
        pooled(name, unit, clinic.onset, days, during=in_hospital, who=who),
        level(name, unit, at_rest),
    )
    theirs = {t.variable: t.value for t in load("healthy") if t.study == target.study}.get(target.variable)

    def read(people: People, healthy: People) -> Value:
        value = ill(people)
        with suppress(NotReadError):  # the level counts; how often it is that of healthy people is said only
            fold, published = value.number / rest(healthy).number, (target.value or 0.0) / (theirs or np.nan)
            return Value(
                value.number, unit, f"{fold:.3g} times healthy people; published {published:.3g} times"
            )
        return value

    note = (
        "all on oxygen with high CRP are given tocilizumab; published: most samples after it"
        if inside
        else ""
    )
    return check((BLOCKED if inside else COHORT, HEALTHY), read, times_over, note=note)


def _lucas_ratio(target: Target) -> Check:
    name, unit = NAMES[target.variable.removesuffix(" count ratio to healthy")]
    ill = pooled(name, unit, clinic.onset, LUCAS_DAYS, during=in_hospital, who=outside_icu)
    rest = level(name, unit, at_rest)

    def read(people: People, healthy: People) -> Value:
        above, below = ill(people).number, rest(healthy).number
        return Value(above / below, "", f"{above:.3g} against {below:.3g} {unit}")

    return check((COHORT, HEALTHY), read, ratio)


def _chen(target: Target) -> Check:
    """Judge severe patients (the first of the two rows) and moderate ones at admission."""
    name, unit = NAMES[target.variable.split(" severe")[0]]
    high, low = (level(name, unit, admission, who=who) for who in (severe, moderate))
    if "[2 of 2]" in target.variable:
        return check(COHORT, low, times_over)
    other = target.variable.replace("[1 of 2]", "[2 of 2]")
    return check(COHORT, high, times_over, contrast=_against(target, low, "moderately ill", variable=other))


def _jafrin(target: Target) -> Check:
    """Judge differences of mean IL-6 at admission between two groups."""
    groups = (_died, _discharged) if "died" in target.population else (severe, moderate)
    high, low = (level("il6", "pg/mL", admission, who=who, center=mean) for who in groups)
    return check(COHORT, difference(high, low), difference_band)


EVENTS: dict[str, When] = {
    "time from onset to dyspnoea": clinic.breathless,
    "time from onset to ARDS": clinic.lung_injury,
    "time from onset to ICU": clinic.intensive,
    "time from onset to death": clinic.death,
}


def _zhou(target: Target) -> Check:
    """Judge medians of the days from first symptoms to an event, among the hospitalised who had it."""
    event = EVENTS[target.variable]
    return check(COHORT, time_between(clinic.onset, event, who=hospitalised), time_band)


def _leisman(_: Target) -> Check:
    """Judge IL-6 at admission of the severely ill."""
    read = level("il6", "pg/mL", admission, who=severe, center=geometric_mean)
    return check(COHORT, read, times_over, note="geometric mean at admission, as studies were pooled on logs")


def _entry(people: People) -> Array:
    """Return the hour of entry into a trial that asks for need of oxygen and CRP of at least 75 mg/L."""
    return first(people, (people.values("spo2", "%") < 92.0) & (people.values("crp", "mg/L") >= 75.0))


def _recovery(_: Target) -> Check:
    """Judge CRP at entry of those who need oxygen and have at least 75 mg/L."""
    return check(COHORT, level("crp", "mg/L", _entry, who=clinic.reached(_entry, "entrants")), times_over)


def _receptor_block(target: Target) -> Check:
    """Judge CRP before tocilizumab (the first of the two rows), and its mean one to two days after."""
    begin = clinic.given("tocilizumab")
    who = clinic.reached(begin, "who were given tocilizumab")
    before = level("crp", "mg/L", begin, who=who)
    if "[1 of 2]" in target.variable:
        return check(BLOCKED, before, times_over)
    after = level("crp", "mg/L", lambda p: begin(p) + DAY, last=lambda p: begin(p) + 2.0 * DAY, who=who)
    other = target.variable.replace("[2 of 2]", "[1 of 2]")
    return check(BLOCKED, after, times_over, contrast=_against(target, before, "that before", variable=other))


def _days_at_entry(_: Target) -> Check:
    """Judge days from symptoms at entry: 6 of those without oxygen, 9 of those with; both within a day."""

    def read(people: People) -> Value:
        without = _split(clinic.oxygen, "hospitalised, never on oxygen", has=False)
        on_oxygen = _split(clinic.oxygen, "hospitalised on oxygen", has=True)
        read_of: list[Reading] = [
            time_between(clinic.onset, clinic.hospital, who=without),
            time_between(clinic.onset, clinic.oxygen, who=on_oxygen),
        ]
        early, late = (each(people).number / DAY for each in read_of)
        worst = max(abs(early - 6.0), abs(late - 9.0))
        return Value(
            worst, "", f"{early:.1f} d without oxygen, {late:.1f} d with; shown is the larger miss in days"
        )

    return check(COHORT, read, at_most(1.0, "both medians (6 and 9 days) within 1 day"), published=0.0)


STUDIES = {
    "Yan 2020": _tongji, "Lucas 2020": _lucas, "Chen 2020": _chen, "Jafrin 2022": _jafrin,
    "Zhou F 2020": _zhou, "Leisman 2020": _leisman, "RECOVERY toci": _recovery,
}  # fmt: skip


def check_of(target: Target) -> Check | Unscored:
    """Compare hospitalised patients with COVID-19."""
    if target.arm == "tocilizumab":
        return _receptor_block(target)
    if target.id == "A-COVX-022":
        return _days_at_entry(target)
    found = STUDIES.get(target.study)
    return found(target) if found else Unscored("no check is declared")
