"""Published models as they stand in examples/papers, and trajectories to hold them against."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

PAPERS = Path(__file__).parents[2] / "examples" / "papers"


def paper(name: str) -> SimpleNamespace:
    """Run a file of examples/papers as a program; return its names, and as `text` what it printed."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        names = runpy.run_path(str(PAPERS / f"{name}.py"), run_name="__main__")
    return SimpleNamespace(text=printed.getvalue(), **names)


def trajectory(name: str) -> dict[str, np.ndarray]:
    """Return a stored trajectory by column; skip the test where none is stored."""
    folder = os.environ.get("CYTOSTORM_DATA")
    if not folder:
        pytest.skip("CYTOSTORM_DATA names no folder of reference trajectories")
    with (Path(folder) / "models" / f"{name}.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return dict(zip(header, np.array(rows, dtype=float).T.copy(), strict=True))
