"""The pictures of the report, each an element of the page, under the headings of a ward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, quantities
from cytostorm.model import Model
from cytostorm.observe import metrics, survival
from cytostorm.observe.readout import ScenarioKey
from cytostorm.observe.targets import load
from cytostorm.plot import curves, outcome, style
from cytostorm.plot.clock import Clock
from cytostorm.plot.drawing import Look
from cytostorm.plot.points import Points, published
from cytostorm.plot.shares import bands
from cytostorm.report.course import ALIVE, Published, on
from cytostorm.report.groups import Group, grouped
from cytostorm.report.numbers import number, with_unit
from cytostorm.report.overlay import published_points

Range = tuple[float | None, float | None]


WORST = 3.0
"""Of a symptom: none is 0, severe 3."""
SUM = "sofa"
"""A score of many points, always drawn as a curve, however few of them a run needs."""


@dataclass(frozen=True)
class Picture:
    """One panel: its title, the SVG element, and its key as (sign, colour or that of the text, word)."""

    title: str
    svg: str
    key: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A heading and the panels under it."""

    key: str
    heading: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Source:
    """What a run's own pictures are drawn from.

    points : published courses of the very same experiment, in the run's units.
    courses : gives the published courses of a trigger and a read-out.
    """

    run: xr.Dataset
    model: Model
    points: Sequence[Points] = ()
    courses: Published = published_points

    @property
    def clock(self) -> Clock:
        """How the time of the run is told."""
        return Clock.of(self.run)

    def normal(self, name: str) -> Range:
        """Return the reference range of a lab; (None, None) if it has none."""
        return next((lab.normal for lab in self.model.labs if lab.short == name), (None, None))

    def over(self, name: str) -> list[Points]:
        """Return the published courses of a read-out, in the run's unit."""
        mine = [p for p in self.points if p.quantity == name]
        drawn = (on(self.run, course) for course in self.courses(self.model.name, name))
        return mine + [points for points in drawn if points is not None]

    def said(self) -> str:
        """Return in words what published courses are drawn; empty if none are."""
        if not any(self.over(name) for name in (*quantities(self.run), ALIVE)):
            return ""
        return (
            "Marks are published medians of the patients named below each panel, bars their middle half or "
            "range. Days since symptoms or admission count from the median onset or admission of this run; "
            "how ill those patients were need not be how ill these are."
        )


def own(source: Source) -> list[Drawn]:
    """Return a panel of every read-out of the user's run, grouped, and the survival curve last."""
    run = source.run
    scores = [s.short for s in source.model.scores]
    found = []
    for group, names in grouped({n: str(run[n].attrs["units"]) for n in quantities(run)}, scores):
        panels = tuple(_panel(source, name, group, score=name in scores) for name in names)
        found.append(Drawn(group.key, group.heading, panels))
    if survival.mortal(run) and survival.followed(run).any():
        found.append(Drawn("survival", "Survival", (_survival(source),)))
    return found


def compared(runs: Mapping[ScenarioKey, xr.Dataset]) -> list[tuple[ScenarioKey, list[Picture]]]:
    """Return, per experiment that has published curves, a panel of every read-out measured in it."""
    groups = []
    for place, (key, run) in enumerate(sorted(runs.items())):
        points = published(load("endotoxin"), key, run)
        colour = style.DOSES.get(key.dose, style.GREEN)
        panels = []
        for k, name in enumerate(dict.fromkeys(p.quantity for p in points)):
            mine = [p for p in points if p.quantity == name]
            last = max(h for p in mine for h in p.hours)
            look = Look(colour, Clock.of(run.sel(time=slice(0, last))), last=last, living=False)
            panels.append(_curve(run, name, mine, look, f"cmp-{place}-{k}"))
        if panels:
            groups.append((key, panels))
    return groups


def _panel(source: Source, name: str, group: Group, *, score: bool) -> Picture:
    if score and name != SUM and outcome.graded(source.run, name):
        return _grades(source, name)
    look = Look(
        group.colour,
        source.clock,
        decades=group.spans(str(source.run[name].attrs["units"])),
        normal=source.normal(name),
        whole=score,
        top=WORST if str(source.run[name].attrs.get("quantity", "")).startswith("symptoms.") else 0.0,
        living=False,
    )
    return _curve(source.run, name, source.over(name), look, f"own-{name.replace('.', '-')}")


def _curve(run: xr.Dataset, name: str, points: Sequence[Points], look: Look, prefix: str) -> Picture:
    figure = curves.small(run, name, look, points)
    svg = style.inline(figure, prefix, _said(run, name, points))
    return Picture(str(run[name].attrs.get("label", name)), svg, _studies(points))


def _studies(points: Sequence[Points]) -> tuple[tuple[str, str, str], ...]:
    studies = dict.fromkeys(p.study for p in points)
    return tuple((style.SIGNS[style.marker(study)], "", study) for study in studies)


def _grades(source: Source, name: str) -> Picture:
    run = source.run
    label = str(run[name].attrs.get("label", name))
    rows = outcome.parts(run, name)[1]
    worst = int(np.flatnonzero(rows[:-1].any(axis=1)).max(initial=0))
    key = [("■", style.on_page(style.GRADES[grade]), str(grade)) for grade in range(worst + 1)]
    key += [("■", "", outcome.DEAD)] if rows[-1].any() else []
    most = 100.0 * rows[worst].max()
    said = f"Share of patients in each grade of {label}: at most {number(most)} % have {worst} at a time."
    figure = outcome.grades(run, name, source.clock)
    return Picture(label, style.inline(figure, f"own-{name}", said), tuple(key))


def _survival(source: Source) -> Picture:
    run = source.run
    whole, dead = int(survival.followed(run).sum()), survival.deaths(run).size
    points = source.over(ALIVE)
    said = f"Survival: {dead:,} of {whole:,} virtual patients die within the run."
    figure = outcome.living(run, source.clock, points)
    return Picture("Survival", style.inline(figure, "own-survival", said), _studies(points))


def _said(run: xr.Dataset, name: str, points: Sequence[Points]) -> str:
    """Return in a sentence what a panel shows."""
    da = metrics.usable(run, name)
    label, unit = str(da.attrs.get("label", name)), str(da.attrs.get("units", ""))
    if da.sizes[PATIENT] == 0:
        return f"{label}: no virtual patient finished."
    hours, shares = bands(da)
    known = np.isfinite(shares[2])
    if not known.any():
        return f"{label}: no virtual patient lived to be measured."
    hours, middle = hours[known], shares[2, known]
    top, foot = int(middle.argmax()), int(middle.argmin())
    text = (
        f"Time course of {label} in {da.sizes[PATIENT]} virtual patients: the median starts at "
        f"{with_unit(float(middle[0]), unit)}, is highest at {number(float(hours[top]))} h "
        f"({with_unit(float(middle[top]), unit)}) and lowest at {number(float(hours[foot]))} h "
        f"({with_unit(float(middle[foot]), unit)})."
    )
    alive = int(np.isfinite(metrics.values(da)[1][:, -1]).sum())
    if alive < da.sizes[PATIENT]:
        text += f" It is that of those alive, at the end {alive}."
    studies = list(dict.fromkeys(p.study for p in points))
    return text + (f" Points: published data of {', '.join(studies)}." if studies else "")
