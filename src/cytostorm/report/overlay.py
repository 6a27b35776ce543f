"""Published courses of triggers other than endotoxin, to be drawn over a run's own.

Points of human endotoxaemia come from `plot.points`, which knows the dose of each experiment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from cytostorm.observe.targets import Target, load
from cytostorm.report.course import Course, Since, admission, symptoms, trigger

DAY = 24.0
_SPAN = re.compile(r"(symptom day|hospital day|day) ([\d.]+)-([\d.]+)$")
_SINCE: Mapping[str, Since] = {"symptom day": symptoms, "hospital day": admission, "day": trigger}
FIRST_VALUE = "admission (first value, day<=3)"
GROUPS = {
    "later died in hospital": "Yan 2020, later died",
    "later discharged alive": "Yan 2020, discharged",
    "hospitalised COVID-19 severe (ICU)": "Lucas 2020, intensive care",
    "hospitalised COVID-19 moderate (non-ICU)": "Lucas 2020, ward",
}
"""Population or trigger of a row -> study and group, as pictures call it."""
SCALE_OF_LUCAS = ("ifng", "ifna", "il18", "cxcl9", "cxcl10", "ccl2")
"""Read-outs of the model on the scale of Lucas 2020; kits differ too much to draw its others."""


def _when(text: str) -> tuple[Since, float] | None:
    """Return what a time counts from, and the hours since; None for one that is no span of days.

    >>> _when("hospital day 5-8")[1]
    156.0
    """
    if text == FIRST_VALUE:
        return admission, 0.0
    found = _SPAN.match(text)
    return None if found is None else (_SINCE[found[1]], DAY * (float(found[2]) + float(found[3])) / 2.0)


def _group(row: Target) -> str | None:
    return GROUPS.get(row.trigger) or GROUPS.get(row.population)


def covid() -> Iterator[Course]:
    """Yield the courses of COVID-19 in hospital: Yan 2020 (Tongji) and Lucas 2020 (Yale)."""
    for study, name, unit, mine in _gathered(load("viral")):
        if study.startswith("Yan") or name in SCALE_OF_LUCAS:
            yield _course(study, name, unit, mine)


def engager() -> Iterator[Course]:
    """Yield what was digitised of IL-6 under blinatumomab at full dose; bars are the range."""
    for study, name, unit, mine in _gathered(load("immunotherapy"), lambda row: row.study):
        yield _course(study, name, unit, mine)


def _gathered(
    rows: Iterable[Target], called: Callable[[Target], str | None] = _group
) -> Iterator[tuple[str, str, str, list[Target]]]:
    """Yield (study, read-out, unit, rows in order of time) of every course."""
    from cytostorm.credibility.experiments.names import NAMES

    table: dict[tuple[str, str, str], list[Target]] = {}
    for row in rows:
        study = called(row)
        known = NAMES.get(row.variable.split(" (")[0])
        if study and known and row.value is not None and _when(row.time):
            table.setdefault((study, known[0], row.plain_unit), []).append(row)
    for (study, name, unit), mine in table.items():
        spans = [t for t in mine if t.time != FIRST_VALUE]
        yield study, name, unit, spans or mine


def _course(study: str, name: str, unit: str, rows: list[Target]) -> Course:
    moments = [_when(row.time) or (trigger, 0.0) for row in rows]
    return Course(
        study=study,
        quantity=name,
        unit=unit,
        hours=tuple(hours for _, hours in moments),
        values=tuple(float(row.value or 0.0) for row in rows),
        low=tuple(row.low for row in rows),
        high=tuple(row.high for row in rows),
        since=moments[0][0],
    )


COURSES: Mapping[str, Callable[[], Iterable[Course]]] = MappingProxyType(
    {"sars_cov_2": covid, "bispecific": engager}
)
"""Trigger -> what reads its published courses."""


@lru_cache(maxsize=8)
def _of(trigger_name: str) -> tuple[Course, ...]:
    read = COURSES.get(trigger_name)
    return () if read is None else tuple(read())


def published_points(trigger_name: str, quantity: str) -> tuple[Course, ...]:
    """Return the published courses of a read-out after a trigger, of every severity; none if none are known.

    >>> [course.study for course in published_points("sars_cov_2", "crp")]
    ['Yan 2020, discharged', 'Yan 2020, later died']
    """
    return tuple(course for course in _of(trigger_name) if course.quantity == quantity)
