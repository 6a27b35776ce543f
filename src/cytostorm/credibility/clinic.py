"""What a ward would say of a virtual patient, and when: ill, in need of a hospital, critically ill, dead.

Definitions are stated once, here. A patient to whom it never happens has the hour inf.
"""

from __future__ import annotations

import numpy as np

from cytostorm.credibility.people import Array, Choose, Mask, People, When, first, last
from cytostorm.observe.readout import NotReadError

FEVER_RISE = 1.0
"""degC above the resting temperature at which somebody feels ill."""
ILL = 0.2
"""Share of the illness flag at which somebody feels ill."""
DAY = 24.0
AFEBRILE = 72.0
"""Hours without fever and without need of oxygen before discharge."""


def onset(people: People) -> Array:
    """Return the hour of the first symptoms: temperature 1 degC above rest, or the illness flag past 0.2."""
    met = []
    if people.has("temperature"):
        heat = people.values("temperature", "degC")
        met.append(heat >= heat[:, :1] + FEVER_RISE)
    if people.has("illness"):
        met.append(people.values("illness") > ILL)
    if not met:
        raise NotReadError("no such quantity in the model yet: temperature, illness")
    return first(people, np.any(met, axis=0))


def _any_of(people: People, limits: dict[str, tuple[str, float, bool]]) -> Mask:
    """Return people x times: whether any measured quantity is past its limit; True in the table is above."""
    met = []
    for name, (unit, limit, above) in limits.items():
        if people.has(name):
            data = people.values(name, unit)
            met.append(data > limit if above else data < limit)
    if not met:
        raise NotReadError("no such quantity in the model yet: " + ", ".join(limits))
    return np.asarray(np.any(met, axis=0))


HOSPITAL = {"spo2": ("%", 94.0, False), "pf_ratio": ("mmHg", 300.0, False), "crp": ("mg/L", 100.0, True)}
OXYGEN = {"spo2": ("%", 94.0, False)}
LUNG_INJURY = {"pf_ratio": ("mmHg", 300.0, False)}
INTENSIVE = {"pf_ratio": ("mmHg", 150.0, False), "map": ("mmHg", 65.0, False)}
VENTILATED = {"pf_ratio": ("mmHg", 150.0, False)}
BREATHLESS = {"spo2": ("%", 94.0, False), "respiratory_rate": ("1/min", 24.0, True)}
TUBE = 105.0
"""mmHg of PaO2/FiO2 below which the Penn scale's ventilator would be used."""
HYPOTENSIVE = {"map": ("mmHg", 65.0, False)}


def hospital(people: People) -> Array:
    """Return the hour at which a hospital is needed: SpO2 < 94 %, PaO2/FiO2 < 300 or CRP > 100 mg/L."""
    return first(people, _any_of(people, HOSPITAL))


def oxygen(people: People) -> Array:
    """Return the hour at which oxygen is needed: SpO2 < 94 %."""
    return first(people, _any_of(people, OXYGEN))


def lung_injury(people: People) -> Array:
    """Return the hour of acute respiratory distress: PaO2/FiO2 < 300 mmHg."""
    return first(people, _any_of(people, LUNG_INJURY))


def intensive(people: People) -> Array:
    """Return the hour at which intensive care is needed: PaO2/FiO2 < 150 or mean pressure < 65 mmHg."""
    return first(people, _any_of(people, INTENSIVE))


def ventilated(people: People) -> Array:
    """Return the hour at which a ventilator is needed: PaO2/FiO2 < 150 mmHg."""
    return first(people, _any_of(people, VENTILATED))


def breathless(people: People) -> Array:
    """Return the hour of dyspnoea: SpO2 < 94 % or 24 breaths a minute."""
    return first(people, _any_of(people, BREATHLESS))


def hypotensive(people: People) -> Array:
    """Return the hour at which the mean arterial pressure falls below 65 mmHg."""
    return first(people, _any_of(people, HYPOTENSIVE))


def fever(limit: float) -> When:
    """Return what gives the hour at which the temperature reaches a limit in degC."""
    return lambda people: first(people, people.values("temperature", "degC") >= limit)


def grade(least: int, scale: str = "crs_grade") -> When:
    """Return what gives the hour at which cytokine release reaches a grade, of the ASTCT if not said."""
    return lambda people: first(people, people.values(scale) >= least - 0.5)


def penn(least: int) -> When:
    """Return what gives the hour at which cytokine release reaches a grade of the Penn scale."""
    return grade(least, "penn_grade")


def high_dose(people: People) -> Array:
    """Return the hour at which high doses of vasopressors are needed: grade 4 (Penn) without a ventilator."""
    lungs = people.values("pf_ratio", "mmHg") >= TUBE
    return first(people, (people.values("penn_grade") >= 3.5) & lungs)


def sofa(least: float) -> When:
    """Return what gives the hour at which the SOFA score reaches a number of points."""
    return lambda people: first(people, people.values("sofa") >= least - 0.5)


def given(drug: str) -> When:
    """Return what gives the hour at which a drug is first given: the last look without it in plasma."""

    def when(people: People) -> Array:
        place = people.values(drug) > 0.0
        place[:, :-1] |= place[:, 1:]
        return first(people, place)

    return when


USUAL_PRESSURE = 65.0 / 93.0
"""Of their own resting pressure: 65 mmHg is that share of an adult's; a child's is lower."""


def releasing(people: People) -> Mask:
    """Return people x times: fever of 38 degC, or, once cytokine release began, hypotension or hypoxia.

    After what damps cytokines, fever is no longer asked for.
    """
    pressure = people.values("map", "mmHg")
    needs = (pressure < USUAL_PRESSURE * pressure[:, :1]) | (people.values("pf_ratio", "mmHg") < 300.0)
    begun = people.hours >= grade(1)(people)[:, None]
    return np.asarray((people.values("temperature", "degC") >= 38.0) | (begun & needs))


def release_ends(people: People) -> Array:
    """Return the last hour of cytokine release in those who live; inf without any, and for the dead."""
    had = np.isfinite(grade(1)(people)) & ~np.isfinite(people.died_at)
    return np.where(had, last(people, releasing(people)), np.inf)


def released_until(people: People) -> Array:
    """Return the hour at which cytokine release resolves; inf for who dies, or has it to the end."""
    over = release_ends(people)
    return np.where(over < people.hours[-1], over, np.inf)


def discharge(people: People) -> Array:
    """Return the hour of leaving hospital: three days without fever (38 degC) and without need of oxygen."""
    ill = people.values("temperature", "degC") >= 38.0
    if people.has("spo2"):
        ill |= people.values("spo2", "%") < 94.0
    came = hospital(people)
    return np.maximum(last(people, ill), np.where(np.isfinite(came), came, 0.0)) + AFEBRILE


def death(people: People) -> Array:
    """Return the hour of death."""
    return people.died_at


def died_within(people: People, hours: float, since: Array | float = 0.0) -> Mask:
    """Return who is dead so many hours after a moment."""
    return np.asarray(people.died_at <= since + hours)


def reached(when: When, who: str) -> Choose:
    """Return what chooses those to whom something happens."""
    return lambda people: people.where(np.isfinite(when(people)), who)


def spared(when: When, who: str) -> Choose:
    """Return what chooses those to whom something does not happen."""
    return lambda people: people.where(~np.isfinite(when(people)), who)


DEFINITIONS = (
    onset,
    hospital,
    oxygen,
    lung_injury,
    intensive,
    ventilated,
    breathless,
    hypotensive,
    release_ends,
    released_until,
    discharge,
)
"""What the page explains by the first sentence of its docstring."""
