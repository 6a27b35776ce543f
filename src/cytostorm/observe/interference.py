"""Drugs that stand between a laboratory and the truth: what they raise, and what they make unreadable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.observe import metrics


@dataclass(frozen=True)
class Interference:
    """A drug that changes what an assay tells.

    drug : module of the drug, and name of its level in plasma; analyte : what is measured.
    above : level from which it counts, in mg/L.
    readable : whether a number can still be reported.
    note : what the report says. All levels are assumed: no assay states them.
    """

    drug: str
    analyte: str
    above: float
    readable: bool
    note: str


RAISED = "raised: {} blocks the receptor, with which IL-6 leaves"
RECEPTOR = "raised: {} holds the receptor in plasma"
INTERFERENCES = (
    Interference("tocilizumab", "il6", 1.0, readable=True, note=RAISED.format("tocilizumab")),
    Interference("sarilumab", "il6", 1.0, readable=True, note=RAISED.format("sarilumab")),
    Interference("tocilizumab", "sil6r", 1.0, readable=True, note=RECEPTOR.format("tocilizumab")),
    Interference("sarilumab", "sil6r", 1.0, readable=True, note=RECEPTOR.format("sarilumab")),
    Interference(
        "siltuximab",
        "il6",
        0.1,
        readable=False,
        note="not reported: the assay reads IL-6 that siltuximab holds",
    ),
    Interference(
        "emapalumab",
        "ifng",
        0.1,
        readable=False,
        note="not reported: the assay reads interferon-γ that emapalumab holds",
    ),
)
"""What is known; the numbers themselves follow from the mechanisms. Recalled, no primary source found."""


def notes(run: xr.Dataset, analyte: str, hours: list[float]) -> NDArray[np.int8]:
    """Return which interference acts (patient, hour): 0 for none, else its place in INTERFERENCES from 1.

    What makes unreadable outranks what raises. Raises InputError if a drug is in the model and its level is
    not in the run, so that nobody can tell.
    """
    found = np.zeros((run.sizes["patient"], len(hours)), np.int8)
    order = sorted(enumerate(INTERFERENCES, start=1), key=lambda pair: not pair[1].readable)
    for place, one in order:
        if one.analyte != analyte or not _there(run, one):
            continue
        limit = units.convert(one.above, "mg/L", str(run[one.drug].attrs["units"]))
        found[metrics.sampled(run[one.drug], hours)[1] > limit] = place
    return found


def unreadable() -> list[int]:
    """Return the places, from 1, of what makes an analyte unreadable."""
    return [place for place, one in enumerate(INTERFERENCES, start=1) if not one.readable]


def _there(run: xr.Dataset, one: Interference) -> bool:
    if one.drug in run:
        return True
    if one.drug in str(run.attrs.get("modules", "")).split():
        raise InputError(
            f"the run does not tell the level of {one.drug}, which disturbs the assay of {one.analyte}",
            f"{one.drug!r} among the quantities of the run",
            f"simulate with quantities=[..., {one.drug!r}], or leave quantities out",
        )
    return False
