"""A run as a ward would sum it up: what the median patient went through, and how many it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.dataset import PATIENT
from cytostorm.observe import metrics, survival
from cytostorm.plot.clock import Clock
from cytostorm.report.numbers import between, number, with_unit

Array = NDArray[np.float64]

FEVER = 38.0
"""degC from which on a temperature is a fever."""
RISEN, FALLEN = 2.0, 0.75
"""A level is told if its median extreme is this multiple of where it began."""
LUNG = (300.0, 100.0)
"""mmHg of PaO2/FiO2 below which a lung is injured, and severely (Berlin definition)."""
LOW_SATURATION = 90.0
"""Percent of saturation that is worth telling."""
LITTLE_OXYGEN = 25.0
"""Percent of oxygen in what is breathed that is not worth telling."""
SHOCK = 65.0
"""mmHg of mean arterial pressure that are kept up in shock, in an adult."""
ADULT, CHILD = 93.0, 78.0
"""mmHg at rest, of an adult, and below which it is a child's: one adult in a hundred is that low."""
LITTLE_LEFT = 95.0
"""Percent of what was there that is still there, above which nothing is told."""
SOURCES = {
    "pathogen": "pathogen load",
    "viral_load": "viral load",
    "bacteria": "bacterial load",
    "tumour": "tumour load",
    "tumour_load": "tumour load",
}
OTHER_STORMS = frozenset(
    {"endotoxin", "influenza", "mas", "sars_cov_2", "sepsis", "sterile_injury", "viraemia"}
)
"""Triggers that are no therapy: the grade of cytokine release is not told of them."""
TOLD = {"il6": "IL-6", "crp": "CRP", "ferritin": "ferritin", "procalcitonin": "procalcitonin"}
CELLS = {"lymphocytes": "lymphocytes", "platelets": "platelets", "neutrophils": "neutrophils"}


@dataclass(frozen=True)
class Ward:
    """The patients of a run whose runs are ok, and how its time is told.

    people : how many they are.
    """

    run: xr.Dataset
    clock: Clock
    people: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", int(survival.followed(self.run).sum()))

    def has(self, name: str) -> bool:
        """Return whether a read-out is there, and at least one patient with it."""
        return name in self.run and metrics.usable(self.run, name).sizes[PATIENT] > 0

    def start(self, name: str) -> float:
        """Return the median at the beginning, in the run's unit."""
        return float(np.median(metrics.values(metrics.usable(self.run, name))[1][:, 0]))

    def unit(self, name: str) -> str:
        """Return the unit of a read-out."""
        return str(self.run[name].attrs["units"])

    def extreme(self, name: str, *, low: bool = False) -> tuple[Array, Array]:
        """Return (value, hour) of each patient's largest or smallest value, in the run's unit."""
        da = metrics.usable(self.run, name)
        value, hour = (
            (metrics.trough, metrics.time_of_trough) if low else (metrics.peak, metrics.time_of_peak)
        )
        return value(da).to_numpy(), hour(da).to_numpy()

    def limit(self, name: str, value: float, unit: str) -> float:
        """Return a limit in the unit of a read-out."""
        return units.convert(value, unit, self.unit(name))

    def of_all(self, count: int) -> str:
        """Return how many of how many."""
        if 1 < count == self.people:
            return f"all {count:,}"
        return f"{count:,} of {self.people:,}" if count else f"none of {self.people:,}"

    def when(self, hours: float) -> str:
        """Return a moment as people say it: "on day 8", "at 2.4 h"."""
        if self.clock.unit == "d" and hours >= self.clock.hours:
            return f"on day {hours / self.clock.hours:.0f}"
        return f"at {number(hours)} h"


def rounded(value: float) -> float:
    """Return a number with the three digits that a sentence needs."""
    return float(f"{value:.3g}")


def told(value: float, unit: str) -> str:
    """Return a number and its unit as a sentence tells it.

    >>> told(142_321.0, "cells/uL")
    '142,000 cells/µL'
    """
    return with_unit(rounded(value), unit)


def paragraph(run: xr.Dataset) -> str:
    """Return what happened, in the sentences of a ward round; levels are medians over patients."""
    ward = Ward(run, Clock.of(run))
    if not ward.people:
        return "No virtual patient finished, so there is nothing to sum up."
    made = (_fever, _source, _markers, _cells, _lungs, _pressure, _scores, _fate)
    return " ".join(text for text in (say(ward) for say in made) if text)


def _fever(ward: Ward) -> str:
    if not ward.has("temperature"):
        return ""
    limit = ward.limit("temperature", FEVER, "degC")
    hours, data = metrics.values(metrics.usable(ward.run, "temperature"))
    hot = data >= limit
    who = hot.any(axis=1)
    top, at = ward.extreme("temperature")
    middle = told(float(np.median(top)), ward.unit("temperature"))
    if not who.any():
        return f"Nobody has a fever of {FEVER:g} °C; the median patient reaches {middle}."
    onset = float(np.median(hours[hot[who].argmax(axis=1)]))
    since = ward.when(onset).removeprefix("on ").removeprefix("at ")
    return (
        f"Fever ({FEVER:g} °C or more) from {since} in {ward.of_all(int(who.sum()))} patients; "
        f"the median patient is hottest {ward.when(float(np.median(at)))}, at {middle}."
    )


