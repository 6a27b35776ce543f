"""What a scenario file may say: the one definition behind the reader, the JSON Schema and the docs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

from cytostorm.model import Dose, Regimen, Rule
from cytostorm.model.dose import MAX_DOSES, hours
from cytostorm.scenario.source import Source
from cytostorm.scenario.values import Amount, Condition, Folder, Name, Note, Span, Time, Value, fault, shown

MAX_GIVE = 1000
MAX_RULES = 100
BY_NAME = ("regimen", "protocol")
"""Keys of an entry of [[give]] that is given by name."""


class Table(BaseModel):
    """A table of the file: every key known, every type as written, nothing changed later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
    where: ClassVar[str] = ""


class Trigger(Table):
    """What starts it all. Every other key is a parameter of the trigger, such as its dose."""

    model_config = ConfigDict(extra="allow")
    where = "[trigger]"
    __pydantic_extra__: dict[str, Value]

    name: Name = Field(description="name of the trigger; see cytostorm list", examples=["endotoxin"])
    severity: Name | None = Field(
        None,
        description="how bad it is, if the trigger knows several; see cytostorm list",
        examples=["storm"],
    )

    @property
    def parameters(self) -> dict[str, str | float]:
        """Parameters of the trigger that are set, by short name."""
        return dict(self.__pydantic_extra__)


class Further(Table):
    """What the model holds beside what the trigger brings."""

    where = "[model]"

    include: Annotated[tuple[Name, ...], Field(strict=False)] = Field(
        (),
        max_length=MAX_RULES,
        description="names of further mechanisms, your own too; what reads them comes by itself",
        examples=[["mcp1"]],
    )


class Population(Table):
    """Who is simulated."""

    where = "[population]"

    patients: int = Field(1000, ge=1, le=1_000_000, description="number of virtual patients")
    seed: int = Field(
        0, ge=0, lt=2**63, description="start of the random numbers; the same seed gives the same people"
    )
    vary: bool = Field(default=True, description="false makes everyone the typical person")


class Giving(Table):
    """What is given, and by which way."""

    what: Name = Field(description="drug, support or trigger; see cytostorm list", examples=["endotoxin"])
    route: Name | None = Field(None, description="way in; needed only if there are several", examples=["iv"])
    amount: Amount = Field(description="amount of one giving, with a unit, also per kg", examples=["1 ng/kg"])
    duration: Time = Field(
        0.0, description="each giving is spread evenly over this; 0 is a bolus", examples=["1 h"]
    )


class Give(Giving):
    """A dose at a set time, or a row of equal ones."""

    where = "[[give]]"

    time: Time = Field(0.0, description="first giving, counted from the trigger", examples=["24 h"])
    every: Span | None = Field(None, description="interval between givings", examples=["8 h"])
    count: int | None = Field(None, ge=1, le=MAX_DOSES, description="number of givings; needs every")
    until: Time | None = Field(
        None, description="last moment a giving may start; needs every", examples=["72 h"]
    )

    @model_validator(mode="after")
    def _repeats(self) -> Give:
        if self.every is None and (self.until is not None or (self.count or 1) > 1):
            raise fault("repeated giving has no interval", "every, with count or until", 'add every = "24 h"')
        if self.every is not None and self.until is None and self.count is None:
            raise fault("giving with an interval has no end", "count or until beside every", "add count = 3")
        if self.until is not None and self.count is not None:
            raise fault("giving has both count and until", "one of the two", "delete one of them")
        if self.until is not None and hours(self.until, "until") < hours(self.time, "time"):
            raise fault("until is before the first giving", "until at or after time", "give a later until")
        if not 1 <= self.times <= MAX_DOSES:
            raise fault(f"giving is repeated {self.times:,} times", f"at most {MAX_DOSES:,}", "stop earlier")
        return self

    @property
    def times(self) -> int:
        """Number of givings."""
        if self.until is None or self.every is None:
            return self.count or 1
        span = hours(self.until, "until") - hours(self.time, "time")
        return 1 + int(min(span / hours(self.every, "every") + 1e-9, MAX_DOSES))

    def dose(self, route: str) -> Dose:
        """Return the dose by a route "module.route"; the time is in hours."""
        return Dose(
            route,
            self.amount,
            time=hours(self.time, "time"),
            duration=hours(self.duration, "duration"),
            every=hours(self.every, "every") if self.every is not None and self.times > 1 else 0.0,
            count=self.times,
        )


