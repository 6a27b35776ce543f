"""A JSON file from anywhere, opened with limits: its size, its depth, and no key twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cytostorm.errors import InputError

MAX_BYTES = 300_000_000
"""Largest file read: about 300 000 observations."""
MAX_DEPTH = 60
"""Deepest nesting read; FHIR needs about ten."""


def load(path: Path | str) -> dict[str, Any]:
    """Return the object in a JSON file.

    Raises InputError if there is no such file, it is too large or too deep, or it is not one JSON object
    of plain numbers, each key once.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{str(path)!r} is no file", "a FHIR bundle in JSON", "check the name")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name} is too large", f"at most {MAX_BYTES:,} bytes", "split the bundle")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}", "a readable file", "check it"
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8", "JSON in UTF-8", "save it so") from None
    return parse(text, path.name)


def parse(text: str, name: str = "the text") -> dict[str, Any]:
    """Return the object in a JSON text; name : for messages. Raises InputError as `load`."""
    if text.lstrip().startswith("<"):
        raise InputError(f"{name} is XML or HTML", "a FHIR bundle in JSON", "export it as JSON")
    try:
        read = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise InputError(f"{name} is no JSON: {reason}", "a FHIR bundle in JSON", "export it again") from None
    if not isinstance(read, dict):
        raise InputError(f"{name} holds no object", "a FHIR bundle in JSON", "export it again")
    if _depth(read) > MAX_DEPTH:
        raise InputError(f"{name} is nested too deeply", f"at most {MAX_DEPTH} levels", "export it again")
    return read


def is_bundle(read: object) -> bool:
    """Return whether an object is a FHIR bundle."""
    return isinstance(read, dict) and read.get("resourceType") == "Bundle"


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [k for k, _ in pairs]
        raise ValueError(f"the key {next(k for k in names if names.count(k) > 1)[:60]!r} is there twice")
    return found


def _depth(read: Any) -> int:
    """Return how deep lists and objects lie in each other, without recursion."""
    level, here = 0, [read]
    while here:
        level += 1
        lists = [list(parent.values()) if isinstance(parent, dict) else parent for parent in here]
        here = [child for inside in lists for child in inside if isinstance(child, (dict, list))]
    return level
