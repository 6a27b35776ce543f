"""The slow, obvious twin of the native printer: the oracle of every test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen.tape import Tape

Array = NDArray[np.float64]

_OPS: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "fma": lambda a, b, c: a * b + c,
    "fms": lambda a, b, c: a * b - c,
    "fnma": lambda a, b, c: c - a * b,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "abs": np.abs,
    "max": np.maximum,
    "min": np.minimum,
    "lt": lambda a, b: (a < b).astype(float),
    "le": lambda a, b: (a <= b).astype(float),
    "eq": lambda a, b: (a == b).astype(float),
    "and": lambda a, b: ((a != 0) & (b != 0)).astype(float),
    "or": lambda a, b: ((a != 0) | (b != 0)).astype(float),
    "not": lambda a: (a == 0).astype(float),
    "select": lambda c, a, b: np.where(c != 0, a, b),
}


def numpy_program(tape: Tape) -> Callable[..., Array]:
    """Return a function of the tape's input arrays, each (length, lanes), to the outputs (count, lanes)."""

    def run(*arrays: Array) -> Array:
        lanes = arrays[0].shape[1]
        values: list[Any] = []
        with np.errstate(all="ignore"):
            for op, args in tape.code:
                if op == "load":
                    values.append(arrays[int(args[0])][int(args[1])])
                elif op == "const":
                    values.append(np.float64(args[0]))
                else:
                    values.append(_OPS[op](*(values[int(a)] for a in args)))
        out = np.empty((len(tape.outputs), lanes))
        for row, position in enumerate(tape.outputs):
            out[row] = values[position]
        return out

    return run
