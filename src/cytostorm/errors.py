"""What every error of this package says: the thing, what was expected, and the remedy."""

from __future__ import annotations


class CytostormError(Exception):
    """A mistake, told in three parts.

    thing : what is wrong, with its name.
    expected : what would have been right.
    remedy : what to do about it.
    """

    def __init__(self, thing: str, expected: str = "", remedy: str = "") -> None:
        self.thing = thing
        self.expected = expected
        self.remedy = remedy
        super().__init__(thing, expected, remedy)

    def __str__(self) -> str:
        """Return the parts on one line each."""
        parts = [self.thing]
        if self.expected:
            parts.append(f"  expected: {self.expected}")
        if self.remedy:
            parts.append(f"  remedy: {self.remedy}")
        return "\n".join(parts)


class ModelError(CytostormError):
    """A mechanism is written wrongly: unit, source, owner, name, balance."""


class InputError(CytostormError):
    """What a user asked for cannot be done as asked: a name, a unit, a value, a file."""


class MissingExtraError(CytostormError):
    """An optional part is not installed."""


class CancelledError(KeyboardInterrupt):
    """A run was interrupted from the keyboard; what was finished is not lost.

    run : what is there; patients who were not done have the status "cancelled". None if it is on disk.
    """

    def __init__(self, what: str, run: object = None) -> None:
        self.run = run
        super().__init__(what)


def missing_extra(what: str, extra: str) -> MissingExtraError:
    """Return the error that says which extra brings what is missing.

    >>> print(missing_extra("plots", "plot"))
    plots need the extra 'plot', which is not installed
      expected: the optional packages of 'plot'
      remedy: pip install "cytostorm[plot]", or ".[plot]" in a copy of the repository
    """
    return MissingExtraError(
        f"{what} need the extra {extra!r}, which is not installed",
        f"the optional packages of {extra!r}",
        f'pip install "cytostorm[{extra}]", or ".[{extra}]" in a copy of the repository',
    )


def did_you_mean(name: str, known: list[str] | tuple[str, ...]) -> str:
    """Return a sentence with the nearest known names, or the known names if none is near.

    >>> did_you_mean("temprature", ["temperature", "crp"])
    "did you mean 'temperature'?"
    >>> did_you_mean("il6.foo", ["crp.loss", "il6.baseline"])
    'known: il6.baseline'
    """
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(n) for n in near) + "?"
    owner = name.rpartition(".")[0] + "."
    shown = sorted(n for n in known if n.startswith(owner)) if owner != "." else []
    shown = shown or sorted(known)
    more = f" and {len(shown) - 30} more" if len(shown) > 30 else ""
    return "known: " + ", ".join(shown[:30]) + more
