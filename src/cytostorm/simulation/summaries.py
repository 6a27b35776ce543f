"""What is gathered of a patient while the simulation runs, so that no trajectory need be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model import Comparison, Model, Rule
from cytostorm.model.quantity import Quantity
from cytostorm.model.rule import limit_of
from cytostorm.simulation.look import Seen

Array = NDArray[np.float64]

EXTREMES = {"peak": "max", "trough": "min"}
PLAIN = {
    "peak": "peak",
    "time of peak": "peak",
    "trough": "trough",
    "time of trough": "trough",
    "area": "area",
    "final": "final",
}
"""Words before a quantity, and what is gathered for them."""
SIDES = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
"""How relations are called in names."""
COMPARED = {"time": "above", "first": "first"}
"""Words before a comparison."""
WANTED = (
    "'peak Q', 'time of peak Q', 'trough Q', 'time of trough Q', 'area Q', 'final Q', "
    "'time Q > 1 unit' or 'first Q > 1 unit'"
)


@dataclass(frozen=True)
class Summary:
    """One number per patient: "peak il6", "time of peak il6", "area hazard", "time crp > 75 mg/L".

    word : what is wanted; quantity : of what; comparison : for "time" (hours for which it holds) and "first"
    (hour from which it holds first, NaN if never).

    >>> Summary.parse("time crp > 75 mg/L").name
    'time_crp_above_75'
    """

    word: str
    quantity: str
    comparison: Comparison | None = None

    @classmethod
    def parse(cls, text: str) -> Summary:
        """Read a summary; raise InputError with what could not be read."""
        words = str(text).split()
        for length in (3, 1):
            word, rest = " ".join(words[:length]), words[length:]
            if word in PLAIN and len(rest) == 1:
                return cls(word, rest[0])
            if word in COMPARED and len(rest) > 1:
                rule = Rule.parse(" ".join(rest))
                condition = rule.when[0]
                if isinstance(condition, Comparison) and rule == Rule((condition,)):
                    return cls(word, condition.quantity, condition)
        raise InputError(
            f"summary {str(text)[:60]!r} cannot be read", f"one of {WANTED}", "such as 'peak il6'"
        )

    def text(self) -> str:
        """Return it as `parse` reads it."""
        return f"{self.word} {self.comparison.text() if self.comparison else self.quantity}"

    @property
    def name(self) -> str:
        """A name for the variable that holds it."""
        what = self.quantity.replace(".", "_")
        if self.comparison is not None:
            what += f"_{SIDES[self.comparison.relation]}_{self.comparison.value:g}"
        return f"{self.word.replace(' ', '_')}_{what}"


@dataclass(frozen=True)
class Sum:
    """What the engine gathers: `kind` of the seen quantity in `column`, from number `start` on.

    kind : max and min (value, time), area, above and below (hours), first and first_below (time), final.
    limit : for those that compare, in the unit in which the quantity is seen.
    strict : whether the limit itself does not count.
    """

    kind: str
    column: int
    start: int
    limit: float = 0.0
    strict: bool = True

    @property
    def size(self) -> int:
        """Numbers that it keeps."""
        return 2 if self.kind in ("max", "min") else 1

    @property
    def empty(self) -> tuple[float, ...]:
        """Its numbers before anything is seen."""
        if self.kind in ("max", "min"):
            return (-np.inf if self.kind == "max" else np.inf, np.nan)
        return (np.nan,) if self.kind in ("first", "first_below", "final") else (0.0,)


@dataclass(frozen=True)
class Noted:
    """What an engine needs to know: quantities looked at in each step, and what is gathered of them."""

    seen: tuple[Seen, ...] = ()
    sums: tuple[Sum, ...] = ()


NOTHING = Noted()


@dataclass(frozen=True)
class Gathering:
    """All summaries of a run: what is looked at, what is gathered of it, where each summary is found.

    quantities : of the columns; sums : without doubles; places : number of each summary.
    """

    summaries: tuple[Summary, ...]
    quantities: tuple[Quantity, ...]
    sums: tuple[Sum, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, model: Model, texts: Sequence[str]) -> Gathering:
        """Return what the summaries need; raise InputError for what the model does not have."""
        if isinstance(texts, str):
            raise InputError(f"summaries are {texts!r}, one text", "a list of texts", f"write [{texts!r}]")
        summaries = tuple(Summary.parse(text) for text in texts)
        _refuse_doubles(summaries)
        quantities: list[Quantity] = []
        sums: dict[tuple[str, int, float, bool], Sum] = {}
        places = []
        size = 0
        for summary in summaries:
            quantity = _quantity(model, summary)
            if quantity not in quantities:
                quantities.append(quantity)
            kind, limit = _kind(summary, quantity)
            strict = summary.comparison is None or "=" not in summary.comparison.relation
            key = (kind, quantities.index(quantity), limit, strict)
            if key not in sums:
                sums[key] = Sum(kind, key[1], size, limit, strict)
                size += sums[key].size
            places.append(sums[key].start + summary.word.startswith("time of"))
        return cls(summaries, tuple(quantities), tuple(sums.values()), tuple(places))

    @property
    def noted(self) -> Noted:
        """The same, as an engine needs it."""
        return Noted(tuple(Seen(str(q.name), q.factor) for q in self.quantities), self.sums)

    def empty(self, patients: int) -> Array:
        """Return the numbers (patient, number) before anything is seen."""
        row = [x for s in self.sums for x in s.empty]
        return np.tile(np.array(row, float), (patients, 1))

    def sound(self, numbers: Array) -> NDArray[np.bool_]:
        """Return whose numbers (patient, number) are finite; a "first" that never came may be missing."""
        chosen = [s.start + k for s in self.sums if not s.kind.startswith("first") for k in range(s.size)]
        firsts = [s.start for s in self.sums if s.kind.startswith("first")]
        finite = np.isfinite(numbers[:, chosen]).all(axis=1)
        return np.asarray(finite & ~np.isinf(numbers[:, firsts]).any(axis=1))

    def unit(self, k: int) -> str:
        """Return the unit of a summary."""
        summary = self.summaries[k]
        unit = self.quantities[self.sums_of(k).column].unit
        if summary.word == "area":
            return "h" if unit == "1" else f"{unit}*h"
        return "h" if summary.word in ("time", "first", "time of peak", "time of trough") else unit

    def sums_of(self, k: int) -> Sum:
        """Return what a summary is gathered by."""
        return next(s for s in self.sums if s.start <= self.places[k] < s.start + s.size)


def _refuse_doubles(summaries: Sequence[Summary]) -> None:
    """Raise InputError if two summaries have one name: one would hide the other."""
    known: dict[str, Summary] = {}
    for summary in summaries:
        other = known.setdefault(summary.name, summary)
        if other is not summary:
            raise InputError(
                f"summaries {other.text()!r} and {summary.text()!r} would both be called {summary.name!r}",
                "each summary once",
                "leave one out, or write both limits in one unit",
            )


def _quantity(model: Model, summary: Summary) -> Quantity:
    """Return what a summary is of; raise InputError if it cannot be, or its limit is in another unit."""
    quantity, limit = model.quantity(summary.quantity), summary.comparison
    if quantity.kind not in ("observable", "lab", "score", "species"):
        raise InputError(
            f"summary {summary.text()!r} is of a {quantity.kind}", "a lab, score, read-out or species",
            "see cytostorm list",
        )  # fmt: skip
    if limit is not None and units.dimension(limit.unit) != quantity.dimension:
        raise InputError(
            f"summary {summary.text()!r} compares what is measured in {quantity.unit!r}",
            f"a limit in {quantity.unit!r} or alike" if quantity.dimension else "a number without unit",
            f"write such as {summary.word} {replace(limit, unit=quantity.unit).text()}",
        )
    return quantity


def _kind(summary: Summary, quantity: Quantity) -> tuple[str, float]:
    if summary.comparison is None:
        kind = PLAIN[summary.word]
        return EXTREMES.get(kind, kind), 0.0
    below = summary.comparison.relation.startswith("<")
    kind = (
        ("below" if below else "above") if summary.word == "time" else ("first_below" if below else "first")
    )
    return kind, limit_of(summary.comparison) / quantity.factor
