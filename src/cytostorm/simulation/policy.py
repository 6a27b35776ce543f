"""Decisions written in Python: all patients stop, arrays go out, orders come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Dose, Model
from cytostorm.model.dose import hours

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ids = NDArray[np.int64]


@dataclass
class Round:
    """A ward round: what is known of all patients at one moment, and the orders given for them.

    time : hours from the trigger; patients : their indices in the cohort; alive : who is still simulated.

    `round["crp"]` is a lab, score or read-out of everyone (patient,), in its own unit.
    """

    time: float
    patients: Ids
    alive: Bools
    _model: Model = field(repr=False)
    _read: Callable[[str], Array] = field(repr=False)
    orders: list[tuple[Dose, Ids]] = field(default_factory=list, repr=False)

    def __getitem__(self, name: str) -> Array:
        """Return a quantity of all patients, NaN of the failed and the dead; InputError if there is none."""
        quantity = self._model.quantity(str(name))
        values = self._read(str(quantity.name)) / quantity.factor
        return np.where(self.alive, values, np.nan)

    def give(self, dose: Dose, who: Bools | None = None) -> None:
        """Order a dose, its times counted from now, for those where `who` holds; None is everyone."""
        if not isinstance(dose, Dose):
            raise InputError(f"policy gives {dose!r}", "a Dose", "write Dose('module.route', '1 mg')")
        chosen = self.alive if who is None else np.asarray(who)
        if chosen.dtype != bool or chosen.shape != self.alive.shape:
            raise InputError(
                f"who gets the dose is {chosen.dtype} of shape {chosen.shape}",
                f"True or False for each of {len(self.alive)} patients",
                "write a comparison such as round['crp'] > 75",
            )
        self.orders.append((dose, np.flatnonzero(chosen & self.alive)))


@dataclass(frozen=True)
class Policy:
    """A function that is asked at intervals what to give.

    decide : called with a `Round`; it reads quantities and gives doses. It should remember nothing between
        calls but what it keys by `round.patients`; exceptions of it pass through.
    every : interval, in hours or text with a unit.

    >>> def decide(round):
    ...     round.give(Dose("dexamethasone.iv", "6 mg"), round["crp"] > 75)
    >>> Policy(decide, every="12 h").every
    12.0
    """

    decide: Callable[[Round], object]
    every: float = 24.0

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if not callable(self.decide):
            raise InputError(f"policy is {self.decide!r}", "a function of a Round", "write Policy(function)")
        object.__setattr__(self, "every", hours(self.every, "interval of a policy"))
        if self.every <= 0:
            raise InputError("policy is asked every 0 h", "an interval above zero", "give every='24 h'")

    def text(self) -> str:
        """Return its name and interval as one line."""
        return f"{getattr(self.decide, '__qualname__', 'a function')}, asked every {self.every:g} h"
