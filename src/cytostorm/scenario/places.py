"""Where each key of a TOML text stands: the parser gives values, this gives their places.

The scan is linear, reads no value, and stops without complaint where the text is not TOML: the
parser then says so. On its way it checks the limits that keep the parser quick.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cytostorm.scenario.problems import Problem, Span

Path = tuple[str | int, ...]

MAX_DEPTH = 8
"""Deepest nesting of tables and lists, and most parts of a dotted key."""
MAX_KEYS = 10_000
"""Most keys and list items in one file."""
MAX_STRING = 10_000
"""Longest text value, in characters."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}", re.DOTALL)
_BARE_VALUE = re.compile(r"[^\s,\]}#]+")
_CLOCK = re.compile(r" \d\d:[0-9:.Z+-]+")
_QUOTES = frozenset("\"'")


@dataclass(frozen=True)
class Places:
    """Where keys and values stand, by path, and what was found wrong on the way.

    whole : whether the scan reached the end.
    """

    keys: Mapping[Path, Span] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[Path, Span] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    whole: bool = True


def scan(text: str) -> Places:
    r"""Return the places of every key and value of a TOML text.

    >>> scan('[person]\nweight = "80 kg"').values[("person", "weight")]
    Span(line=2, column=10, length=7)
    """
    scanner = _Scanner(text)
    whole = True
    try:
        scanner.run()
    except _StopError:
        whole = False
    return Places(
        MappingProxyType(scanner.keys), MappingProxyType(scanner.values), tuple(scanner.problems), whole
    )


class _StopError(Exception):
    """The text is not TOML from here on, or is beyond a limit."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.problems: list[Problem] = []
        self.tables: set[Path] = set()
        self.counts: dict[Path, int] = {}
        self.seen = 0

    # --- reading ----------------------------------------------------------------------------------

    def run(self) -> None:
        base: Path = ()
        while True:
            self.skip(_BLANK)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                base = self.header()
            else:
                self.pair(base)
            self.skip(_SPACE)
            if self.at < len(self.text) and self.text[self.at] not in "#\n":
                raise _StopError

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _StopError
        self.at = found.end()
        return found.group()

    def expect(self, token: str) -> None:
        if not self.text.startswith(token, self.at):
            raise _StopError
        self.at += len(token)

    def span(self, start: int, end: int) -> Span:
        line = bisect_right(self.starts, start)
        first = self.starts[line - 1]
        last = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return Span(line, start - first + 1, max(1, min(end, last) - start))

    def refuse(self, span: Span, what: str, expected: str, remedy: str) -> None:
        """Note what is beyond a limit, and stop."""
        self.problems.append(Problem(what, expected, remedy, span))
        raise _StopError

    def count(self, span: Span) -> None:
        self.seen += 1
        if self.seen > MAX_KEYS:
            self.refuse(
                span, f"the file holds more than {MAX_KEYS:,} entries", f"at most {MAX_KEYS:,}", "split it"
            )

    def deep(self, span: Span) -> None:
        self.refuse(
            span, f"nesting is deeper than {MAX_DEPTH} levels", "plain tables and lists", "write it flat"
        )

    # --- keys -------------------------------------------------------------------------------------

    def key(self) -> tuple[tuple[str, ...], Span]:
        """Read a key, dotted or not."""
        start, parts = self.at, list[str]()
        while True:
            self.skip(_SPACE)
            mark = self.text[self.at : self.at + 1]
            if mark in _QUOTES:
                raw = self.take(_BASIC if mark == '"' else _LITERAL)
                parts.append(self.unquoted(raw))
            else:
                parts.append(self.take(_BARE_KEY))
            end = self.at
            if len(parts) > MAX_DEPTH:
                self.deep(self.span(start, end))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return tuple(parts), self.span(start, end)
            self.at += 1

    def unquoted(self, raw: str) -> str:
        if len(raw) > MAX_STRING:
            self.long(self.at - len(raw), len(raw))
        try:
            return str(tomllib.loads(f"k = {raw}")["k"])
        except ValueError:
            raise _StopError from None

    def header(self) -> Path:
        """Read [table] or [[table]]; return the path of what follows."""
        start = self.at
        many = self.text.startswith("[[", start)
        self.expect("[[" if many else "[")
        parts, _ = self.key()
        self.expect("]]" if many else "]")
        span = self.span(start, self.at)
        self.count(span)
        path: Path = ()
        for depth, part in enumerate(parts, 1):
            path = (*path, part)
            last = depth == len(parts)
            if last and many:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts and (many or not last):
                self.keys.setdefault(path, span)
                path = (*path, self.counts[path] - 1)
            self.keys.setdefault(path, span)
        if not many:
            if path in self.tables:
                self.twice(path, f"table [{'.'.join(parts)}]", span)
            self.tables.add(path)
            self.keys[path] = span
        return path

    def pair(self, base: Path) -> None:
        """Read key = value."""
        parts, span = self.key()
        self.count(span)
        path: Path = (*base, *parts)
        for upto in range(len(base) + 1, len(path)):
            self.keys.setdefault(path[:upto], span)
        if path in self.values:
            self.twice(path, f"key {'.'.join(parts)!r}", span)
        self.keys.setdefault(path, span)
        self.skip(_SPACE)
        self.expect("=")
        self.skip(_SPACE)
        self.value(path)

    def twice(self, path: Path, what: str, span: Span) -> None:
        line = self.keys[path].line
        self.problems.append(
            Problem(
                f"{what} is given twice (first in line {line})",
                "each key and each table once",
                f"delete it here or in line {line}",
                span,
            )
        )

    # --- values -----------------------------------------------------------------------------------

    def value(self, path: Path) -> None:
        start = self.at
        mark = self.text[start : start + 1]
        if len(path) > MAX_DEPTH or (mark in ("[", "{") and len(path) >= MAX_DEPTH):
            self.deep(self.span(start, start + 1))
        if mark == "[":
            self.items(path)
        elif mark == "{":
            self.inline(path)
        elif mark in _QUOTES:
            self.string(mark)
        else:
            self.take(_BARE_VALUE)
            self.skip(_CLOCK)
        self.values.setdefault(path, self.span(start, self.at))

    def string(self, mark: str) -> None:
        start = self.at
        if self.text.startswith(mark * 3, start):
            raw = self.take(_LONG_BASIC if mark == '"' else _LONG_LITERAL)
        else:
            raw = self.take(_BASIC if mark == '"' else _LITERAL)
        if len(raw) > MAX_STRING:
            self.long(start, len(raw))

    def long(self, start: int, length: int) -> None:
        self.refuse(
            self.span(start, start + length),
            f"text of {length:,} characters is too long",
            f"at most {MAX_STRING:,} characters",
            "shorten it",
        )

    def items(self, path: Path) -> None:
        self.expect("[")
        number = 0
        while True:
            self.skip(_BLANK)
            if self.text.startswith("]", self.at):
                break
            self.count(self.span(self.at, self.at + 1))
            self.value((*path, number))
            number += 1
            self.skip(_BLANK)
            if not self.text.startswith(",", self.at):
                break
            self.at += 1
        self.expect("]")

    def inline(self, path: Path) -> None:
        self.expect("{")
        self.skip(_BLANK)
        while not self.text.startswith("}", self.at):
            self.pair(path)
            self.skip(_BLANK)
            if not self.text.startswith(",", self.at):
                break
            self.at += 1
            self.skip(_BLANK)
        self.expect("}")
