"""Named rates and what they move; ways in for doses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sympy

    from cytostorm.model.quantity import Input, Parameter, Species


@dataclass(frozen=True)
class Process:
    """A named, non-negative rate and the species it changes.

    module : name of the module that says so (not always the species' owner).
    rate : expression; each species changes by rate x coefficient.
    changes : (species, coefficient) pairs.
    """

    module: str
    name: str
    rate: sympy.Expr
    changes: tuple[tuple[Species, sympy.Expr], ...]

    @property
    def full(self) -> str:
        """Name for messages and tables."""
        return f"{self.module}: {self.name} of " + ", ".join(s.name for s, _ in self.changes)


@dataclass(frozen=True)
class Route:
    """A way in for doses: into which species, what share arrives, and the input an infusion uses.

    bioavailability : expression of parameters, dimensionless.
    """

    module: str
    name: str
    species: Species
    bioavailability: sympy.Expr
    infusion: Input
    label: str

    @property
    def full(self) -> str:
        """Name a dose uses: "endotoxin.iv"."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class Ending:
    """What ends the run of a patient: a species that reaches a threshold.

    threshold : expression of parameters, in the unit of the species; reached by it, or by more.
    """

    module: str
    name: str
    species: Species
    threshold: sympy.Expr
    label: str

    @property
    def full(self) -> str:
        """Name for messages and tables: "fate.death"."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class Challenge:
    """What starting a trigger means: its own dose, from parameters that users set."""

    route: str
    amount: Parameter
    duration: Parameter | None
