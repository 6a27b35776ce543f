"""What people see: results on stdout, talk on stderr, rich only where a person is looking."""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import click

from cytostorm.dataset import plain

PACE = 5.0
"""Seconds between lines of progress where no bar can be drawn."""
GAP = 2
"""Spaces between the columns of a table."""
BURST = 0.02
"""Seconds: what is reported done faster than this was there before, and says nothing about the pace."""
LEAST = 12
"""Narrowest column that text is wrapped to; if there is less room, lines run over."""
Progress = Callable[[int, int], None]


def out(text: str = "") -> None:
    """Print a result."""
    click.echo(text)


def complain(text: str) -> None:
    """Print talk: progress, errors, advice."""
    click.echo(text, err=True)


def out_json(value: Any) -> None:
    """Print one JSON object; what is not finite becomes null."""
    out(json.dumps(plain(value), allow_nan=False, indent=1))


def number(value: float | None, digits: int = 3) -> str:
    """Return a number for people: three digits that count, thousands marked.

    >>> number(0.012345), number(1234.5), number(None)
    ('0.0123', '1,230', '-')
    """
    if value is None or not math.isfinite(value):
        return "-"
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    if places > 6:
        return f"{value:.{digits - 1}e}"
    rounded = round(value, places)
    return f"{rounded:,.{max(places, 0)}f}"


def limitless(value: float, otherwise: Callable[[float], str] = number) -> str:
    """Return a higher answer of a score for people; nothing known limits an infinite one.

    >>> limitless(math.inf), limitless(7.5)
    ('no limit', '7.50')
    """
    return "no limit" if value == math.inf else otherwise(value)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), keep: int = 0
) -> None:
    """Print a table: fitted to a terminal, whole elsewhere. No number and no name is ever cut.

    right : indices of the columns set flush right.
    keep : how many columns stay however narrow the terminal; the last ones go first. 0 keeps all, and
        wraps the last one, which is text.
    """
    if not sys.stdout.isatty():
        for line in columns(heads, rows, right):
            out(line)
        return
    wide = shutil.get_terminal_size().columns
    count = fitting(heads, rows, wide, keep) if keep else len(heads)
    wrap = 0 if keep else wide
    lines = columns(heads[:count], [row[:count] for row in rows], right, wrap)
    out(next(lines) if "NO_COLOR" in os.environ else click.style(next(lines), bold=True))
    for line in lines:
        out(line)
    if count < len(heads):
        out(f"(not shown in {wide} columns: {', '.join(heads[count:])})")


def fitting(heads: Sequence[str], rows: Sequence[Sequence[str]], wide: int, keep: int) -> int:
    """Return how many of the columns a terminal has room for, at least as many as are kept.

    >>> fitting(["a", "b", "c"], [["12345", "12345", "12345"]], 12, 1)
    2
    """
    count = len(heads)
    while count > keep and max(map(len, columns(heads[:count], [r[:count] for r in rows]))) > wide:
        count -= 1
    return count


def columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), wide: int = 0
) -> Iterator[str]:
    r"""Yield a table as plain lines.

    wide : how long lines may be before the last column is wrapped; 0 wraps nothing.

    >>> print("\n".join(columns(["a", "n"], [["il6", "1"], ["tnf", "12"]], [1])))
    a     n
    il6   1
    tnf  12
    """
    widths = [max(len(r[k]) for r in (heads, *rows)) for k in range(len(heads))]
    before = sum(widths[:-1]) + GAP * (len(widths) - 1)
    room = wide - before
    for row in (heads, *rows):
        last = textwrap.wrap(row[-1], room) if LEAST <= room < len(row[-1]) else [row[-1]]
        cells = [
            c.rjust(w) if k in right else c.ljust(w)
            for k, (c, w) in enumerate(zip((*row[:-1], last[0]), widths, strict=True))
        ]
        yield (" " * GAP).join(cells).rstrip()
        yield from (" " * before + more for more in last[1:])


@contextmanager
def progress(what: str, *, quiet: bool = False, rate: bool = False) -> Iterator[Progress | None]:
    """Give a function to call with (done, total): a bar for people, a line now and then for logs.

    rate : show in the bar how many a second, too.
    """
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar(what, rate=rate) as told:
            yield told
    else:
        yield _Lines(what)


@contextmanager
def _bar(what: str, *, rate: bool) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    left = TextColumn("{task.fields[pace]}") if rate else TimeRemainingColumn()
    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), left)
    with Bars(*look, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None, pace="")
        pace = _Pace()
        yield lambda done, total: bars.update(task, completed=done, total=total, pace=pace(done, total))


class _Pace:
    """How many a second, and how long it will take; what was there before does not count."""

    def __init__(self) -> None:
        self.last = self.start = time.monotonic()
        self.before = 0

    def __call__(self, done: int, total: int) -> str:
        now = time.monotonic()
        if now - self.last < BURST:
            self.start, self.before = now, done
        self.last = now
        if now <= self.start or done <= self.before:
            return ""
        rate = (done - self.before) / (now - self.start)
        return f"{number(rate)}/s, {timedelta(seconds=round((total - done) / rate))} left"


class _Lines:
    def __init__(self, what: str) -> None:
        self.what = what
        self.last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= PACE and done < total:
            self.last = now
            complain(f"{self.what}: {done:,} of {total:,}")
