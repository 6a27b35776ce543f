"""Every engine of the comparison behind one small interface, one file each.

Add one: write `peers/NAME.py` with a class `Engine(Peer)` and put NAME into ENGINES.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from harness.problem import Problem
from harness.segments import Fired
from numpy.typing import NDArray

Array = NDArray[np.float64]
ENGINES = (
    "cytostorm_engine", "cytostorm_float32", "numbalsoda_lsoda", "cvode_c", "roadrunner_cvode", "diffsol_bdf",
    "sksundae_cvode", "scipy_numba", "scipy_python", "copasi_lsoda", "amici_cvodes", "diffrax_kvaerno5",
)  # fmt: skip
"""Files of this folder, ours first."""


class Peer(ABC):
    """One engine. The harness calls `prepare` once per problem and then `run` for one patient after another.

    label : name in tables; packages : distributions whose versions are recorded.
    note : what a reader must know to judge the row.
    shares : absolute tolerances as shares of rtol x scale of a state; each is tried, the fastest counts.
    rtols : relative tolerances from loose to tight; it stops by itself once the error is small enough.
    batches : it takes all patients in one call of `simulate` instead of one by one.
    """

    label: ClassVar[str]
    packages: ClassVar[tuple[str, ...]] = ()
    note: ClassVar[str] = ""
    shares: ClassVar[tuple[float, ...]] = (1e-2, 1e-4)
    rtols: ClassVar[tuple[float, ...]] = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)
    batches: ClassVar[bool] = False

    @staticmethod
    def available() -> str | None:
        """Return why the engine cannot run here, or None."""
        return None

    @abstractmethod
    def prepare(self, problem: Problem) -> None:
        """Generate, compile, load."""

    @abstractmethod
    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return the states at the output times (times, states) and when which rule fired."""

    def extra(self) -> dict[str, float]:
        """Return further measurements, such as the engine's own solver time per run in seconds."""
        return {}


def missing(*modules: str) -> str | None:
    """Return which of some modules cannot be imported, or None."""
    for module in modules:
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001  # a broken installation is a missing one
            return f"not installed: {module} ({type(error).__name__}: {str(error)[:80]})"
    return None


def engine(name: str) -> Peer:
    """Return an engine by the name of its file."""
    return importlib.import_module(f"peers.{name}").Engine()
