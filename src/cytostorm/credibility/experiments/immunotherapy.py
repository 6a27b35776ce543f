"""Cytokine release after CAR-T cells and bispecific antibodies, as it comes, and under rescue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from cytostorm.credibility import clinic
from cytostorm.credibility.bands import MakeBand, at_most, rate, reported_interval, times_over
from cytostorm.credibility.bands import time as time_band
from cytostorm.credibility.experiment import Experiment, Fold
from cytostorm.credibility.judging import Check, Unscored, check
from cytostorm.credibility.people import (
    Array,
    Choose,
    Mask,
    People,
    geometric_mean,
    largest,
    last,
    median,
    within,
)
from cytostorm.credibility.reading import (
    DAY,
    Reading,
    Value,
    from_trigger,
    happens,
    peak,
    rank_correlation,
    samples,
    share,
    summed,
    time_between,
)
from cytostorm.model import Dose, Normal, Regimen, Rule
from cytostorm.observe.targets import Target

MONTH = 28.0 * DAY
CHILDREN = {
    "person.age": ("12 year", Normal(5.0, low=3.0, high=23.0)),
    "person.weight": ("40 kg", Normal(12.0, low=15.0, high=80.0)),
}
ADULTS = {"person.age": ("56 year", Normal(12.0, low=20.0, high=80.0))}
LOADS = Fold(9.0)
"""Of target among those whom a trial takes, from what chemotherapy has left to bulk."""
ADULT = Experiment(
    "car_t adults",
    "adults with B-cell cancer, CAR-T cells",
    recipe="car_t",
    people=ADULTS | {"car_t.load": ("", LOADS)},
)
CHILD = Experiment(
    "car_t children",
    "children whose marrow is three quarters leukaemia, a 4-1BB product",
    recipe="car_t",
    people=CHILDREN | {"car_t.load": ("0.75", LOADS)},
)
LYMPHOMA = Experiment(
    "car_t lymphoma", "adults with lymphoma, a CD28 product", recipe="car_t",
    settings={"car_t.cd28": "1"}, people=ADULTS | {"car_t.load": ("0.2", LOADS)},
)  # fmt: skip
FLAT = Experiment(
    "bispecific",
    "a T-cell engager at full dose from the start",
    recipe="bispecific",
    people=ADULTS,
    hours=336.0,
)
FULL_DOSE = 108.0
"""ug, the flat dose of the first day."""
STEPS = ((0.0, 0.06), (72.0, 0.3), (144.0, 1.5))
"""Hours, and mg/kg of teclistamab; the model's engager is given in the same proportions."""
_DOSES = [(hours, f"{FULL_DOSE * step / STEPS[-1][1]:g} ug") for hours, step in STEPS]
STEP_UP = Experiment(
    "bispecific step-up",
    "a T-cell engager in rising doses, in the proportions of teclistamab's",
    recipe="bispecific",
    settings={"bispecific.dose": _DOSES[0][1]},
    people=ADULTS,
    regimen=Regimen(
        tuple(Dose("bispecific.iv", amount, time=hours, duration=24.0) for hours, amount in _DOSES[1:])
    ),
)
STUDIES = {
    "Hay 2017": ADULT, "Levine 2021": CHILD, "Neelapu 2017": LYMPHOMA, "Maude 2018": CHILD,
    "Lee 2015": CHILD, "Leisman 2020": ADULT, "Martin 2023": STEP_UP,
    "Hosseini 2020": FLAT, "Nagele 2017": FLAT,
}  # fmt: skip
LEAST, STEROID, TWICE = 3, "2 mg/kg", 24.0
"""Grade that is rescued, methylprednisolone of each giving, and hours between two."""


def rescue(
    tocilizumab: str = "8 mg/kg", grade: int = LEAST, steroid: str = STEROID, every: float = TWICE
) -> Regimen:
    """Return what wards do: block the receptor, at most twice; if the grade stays for a day, give a steroid.

    tocilizumab, steroid : amount of one giving; every : hours between givings of the steroid.
    """
    block = Rule.parse(
        f"crs_grade >= {grade}, then at most 2, repeat after 8 h",
        Dose("tocilizumab.iv", tocilizumab, duration=1.0),
        check=LOOK,
    )
    damp = Rule.parse(
        f"crs_grade >= {grade} and tocilizumab > 1 mg/L for 24 h, repeat after {every:g} h",
        Dose("methylprednisolone.iv", steroid, duration=0.5),
        check=LOOK,
    )
    return block + damp


