"""The door: a model's programs as functions over lanes, native where possible."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.system import System, system
from cytostorm.codegen.tape import Tape
from cytostorm.model import Model

Array = NDArray[np.float64]
Program = Callable[..., Array]


class Kernel:
    """Functions of arrays (length, lanes) to arrays (count, lanes); see `System` for what each computes.

    Native programs are compiled when first asked for, those that are used together in one go: a run by the
    native engine needs those at its edges only.
    """

    def __init__(self, programs: System, engine: str = "native") -> None:
        self.system = programs
        self.engine = engine

    @cached_property
    def _edges(self) -> dict[str, Program]:
        s = self.system
        return self._make((s.hoist, s.read, s.initial, s.share, s.threshold))

    @cached_property
    def _middle(self) -> dict[str, Program]:
        s = self.system
        return self._make((s.rates, s.jacobian, s.drift, s.decay, s.factor, s.solve))

    def _make(self, tapes: tuple[Tape, ...]) -> dict[str, Program]:
        if self.engine == "native":
            from cytostorm.codegen.native import native_programs

            return dict(native_programs(tapes))
        return {tape.name: numpy_program(tape) for tape in tapes}

    @property
    def hoist(self) -> Program:
        """Return p -> h."""
        return self._edges["hoist"]

    @property
    def read(self) -> Program:
        """Return t, y, p, u, h -> observables."""
        return self._edges["read"]

    @property
    def initial(self) -> Program:
        """Return p -> y before the trigger."""
        return self._edges["initial"]

    @property
    def share(self) -> Program:
        """Return p -> bioavailability of each route."""
        return self._edges["share"]

    @property
    def threshold(self) -> Program:
        """Return p -> what the species of each ending must reach."""
        return self._edges["threshold"]

    @property
    def rates(self) -> Program:
        """Return t, y, p, u, h -> dy/dt."""
        return self._middle["rates"]

    @property
    def jacobian(self) -> Program:
        """Return t, y, p, u, h -> non-zeros of d(dy/dt)/dy."""
        return self._middle["jacobian"]

    @property
    def drift(self) -> Program:
        """Return t, y, p, u, h -> d(dy/dt)/dt."""
        return self._middle["drift"]

    @property
    def decay(self) -> Program:
        """Return t, y, p, u, h -> a and b of what decays."""
        return self._middle["decay"]

    @property
    def factor(self) -> Program:
        """Return j, g -> lu."""
        return self._middle["factor"]

    @property
    def solve(self) -> Program:
        """Return lu, b -> x."""
        return self._middle["solve"]


def kernel(model: Model, engine: str = "native") -> Kernel:
    """Return the programs of a model.

    engine : "native" (LLVM, the default) or "numpy" (the oracle).
    """
    return _kernel(system(model), engine)


@lru_cache(maxsize=64)
def _kernel(programs: System, engine: str) -> Kernel:
    return Kernel(programs, engine)
