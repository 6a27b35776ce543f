"""How drugs move and bind: what most of them share, named once.

A species holds an amount (mg), its level is the amount over a volume (mg/L). Sizes: what was published for
adults holds for them whatever they weigh, unless a drug's own weight effect was; children get less by
allometry, as `person.flow_size` and `person.volume_size` say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cytostorm.library.kinetics import Expr
from cytostorm.library.supports import extracorporeal
from cytostorm.model import LogNormal, Module, Observable, Parameter, Species


@dataclass(frozen=True)
class Plasma:
    """A drug in plasma: its amount, and its level, which assays measure."""

    amount: Species
    level: Observable


def varies(cv_percent: float) -> LogNormal:
    """Return the log-normal spread of a published coefficient of variation.

    >>> varies(100.0)
    LogNormal(gsd=2.299...)
    """
    return LogNormal(math.exp(math.sqrt(math.log1p((cv_percent / 100.0) ** 2))))


def in_plasma(
    m: Module,
    *,
    volume: Expr,
    clearance: Expr = 0,
    outer: Expr | None = None,
    exchange: Expr | None = None,
    saturable: tuple[Expr, Expr] | None = None,
    removed: Expr = extracorporeal.whole,
    scale: float = 1.0,
    what: str = "",
) -> Plasma:
    """Declare a drug in plasma, and in a second compartment if it has one.

    volume : of plasma's compartment, L.
    clearance : linear elimination, L/h; 0 if the drug says itself where it goes.
    outer, exchange : volume of the second compartment, L, and clearance between the two, L/h.
    saturable : (most, half) of a second elimination that its target makes: mg/h, and the level of half, mg/L.
    removed : plasma that devices outside the body clear of it, L/h.
    scale : amount below which differences do not matter, mg.
    what : what of it the numbers count, such as "unbound"; all of it if empty.
    """
    amount = m.species("plasma", "mg", f"{m.label} in plasma", scale=scale)
    level = amount / volume
    if clearance != 0:
        m.remove(amount, "elimination", clearance * level)
    m.remove(amount, "removal outside the body", removed * level)
    if saturable is not None:
        most, half = saturable
        m.remove(amount, "elimination with the target", most * level / (half + level))
    if outer is not None:
        tissue = m.species("tissue", "mg", f"{m.label} in tissue", scale=scale)
        m.move(amount, tissue, "distribution", exchange * level)
        m.move(tissue, amount, "return", exchange * tissue / outer)
    return Plasma(amount, m.observable("level", level, "mg/L", f"{m.label} in plasma{what and ', '}{what}"))


def absorbed(m: Module, name: str, label: str, into: Species, pace: Expr, *, share: Expr = 1) -> None:
    """Declare a way in through a depot, from which a share reaches plasma at a first-order pace."""
    depot = m.species(f"{name}_depot", "mg", f"{m.label} on its way, {label}", scale=1)
    m.move(depot, into, f"absorption, {label}", pace * depot)
    m.route(name, depot, label, bioavailability=share)


def molar_mass(m: Module, grams: float, note: str) -> Parameter:
    """Declare the mass of a mole, which turns mg/L into nmol/L."""
    return m.assumed("molar_mass", grams, "g/mol", "mass of a mole", note)
