"""What is told of a patient beside the laboratory, read from words such as "CAR-T on day 0"."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cytostorm.criteria.catalogue import plainly
from cytostorm.errors import InputError, did_you_mean
from cytostorm.ward.context_drugs import DRUGS
from cytostorm.ward.context_terms import AUTOIMMUNE, CAUSES, DRUG, INFECTION, WEAK, Term

TERMS = (*CAUSES, *DRUGS)
LONGEST = 100
"""Letters of what is told."""
_SAID = re.compile(
    r"^\s*(?P<no>(?:no|not|without)\s+)?(?P<what>.*?)"
    r"(?:[\s,]+(?:(?:on|from|since|at)\s+)?day\s*(?P<day>[+-]?\d{1,5}(?:\.\d{1,4})?))?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """A term, the word that was used for it, its day if it was told, and whether it is denied."""

    term: Term
    word: str
    day: float | None = None
    denied: bool = False

    def __str__(self) -> str:
        """Return it as a person would write it."""
        day = "" if self.day is None else f" on day {self.day:g}"
        return ("no " if self.denied else "") + self.word + day


@dataclass(frozen=True)
class Context:
    """What is known of a patient on a day.

    told : what holds by that day. later : what is told of a later day, and does not count.
    day : the day that is asked about; None if no day was told.
    """

    told: tuple[Told, ...] = ()
    later: tuple[Told, ...] = ()
    day: float | None = None

    @property
    def names(self) -> frozenset[str]:
        """Names of the terms that hold."""
        return frozenset(t.term.name for t in self.told if not t.denied)

    @property
    def denied(self) -> frozenset[str]:
        """Names of the terms that are denied; who denies infection denies each of them."""
        out = {t.term.name for t in self.told if t.denied}
        if "infection" in out:
            out |= {t.name for t in TERMS if t.kind == INFECTION}
        return frozenset(out)

    @property
    def infection_found(self) -> bool:
        """Whether an infection is found, not only suspected."""
        return any(t.term.kind == INFECTION and t.term.sure and not t.denied for t in self.told)

    def of_kind(self, *kinds: str) -> list[Told]:
        """Return what holds of some kinds."""
        return [t for t in self.told if t.term.kind in kinds and not t.denied]

    def facts(self) -> dict[str, float]:
        """Return what follows for the criteria, by fact, 1 for yes and 0 for no.

        Raises InputError if what is told contradicts itself.
        """
        yes = {fact: t for t in self.told if not t.denied for fact in t.term.facts}
        no = {fact: t for t in self.told if t.denied for fact in _denied_facts(t.term)}
        for fact in yes.keys() & no.keys():
            raise InputError(
                f"{str(yes[fact])!r} and {str(no[fact])!r} are both told",
                f"one answer for {fact}",
                "leave one out",
            )
        other = {"sjia"} if self.of_kind(AUTOIMMUNE) else set()  # another disease was found, not this one
        return dict.fromkeys([*other, *no], 0.0) | dict.fromkeys(yes, 1.0)


def _denied_facts(term: Term) -> list[str]:
    """Return the facts that are no where a term is denied; no steroids is not no drug against fever."""
    if term.kind in (DRUG, WEAK):
        return []
    shared = {"infection"} if term.name != "infection" else set()
    return [fact for fact in term.facts if fact not in shared | {"fever_before", "immune_cells"}]


def read_context(said: Iterable[str], day: float | None = None) -> Context:
    """Return what words tell of a patient, such as "sJIA", "no infection", "CAR-T on day 0".

    said : one thing each; the order does not matter. day : the day that is asked about.
    Raises InputError if a word is unknown, told twice, or told and denied.
    """
    if day is not None and not math.isfinite(day):
        raise InputError(f"the day is {day}", "a number of days", "tell the day of the facts")
    found = sorted((_read(text) for text in said), key=lambda t: (t.term.name, t.day or 0.0, str(t)))
    for one, next_ in itertools.pairwise(found):
        other = one.term.kind == INFECTION and plainly(one.word) != plainly(
            next_.word
        )  # pneumonia, bacteraemia
        again = one.day == next_.day and not other
        if one.term == next_.term and (one.denied != next_.denied or again):
            raise InputError(
                f"{str(one)!r} and {str(next_)!r} are both told", "each thing once", "leave one out"
            )
    later = tuple(t for t in found if day is not None and t.day is not None and t.day > day)
    return Context(tuple(t for t in found if t not in later), later, day)


def _read(text: str) -> Told:
    """Return what one text tells."""
    if len(text) > LONGEST:
        raise InputError(
            f"{text[:LONGEST]!r} goes on", f"at most {LONGEST} letters", "tell one thing at a time"
        )
    parts = _SAID.match(text)
    assert parts is not None  # every part may be empty
    by_name = {plainly(word): (word, t) for t in TERMS for word in (*t.spelled, t.name)}
    what = parts["what"].strip()
    if plainly(what) not in by_name:
        raise InputError(
            f"{what!r} is no known disease, infection or treatment",
            "a known word, and a day if it has one: CAR-T on day 0",
            did_you_mean(what, sorted(word for word, _ in by_name.values())),
        )
    word, term = by_name[plainly(what)]
    return Told(term, word, float(parts["day"]) if parts["day"] else None, bool(parts["no"]))
