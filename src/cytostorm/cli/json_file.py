"""Files of JSON from people: small enough, not too deep, and with nothing in them that JSON has not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cytostorm.errors import InputError

MAX_BYTES = 20_000_000
MAX_DEPTH = 20
EXPECTED = "a file of JSON"


def read_json(file: Path) -> Any:
    """Return what a file of JSON holds.

    Raises InputError if there is no such file, if it is too large or too deep, or no JSON; a name that is
    there twice, NaN and infinity are no JSON.
    """
    shown = str(file)
    try:
        if not file.is_file():
            raise InputError(f"there is no file {shown!r}", EXPECTED, "check the path")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(f"{shown!r} cannot be read: {reason}", EXPECTED, "check the path") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown!r} is too large", f"at most {MAX_BYTES:,} bytes", "split it")
    try:
        read = json.loads(data.decode("utf-8-sig"), parse_constant=_refused, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"{shown!r} is no JSON: {what}", "JSON in UTF-8", "mend the file") from None
    if _depth(read) > MAX_DEPTH:
        raise InputError(f"{shown!r} is nested too deeply", f"at most {MAX_DEPTH} levels", "write it flat")
    return read


def _refused(name: str) -> None:
    """Refuse what Python reads beside JSON."""
    raise ValueError(f"{name} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are there once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:60]!r} is there twice")
    return found


def _depth(data: Any) -> int:
    """Return how deep objects and lists are nested, without recursion."""
    deepest, waiting = 0, [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(v, depth + 1) for v in inside]
    return deepest
