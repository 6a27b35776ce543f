"""What is given, when, and on what condition: doses and rules added up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cytostorm.model.dose import Dose
from cytostorm.model.rule import Rule


@dataclass(frozen=True)
class Gate:
    """What forbids an order if it holds at the start.

    of : what was ordered; words : what forbids it; when : the same as a criterion, None if no model tells it.
    """

    of: str
    words: str
    when: Rule | None = None


@dataclass(frozen=True)
class Regimen:
    """The plan: doses at set times and rules that give when something is seen. Add them up with +.

    gates : what forbids it at the start.
    unsafe : whether it may break the limits of drugs and its gates; the run then says which.

    >>> plan = Regimen() + Dose("endotoxin.iv", "2 ng/kg")
    >>> plan.text()
    '2 ng/kg endotoxin.iv at 0 h'
    """

    doses: tuple[Dose, ...] = field(default=())
    rules: tuple[Rule, ...] = field(default=())
    gates: tuple[Gate, ...] = field(default=())
    unsafe: bool = False

    def __post_init__(self) -> None:
        """Refuse a rule that gives nothing: it belongs to a trial, not to a plan."""
        for rule in self.rules:
            _ = rule.dose

    def __add__(self, other: Dose | Rule | Regimen) -> Regimen:
        """Return the plan with something more."""
        if isinstance(other, Dose):
            return replace(self, doses=(*self.doses, other))
        if isinstance(other, Rule):
            return replace(self, rules=(*self.rules, other))
        return Regimen(
            (*self.doses, *other.doses), (*self.rules, *other.rules), (*self.gates, *other.gates),
            unsafe=self.unsafe or other.unsafe,
        )  # fmt: skip

    def allow_unsafe(self) -> Regimen:
        """Return the plan that is given even if it breaks limits; the run then says which."""
        return replace(self, unsafe=True)

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the modules whose routes are used."""
        return tuple(sorted({d.route.split(".")[0] for d in self.given}))

    @property
    def given(self) -> tuple[Dose, ...]:
        """Every dose of the plan, those of the rules last."""
        return (*self.doses, *(rule.dose for rule in self.rules))

    def text(self) -> str:
        """Return the plan, one line each."""
        lines = [d.text() for d in self.doses]
        lines += [f"when {r.text()}, looked at every {r.check:g} h: {r.dose.text()}" for r in self.rules]
        return "\n".join(lines)
