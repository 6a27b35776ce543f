"""The page of the demo: storms side by side, each untreated, treated in time and treated too late."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cytostorm._version import __version__
from cytostorm.dataset import DISCLAIMER, plain
from cytostorm.errors import MissingExtraError
from cytostorm.model import Comparison
from cytostorm.observe.metrics import values
from cytostorm.plot import arms as drawn
from cytostorm.plot import style
from cytostorm.plot.drawing import capital
from cytostorm.plot.shares import Array, percentiles, thinned
from cytostorm.report import telling
from cytostorm.report.arms import DAY, Storm, order_text
from cytostorm.report.files import NUMBERS, PAGE, folder_of, mark, put, render
from cytostorm.report.groups import GROUPS
from cytostorm.report.numbers import number, percent, with_unit

COLOURS = (style.INK, style.BLUE, style.VERMILION)
"""Of the untreated, those treated in time, and those treated too late; each has dashes of its own, too."""
SHORT = {"untreated": "untreated", "in_time": "in time", "too_late": "too late"}
TITLE = "Two cytokine storms, treated in time and too late"
_UNIT = re.compile(r"(\d) (%|°C|mg/L|pg/mL)")
SWATCHES = ("", "6 1.6", "1.6 1.2")


@dataclass(frozen=True)
class Panel:
    """One picture as an element of the page; room : "wide" or "narrow" if it is for such screens."""

    svg: str
    room: str = ""


def write(storms: Sequence[Storm], folder: str | Path, *, seed: int) -> Path:
    """Write report.html and summary.json into a folder, and return the path of the page.

    Raises InputError if the folder holds someone else's report.
    """
    place = folder_of(Path(folder))
    pictures, lacking = _pictures(storms)
    page = render(
        "demo",
        "demo",
        title=TITLE,
        disclaimer=DISCLAIMER,
        version=__version__,
        patients=max((storm.followed.size for storm in storms), default=0),
        seed=seed,
        no_pictures=lacking,
        storms=[_storm(storm, panels) for storm, panels in zip(storms, pictures, strict=True)],
        limits=list(dict.fromkeys(limit for storm in storms for limit in storm.limits)),
    )
    mark(place)
    put(place / NUMBERS, json.dumps(plain(as_json(storms, seed)), ensure_ascii=False, indent=1) + "\n")
    put(place / PAGE, page)
    return place / PAGE


def as_json(storms: Sequence[Storm], seed: int) -> dict[str, Any]:
    """Return the numbers of the page."""
    return {
        "title": TITLE,
        "seed": seed,
        "storms": [
            {
                "key": storm.key,
                "title": storm.title,
                "trigger": storm.model.name,
                "severity": storm.severity,
                "fingerprint": storm.model.fingerprint,
                "moment": storm.moment.text(),
                "window_h": storm.window,
                "patients": int(storm.followed.size),
                "failed": int((~storm.followed).sum()),
                "reached": storm.people,
                "headline": telling.headline(storm),
                "summary": telling.paragraph(storm),
                "arms": [
                    entry | {"orders": [dose.text() for dose in arm.doses]}
                    for entry, arm in zip(telling.numbers(storm), storm.arms, strict=True)
                ],
                "unchecked": unchecked(storm),
            }
            for storm in storms
        ],
        "disclaimer": DISCLAIMER,
        "version": __version__,
    }


def unchecked(storm: Storm) -> list[str]:
    """Return what forbids an order and no model tells."""
    said = [text for arm in storm.arms for text in str(arm.run.attrs.get("unchecked", "")).split("; ")]
    return list(dict.fromkeys(filter(None, said)))


def _storm(storm: Storm, panels: Sequence[Panel]) -> dict[str, Any]:
    heads, rows = telling.table(storm)
    return {
        "key": storm.key,
        "title": storm.title,
        "evidence": storm.evidence,
        "headline": _bound(telling.headline(storm)),
        "told": [_bound(part) for part in telling.parts(storm)],
        "words": storm.words,
        "cards": [_card(storm, k) for k in range(len(storm.arms))],
        "panels": panels,
        "heads": heads,
        "rows": rows,
        "people": storm.people,
        "days": f"{storm.window / DAY:g}",
        "rule": storm.moment.text(),
        "severity": storm.severity,
        "trigger": storm.model.name,
        "orders": [(arm.name, [dose.text() for dose in arm.doses]) for arm in storm.arms if arm.doses],
        "unchecked": unchecked(storm),
    }


def _bound(text: str) -> str:
    """Return a text in which no number is parted from its sign or unit at the end of a line."""
    return _UNIT.sub("\\1\u00a0\\2", text)


def _card(storm: Storm, k: int) -> dict[str, str]:
    """Return what stands above the pictures for an arm; it is their key as well."""
    arm = storm.arms[k]
    alive = storm.people - int(storm.died(arm).sum())
    if arm.after is None:
        given = "Nothing is given."
    else:
        when = f"{arm.after / DAY:g} days later" if arm.after else "At day 0"
        given = f"{when}: {order_text(arm.doses)}."
    return {
        "name": arm.name,
        "colour": style.on_page(COLOURS[k]),
        "dash": SWATCHES[k],
        "given": given,
        "share": percent(alive / storm.people) if storm.people else "",
        "count": f"{alive} of {storm.people}",
    }


def _pictures(storms: Sequence[Storm]) -> tuple[list[list[Panel]], str]:
    """Return the pictures of each storm, or why there are none."""
    try:
        return [_panels(storm) if storm.people else [] for storm in storms], ""
    except MissingExtraError as error:
        return [[] for _ in storms], f"{error.thing}. {error.remedy}"


def _panels(storm: Storm) -> list[Panel]:
    found = [_course(storm, name) for name in storm.shown if storm.has(name)]
    return [*found, _living(storm), _living(storm, narrow=True)]


def _marks(storm: Storm) -> list[drawn.Mark]:
    return [
        drawn.Mark(SHORT[arm.key], COLOURS[k], arm.after)
        for k, arm in enumerate(storm.arms)
        if arm.after is not None
    ]


def _arm(storm: Storm, k: int, hours: Array, rows: Array) -> drawn.Course:
    return drawn.Course(SHORT[storm.arms[k].key], COLOURS[k], hours, rows, drawn.LINES[k])


def _course(storm: Storm, name: str) -> Panel:
    """Return one quantity: percentiles of the living, or of a graded criterion how many of them meet it."""
    attrs = storm.untreated.run[name].attrs
    limit = _limit(storm, name)
    arms = []
    for k, arm in enumerate(storm.arms):
        hours, data = values(storm.seen(arm, name))
        kept = thinned(hours)
        hours, data = hours[kept], data[:, kept]
        arms.append(_arm(storm, k, hours, percentiles(data) if limit is None else _shares(data, limit)))
    normal = next((lab.normal for lab in storm.model.labs if lab.short == name), (None, None))
    label, unit = capital(telling.SHORT.get(name, str(attrs["label"]))), str(attrs["units"])
    if limit is not None:
        label, unit = f"{label} {limit:g} or more", "% of those alive"
    figure = drawn.course(
        label, unit, arms, _marks(storm), normal=normal, spans=_spans(name), percent=limit is not None,
        whole=name == "sofa",
    )  # fmt: skip
    return Panel(style.inline(figure, f"{storm.key}-{name}", _said(label, unit, arms)))


def _limit(storm: Storm, name: str) -> float | None:
    """Return from which grade on a score is the moment of treatment; None for what is drawn as a curve."""
    scores = [score.short for score in storm.model.scores]
    for condition in storm.moment.when:
        if isinstance(condition, Comparison) and condition.quantity == name and name in scores:
            return condition.value
    return None


def _shares(data: Array, limit: float) -> Array:
    alive = np.isfinite(data).sum(axis=0)
    share = np.where(alive > 0, 100.0 * (data >= limit).sum(axis=0) / np.maximum(alive, 1), np.nan)
    return np.asarray(share)[None, :]


def _spans(name: str) -> bool:
    return any(name in group.names and group.decades for group in GROUPS)


def _living(storm: Storm, *, narrow: bool = False) -> Panel:
    hours = np.arange(0.0, storm.window + 1e-9, 6.0)
    arms = [
        _arm(storm, k, hours, np.array([storm.alive(arm, hours)], dtype=float))
        for k, arm in enumerate(storm.arms)
    ]
    said = (
        f"Survival of {storm.people} virtual patients from the moment of treatment. Alive at the end: "
        + "; ".join(
            f"{arm.name} {int(arm.middle[-1])} ({percent(arm.middle[-1] / storm.people)})" for arm in arms
        )
    )
    figure = drawn.living(arms, _marks(storm), storm.people, narrow=narrow)
    room = "narrow" if narrow else "wide"
    return Panel(style.inline(figure, f"{storm.key}-survival-{room}", f"{said}."), room)


def _said(label: str, unit: str, arms: Sequence[drawn.Course]) -> str:
    """Return in words what a panel shows, for those who do not see it."""
    parts = []
    for arm in arms:
        known = np.isfinite(arm.middle) & (arm.hours >= 0)
        if known.any():
            hours, middle = arm.hours[known], arm.middle[known]
            top = int(middle.argmax())
            first, last, most = (with_unit(float(x), unit) for x in (middle[0], middle[-1], middle[top]))
            day = number(float(hours[top]) / DAY)
            parts.append(f"{arm.name}, from {first} to {last}, highest on day {day} at {most}")
    kind = "share" if len(arms[0].rows) == 1 else "median"
    return f"{label}, {kind} over the days from the moment of treatment: {'; '.join(parts)}."


__all__ = ["TITLE", "as_json", "write"]