LOOK = 6.0
"""Hours between two looks of the ward."""
RESCUED_ADULT = replace(
    ADULT, name="car_t adults, rescue", label=f"{ADULT.label}, rescued at grade 3", regimen=rescue()
)
RESCUED_CHILD = replace(
    CHILD,
    name="car_t children, rescue",
    label=f"{CHILD.label}, rescued at grade 3",
    regimen=rescue(),
    lighter=(30.0, rescue("12 mg/kg")),
)
RESCUED_LYMPHOMA = replace(
    LYMPHOMA,
    name="car_t lymphoma, rescue",
    label=f"{LYMPHOMA.label}, rescued at grade 2",
    regimen=rescue(grade=2, steroid="1 mg/kg", every=12.0),
)
RESCUERS = {
    "Hay 2017": RESCUED_ADULT, "Levine 2021": RESCUED_CHILD, "Le 2018": RESCUED_CHILD,
    "Neelapu 2017": RESCUED_LYMPHOMA,
}  # fmt: skip
DETECTED = 10.0
"""pg/mL of IL-6 below which points of the digitised figure are not detectable."""

released = clinic.reached(clinic.grade(1), "with cytokine release")
survivors = clinic.spared(clinic.death, "survivors")


def _surviving(who: Choose) -> Choose:
    """Return what chooses those of them who live: a stay that death cuts short is no short stay."""
    return lambda people: survivors(who(people))


severely = _surviving(clinic.reached(clinic.penn(3), "with cytokine release of grade 3 or 4 (Penn)"))
blocked = clinic.given("tocilizumab")
steroid = clinic.given("methylprednisolone")


def _last_fever(people: People) -> Array:
    return last(people, people.values("temperature", "degC") >= 38.0)


def _leaves_intensive_care(people: People) -> Array:
    needs = (people.values("penn_grade") >= 2.5) | (people.values("pf_ratio", "mmHg") < 158.0)
    return last(people, needs)


def _resolved_within(days: float) -> Callable[[People], Mask]:
    """Tell whose cytokine release was over so many days after the first tocilizumab, at most two given."""
    return lambda people: clinic.released_until(people) <= blocked(people) + days * DAY


RESCUED: dict[str, tuple[Reading, MakeBand]] = {
    "CRS duration any": (time_between(clinic.grade(1), clinic.release_ends), time_band),
    "CRS duration grade 3/4": (
        time_between(clinic.grade(1), clinic.release_ends, who=severely), time_band,
    ),
    "fever duration": (time_between(clinic.fever(38.0), _last_fever, who=_surviving(released)), time_band),
    "ICU stay": (time_between(clinic.penn(3), _leaves_intensive_care, who=severely), time_band),
    "intubation": (share(happens(clinic.ventilated), among=released), rate),
    "high-dose vasopressors": (share(happens(clinic.high_dose), among=released), rate),
    "tocilizumab": (share(happens(blocked), among=released), rate),
    "corticosteroids": (share(happens(steroid), among=released), rate),
    "CRS resolved": (share(happens(clinic.released_until), among=released), rate),
    "CRS resolved within 14 d": (
        share(_resolved_within(14.0), among=clinic.reached(blocked, "who were given tocilizumab")), rate,
    ),
    "CRS start to first tocilizumab": (time_between(clinic.grade(1), blocked), time_band),
    "CRS onset / resolution [2 of 2: resolution]": (
        time_between(from_trigger, clinic.release_ends, who=released), time_band,
    ),
    "grade 5": (share(lambda people: clinic.died_within(people, MONTH)), rate),
}  # fmt: skip
"""What depends on rescue with tocilizumab and steroids, which the patients had."""
OF_ALL = {
    "tocilizumab": share(happens(blocked)),
    "corticosteroids": share(happens(steroid)),
}
"""Shares of everyone who was given the cells, not of those with cytokine release."""