def _source(ward: Ward) -> str:
    name = next((n for n in SOURCES if ward.has(n)), None)
    if name is None:
        return ""
    label = SOURCES[name]
    peak = float(np.median(ward.extreme(name)[1]))
    last = float(ward.run["time"].values[-1])
    levels = metrics.values(metrics.usable(ward.run, name))[1]
    first = ward.start(name)
    if first > 0 and float(np.median(ward.extreme(name)[0])) < RISEN * first:
        left = 100 * float(np.median(np.nanmin(levels, axis=1) / levels[:, 0]))
        return f"{_capital(label)} falls to {left:.2g} % of what it was." if left < LITTLE_LEFT else ""
    if peak >= last:
        return f"{_capital(label)} is still rising at the end."
    return f"{_capital(label)} is highest {ward.when(peak)}." if peak > 0 else ""


def _markers(ward: Ward) -> str:
    said: list[str] = []
    flat: list[str] = []
    for name, label in TOLD.items():
        if not ward.has(name):
            continue
        top, at = ward.extreme(name)
        middle = float(np.median(top))
        if middle < RISEN * ward.start(name):
            flat.append(label)
            continue
        half = (
            f" (middle half {between(*map(rounded, np.percentile(top, [25, 75])))})"
            if top.size > 1 and not said
            else ""
        )
        verb = "peaks at " if not said else "at "
        text = f"{label} {verb}{told(middle, ward.unit(name))}{half}"
        said.append(f"{text} {ward.when(float(np.median(at)))}")
    rest = f"{_list(flat)} hardly rise{'s' if len(flat) == 1 else ''}." if flat else ""
    return " ".join(filter(None, [f"{_capital(_list(said))}." if said else "", _capital(rest)]))


def _cells(ward: Ward) -> str:
    said: list[str] = []
    for name, label in CELLS.items():
        if ward.has(name):
            low = float(np.median(ward.extreme(name, low=True)[0]))
            if low < FALLEN * ward.start(name):
                verb = "fall to " if not said else "to "
                said.append(f"{label} {verb}{told(low, ward.unit(name))}")
    return f"{_capital(_list(said))}." if said else ""


def _lungs(ward: Ward) -> str:
    if not ward.has("pf_ratio"):
        return ""
    low = ward.extreme("pf_ratio", low=True)[0]
    hurt, severe = (int((low < ward.limit("pf_ratio", at, "mmHg")).sum()) for at in LUNG)
    if not hurt:
        return f"PaO2/FiO2 stays above {LUNG[0]:g} mmHg in everybody."
    middle = told(float(np.median(low)), ward.unit("pf_ratio"))
    said = (
        f"PaO2/FiO2 falls to {middle}: below {LUNG[0]:g} mmHg in {ward.of_all(hurt)}, "
        f"below {LUNG[1]:g} mmHg in {severe or 'none'}."
    )
    return f"{said} {_oxygen(ward)}".strip()


def _oxygen(ward: Ward) -> str:
    """Tell what the median patient is given to breathe, and how far it helps."""
    if not (ward.has("spo2") and ward.has("fio2")):
        return ""
    least, most = (
        float(np.median(ward.extreme(name, low=low)[0])) * units.factor(ward.unit(name)) * 100
        for name, low in (("spo2", True), ("fio2", False))
    )
    if most < LITTLE_OXYGEN:
        return f"In air saturation falls to {least:.0f} %." if least < LOW_SATURATION else ""
    given = f"The ward gives the median patient up to {most:.0f} % of oxygen"
    return f"{given}, and saturation falls to {least:.0f} % on it."


def _pressure(ward: Ward) -> str:
    if not ward.has("map"):
        return ""
    low = ward.extreme("map", low=True)[0]
    usual = ward.start("map") / ward.limit("map", 1.0, "mmHg")
    child = usual < CHILD
    least = round(SHOCK * usual / ADULT) if child else SHOCK
    many = int((low < ward.limit("map", least, "mmHg")).sum())
    middle = told(float(np.median(low)), ward.unit("map"))
    mark = f"{least:g} mmHg" + (" (as 65 mmHg in an adult)" if child else "")
    if not many:
        return f"Mean arterial pressure stays above {mark} in everybody (lowest {middle})."
    return f"Mean arterial pressure falls to {middle}, below {mark} in {ward.of_all(many)}."


def _scores(ward: Ward) -> str:
    said = []
    if ward.has("sofa"):
        top = ward.extreme("sofa")[0]
        middle, ill = float(np.median(top)), int((top > 1.5).sum())
        said.append(
            f"SOFA reaches {middle:g} in the median patient"
            if middle > 1.5
            else f"SOFA comes to 2 or more in {ward.of_all(ill)}"
        )
    disease = OTHER_STORMS & set(str(ward.run.attrs.get("modules", "")).split())
    if ward.has("crs_grade") and not disease:
        many = int((ward.extreme("crs_grade")[0] > 2.5).sum())
        said.append(f"cytokine release of grade 3 or 4 in {ward.of_all(many)}")
    return f"{_capital('; '.join(said))}." if said else ""


def _fate(ward: Ward) -> str:
    if not survival.mortal(ward.run):
        return ""
    hours = survival.deaths(ward.run)
    last = float(ward.run["time"].values[-1])
    end = f"day {last / 24.0:g}" if ward.clock.unit == "d" else f"{last:g} h"
    if not hours.size:
        return f"Nobody dies by {end}."
    when = ward.when(float(np.median(hours))).removeprefix("on ").removeprefix("at ")
    verb = "dies" if hours.size == 1 else "die"
    first, final = (ward.when(h).removeprefix("on ").removeprefix("at ") for h in (hours[0], hours[-1]))
    span = f" ({first} to {final})" if first != final else ""
    middle = f"median {when}{span}" if hours.size > 1 else when
    return (
        f"{_capital(ward.of_all(hours.size))} {verb}, {middle}; {ward.people - hours.size:,} live on {end}."
    )


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}" if parts else ""


def _capital(text: str) -> str:
    """Return a sentence with a capital, but names of proteins as they are."""
    return text[:1].upper() + text[1:]
