"""What the files in library/regimens and library/protocols may say. Text is read, never evaluated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cytostorm import units
from cytostorm.model import Rule
from cytostorm.model import dose as giving
from cytostorm.model.dose import MAX_DOSES

Words = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
UNSOURCED = ("label", "recalled", "assumed")
"""Sources that are no key of references.bib; each says more in a note."""


class Table(BaseModel):
    """A table of a file: every key known, every type as written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Sourced(Table):
    """What says where it comes from.

    source : a key of references.bib, or one of UNSOURCED with a note; confidence : how it was read.
    """

    source: Words
    note: str = ""
    confidence: Literal["read", "review", "recalled", "assumed"]

    @model_validator(mode="after")
    def _says_why(self) -> Sourced:
        if self.source in UNSOURCED and not self.note:
            raise ValueError(f"source {self.source!r} needs a note")
        return self


class BandEntry(Table):
    """Another amount for those in whom `of`, such as "person.weight", is below a limit."""

    of: Words
    below: Words
    amount: Words


class Part(Table):
    """A row of equal givings; with `when`, what is given whenever that is seen from `time` on.

    rate : in place of an amount, what runs over the duration, or a setting that is held.
    within : how long after `time` a rule may give; check : how often it is looked at.
    """

    route: Name
    amount: str = ""
    rate: str = ""
    bands: Annotated[tuple[BandEntry, ...], Field(strict=False)] = ()
    most: str = ""
    time: Words = "0 h"
    duration: Words = "0 h"
    every: Words = "0 h"
    count: int = Field(1, ge=1, le=MAX_DOSES)
    when: str = ""
    within: str = ""
    check: Words = "24 h"

    @model_validator(mode="after")
    def _says_how_much(self) -> Part:
        if bool(self.amount) == bool(self.rate):
            raise ValueError("either an amount or a rate is given")
        return self

    def dose(self, drug: str, time: float) -> giving.Dose:
        """Return the dose, its first giving at a time."""
        bands = tuple(giving.Band(b.of, b.below, b.amount) for b in self.bands)
        span = giving.hours(self.duration, "duration")
        return giving.Dose(
            f"{drug}.{self.route}", self.amount or giving.amount_over(self.rate, span), time, span,
            giving.hours(self.every, "every"), self.count, bands, self.most,
        )  # fmt: skip

    def rule(self, drug: str, start: float) -> Rule:
        """Return the rule that gives it; its window counts from a start."""
        begin = start + giving.hours(self.time, "time")
        window = f"time >= {begin!r} h"
        if self.within:
            window += f" and time < {begin + giving.hours(self.within, 'within')!r} h"
        return Rule.parse(f"{window} and {self.when}", self.dose(drug, 0.0), self.check)


class GateEntry(Table):
    """What forbids a regimen: in words, and as a criterion if models may tell it."""

    words: Words
    when: str = ""

    @model_validator(mode="after")
    def _can_be_read(self) -> GateEntry:
        if self.when:
            Rule.parse(self.when)
        return self


class RegimenEntry(Sourced):
    """One way in which a drug is given. triggers : after which it is the usual one."""

    name: Words
    indication: Words
    triggers: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    give: Annotated[tuple[Part, ...], Field(strict=False, min_length=1)]
    not_if: Annotated[tuple[GateEntry, ...], Field(strict=False)] = ()


class Limit(Sourced):
    """What no order by a route should break.

    most : amounts that one giving may not exceed, any of them, by itself or per kg.
    fastest : rate that none may exceed, or setting, such as a pressure.
    interval : least time between two.
    """

    most: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    fastest: str = ""
    interval: str = ""

    @model_validator(mode="after")
    def _can_be_read(self) -> Limit:
        if not (self.most or self.fastest):
            raise ValueError("neither an amount nor a rate is limited")
        for amount in (*self.most, self.fastest or "1"):
            units.quantity(amount)
        return self

    @property
    def least_hours(self) -> float:
        """Least hours between two givings."""
        return giving.hours(self.interval or "0 h", "interval")


class DrugFile(Table):
    """One file of library/regimens."""

    drug: Name
    limit: dict[Name, Limit]
    regimen: Annotated[tuple[RegimenEntry, ...], Field(strict=False)]


class Step(Table):
    """What a protocol gives when: the set doses of a regimen, counted from the decision."""

    words: Words
    when: Words
    check: Words = "24 h"
    give: Words


class ProtocolEntry(Sourced):
    """One file of library/protocols: steps in the order a ward takes them."""

    name: Words
    triggers: Annotated[tuple[Name, ...], Field(strict=False)]
    words: Words
    step: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]
