"""The native engine: a model's own loop in machine code, driven by as many threads as there are cores."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen.lanes import FLOAT
from cytostorm.codegen.native import Library, Target, host, library_of
from cytostorm.codegen.system import System
from cytostorm.simulation.block import Block
from cytostorm.simulation.engine.drive import print_engine
from cytostorm.simulation.engine.view import furnish, print_view
from cytostorm.simulation.engine.workspace import ALIGNED, FIELDS, Varying, Workspace
from cytostorm.simulation.look import Seen, pick
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.status import CANCELLED
from cytostorm.simulation.summaries import NOTHING, Noted

Array = NDArray[np.float64]


def target_of(precision: str) -> Target:
    """Return this processor, with twice as many lanes for numbers of half the size."""
    here = host()
    return here if precision == "float64" else replace(here, width=2 * here.width, element=FLOAT)


@dataclass(frozen=True)
class View:
    """Programs that look at chosen quantities on the way.

    size : bytes of a worker's memory; kept : numbers of summaries per patient; row : numbers per sample.
    """

    made: Library
    size: int
    kept: int
    row: int


@dataclass(frozen=True)
class Native:
    """The compiled loop of a model and what it looks at."""

    system: System
    work: Workspace
    made: Library
    view: View
    threads: int = 1

    def advance(self, block: Block, settings: Rodas5P, until: float) -> None:
        """Bring the patients in `block.queue` to the time `until`; those who fail keep their last place.

        Another thread does the work even if it is one: this one can then be interrupted.
        """
        if not block.queue.size:
            return
        element = np.dtype("f8" if self.made.target.element.size == 8 else "f4")
        scale = (np.array(self.system.scales) * (settings.atol * settings.rtol)).astype(element)
        counter, view = np.zeros(1, np.int64), self.view
        told = {
            "queue": block.queue, "count": len(block.queue), "counter": counter, "stop": block.stop,
            "y": block.y, "p": block.columns("p", self.work.varying.p), "u": block.u,
            "hoisted": block.columns("hoisted", self.work.varying.hoisted),
            "real": block.real, "whole": block.whole, "sums": block.sums,
            "time": block.events.time, "index": block.events.index, "value": block.events.value,
            "grid": block.grid, "moments": len(block.grid), "out": block.out, "row": view.row,
            "until": float(until), "rtol": settings.rtol, "scale": scale, "loose": 1.0 / settings.atol,
            "most": settings.most_steps, "smallest": settings.smallest,
            "view": view.made.address("view") if view.row else 0,
            "gather": view.made.address("gather") if view.kept else 0, "kept": view.kept, "fate": block.fate,
        }  # fmt: skip
        call = _packed(told)
        drive = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(self.made.address("drive"))

        same = [block.p[0, row] if name == "p" else block.hoisted[row, 0] for name, row in self.work.same]
        with np.errstate(over="ignore"):  # too large for single precision: those patients fail there
            numbers = np.array(same).astype(element)

        def work() -> None:
            memory = _memory(view.size)
            start = self.work.areas["same"].offset
            memory[start : start + numbers.nbytes] = numbers.view(np.uint8)
            drive(call.ctypes.data, memory.ctypes.data)

        groups = -(-len(block.queue) // self.made.target.width)
        workers = [threading.Thread(target=work, daemon=True) for _ in range(min(self.threads, groups))]
        for worker in workers:
            worker.start()
        while any(worker.is_alive() for worker in workers):
            try:
                for worker in workers:
                    worker.join()
            except KeyboardInterrupt:  # memory that is written to must not be freed: let them come to an end
                block.stop[0] = CANCELLED


def _packed(told: dict[str, Any]) -> NDArray[np.int64]:
    """Return what a call is told as eight bytes each."""
    call = np.zeros(len(FIELDS), np.int64)
    for k, name in enumerate(FIELDS):
        value = told[name]
        if isinstance(value, np.ndarray):
            if not value.flags.c_contiguous:
                raise ValueError(name)
            call[k] = value.ctypes.data
        elif isinstance(value, float):
            call.view(np.float64)[k] = value
        else:
            call[k] = value
    return call


def _memory(size: int) -> NDArray[np.uint8]:
    """Return a worker's memory, zeroed and aligned."""
    room = np.zeros(size + ALIGNED, np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + size]


@lru_cache(maxsize=64)
def _engine(system: System, target: Target, varying: Varying) -> Library:
    work = Workspace(system, target, varying)
    key = (
        "engine",
        repr((varying, system.signed, system.endings)),
        *(tape.fingerprint for tape in system.tapes),
    )
    return library_of(key, target, lambda: print_engine(work))


@lru_cache(maxsize=256)
def _view(system: System, target: Target, varying: Varying, wanted: tuple[Seen, ...], noted: Noted) -> View:
    samples, columns = pick(system, wanted), pick(system, noted.seen)
    work = Workspace(system, target, varying)
    furnish(work, samples, columns, noted.sums)
    key = (
        "view",
        repr((varying, system.signed, system.endings, wanted, noted)),
        *(t.fingerprint for t in system.tapes),
    )
    made = library_of(key, target, lambda: print_view(work, samples, columns, noted.sums))
    return View(made, work.size, sum(s.size for s in noted.sums), len(wanted))


def native(
    system: System,
    wanted: Sequence[Seen],
    noted: Noted = NOTHING,
    *,
    varying: Iterable[int] | None = None,
    precision: str = "float64",
    threads: int = 1,
) -> Native:
    """Return the compiled engine of a model, from memory or disk if it was compiled before.

    wanted : what is sampled; noted : what is gathered; varying : rows of the parameters that differ between
    patients, None is all; precision : "float64" or "float32"; threads : workers at most.
    """
    target = target_of(precision)
    which = Varying.of(system, range(len(system.parameters)) if varying is None else varying)
    view = _view(system, target, which, tuple(wanted), noted)
    made = _engine(system, target, which)
    return Native(system, Workspace(system, target, which), made, view, threads)
