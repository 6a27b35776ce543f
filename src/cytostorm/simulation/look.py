"""What is read off patients: chosen quantities, in units of one's choice, from states and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.system import System
from cytostorm.codegen.tape import Tape

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """A quantity to look at: the name of an observable or a species, and the size of its unit."""

    name: str
    factor: float = 1.0


def pick(system: System, wanted: Sequence[Seen]) -> Tape:
    """Return the program t, y, p, u, h -> the quantities wanted, in their own units.

    Raises KeyError for a name that is neither an observable nor a species.
    """
    observables = {name: k for k, name in enumerate(system.observables)}
    species = {name: k for k, name in enumerate(system.species)}
    states = [array for array, _ in system.read.arrays].index("y")
    code, outputs = list(system.read.code), []

    def emit(op: str, *args: float) -> int:
        code.append((op, args))
        return len(code) - 1

    for seen in wanted:
        if seen.name in observables:
            value = system.read.outputs[observables[seen.name]]
        else:
            value = emit("load", states, species[seen.name])
        if seen.factor != 1.0:
            value = emit("div", value, emit("const", seen.factor))
        outputs.append(value)
    return _pruned(Tape("look", system.read.arrays, tuple(code), tuple(outputs)))


def _pruned(tape: Tape) -> Tape:
    """Return a program without the instructions that its outputs do not need."""
    needed, todo = set(), set(tape.outputs)
    while todo:
        position = todo.pop()
        if position not in needed:
            needed.add(position)
            op, args = tape.code[position]
            if op not in ("load", "const"):
                todo.update(int(a) for a in args)
    place = {old: new for new, old in enumerate(sorted(needed))}
    code = []
    for old in sorted(needed):
        op, args = tape.code[old]
        code.append((op, args if op in ("load", "const") else tuple(place[int(a)] for a in args)))
    return replace(tape, code=tuple(code), outputs=tuple(place[o] for o in tape.outputs))


def rows_read(tape: Tape) -> dict[str, list[int]]:
    """Return which rows of each array a program reads."""
    found: list[set[int]] = [set() for _ in tape.arrays]
    for op, args in tape.code:
        if op == "load":
            found[int(args[0])].add(int(args[1]))
    return {name: sorted(rows) for (name, _), rows in zip(tape.arrays, found, strict=True)}


class Look:
    """Reads quantities off patients who stand still; only the rows that it needs are gathered."""

    def __init__(self, system: System, wanted: Sequence[Seen], engine: str = "native") -> None:
        tape = pick(system, wanted)
        self.rows = rows_read(tape)
        place = [{row: k for k, row in enumerate(self.rows[name])} for name, _ in tape.arrays]
        code = tuple(
            (op, (args[0], place[int(args[0])][int(args[1])])) if op == "load" else (op, args)
            for op, args in tape.code
        )
        arrays = tuple((name, len(self.rows[name])) for name, _ in tape.arrays)
        narrow = replace(tape, code=code, arrays=arrays)
        if engine == "native":
            from cytostorm.codegen.native import native_programs

            self._program = native_programs([narrow])["look"]
        else:
            self._program = numpy_program(narrow)

    def __call__(self, t: Array, y: Array, p: Array, u: Array, hoisted: Array) -> Array:
        """Return the quantities (quantity, patient).

        t : (patient,); hoisted : (row, patient); the others (patient, row).
        """
        parts = {"t": t[:, None], "y": y, "p": p, "u": u}
        arrays = [
            np.ascontiguousarray(hoisted[self.rows[name]])
            if name == "h"
            else np.ascontiguousarray(parts[name][:, self.rows[name]].T)
            for name in ("t", "y", "p", "u", "h")
        ]
        return self._program(*arrays)


@lru_cache(maxsize=256)
def look_at(system: System, wanted: tuple[Seen, ...], engine: str) -> Look:
    """Return the program that reads some quantities, made once."""
    return Look(system, wanted, engine)
