"""What the validator found, said in the words of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cytostorm.scenario.fields import Scenario, Table
from cytostorm.scenario.places import Path
from cytostorm.scenario.problems import Problem
from cytostorm.scenario.source import Source
from cytostorm.scenario.values import FAULT, shown

Parts = tuple[str, str, str]
_KINDS = {
    "string_type": "text in quotes",
    "int_type": "a whole number, without quotes",
    "bool_type": "true or false, without quotes",
    "float_type": "a number",
    "dict_type": "a table",
    "model_type": "a table",
    "tuple_type": "a list",
}
_WORDS = (
    ("Input should be ", ""),
    ("greater than or equal to", "at least"),
    ("less than or equal to", "at most"),
    ("less than", "below"),
    ("Tuple", "list"),
    ("String", "text"),
)


def problems_of(errors: Iterable[ErrorDetails], source: Source) -> list[Problem]:
    """Return the validator's errors as problems with places."""
    found: list[tuple[ErrorDetails, Path]] = [(error, error["loc"]) for error in errors]
    extra = [path for error, path in found if error["type"] == "extra_forbidden"]
    problems = []
    for error, path in found:
        if error["type"] == "missing" and _misspelt(path, extra):
            continue
        what, expected, remedy = _say(error, path)
        at_key = error["type"] in ("extra_forbidden", "missing") or path[-1:] == ("[key]",)
        clean = tuple(part for part in path if part != "[key]")
        problems.append(source.problem(clean, what, expected, remedy, at_key=at_key))
    return problems


def _misspelt(path: Path, extra: list[Path]) -> bool:
    """Return whether a missing key is there under a name much like it."""
    known = list(fields_of(path[:-1]))
    meant = [get_close_matches(str(p[-1]), known, n=1, cutoff=0.6) for p in extra if p[:-1] == path[:-1]]
    return [str(path[-1])] in meant


def place_of(path: Path) -> str:
    """Return how people call a table of the file.

    >>> place_of(("give", 1)), place_of(("person",)), place_of(())
    ('[[give]] number 2', '[person]', 'the file')
    """
    if not path:
        return "the file"
    if len(path) > 1 and isinstance(path[1], int):
        return f"[[{path[0]}]] number {path[1] + 1}"
    if path[0] in ("give", "rule"):
        return f"[[{path[0]}]]"
    return f"[{path[0]}]"


def name_of(path: Path) -> str:
    """Return how people call a value of the file: key and table.

    >>> name_of(("give", 0, "amount")), name_of(("output", "quantities", 2)), name_of(("title",))
    ('amount in [[give]] number 1', 'quantities, item 3, in [output]', 'title')
    """
    head: Path = path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]
    rest = path[len(head) :]
    if not rest:
        top = Scenario.model_fields.get(str(path[0])) if path else None
        table = top is None or len(head) > 1 or _table(top) is not None or path[0] in ("person", "parameters")
        return place_of(path) if table else str(path[0])
    words = ", item ".join(str(p + 1) if isinstance(p, int) else str(p)[:60] for p in rest)
    return f"{words}{',' if ', item ' in words else ''} in {place_of(head)}"


def fields_of(path: Path) -> dict[str, FieldInfo]:
    """Return the fields a table of the file may have."""
    table: type[BaseModel] | None = Scenario
    for part in path:
        if isinstance(part, str) and table is not None:
            field = table.model_fields.get(part)
            table = _table(field) if field is not None else None
    return dict(table.model_fields) if table is not None else {}


def _table(field: FieldInfo) -> type[Table] | None:
    todo = [field.annotation]
    while todo:
        kind = todo.pop(0)
        if isinstance(kind, type) and issubclass(kind, Table):
            return kind
        todo += get_args(kind)
    return None


def _say(error: ErrorDetails, path: Path) -> Parts:
    kind = error["type"]
    if kind in _KINDS:
        return _wrong_kind(error, path)
    said: Callable[[ErrorDetails, Path], Parts] | None = _SAYINGS.get(kind)
    if said is not None:
        return said(error, path)
    return _range(error, path)


def _unknown(_: ErrorDetails, path: Path) -> Parts:
    name, known = str(path[-1]), list(fields_of(path[:-1]))
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    remedy = f"did you mean {near[0]!r}?" if near else _elsewhere(name) or "delete it"
    return f"unknown field {shown(name)} in {place_of(path[:-1])}", "one of " + ", ".join(known), remedy


def _elsewhere(name: str) -> str:
    """Return where a field belongs that stands in the wrong place; empty if nowhere."""
    tables = [key for key in fields_of(()) if name in fields_of((key,))]
    return f"it belongs under [{tables[0]}]" if len(tables) == 1 else ""


def _missing(_: ErrorDetails, path: Path) -> Parts:
    name = str(path[-1])
    field = fields_of(path[:-1])[name]
    if _table(field) is not None:
        return f"[{name}] is missing", field.description or "", f'add [{name}] with name = "endotoxin"'
    example = (field.examples or ["..."])[0]
    return (
        f"{name!r} is missing in {place_of(path[:-1])}",
        field.description or "",
        f'add {name} = "{example}"',
    )


def _told(error: ErrorDetails, path: Path) -> Parts:
    parts = error.get("ctx", {})
    what = name_of(tuple(part for part in path if part != "[key]"))
    return (
        f"{what}: {parts.get('thing', error['msg'])}",
        str(parts.get("expected", "")),
        str(parts.get("remedy", "")),
    )


def _wrong_kind(error: ErrorDetails, path: Path) -> Parts:
    value, expected = error["input"], _KINDS[error["type"]]
    remedy = f"write {expected}"
    if error["type"] == "tuple_type" and path[:1] in (("give",), ("rule",)):
        expected, remedy = f"[[{path[0]}]] in double brackets", f"write [[{path[0]}]] before each"
    elif error["type"] == "int_type" and isinstance(value, float):
        return f"{name_of(path)} is {shown(value)}", "a whole number", "write such as 200"
    elif error["type"] == "tuple_type":
        remedy = 'write such as ["il6", "crp"]'
    elif expected == "a table":
        remedy = f"write the line {place_of(path)} and the keys below it"
    return f"{name_of(path)} is {shown(value)}, which is {_kind_of(value)}", expected, remedy


def _kind_of(value: Any) -> str:
    kinds = {
        bool: "true or false",
        str: "text",
        dict: "a table",
        list: "a list",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(value), "a date or time")


def _format(error: ErrorDetails, path: Path) -> Parts:
    return f"{name_of(path)} is {shown(error['input'])}", "1", "update cytostorm, or write format = 1"


def _range(error: ErrorDetails, path: Path) -> Parts:
    """Return what is beyond a limit; pydantic's own sentence says which."""
    sentence = error["msg"]
    for theirs, ours in _WORDS:
        sentence = sentence.replace(theirs, ours)
    value = error["input"]
    seen = f"is {shown(value)}" if isinstance(value, (int, float)) else "has the wrong length"
    return f"{name_of(path)} {seen}", sentence[:1].lower() + sentence[1:], "choose a value within the limits"


_SAYINGS: dict[str, Callable[[ErrorDetails, Path], Parts]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    FAULT: _told,
    "literal_error": _format,
}
