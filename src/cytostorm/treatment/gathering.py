"""The cells of an atlas, and all of them as one Dataset and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER
from cytostorm.treatment.timing import labels

if TYPE_CHECKING:
    import xarray as xr

REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """A trigger at a severity."""

    trigger: str
    severity: str

    @property
    def name(self) -> str:
        """How it is called."""
        return f"{self.trigger} {self.severity}".rstrip()


@dataclass(frozen=True)
class Cell:
    """What a drug does after a trigger, by its start.

    found : the variables of `timing` (start,); none if the drug may not be given there, and refused says why.
    """

    row: Row
    drug: str
    regimen: str
    start: NDArray[np.float64]
    found: Mapping[str, NDArray[np.float64]]
    refused: str = ""

    @property
    def best(self) -> int:
        """Place of the start with the fewest deaths; the earliest of equals."""
        return int(np.argmin(self.found["change"]))

    @property
    def verdict(self) -> str:
        """Whether it "helps" at the best start, "harms" even there, "none" of both, or is "refused".

        An interval of 95 % for all starts together leaves out no change.
        """
        if self.refused:
            return REFUSED
        if self.found["change_high"][self.best] < 0:
            return "helps"
        return "harms" if self.found["change_low"][self.best] > 0 else "none"

    @property
    def harmful(self) -> tuple[float, ...]:
        """Starts that do harm, in hours."""
        return () if self.refused else tuple(self.start[self.found["change_low"] > 0].tolist())


ABOUT = {
    "verdict": "what it does at its best start: helps, none or harms; or refused",
    "regimen": "regimen that is given",
    "refused": "why it may not be given",
    "best": "place of the start with the fewest deaths",
    "best_start": "start with the fewest deaths, from the trigger",
    "best_change": "change in the share that is dead, at that start",
    "harmful": "whether some start does harm",
}
"""Variables (row, drug) and their labels."""


def gathered(cells: Sequence[Cell], attrs: Mapping[str, Any]) -> xr.Dataset:
    """Return the cells as a Dataset (row, drug, start); NaN where a drug is refused, or starts are fewer."""
    import xarray as xr

    rows = list(dict.fromkeys(cell.row for cell in cells))
    drugs = list(dict.fromkeys(cell.drug for cell in cells))
    shape = (len(rows), len(drugs), max(len(cell.start) for cell in cells))
    names = list(dict.fromkeys(name for cell in cells for name in cell.found))
    numbers = {name: np.full(shape, np.nan) for name in ("hours", *names)}
    told: dict[str, NDArray[Any]] = {name: np.full(shape[:2], "", object) for name in list(ABOUT)[:3]}
    told |= {name: np.full(shape[:2], np.nan) for name in list(ABOUT)[3:]}
    for cell in cells:
        at = rows.index(cell.row), drugs.index(cell.drug)
        numbers["hours"][at][: len(cell.start)] = cell.start
        for name, values in cell.found.items():
            numbers[name][at][: len(values)] = values
        told["verdict"][at], told["regimen"][at], told["refused"][at] = (
            cell.verdict,
            cell.regimen,
            cell.refused,
        )
        told["harmful"][at] = bool(cell.harmful)
        if not cell.refused:
            told["best"][at], told["best_start"][at] = cell.best, cell.start[cell.best]
            told["best_change"][at] = cell.found["change"][cell.best]
    about = labels()
    about |= {f"{n}_without": about[n] | {"label": about[n]["label"] + ", nothing given"} for n in about}
    about["hours"] = {"units": "h", "label": "start of treatment, from the trigger"}
    variables: dict[str, Any] = {
        name: (("row", "drug", "start"), values, about[name]) for name, values in numbers.items()
    }
    for name, values in told.items():
        label = {"units": "h" if name == "best_start" else "1", "label": ABOUT[name]}
        variables[name] = (("row", "drug"), values.astype(str) if values.dtype == object else values, label)
    coords = {
        "row": [row.name for row in rows], "drug": drugs,
        "trigger": ("row", [row.trigger for row in rows]),
        "severity": ("row", [row.severity for row in rows]),
    }  # fmt: skip
    return xr.Dataset(variables, coords, {**attrs, "disclaimer": DISCLAIMER})


COLUMNS = (
    "patients", "dead_without", "dead", "change", "change_low", "change_high", "saved", "harmed",
    "infection_rate_without", "infection_rate",
)  # fmt: skip
"""Variables that a table of an atlas has, for each start."""


def lines(found: xr.Dataset) -> list[dict[str, Any]]:
    """Return an atlas as a table: one line for each start of each drug in each row, one if it is refused."""
    table = []
    for i, row in enumerate(found["row"].to_numpy().tolist()):
        for k, drug in enumerate(found["drug"].to_numpy().tolist()):
            cell = found.isel(row=i, drug=k)
            head = {
                "row": row,
                "trigger": str(cell["trigger"].item()),
                "severity": str(cell["severity"].item()),
            }
            head |= {"drug": drug, "regimen": str(cell["regimen"].item())}
            tail = {"verdict": str(cell["verdict"].item()), "refused": str(cell["refused"].item())}
            starts = np.flatnonzero(np.isfinite(cell["dead"].to_numpy())) if not tail["refused"] else [None]
            for j in starts:
                one = None if j is None else cell.isel(start=j)
                table.append(
                    head
                    | {"start_h": None if one is None else float(one["hours"])}
                    | {name: None if one is None else float(one[name]) for name in COLUMNS}
                    | {"best": None if j is None else bool(j == cell["best"].item())}
                    | tail
                )
    return table
