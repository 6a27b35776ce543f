"""An answer to "why": a tree of causes that reads aloud."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

SHOWN = 1.05
"""Fold change from which on a factor is told."""
BEYOND = 1e6
"""Fold change from which on the number says nothing."""


@dataclass(frozen=True)
class Influence:
    """What one quantity upstream does to a factor.

    name : of a species, an input, or the module of a plug; now, rest : its values, in `unit`.
    fold : the factor now over what it would be if this alone were as at rest; infinite if it would be 0.
    """

    name: str
    label: str
    unit: str
    now: float
    rest: float
    fold: float

    def text(self) -> str:
        """Return it as a few words: "TNF in plasma ×12"."""
        if self.fold >= BEYOND:
            return f"nothing without {self.label}"
        return f"{self.label} {folds(self.fold)}"


@dataclass(frozen=True)
class Factor:
    """One of what multiplies to a process's rate.

    label : what it is; now, rest : its values, in `unit`, or in coherent units if it has no
    name and "" is the unit; by : what changed it, strongest first.
    """

    label: str
    unit: str
    now: float
    rest: float
    by: tuple[Influence, ...]

    @property
    def fold(self) -> float:
        """Value now over that at rest; infinite if there was nothing at rest."""
        return ratio(self.now, self.rest)

    @property
    def told(self) -> bool:
        """Whether it changed enough to be worth a word."""
        return not 1 / SHOWN < self.fold < SHOWN or any(not 1 / SHOWN < i.fold < SHOWN for i in self.by)

    def text(self) -> str:
        """Return it as a line: "amplification ×31 (TNF in plasma ×31)"."""
        grown = folds(self.fold)
        if math.isinf(self.fold):
            level = f"{self.now:.3g} {self.unit}".removesuffix(" 1")
            grown = f"from nothing to {level}" if self.unit else "from nothing"
        what = f"{self.label} {grown}"
        told = [i for i in self.by if not 1 / SHOWN < i.fold < SHOWN and i.label != self.label]
        return what + (f" ({', '.join(i.text() for i in told)})" if told else "")


@dataclass(frozen=True)
class Cause:
    """What one process does to the quantity.

    module, process : who, and by what; contribution : what it adds beyond what it added at rest, per hour or
    over the window; share : that over the sum of all sizes; now, rest : what it adds in all, now and at rest.
    factors : what made its rate what it is.
    """

    module: str
    process: str
    contribution: float
    share: float
    now: float
    rest: float
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Reasons:
    """Why a quantity rises or falls.

    name, label, unit : of the quantity; at : hours from the trigger; value : at that time, in `unit`.
    window : hours before `at` over which the change is explained; 0 for the rate at that moment.
    change : in `unit` over the window, or in `unit`/h; causes : strongest first; they add up to `change`.
    """

    name: str
    label: str
    unit: str
    at: float
    window: float
    value: float
    change: float
    causes: tuple[Cause, ...]

    @property
    def per(self) -> str:
        """Unit of the change and of contributions."""
        unit = "" if self.unit == "1" else self.unit
        return unit if self.window else f"{unit}/h" if unit else "1/h"

    def as_dict(self) -> dict[str, Any]:
        """Return it as nested dictionaries, for JSON."""
        return asdict(self) | {"per": self.per}

    def text(self, most: int = 6) -> str:
        """Return it as lines; of the causes the strongest `most`."""
        return "\n".join(self._lines(most))

    def _lines(self, most: int) -> Iterator[str]:
        unit = "" if self.unit == "1" else f" {self.unit}"
        verb = "rising" if self.change > 0 else "falling"
        if self.window:
            moved = "rose" if self.change > 0 else "fell"
            what = f"{moved} by {abs(self.change):.3g} {self.per} over {self.window:g} h".replace("  ", " ")
        else:
            what = f"{verb} by {abs(self.change):.3g} {self.per}"
        yield f"{self.label} ({self.name}) at {self.at:g} h: {self.value:.4g}{unit}, {what}"
        for cause in self.causes[:most]:
            more = ""
            if abs(cause.rest) > 0.05 * abs(cause.now):
                more = f" ({signed(cause.now)} now, {signed(cause.rest)} at rest)"
            who = f"{cause.module}: {cause.process}" if cause.module else cause.process
            yield f"  {signed(cause.contribution):>9} {self.per}  {cause.share:4.0%}  {who}{more}"
            yield from (f"{'':24}{factor.text()}" for factor in cause.factors if factor.told)
        left = self.causes[most:]
        if left:
            rest = signed(sum(c.contribution for c in left))
            yield f"  {rest:>9} {self.per}  by {len(left)} other{'s' if len(left) > 1 else ''}"
        if any(
            "×" in factor.text() for cause in self.causes[:most] for factor in cause.factors if factor.told
        ):
            yield "×2: twice what it would be at rest, before the trigger"


def ratio(now: float, rest: float) -> float:
    """Return now over rest; infinite if there was nothing, 1 if there is nothing either.

    >>> ratio(3.0, 2.0), ratio(0.0, 0.0), ratio(1.0, 0.0)
    (1.5, 1.0, inf)
    """
    if now == rest:
        return 1.0
    return now / rest if rest else math.inf


def folds(fold: float) -> str:
    """Return a fold change as people write it.

    >>> folds(12.04), folds(0.4), folds(1234.5)
    ('×12', '×0.4', '×1,234')
    """
    if fold >= BEYOND:
        return "from next to nothing"
    return f"×{fold:.3g}" if abs(fold) < 1e3 else f"×{fold:,.0f}"


def signed(value: float) -> str:
    """Return a number with its sign.

    >>> signed(520.4), signed(-0.01234)
    ('+520', '-0.0123')
    """
    return f"{value:+.3g}" if abs(value) < 1e3 else f"{value:+,.0f}"
