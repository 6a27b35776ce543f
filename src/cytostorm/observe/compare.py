"""Published rows against runs of the endotoxin model: how near is near enough, and how many are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xarray as xr

from cytostorm.errors import InputError
from cytostorm.observe import readout
from cytostorm.observe.readout import FITTED, NotReadError, ScenarioKey, needed
from cytostorm.observe.targets import LABELS, Kind, Target, curves

__all__ = [
    "Count", "Curve", "Row", "ScenarioKey", "compare", "curves_inside", "judged", "judged_curves", "needed",
]  # fmt: skip

WITHIN_LABORATORY = 1.5
"""Factor allowed for a level in the laboratory the model was fitted to."""
BETWEEN_LABORATORIES = 3.0
"""Factor allowed for a level elsewhere: kits differ up to tenfold for the same plasma."""
FOLD = 1.5
"""Factor allowed for a ratio, and for a change from baseline."""
SPREAD = 1.3
"""Factor allowed for a geometric SD."""
PEAK_HOURS = 0.5
"""Hours allowed for a time of peak, nadir or recovery."""
READING = 0.02
"""Reading accuracy of a digitised figure, as a share of the largest value of its curve."""
FLOORS = {"temperature": 0.3, "heart_rate": 6.0, "map": 6.0}
"""Change that is near enough whatever the published one: degC, bpm, mmHg."""
SHARE = 0.7
"""Share of a curve's rows that must be inside."""
ROUNDING = 1e-9
"""A value on the border is inside."""


@dataclass(frozen=True)
class Row:
    """One published result beside the model's.

    published, model : the two numbers compared, in `unit`; of a change, both are changes.
    accepted : (lowest, highest) value of the model that is inside, in `unit`.
    inside : None if the row is not counted; `reason` says why, or why it is outside without a number.
    """

    target: Target
    scenario: ScenarioKey | None
    published: float | None
    model: float | None
    unit: str
    accepted: tuple[float, float] | None
    tolerance: str
    inside: bool | None
    reason: str = ""

    @property
    def counted(self) -> bool:
        """Whether it enters the count of its curve."""
        return self.target.scored and self.inside is not None


@dataclass(frozen=True)
class Curve:
    """Rows that are one curve or one effect; inside when at least 70 % of the counted rows are."""

    name: str
    variable: str
    rows: tuple[Row, ...]

    @property
    def scored(self) -> int:
        """Rows that count."""
        return sum(r.counted for r in self.rows)

    @property
    def hits(self) -> int:
        """Rows that count and are inside."""
        return sum(r.counted and bool(r.inside) for r in self.rows)

    @property
    def inside(self) -> bool | None:
        """Whether enough rows are inside; None if none counts."""
        return self.hits >= SHARE * self.scored - ROUNDING if self.scored else None


@dataclass(frozen=True)
class Count:
    """Curves inside, curves scored, and curves not scored for a reason that is listed."""

    inside: int
    scored: int
    excused: int = 0

    @property
    def share(self) -> float | None:
        """Share inside, 0 to 1; None if no curve is scored."""
        return self.inside / self.scored if self.scored else None


def _by_change(target: Target) -> bool:
    return target.kind is Kind.CHANGE or (
        target.quantity in readout.BY_CHANGE and target.kind in {Kind.LEVEL, Kind.PEAK, Kind.RISE}
    )


def _times_over(value: float, factor: float) -> tuple[float, float]:
    return value / factor, value * factor


def _band(target: Target, published: float, largest: float) -> tuple[tuple[float, float], str]:
    """Return (lowest, highest) value that is inside, and the rule in words."""
    if _by_change(target):
        floor = FLOORS[str(target.quantity)]
        sides = (*_times_over(published, FOLD), published - floor, published + floor)
        since = (
            "since the first row" if target.kind in {Kind.LEVEL, Kind.CHANGE} else "from the resting value"
        )
        rule = f"change {since} ×/÷ {FOLD:g}, or within {floor:g} {target.plain_unit}"
        return (min(sides), max(sides)), rule
    if target.kind is Kind.TIME_OF_RECOVERY:
        return (0.0, published + PEAK_HOURS), f"back within 10 % of baseline by {published + PEAK_HOURS:g} h"
    if target.kind in {Kind.TIME_OF_PEAK, Kind.TIME_OF_NADIR}:
        return (published - PEAK_HOURS, published + PEAK_HOURS), f"within {PEAK_HOURS:g} h"
    if target.kind is Kind.GEOMETRIC_SD:
        return _times_over(published, SPREAD), f"×/÷ {SPREAD:g}"
    if target.kind is Kind.REDUCTION and target.low is not None and target.high is not None:
        return (target.low, target.high), f"{target.low:g} to {target.high:g} %"
    if target.kind in {Kind.RATIO, Kind.REDUCTION}:
        return _times_over(published, FOLD), f"×/÷ {FOLD:g}"
    if published == 0:
        limit = 3 * READING * largest
        return (0.0, limit), f"reported as 0: at most {3 * READING:.0%} of the curve's largest value"
    factor = WITHIN_LABORATORY if target.study == FITTED else BETWEEN_LABORATORIES
    return _times_over(published, factor), f"×/÷ {factor:g}"


