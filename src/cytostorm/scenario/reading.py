"""From a text to a Scenario, or to everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cytostorm.errors import InputError, did_you_mean
from cytostorm.scenario.checking import Check
from cytostorm.scenario.complaints import name_of, problems_of
from cytostorm.scenario.fields import Scenario
from cytostorm.scenario.giving import fault_of
from cytostorm.scenario.places import MAX_DEPTH
from cytostorm.scenario.problems import Problem, ScenarioError, Span, plain
from cytostorm.scenario.source import Source

MAX_BYTES = 1_000_000
"""Largest scenario file, looked at before anything is read."""
_WHERE = re.compile(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def read(path: str | Path) -> Scenario:
    """Return the scenario of a TOML file.

    Raises ScenarioError with all that is wrong, or InputError if there is no such file.
    """
    return loads(text_of(path, "a scenario file (.toml)"), name=Path(path).name)


def text_of(path: str | Path, expected: str) -> str:
    """Return the text of a TOML file, within the limits.

    expected : what messages say was expected there.
    Raises ScenarioError if it is too large or no text, InputError if there is no such file.
    """
    file = Path(path)
    shown = plain(str(path))
    try:
        if file.is_dir():
            raise InputError(f"{shown!r} is a folder", expected, "name the file in it")
        if not file.is_file():
            raise InputError(f"there is no file {shown!r}", expected, _near(file))
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        size = file.stat().st_size
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(f"{shown!r} cannot be read: {reason}", expected, "check the path") from None
    _check_size(max(size, len(data)), file.name)
    return _decoded(data, file.name)


def loads(text: str, name: str = "scenario") -> Scenario:
    """Return the scenario of a TOML text.

    name : how messages call it.
    Raises ScenarioError with all that is wrong.

    >>> loads('trigger = {name = "endotoxin"}').population.patients
    1000
    """
    data, source = parsed(text, name)
    try:
        return Scenario.model_validate(data).read_from(source)
    except ValidationError as error:
        found = problems_of(error.errors(include_url=False), source)
    raise source.error(found + _further(data, found, source))


def from_values(data: dict[str, Any], source: Source | None = None) -> Scenario:
    """Return the scenario of values that were read elsewhere; raise ScenarioError as `loads` does."""
    source = source or Source()
    try:
        return Scenario.model_validate(data).read_from(source)
    except ValidationError as error:
        raise source.error(problems_of(error.errors(include_url=False), source)) from None


def _near(file: Path) -> str:
    try:
        known = sorted(p.name for p in file.parent.glob("*.toml"))[:200]
    except OSError:
        known = []
    return (
        did_you_mean(file.name, known)
        if known
        else "check the path, or write one with: cytostorm new FILE.toml"
    )


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise ScenarioError(
            [
                Problem(
                    f"the file holds {size:,} bytes",
                    f"at most {MAX_BYTES:,} bytes",
                    "keep data out of the scenario",
                )
            ],
            name,
        )


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        problem = Problem(
            "the text is not UTF-8", "text saved as UTF-8", "save it as UTF-8", Span(line, column, 1)
        )
        raise ScenarioError([problem], name) from None


def parsed(text: str, name: str) -> tuple[dict[str, Any], Source]:
    """Return the values of a TOML text, and where each stands.

    Raises ScenarioError for what is no TOML or beyond the limits.
    """
    _check_size(len(text), name)
    source = Source.of(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    if source.places.problems:
        raise source.error(source.places.problems)
    try:
        data = tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:
        raise source.error([_syntax(error, source.text)]) from None
    if not source.places.whole and _depth(data) > MAX_DEPTH:
        what = f"nesting is deeper than {MAX_DEPTH} levels"
        raise source.error([Problem(what, "plain tables and lists", "write it flat")])
    return data, source


def _syntax(error: Exception, text: str) -> Problem:
    lines = text.split("\n")
    found = _WHERE.match(str(error))
    what = plain(found.group(1) if found else "a number or a date is impossible")
    line, column = len(lines), max(1, len(lines[-1]))
    if found and found.group(2):
        line, column = min(int(found.group(2)), len(lines)), int(found.group(3))
    span = Span(line, min(column, len(lines[line - 1]) + 1), 1)
    return Problem(
        f"this is not TOML: {what[:1].lower()}{what[1:]}",
        'lines such as [trigger] or dose = "2 ng/kg"',
        "put text in quotes, close what is open, one key a line",
        span,
    )


def _depth(data: Any) -> int:
    """Return the nesting of tables and lists, without recursion."""
    deepest, waiting = 0, [(data, 0)]
    while waiting:
        item, level = waiting.pop()
        deepest = max(deepest, level)
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        waiting += [(i, level + 1) for i in inner]
    return deepest


def _further(data: dict[str, Any], found: list[Problem], source: Source) -> list[Problem]:
    """Return what else is wrong in the parts of the file that could be read."""
    kept, numbers = _without(data, found)
    partly = _in_broken_entries(data, found, source)
    try:
        scenario = Scenario.model_validate(kept).read_from(source)
    except ValidationError:
        return partly
    check = Check(scenario, numbers)
    check.run()
    return partly + check.problems


def _in_broken_entries(data: dict[str, Any], found: list[Problem], source: Source) -> list[Problem]:
    """Return what is wrong with the names in entries of [[give]] and [[rule]] left out for other faults."""
    problems = []
    told = {problem.path for problem in found}
    for top, k in sorted({path[:2] for path in told if len(path) > 1 and path[0] in ("give", "rule")}):
        entries = data[str(top)]
        fault = fault_of(entries[k]) if isinstance(entries, list) and isinstance(k, int) else None
        if fault is not None and (top, k, fault[0]) not in told:
            path, error = (top, k, fault[0]), fault[1]
            what = f"{name_of(path)}: {error.thing}"
            problems.append(source.problem(path, what, error.expected, error.remedy))
    return problems


def _without(data: dict[str, Any], found: list[Problem]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return the data without what is wrong, and which numbers the remaining list entries had."""
    bad = {problem.path[:2] for problem in found}
    tops = {path[0] for path in bad if len(path) == 1}
    below = {(path[0], upto) for path in bad if len(path) > 1 for upto in _names(path[1])}
    kept: dict[str, Any] = {}
    numbers: dict[str, list[int]] = {}
    for key, value in data.items():
        if key in tops:
            continue
        kept[key] = value
        if isinstance(value, list):
            numbers[key] = [k for k in range(len(value)) if (key, k) not in below]
            kept[key] = [value[k] for k in numbers[key]]
        elif isinstance(value, dict):
            kept[key] = {k: v for k, v in value.items() if (key, k) not in below}
    return kept, numbers


def _names(part: str | int) -> list[str | int]:
    """Return what a key may be called in the file: a dotted name may be written as nested tables.

    >>> _names("il6.half_life")
    ['il6.half_life', 'il6']
    """
    return [part, part.partition(".")[0]] if isinstance(part, str) else [part]
