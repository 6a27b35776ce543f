"""A published row beside the model: what was read, what is accepted, whether it is inside, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cytostorm import units
from cytostorm.credibility.bands import CLEARLY, Band, MakeBand
from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.people import People
from cytostorm.credibility.reading import Value
from cytostorm.errors import InputError
from cytostorm.observe.compare import ROUNDING
from cytostorm.observe.readout import NotReadError
from cytostorm.observe.targets import Target

DIFFER = 1.2
"""Factor from which on two published groups clearly differ."""


@dataclass(frozen=True)
class Row:
    """One published row and what the model says.

    published, model : numbers compared, in `unit`; None where there is none.
    accepted : (lowest, highest) value of the model that is inside; an end may be infinite.
    tolerance : the rule in words.
    inside : None if the row is not counted.
    wrong_direction : the model clearly goes the other way.
    reason : why it is not counted, or outside without a number; otherwise what readers should know.
    """

    target: Target
    experiment: str = ""
    published: float | None = None
    model: float | None = None
    unit: str = ""
    accepted: tuple[float, float] | None = None
    tolerance: str = ""
    inside: bool | None = None
    wrong_direction: bool = False
    reason: str = ""

    @property
    def counted(self) -> bool:
        """Whether it enters the count of its curve."""
        return self.target.scored and self.inside is not None


@dataclass(frozen=True)
class Unscored:
    """A row that is not compared, and why."""

    reason: str


Judge = Callable[[Target, Sequence[People]], Row]


@dataclass(frozen=True)
class Check:
    """How a row is compared: what is simulated, and what judges it."""

    experiments: tuple[Experiment, ...]
    judge: Judge


@dataclass(frozen=True)
class Contrast:
    """The group a row is set against in its study, such as survivors against the dead.

    read : the same reading in that group; published : its published number.
    """

    read: Callable[..., Value]
    published: float


def check(
    experiments: Experiment | tuple[Experiment, ...],
    read: Callable[..., Value],
    band: MakeBand,
    *,
    published: float | None = None,
    unit: str = "",
    note: str = "",
    contrast: Contrast | None = None,
) -> Check:
    """Return a check that reads one number and holds it against a band.

    read : People (one for each experiment) -> Value.
    published : the number to compare with if the row gives it as words.
    unit : of that number; empty takes the row's.
    note : what was done, for readers.
    contrast : the group whose order with this one must not be clearly reversed.
    """
    several = experiments if isinstance(experiments, tuple) else (experiments,)

    def judge(target: Target, people: Sequence[People]) -> Row:
        number = target.value if published is None else published
        label = "; ".join(e.label for e in several)
        mine = unit or row_unit(target)
        try:
            accepted = band(target, 0.0 if number is None else number)
        except AssertionError as error:
            raise InputError(
                f"row {target.id} lacks what its band needs", "n or an interval", "choose another"
            ) from error
        shown = Row(target, label, number, None, mine, (accepted.low, accepted.high), accepted.rule)
        try:
            value = read(*people)
            model = units.convert(value.number, value.unit, mine) if value.unit else value.number
            reversed_order = contrast is not None and _reversed(contrast, number, value, people)
        except NotReadError as error:
            return _outside(shown, str(error))
        except InputError as error:  # a quantity of the model in a unit that measures something else
            return _outside(shown, error.thing)
        if not np.isfinite(model):
            return _outside(shown, "the model gives no finite number")
        said = "; ".join(filter(None, (note, value.said)))
        row = _judged(shown, model, accepted, said, met=value.met)
        return replace(row, wrong_direction=True) if reversed_order else row

    return Check(several, judge)


def _reversed(contrast: Contrast, published: float | None, value: Value, people: Sequence[People]) -> bool:
    """Return whether two groups that clearly differ in the study clearly differ the other way here."""
    try:
        other = contrast.read(*people).number
    except NotReadError:
        return False
    if published is None or min(published, contrast.published, value.number, other) <= 0:
        return False
    theirs, ours = np.log(published / contrast.published), np.log(value.number / other)
    clear = abs(theirs) >= np.log(DIFFER) and abs(ours) >= np.log(CLEARLY)
    return bool(clear and np.sign(theirs) != np.sign(ours))


def _outside(row: Row, reason: str) -> Row:
    return replace(row, inside=False, reason=reason)


def _judged(row: Row, model: float, band: Band, said: str, *, met: bool) -> Row:
    slack = ROUNDING * max((abs(end) for end in (band.low, band.high) if np.isfinite(end)), default=1.0)
    return replace(
        row,
        model=model,
        inside=met and bool(band.low - slack <= model <= band.high + slack),
        wrong_direction=band.wrong is not None and bool(band.wrong[0] <= model <= band.wrong[1]),
        reason=said,
    )


PLAIN = {
    "days": "d", "ratio of medians": "1", "AUC": "1", "rho": "1", "direction": "1",
}  # fmt: skip


def row_unit(target: Target) -> str:
    """Return the unit of a row as this package knows it; "1" if it has none."""
    unit = target.plain_unit
    if "%" in unit:  # of whom, stands there too
        return "%"
    return PLAIN.get(unit, unit) or "1"