def _numbers(target: Target, run: xr.Dataset, first: Target) -> tuple[float, float]:
    """Return (published, model) as they are compared: levels, or changes of both."""
    if target.value is None:
        raise NotReadError("the row gives no number")
    if not _by_change(target) or target.kind is Kind.RISE:
        return target.value, readout.read(target, run)
    if target.kind is Kind.PEAK:
        start = readout.baseline(target, run)
        return target.value - start, readout.read(target, run) - start
    return target.value - (first.value or 0.0), readout.change(target, run, first)


def judged(target: Target, runs: Mapping[ScenarioKey, xr.Dataset], curve: Sequence[Target]) -> Row:
    """Return one row beside the model.

    runs : the run of its experiment, at least.
    curve : all rows of its curve, in the order of the file.
    """
    key = readout.scenario(target)
    unit = target.plain_unit

    def without(reason: str, *, inside: bool | None = None) -> Row:
        return Row(target, key, target.value, None, unit, None, "", inside, reason)

    if reason := readout.why_not(target):
        return without(reason)
    if readout.absent(target):
        return without("no such quantity in the model yet", inside=False)
    assert key is not None, "only endotoxin rows are compared"
    if key not in runs:
        return without(f"no run of {key.label} was given")
    try:
        published, model = _numbers(target, runs[key], curve[0])
    except NotReadError as error:
        return without(str(error), inside=False)
    except InputError as error:
        return without(f"the run does not reach it: {error.expected}")
    accepted, rule = _band(target, published, max((t.value or 0.0) for t in curve))
    if "ng/kg" not in target.trigger and target.trigger != "saline":
        rule += f"; dose not stated, compared at {key.label}"
    if _by_change(target) and target.kind in {Kind.LEVEL, Kind.CHANGE} and target is curve[0]:
        return Row(
            target, key, published, model, unit, None, "", None, "start of its curve: changes count from here"
        )
    slack = ROUNDING * max(abs(accepted[0]), abs(accepted[1]))
    inside = accepted[0] - slack <= model <= accepted[1] + slack
    return Row(
        target,
        key,
        published,
        model,
        unit,
        accepted,
        rule,
        inside,
        "" if target.scored else f"not scored: {target.statistic}",
    )


def compare(runs: Mapping[ScenarioKey, xr.Dataset], targets: Iterable[Target]) -> list[Row]:
    """Return every row beside the model, in the order given.

    runs : a run for each experiment of `needed(targets)`; rows of one that is missing are not counted.
    """
    listed = list(targets)
    whole = curves(listed)
    return [judged(t, runs, whole[t.curve]) for t in listed]


def _variable(rows: Sequence[Row]) -> str:
    names = {name for row in rows for name in row.target.quantities}
    if len(names) == 1:
        return LABELS[names.pop()]
    return "several read-outs" if names else rows[0].target.variable.split(" max")[0]


def judged_curves(rows: Iterable[Row]) -> list[Curve]:
    """Return the rows grouped into curves, in their order."""
    table: dict[str, list[Row]] = {}
    for row in rows:
        table.setdefault(row.target.curve, []).append(row)
    return [Curve(name, _variable(part), tuple(part)) for name, part in table.items()]


def curves_inside(rows: Iterable[Row]) -> dict[str, Count]:
    """Return the count of curves under "overall", then under each variable.

    Curves whose rows are all marked as not to be scored are shown elsewhere and not counted here at all.
    """
    judged = judged_curves(rows)
    variables = dict.fromkeys(c.variable for c in judged)
    table = {"overall": _count(judged)}
    return table | {v: _count([c for c in judged if c.variable == v]) for v in variables}


def _count(judged: Sequence[Curve]) -> Count:
    marks = [c.inside for c in judged if any(r.target.scored for r in c.rows)]
    return Count(marks.count(True), len(marks) - marks.count(None), marks.count(None))
