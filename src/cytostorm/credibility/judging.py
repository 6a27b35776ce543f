"""A published row beside the model: what was read, what is accepted, whether it is inside, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

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
    contrast : (published, model) ratio to the group of the same study it is set against; None without one.
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
    contrast: tuple[float, float] | None = None
    reason: str = ""

    @property
    def counted(self) -> bool:
        """Whether it enters the count of its curve."""
        return self.target.scored and self.inside is not None


@dataclass(frozen=True)
class Unscored:
    """A row that is not compared, and why; treated if it is about people who were given drugs."""

    reason: str
    treated: bool = False


Judge = Callable[[Target, Sequence[People]], Row]


@dataclass(frozen=True)
class Check:
    """How a row is compared: what is simulated, and what judges it."""

    experiments: tuple[Experiment, ...]
    judge: Judge

    @property
    def treated(self) -> bool:
        """Whether drugs are given in any of its experiments."""
        return any(e.drugs for e in self.experiments)


@dataclass(frozen=True)
class Contrast:
    """The group a row is set against in its study, such as survivors against the dead.

    read : the same reading in that group; published : its published number; who : the group, in words.
    """

    read: Callable[..., Value]
    published: float
    who: str


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
            ratios = None if contrast is None else _ratios(contrast, number, value, people)
        except NotReadError as error:
            return _outside(shown, str(error))
        except InputError as error:  # a quantity of the model in a unit that measures something else
            return _outside(shown, error.thing)
        if not np.isfinite(model):
            return _outside(shown, "the model gives no finite number")
        said = [note, value.said]
        if ratios is not None:
            said.append(
                f"over {contrast.who if contrast else ''}: {ratios[1]:.3g}, published {ratios[0]:.3g}"
            )
        row = _judged(shown, model, accepted, "; ".join(filter(None, said)), met=value.met)
        return replace(
            row, contrast=ratios, wrong_direction=row.wrong_direction or order(ratios) is Order.REVERSED
        )

    return Check(several, judge)


def _ratios(
    contrast: Contrast, published: float | None, value: Value, people: Sequence[People]
) -> tuple[float, float] | None:
    """Return the published and the model's ratio of two groups; None if they have none."""
    try:
        other = contrast.read(*people).number
    except NotReadError:
        return None
    if published is None or min(published, contrast.published, value.number, other) <= 0:
        return None
    return published / contrast.published, value.number / other


class Order(Enum):
    """Whether two groups of a study lie the same way in the model."""

    UNCLEAR = "the study has no clear difference"
    KEPT = "the same order"
    LOST = "no clear difference in the model"
    REVERSED = "the other order"


def order(ratios: tuple[float, float] | None) -> Order:
    """Return how the order of two groups compares, from their published and their model's ratio.

    >>> order((3.0, 1.05)), order((0.5, 1.5)), order((1.1, 0.2))
    (<Order.LOST: ...>, <Order.REVERSED: ...>, <Order.UNCLEAR: ...>)
    """
    if ratios is None or abs(np.log(ratios[0])) < np.log(DIFFER):
        return Order.UNCLEAR
    if abs(np.log(ratios[1])) < np.log(CLEARLY):
        return Order.LOST
    return Order.KEPT if np.sign(np.log(ratios[0])) == np.sign(np.log(ratios[1])) else Order.REVERSED


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
