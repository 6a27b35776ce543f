"""What an input of a score may be: a number with its thresholds, one of some words, or yes and no."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Number:
    """A number between low and high, written with so many decimals; boundaries are all its thresholds."""

    low: float
    high: float
    decimals: int
    boundaries: tuple = ()
    unit: str = ""


@dataclass(frozen=True)
class Choice:
    """One of these words."""

    values: tuple


@dataclass(frozen=True)
class Flag:
    """Yes or no."""


def exact(number):
    """Take a number as it is written: 136 / 0.68 is then 200, which it is not in binary."""
    return Fraction(str(number))
