"""The text behind a scenario: where its keys stand, and which were set elsewhere since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from cytostorm.scenario.places import Path, Places, scan
from cytostorm.scenario.problems import Problem, ScenarioError, Span


def dotted(path: Path) -> str:
    """Return a path as text; a quoted key with dots and dotted keys are then the same.

    >>> dotted(("give", 0, "amount"))
    'give.0.amount'
    """
    return ".".join(str(part) for part in path)


@dataclass(frozen=True)
class Source:
    """Text, its name and its places. Any two are equal: where a scenario stood is no part of it.

    options : values set on the command line, by dotted path, and how they were written there.
    """

    name: str = field(default="", compare=False)
    text: str = field(default="", compare=False)
    places: Places = field(default_factory=Places, compare=False)
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    @classmethod
    def of(cls, text: str, name: str) -> Source:
        """Return a text with its places found."""
        return cls(name, text, scan(text))

    def with_option(self, path: Path, written: str) -> Source:
        """Return the source after a value was set elsewhere."""
        return Source(self.name, self.text, self.places, {**self.options, dotted(path): written})

    def is_option(self, path: Path) -> bool:
        """Return whether a value was set elsewhere."""
        return dotted(path) in self.options

    def key(self, path: Path) -> Span | None:
        """Return where a key stands; if it does not, where the nearest table around it stands."""
        return self._nearest(self._keys, path)

    def value(self, path: Path) -> Span | None:
        """Return where a value stands, or its key, or the table around it."""
        return self._values.get(dotted(path)) or self.key(path)

    def problem(
        self, path: Path, what: str, expected: str = "", remedy: str = "", *, at_key: bool = False
    ) -> Problem:
        """Return a problem at the place of a path."""
        written = self.options.get(dotted(path))
        if written is not None:
            return Problem(what, expected, remedy, None, written, path)
        return Problem(what, expected, remedy, self.key(path) if at_key else self.value(path), "", path)

    def error(self, problems: Iterable[Problem]) -> ScenarioError:
        """Return the error that tells all of it."""
        return ScenarioError(problems, self.name, self.text)

    @cached_property
    def _keys(self) -> dict[str, Span]:
        return {dotted(path): span for path, span in self.places.keys.items()}

    @cached_property
    def _values(self) -> dict[str, Span]:
        return {dotted(path): span for path, span in self.places.values.items()}

    @staticmethod
    def _nearest(table: Mapping[str, Span], path: Path) -> Span | None:
        for upto in range(len(path), 0, -1):
            found = table.get(dotted(path[:upto]))
            if found is not None:
                return found
        return None
