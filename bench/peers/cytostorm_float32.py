"""Ours in single precision, meant for screening."""

from __future__ import annotations

from typing import ClassVar

from peers.cytostorm_engine import Engine as Double


class Engine(Double):
    """`cytostorm.simulate(..., precision="float32")`."""

    label = "cytostorm, float32"
    note = "the same in single precision: for screening, not for small errors"
    rtols: ClassVar[tuple[float, ...]] = (3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5)
    precision: ClassVar[str] = "float32"
