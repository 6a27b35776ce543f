"""The values a scenario may hold: numbers with units, times, names. Each is read, never evaluated."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from cytostorm import units
from cytostorm.errors import CytostormError, InputError
from cytostorm.model import Rule
from cytostorm.model.dose import hours
from cytostorm.model.quantity import NAME

T = TypeVar("T")
FAULT = "cytostorm"
"""Type of the validation errors that carry an error of the package."""
MAX_NOTE = 10_000
MAX_HOURS = 1_000_000_000


def fault(thing: str, expected: str, remedy: str) -> PydanticCustomError:
    """Return a mistake in three parts in the form that pydantic collects."""
    return PydanticCustomError(FAULT, "{thing}", {"thing": thing, "expected": expected, "remedy": remedy})


def _told(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Return a reader whose errors are collected with all others of the file."""

    def reader(value: Any) -> T:
        try:
            return read(value)
        except CytostormError as error:
            raise fault(error.thing, error.expected, error.remedy) from None

    return reader


def is_number(value: Any) -> bool:
    """Return whether a value is a number and not true or false."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shown(value: Any) -> str:
    """Return a value for a message, short."""
    text = "true" if value is True else "false" if value is False else repr(value)
    return text if len(text) <= 40 else text[:40] + "..."


def _finite(value: float) -> float:
    try:
        good = math.isfinite(value) and abs(value) < 1e300
    except OverflowError:
        good = False
    if not good:
        raise InputError(f"{shown(value)} is not a finite number", "a finite number", "write a plain number")
    if value < 0:
        raise InputError(f"{shown(value)} is negative", "zero or more", "turn the sign")
    return value


def _text_with_number(value: Any, kind: str) -> float | None:
    """Return the number in the text; None if the value is a number already."""
    if is_number(value):
        _finite(value)
        return None
    if not isinstance(value, str):
        raise InputError(
            f"{shown(value)} is no {kind}", f"a {kind}", 'write text such as "2 ng/kg" or a number'
        )
    number, _ = units.quantity(value)
    if number < 0:
        raise InputError(f"{shown(value)} is negative", "zero or more", "turn the sign")
    return number


@_told
def _value(value: Any) -> Any:
    _text_with_number(value, "number with a unit")
    return value


@_told
def _amount(value: Any) -> Any:
    number = _text_with_number(value, "amount with a unit")
    if number is None or not units.quantity(value)[1]:
        raise InputError(
            f"{shown(value)} has no unit",
            "an amount with a unit, also per kg",
            f'write such as "{value} mg/kg"',
        )
    return value


@_told
def _time(value: Any) -> Any:
    if isinstance(value, str):
        number, unit = units.quantity(value)
        if not unit and number != 0:
            raise InputError(
                f"{shown(value)} has no unit", "a time with h, min or d", f'write "{number:g} h"'
            )
        if not unit:
            return 0.0
    elif is_number(value):
        _finite(value)
    else:
        raise InputError(f"{shown(value)} is no time", 'text such as "24 h", or hours', 'write "24 h"')
    if (units.quantity(value)[0] if isinstance(value, str) else value) >= MAX_HOURS:
        raise InputError(f"{shown(value)} is too long", f"less than {MAX_HOURS:,} h", "choose a shorter time")
    hours(value, "time")
    return value


@_told
def _positive_time(value: Any) -> Any:
    _time(value)
    if hours(value, "time") <= 0:
        raise InputError(f"{shown(value)} is no time span", "more than 0 h", 'write such as "24 h"')
    return value


@_told
def _folder(value: str) -> str:
    parts = value.replace("\\", "/").split("/")
    if value.startswith(("/", "~")) or ":" in value or ".." in parts or not value.isprintable():
        raise InputError(
            f"folder {shown(value)} leads elsewhere",
            "a folder below the current one",
            "use --out for other places",
        )
    return value


@_told
def _condition(value: str) -> str:
    Rule.parse(value)
    return value


@_told
def _name(value: str) -> str:
    if not NAME.match(value):
        raise InputError(
            f"{shown(value)} is no name", "lower-case letters, digits and _", "see cytostorm list"
        )
    return value


Value = Annotated[str | int | float, BeforeValidator(_value)]
"""A number with a unit as text, or a number in the declared unit; zero or more."""
Amount = Annotated[str, BeforeValidator(_amount)]
"""What is given: text with a unit."""
Time = Annotated[str | int | float, BeforeValidator(_time)]
"""Text with a unit of time, or hours; zero or more."""
Span = Annotated[str | int | float, BeforeValidator(_positive_time)]
"""A time above zero."""
Name = Annotated[str, AfterValidator(_name), Field(json_schema_extra={"pattern": NAME.pattern})]
"""Name of a mechanism, a route or a covariate."""
Condition = Annotated[str, StringConstraints(min_length=1, max_length=1000), AfterValidator(_condition)]
"""When a rule gives: conditions on what is measured, and how often."""
Note = Annotated[str, StringConstraints(max_length=MAX_NOTE)]
"""Free text."""
Folder = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_folder)]
"""Folder below the current one."""
