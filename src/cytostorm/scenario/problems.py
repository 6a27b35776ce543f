"""What is wrong in a scenario file, and where: one block of text for each problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cytostorm.errors import InputError

SHOWN = 50
"""Most problems of one file that are written out."""
WIDTH = 100
"""Longest piece of a line that is shown."""


@dataclass(frozen=True)
class Span:
    """A piece of one line; line and column count from 1, as editors do."""

    line: int
    column: int
    length: int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    what, expected, remedy : as in every error of this package.
    span : where in the file; None if no place is known.
    place : where it is if not in a file, such as "option --set".
    path : keys and list indices that lead to it.
    """

    what: str
    expected: str = ""
    remedy: str = ""
    span: Span | None = None
    place: str = ""
    path: tuple[str | int, ...] = ()


class ScenarioError(InputError):
    """Everything that is wrong with a scenario, told at once, each with its place."""

    def __init__(self, problems: Iterable[Problem], name: str = "", text: str = "") -> None:
        ordered = sorted(problems, key=lambda p: (p.span is None, p.span.line if p.span else 0))
        self.problems = tuple(dict.fromkeys(ordered))
        self.name = name
        self._lines = text.split("\n") if text else []
        first = self.problems[0]
        super().__init__(first.what, first.expected, first.remedy)

    def __str__(self) -> str:
        """Return every problem as a block, with the line it is in and a mark under the place."""
        blocks = [self._block(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            blocks.append(f"... and {len(self.problems) - SHOWN} more problems")
        return "\n\n".join(blocks)

    def _block(self, problem: Problem) -> str:
        lines = [f"error: {problem.what}{self._place(problem)}"]
        if problem.span is not None and problem.span.line <= len(self._lines):
            lines += _excerpt(self._lines[problem.span.line - 1], problem.span)
        if problem.expected:
            lines.append(f"  expected: {problem.expected}")
        if problem.remedy:
            lines.append(f"  remedy: {problem.remedy}")
        return "\n".join(lines)

    def _place(self, problem: Problem) -> str:
        parts = [problem.place] if problem.place else [plain(self.name)] if self.name else []
        if problem.span is not None:
            parts.append(f"line {problem.span.line}, column {problem.span.column}")
        return " — " + ", ".join(parts) if parts else ""


def plain(text: str, longest: int = 200) -> str:
    r"""Return text that is safe to show: one line, nothing a terminal would obey.

    >>> plain("a\x1b[31m")
    'a?[31m'
    """
    return "".join(c if c.isprintable() else " " if c == "\t" else "?" for c in text[:longest])


def _excerpt(line: str, span: Span) -> list[str]:
    """Return the line with its number, and under it the mark."""
    start = 0 if span.column <= WIDTH - 20 else span.column - 20
    before = "..." if start else ""
    after = "..." if len(line) > start + WIDTH else ""
    mark = max(1, min(span.length, start + WIDTH - span.column + 1))
    margin = " " * (span.column - 1 - start + len(before))
    shown = f"{before}{plain(line[start : start + WIDTH])}{after}"
    return [f"{span.line:4d} | {shown}", f"     | {margin}{'^' * mark}"]
