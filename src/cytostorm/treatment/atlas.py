"""Every trigger, every drug, several starts: the change in deaths, kept cell by cell in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import CancelledError, InputError, did_you_mean
from cytostorm.formulary import regimen, regimens, usual
from cytostorm.library import catalogue
from cytostorm.model import Model
from cytostorm.population import sample
from cytostorm.simulation.store import Store
from cytostorm.treatment.arms import INFECTION, RTOL, Arm, arm
from cytostorm.treatment.gathering import REFUSED, Cell, Row, gathered
from cytostorm.treatment.timing import outcomes, starts_for

if TYPE_CHECKING:
    import xarray as xr

MANIFEST = "atlas-asked.json"
STARTS = 6
PATIENTS = 300
MILD = "mild"
"""Severity that is left out unless it is asked for: hardly anybody dies."""


def known_rows() -> list[Row]:
    """Return every trigger at every severity; one that has none by that name alone."""
    return [Row(r.name, s) for r in catalogue.recipes().values() for s in (*r.severities,) or ("",)]


def known_drugs() -> list[str]:
    """Return every drug in the library of which a regimen is known."""
    return list(dict.fromkeys(named.drug for named in regimens() if named.here))


def atlas(
    folder: str | Path,
    *,
    triggers: Sequence[str] = (),
    severities: Sequence[str] = (),
    drugs: Sequence[str] = (),
    patients: int = PATIENTS,
    starts: int = STARTS,
    seed: int = 0,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Return what each drug does after each trigger, started earlier and later, each in the same patients.

    folder : where cells are kept. Interrupted, the same call goes on where it stopped; further triggers and
        severities may be added to a folder.
    triggers, severities, drugs : names, to leave out the others; severities are all but mild if none is
        named. Each drug is given by the regimen that is usual after the trigger, or at all.
    starts : how many, from the trigger itself until nine of ten deaths have happened.
    patients, seed : as for `sample`.
    progress : called with cells done and cells in all.

    Returns a Dataset (row, drug, start), a row being a trigger at a severity: the variables of `timing` with
    their `start`; per cell the `verdict`, the place `best` of the start with the fewest deaths, its hour
    `best_start` and `best_change`; `harmful`, whether some start does harm; `regimen`, and `refused`, which
    says why a drug may not be given. Intervals hold for all starts of a cell together.
    Raises InputError for unknown names and for a folder of another atlas, CancelledError when interrupted.
    """
    if type(starts) is not int or not 1 <= starts <= 100:
        raise InputError(f"starts is {starts!r}", "a whole number from 1 to 100", "choose another number")
    columns = _chosen("drug", drugs, known_drugs())
    rows = _rows(triggers, severities)
    store = Store.open(
        folder, _identity(columns, patients, starts, seed), what="atlas", manifest_name=MANIFEST
    )
    places = {row: k for k, row in enumerate(known_rows())}
    cells: list[Cell] = []
    total = len(rows) * len(columns)
    try:
        for row in rows:
            ward = _Ward(row, columns, patients=patients, starts=starts, seed=seed, threads=threads)
            for column, drug in enumerate(columns):
                part = places[row] * len(columns) + column
                kept = store.read(part)
                if kept is None:
                    kept = ward.cell(drug)
                    store.write(part, kept)
                cells.append(_read(row, drug, kept))
                if progress is not None:
                    progress(len(cells), total)
    except KeyboardInterrupt:
        raise CancelledError(
            f"{len(cells):,} of {total:,} cells are kept in {str(store.folder)!r}; "
            "the same call goes on from there"
        ) from None
    return gathered(cells, {"patients": patients, "seed": seed, "rtol": RTOL})


class _Ward:
    """The patients of a row, and what becomes of them; nothing is made before it is asked for."""

    def __init__(
        self, row: Row, drugs: list[str], *, patients: int, starts: int, seed: int, threads: int | None
    ) -> None:
        self.row, self.patients, self.starts, self.seed, self.threads = row, patients, starts, seed, threads
        self.names = {drug: usual(drug, row.trigger) for drug in drugs}
        self.hours = catalogue.recipe(row.trigger).hours_of(row.severity or None)
        self._made: tuple[Model, xr.Dataset, Arm] | None = None

    @property
    def made(self) -> tuple[Model, xr.Dataset, Arm]:
        """The model with every drug in it, so that it is compiled once, its people, and they untreated."""
        if self._made is None:
            routes = sorted({dose.route for name in self.names.values() for dose in regimen(name).given})
            model = catalogue.model_for(self.row.trigger, routes, [INFECTION], severity=self.row.severity)
            people = sample(model, self.patients, self.seed)
            without = arm(model, people, None, self.hours, rtol=RTOL, threads=self.threads)
            self._made = model, people, without
        return self._made

    def cell(self, drug: str) -> dict[str, NDArray[Any]]:
        """Return the arrays of a cell."""
        model, people, without = self.made
        begin = starts_for(without, self.hours, self.starts)
        name = self.names[drug]
        try:
            arms = [
                arm(model, people, regimen(name, start), self.hours, rtol=RTOL, threads=self.threads)
                for start in begin
            ]
        except InputError as error:
            return {"start": begin, "regimen": np.array(name), REFUSED: np.array(error.thing)}
        found = outcomes(arms, without, len(begin))
        values = {key: np.broadcast_to(value, begin.shape).copy() for key, (_, value, _) in found.items()}
        return {"start": begin, "regimen": np.array(name), REFUSED: np.array(""), **values}


def _read(row: Row, drug: str, kept: dict[str, NDArray[Any]]) -> Cell:
    rest = {k: v for k, v in kept.items() if k not in ("start", "regimen", REFUSED)}
    return Cell(row, drug, str(kept["regimen"]), kept["start"], rest, str(kept[REFUSED]))


def _rows(triggers: Sequence[str], severities: Sequence[str]) -> list[Row]:
    chosen = _chosen("trigger", triggers, list(catalogue.recipes()))
    known = {row.severity for row in known_rows()}
    wanted = _chosen("severity", severities, sorted(known))
    rows = [
        row
        for row in known_rows()
        if row.trigger in chosen and row.severity in wanted and (severities or row.severity != MILD)
    ]
    if not rows:
        raise InputError(
            f"{', '.join(chosen)} has no severity {', '.join(severities)}", "one that it has",
            "see cytostorm list",
        )  # fmt: skip
    return rows


def _chosen(what: str, asked: Sequence[str], known: list[str]) -> list[str]:
    """Return those of the known names that are asked for, all if none is."""
    for name in asked:
        if name not in known:
            raise InputError(
                f"there is no {what} {name!r} in the atlas", f"a known {what}", did_you_mean(name, known)
            )
    return [name for name in known if not asked or name in asked]


def _identity(drugs: list[str], patients: int, starts: int, seed: int) -> dict[str, Any]:
    """Return all that the numbers depend on but for the row, so that cells of two atlases never mix."""
    return {
        "drugs": drugs, "patients": patients, "starts": starts, "seed": seed, "rtol": RTOL,
        "rows": [row.name for row in known_rows()], "library": _digest(), "version": __version__,
        "disclaimer": DISCLAIMER,
    }  # fmt: skip


@lru_cache(maxsize=1)
def _digest() -> str:
    """Return what tells one state of the library from another."""
    found = hashlib.sha256()
    for name, file in sorted(_files(files("cytostorm.library"))):
        found.update(name.encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _files(place: Traversable, before: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in place.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{before}{entry.name}/")
        elif entry.name.endswith((".py", ".toml")):
            yield before + entry.name, entry
