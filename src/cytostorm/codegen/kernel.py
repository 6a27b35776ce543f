"""The door: a model's programs as functions over lanes, native where possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.system import System, system
from cytostorm.model import Model

Array = NDArray[np.float64]
Program = Callable[..., Array]


@dataclass(frozen=True)
class Kernel:
    """Functions of arrays (length, lanes) to arrays (count, lanes); see `System` for what each computes."""

    system: System
    engine: str
    hoist: Program
    rates: Program
    jacobian: Program
    drift: Program
    read: Program
    initial: Program
    share: Program
    factor: Program
    solve: Program


def kernel(model: Model, engine: str = "native") -> Kernel:
    """Return the compiled programs of a model.

    engine : "native" (LLVM, the default) or "numpy" (the oracle).
    """
    programs = system(model)
    if engine == "native":
        from cytostorm.codegen.native import native_programs

        made = native_programs(programs.tapes)
    else:
        made = {tape.name: numpy_program(tape) for tape in programs.tapes}
    return Kernel(system=programs, engine=engine, **made)
