"""What a published score or criterion is: items of facts, and answers of items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy

from cytostorm.criteria.facts import Condition, Expr, Fact

VERIFIED, RECALLED, UNVERIFIED = "read", "recalled", "unverified"
"""How sure a definition is: its paper or open code was read; it is recalled; parts could not be checked."""


@dataclass(frozen=True)
class Part:
    """A named expression of facts and of parts before it.

    words : what its numbers stand for, if they are places in a list of words.
    yes_no : whether it is 1 for yes and 0 for no.
    endless : facts without which it may be any number, however high; its higher answer is infinite then.
    """

    name: str
    label: str
    expression: Expr
    words: tuple[str, ...] = ()
    yes_no: bool = False
    endless: tuple[Fact, ...] = ()

    @cached_property
    def symbol(self) -> sympy.Symbol:
        """The symbol that stands for it in parts that follow."""
        return sympy.Symbol(f"part {self.name}", real=True)

    def told(self, value: float) -> float | int | bool | str:
        """Return what a number of it stands for: a word, yes or no, a whole number where it is one.

        A higher answer without a limit stays infinite.
        """
        if self.words:
            return self.words[int(value)]
        if self.yes_no:
            return bool(value)
        return int(value) if value.is_integer() else value


@dataclass(frozen=True)
class Definition:
    """A score or criterion as published.

    name : as it is called in papers. label : what it tells. source : citation key.
    confidence : "read", "recalled" or "unverified"; `note` says what is unverified.
    items : points, stages or met criteria, one a line of the published table.
    answers : what is told of them: points, grade, yes or no.
    window : hours that are looked back on for the worst value.
    missing : the published rule for what is unknown, or that there is none.
    either : groups of facts of which one is enough.
    about : for whom or what it is asked, as a sentence.
    """

    name: str
    label: str
    source: str
    facts: tuple[Fact, ...]
    items: tuple[Part, ...]
    answers: tuple[Part, ...]
    confidence: str = VERIFIED
    note: str = ""
    window: float = 24.0
    missing: str = "no rule is published: unknown is normal in the lower answer, the worst in the higher"
    either: tuple[tuple[Fact, ...], ...] = ()
    about: str = ""

    def __post_init__(self) -> None:
        known = {f.symbol for f in self.facts} | {f.known for f in self.facts}
        for part in self.parts:
            strange = part.expression.free_symbols - known
            if strange:
                raise ValueError(
                    f"{self.name}, {part.name}: {sorted(map(str, strange))} is none of its facts or parts"
                )
            known.add(part.symbol)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Items, then answers, in the order in which they are reckoned."""
        return self.items + self.answers

    def fact(self, name: str) -> Fact:
        """Return a fact by its name; KeyError if there is none."""
        return {f.name: f for f in self.facts}[name]

    def expression(self, name: str, known: Mapping[Fact, Expr | float]) -> Expr:
        """Return a part with expressions in place of facts; facts not given are normal.

        This is how a virtual patient is graded by the same text: a model's quantities, over the fact's unit,
        are put in.
        Raises KeyError if there is no such part.
        """
        here: dict[sympy.Basic, Any] = {
            f.symbol: sympy.sympify(known.get(f, f.normal), strict=True) for f in self.facts
        }
        here |= {f.known: sympy.true if f in known else sympy.false for f in self.facts}
        parts = {part.symbol: part for part in self.parts}

        def put(part: Part) -> Expr:
            for symbol in (parts.keys() & part.expression.free_symbols) - here.keys():
                here[symbol] = put(parts[symbol])
            return _plain(part.expression.xreplace(here))

        return put({part.name: part for part in self.parts}[name])


def _plain(expression: Expr) -> Expr:
    """Return an expression without the choices between conditions that SymPy makes, which models lack."""
    return expression.replace(
        sympy.ITE, lambda if_, then, other: sympy.And(sympy.Or(sympy.Not(if_), then), sympy.Or(if_, other))
    )


def steps(*rungs: tuple[float, Condition]) -> Expr:
    """Return the number of the first condition that holds, else 0; as a published table reads.

    Raises ValueError if a condition compares a choice by what is known: SymPy would drop the other branch.
    """
    for _, condition in rungs:
        for compared in sympy.sympify(condition, strict=True).atoms(sympy.core.relational.Relational):
            choices = compared.atoms(sympy.Piecewise, sympy.ITE)
            if any(symbol.is_real is None for choice in choices for symbol in choice.free_symbols):
                raise ValueError(f"{compared} compares a choice by what is known: make the choice an item")
    return sympy.Piecewise(*[(sympy.sympify(n, strict=True), c) for n, c in rungs], (sympy.Integer(0), True))


def met(condition: Condition) -> Expr:
    """Return 1 if a condition holds, else 0."""
    return steps((1, condition))


def yes(fact: Fact) -> Condition:
    """Return the condition that a yes-or-no fact is yes."""
    return fact.symbol > 0


def is_(fact: Fact, *words: str) -> Condition:
    """Return the condition that a fact is one of some words."""
    return sympy.Or(*[sympy.Eq(fact.symbol, int(fact.code(word))) for word in words])


def item(name: str, label: str, expression: Expr) -> Part:
    """Return an item."""
    return Part(name, label, expression)


def total(items: tuple[Part, ...], name: str = "points", label: str = "points") -> Part:
    """Return the sum of items."""
    return Part(name, label, sympy.Add(*[i.symbol for i in items]))


def answer(name: str, label: str, condition: Condition) -> Part:
    """Return an answer that is yes or no."""
    return Part(name, label, met(condition), yes_no=True)