class GiveByName(Table):
    """A regimen or a protocol by name."""

    where = "[[give]]"

    regimen: Note | None = Field(
        None,
        description="a regimen by name; see cytostorm list regimen",
        examples=["tocilizumab, CAR-T CRS label"],
    )
    protocol: Note | None = Field(
        None, description="a protocol by name; see cytostorm list protocol", examples=["CAR-T CRS"]
    )
    time: Time = Field(0.0, description="when it starts, counted from the trigger", examples=["4 d"])

    @model_validator(mode="before")
    @classmethod
    def _says_itself(cls, data: Any) -> Any:
        if isinstance(data, dict):
            chosen = [key for key in BY_NAME if data.get(key) is not None]
            more = [key for key in data if key not in cls.model_fields]
            if more:
                raise fault(
                    f"{shown(more[0])} cannot stand beside a {chosen[0]}, which says itself what is given",
                    f"{chosen[0]} and time alone",
                    f"delete {more[0]}, or write what, amount and the rest without {chosen[0]}",
                )
            if len(chosen) > 1:
                raise fault("both a regimen and a protocol are named", "one of the two", "write two [[give]]")
        return data

    @property
    def key(self) -> str:
        """Which of the two it is."""
        return "regimen" if self.regimen is not None else "protocol"

    def plan(self) -> Regimen:
        """Return what is given; raise InputError if there is nothing of that name."""
        from cytostorm.formulary import protocol, regimen

        start = hours(self.time, "time")
        return (
            regimen(self.regimen, start) if self.regimen is not None else protocol(self.protocol or "", start)
        )


def _by_name_or_not(value: Any, _: Any) -> Any:
    """Return an entry of [[give]] as the one or the other kind."""
    if isinstance(value, (Give, GiveByName)):
        return value
    named = isinstance(value, dict) and any(value.get(key) is not None for key in BY_NAME)
    return (GiveByName if named else Give).model_validate(value)


class RuleEntry(Giving):
    """A dose given when something is seen."""

    where = "[[rule]]"

    when: Condition = Field(
        description="conditions on what is measured, or on the time, and how often it is given",
        examples=[
            "crp > 75 mg/L for 24 h, then once",
            "temperature >= 38 degC, then at most 4, repeat after 8 h",
            "time >= 3 d and not on_ventilator, then once",
        ],
    )
    check: Span = Field("24 h", description="interval at which it is looked at", examples=["24 h"])

    def rule(self, route: str) -> Rule:
        """Return the rule that gives by a route "module.route"."""
        dose = Dose(route, self.amount, duration=hours(self.duration, "duration"))
        return Rule.parse(self.when, dose, check=self.check)


class Output(Table):
    """What is kept of the run."""

    where = "[output]"

    hours: Span | None = Field(None, description="length of the run, from the trigger", examples=["48 h"])
    step: Span | None = Field(None, description="time between points", examples=["0.1 h"])
    quantities: Annotated[tuple[str, ...], Field(strict=False)] | None = Field(
        None, min_length=1, max_length=500, description="what is kept; all labs and scores if left out"
    )
    folder: Folder | None = Field(None, description="where the report goes, below the current folder")


def _flat(value: Any) -> Any:
    """Return dotted keys joined: il6.half_life and "il6.half_life" are one name."""
    if not isinstance(value, dict):
        return value
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        below = {f"{key}.{k}": v for k, v in inner.items()} if isinstance(inner, dict) else {key: inner}
        for name, item in below.items():
            if name in flat:
                raise fault(f"{shown(name)} is given twice", "each parameter once", "delete one of the two")
            flat[name] = item
    return flat


_VALUE = {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 0}]}
Parameters = Annotated[
    dict[str, Value],
    BeforeValidator(_flat),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [*_VALUE["anyOf"], {"type": "object", "additionalProperties": _VALUE}]
            },
        }
    ),
]


class Scenario(Table):
    """One scenario of cytostorm: what starts, who is struck, what is given, what is kept."""

    where = "the file"

    format: Literal[1] = Field(1, description="version of this format")
    title: Note = Field("", description="a title for people")
    description: Note = Field("", description="what it is about, for people")
    trigger: Trigger = Field(description="what starts it all")
    model: Further = Field(
        default_factory=Further, description="what the model holds beside what the trigger brings"
    )
    person: dict[Name, Value] = Field(
        default_factory=dict,
        description="covariates that everyone has in common",
        examples=[{"weight": "80 kg"}],
    )
    population: Population = Field(default_factory=Population, description="who is simulated")
    parameters: Parameters = Field(
        default_factory=dict, description="any number of the model", examples=[{"il6.half_life": "25 min"}]
    )
    give: Annotated[
        tuple[Annotated[Give | GiveByName, WrapValidator(_by_name_or_not)], ...], Field(strict=False)
    ] = Field((), max_length=MAX_GIVE, description="what is given")
    rule: Annotated[tuple[RuleEntry, ...], Field(strict=False)] = Field(
        (), max_length=MAX_RULES, description="what is given when something is seen"
    )
    unsafe: bool = Field(
        default=False, description="give also what breaks the limits of a drug; the report says what did"
    )
    output: Output = Field(default_factory=Output, description="what is kept")
    _source: Source = PrivateAttr(default_factory=Source)

    @property
    def source(self) -> Source:
        """The text it was read from."""
        return self._source

    def read_from(self, source: Source) -> Scenario:
        """Return the same scenario that knows its text, so that later errors name the line."""
        copy = self.model_copy()
        copy._source = source  # noqa: SLF001 - a copy of our own
        return copy