def _exactly(grade: int, scale: str = "crs_grade") -> Callable[[People], Mask]:
    """Tell who reached a grade and no higher while alive; deaths under rescue are not compared."""

    def event(people: People) -> Mask:
        return np.asarray(np.rint(np.nan_to_num(largest(people.values(scale)))) == grade)

    return event


RATES: dict[str, Reading] = {
    "CRS any grade": share(happens(clinic.grade(1), MONTH)),
    "CRS any": share(happens(clinic.grade(1), MONTH)),
    "CRS grade >=3": share(happens(clinic.grade(3), MONTH)),
    **{f"grade {g}": share(_exactly(g)) for g in range(1, 5)},
    "fever >=38.6 C among CRS": share(happens(clinic.fever(38.6)), among=released),
    "hypotension needing treatment": share(happens(clinic.hypotensive), among=released),
    "oxygen": share(happens(clinic.oxygen), among=released),
    "ICU admission": share(happens(clinic.penn(3)), among=released),
}
OWN_RATES: dict[str, dict[str, Reading]] = {
    study: {f"grade {g}": share(_exactly(g, scale)) for g in range(1, 5)}
    | {"CRS grade >=3": share(happens(clinic.grade(3, scale), MONTH))}
    for scale, studies in {
        "penn_grade": ("Maude 2018", "Levine 2021"),
        "lee_grade": ("Hay 2017", "Neelapu 2017"),
    }.items()
    for study in studies
}
"""Rates of studies before the ASTCT's grade: on the Penn scale with tisagenlecleucel, on Lee's in adults."""
TIMES: dict[str, Reading] = {
    "CRS onset": time_between(from_trigger, clinic.grade(1)),
    "CRS onset / resolution [1 of 2: CRS onset]": time_between(from_trigger, clinic.grade(1)),
    "CRS onset to grade 4": time_between(clinic.grade(1), clinic.penn(4)),
    "fever onset": time_between(from_trigger, clinic.fever(38.0), who=released),
}


def _detected(target: Target) -> Reading:
    """Read the median of the samples in a span of days that are above the limit of detection."""
    begin, end = (float(day) for day in target.time.removeprefix("day ").split("-"))

    def read(people: People) -> Value:
        data = people.values("il6", "pg/mL")
        days = np.arange(begin, end + 1e-9, 0.125)
        taken = samples(people, data, from_trigger(people), days[days > 0].tolist(), during=np.isfinite(data))
        return Value(summed(taken[taken > DETECTED], median, "detectable samples"), "pg/mL")

    return read


def _later_over_first_week(people: People) -> Value:
    """Read the largest IL-6 after the first week over that of the first."""
    data = people.values("il6", "pg/mL")
    week = within(people, np.zeros(len(people)), np.full(len(people), 7.0 * DAY))
    fold = largest(data, ~week) / largest(data, week)
    return Value(summed(fold, median, people.who), "", "peak of IL-6 after the first week over that in it")


def check_of(target: Target) -> Check | Unscored:
    """Compare cytokine release as it comes, and what depends on rescue under rescue."""
    experiment = STUDIES.get(target.study)
    if target.variable == "dialysis":
        return Unscored("treated: no published rule says when the ward dialysed", treated=True)
    if target.variable in RESCUED:
        read, band = RESCUED[target.variable]
        everyone = target.variable in OF_ALL and "CRS" not in target.unit
        return check(RESCUERS[target.study], OF_ALL[target.variable] if everyone else read, band)
    if experiment is None:
        return Unscored("no check is declared")
    special: dict[str, tuple[Reading, MakeBand]] = {
        "IL-6 vs CRP Spearman rho": (rank_correlation("il6", "crp"), reported_interval),
        "cytokine release confined to": (
            _later_over_first_week, at_most(0.5, "after the first week at most half the peak", 1.0),
        ),
        "IL-6": (peak("il6", "pg/mL", who=released, center=geometric_mean), times_over),
    }  # fmt: skip
    if target.variable.startswith("IL-6 (detectable"):
        return check(experiment, _detected(target), times_over)
    rates = RATES | OWN_RATES.get(target.study, {})
    if target.variable in rates:
        return check(experiment, rates[target.variable], rate)
    if target.variable in TIMES:
        return check(experiment, TIMES[target.variable], time_band)
    found = special.get(target.variable)
    return check(experiment, *found) if found else Unscored("no check is declared")
