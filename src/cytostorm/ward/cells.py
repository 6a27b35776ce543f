"""What cells say: numbers with a sign of a limit, decimal commas, units behind, words, or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cytostorm.criteria.facts import Fact
from cytostorm.ward.spelling import plain

LONGEST = 60
"""Letters of a cell that are read as a number, and shown in messages."""
NOTHING = frozenset(
    {"", "na", "n a", "nan", "null", "none", "missing", "unknown", "not done", "nd", "n d", "#n a", "nil"}
)  # fmt: skip
"""Texts that stand for no value, plain."""
UNSURE = "?"
"""Decimal mark of a table that does not show which of its points and commas are decimal."""
YES = frozenset({"yes", "y", "true", "pos", "positive", "present", "1", "1 0"})
NO = frozenset({"no", "n", "false", "neg", "negative", "absent", "0", "0 0"})
FEMALE, MALE = (
    frozenset({"f", "female", "woman", "w", "yes", "true"}),
    frozenset({"m", "male", "man", "no", "false"}),
)
_NUMBER = re.compile(
    r"^(?P<limit><=|>=|=<|=>|<|>|≤|≥|=)?\s*(?P<number>[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d{1,3})?)\s*(?P<unit>\D.*)?$"
)
_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$")
_MARKED = re.compile(r"^[<>=≤≥]{0,2}\s*(\d+([.,])\d+)$")


@dataclass(frozen=True)
class Cell:
    """A cell that was read: a number with a limit ("", "<", ">") and the unit behind it, or what is wrong."""

    value: float = math.nan
    limit: str = ""
    unit: str = ""
    wrong: str = ""


def number_in(text: str, decimal: str = "", missing: frozenset[str] = NOTHING) -> Cell:
    """Return the number that a cell holds.

    decimal : "." or ","; empty if the table does not tell, when "1,234" may be either and is refused;
        UNSURE if "1.234" may be either as well.
    missing : texts, plain, that stand for no value.

    >>> number_in("<0.05").limit, number_in("1,5").value, number_in("12.5 mg/L").unit, number_in("neg").wrong
    ('<', 1.5, 'mg/L', 'is no number')
    >>> number_in("1,234").wrong
    'may be a decimal comma or thousands: say decimal in a mapping'
    """
    text = text.strip()
    if plain(text) in NOTHING:
        return Cell(wrong="holds no value")
    if text in missing or plain(text) in missing:
        return Cell(wrong="stands for a missing value")
    found = _NUMBER.match(text) if len(text) <= LONGEST else None
    if found is None:
        return Cell(wrong="is no number")
    digits = _digits(found["number"], decimal)
    if not digits:
        mark = "comma" if "," in found["number"] else "point"
        if decimal in (",", "."):
            return Cell(wrong=f"has a {mark}, where decimals are written with {decimal!r}")
        return Cell(wrong=f"may be a decimal {mark} or thousands: say decimal in a mapping")
    value = float(digits) if _single(digits) else math.nan
    if not math.isfinite(value):
        return Cell(wrong="is no number")
    limit = (found["limit"] or "").replace("≤", "<").replace("≥", ">").replace("=", "")
    return Cell(value, limit, (found["unit"] or "").strip())


def _digits(text: str, decimal: str) -> str:
    """Return a number with a decimal point; empty if it can be read in two ways, or in none."""
    commas, points = text.count(","), text.count(".")
    if not commas and (not points or (points == 1 and decimal in ("", "."))):
        return text
    if commas and points:
        last = max(text.rfind(","), text.rfind("."))
        mark = text[last]
        return (
            text.replace("." if mark == "," else ",", "").replace(mark, ".") if text.count(mark) == 1 else ""
        )
    mark = "," if commas else "."
    thousands = _THOUSANDS.match(text) is not None
    if decimal in (",", ".") and mark != decimal:
        return text.replace(mark, "") if thousands else ""
    return "" if thousands and mark != decimal else text.replace(mark, ".")


def decimal_of(texts: Iterable[str], separator: str) -> str:
    """Return the decimal mark that the cells of a table show, as `number_in` takes it.

    separator : of the cells; one of semicolons lets commas be expected.

    >>> decimal_of(["1,5", "12.450"], ";"), decimal_of(["1.5", "0.523"], ";"), decimal_of(["1,234"], ",")
    (',', '.', '')
    """
    shown: set[str] = set()
    doubtful: set[str] = set()
    for found in map(_MARKED.match, texts):
        if found:
            (doubtful if _THOUSANDS.match(found[1]) else shown).add(found[2])
    if len(shown) == 1:
        return shown.pop()
    if separator != ";":
        return ""
    return UNSURE if shown or "." in doubtful else ","


def _single(digits: str) -> bool:
    return digits.count(".") <= 1


def word_in(text: str, fact: Fact) -> Cell:
    """Return the place of a word among those a fact may be; yes, no and sex in their spellings.

    >>> from cytostorm.ward.analytes import find
    >>> word_in("Positive", find("dobutamine").fact).value, word_in("F", find("female").fact).value
    (1.0, 1.0)
    """
    said = plain(text)
    if fact.name == "female":
        known = said in FEMALE or said in MALE
        return (
            Cell(float(said in FEMALE))
            if known
            else Cell(wrong="is neither female nor male: say words in a mapping")
        )
    places = {plain(word): place for place, word in enumerate(fact.words)}
    if said in NOTHING and said not in places:
        return Cell(wrong="holds no value")
    if fact.words == ("no", "yes"):
        said = "yes" if said in YES else "no" if said in NO else said
    meant = {plain(other): plain(word) for other, word in fact.also}.get(said, said)
    if meant in places:
        return Cell(float(places[meant]))
    return Cell(wrong=f"is none of: {', '.join(fact.words)}")
