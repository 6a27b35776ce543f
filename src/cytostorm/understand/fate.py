"""What becomes of a person: fates, by a rule that is written down, over two numbers of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER, OK
from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model, Regimen
from cytostorm.model.model import to_coherent
from cytostorm.simulation import simulate
from cytostorm.understand.trace import one_of

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Ids = NDArray[np.int64]


class Fate(IntEnum):
    """What becomes of a person by the end of a run."""

    RESOLVED = 0
    STORM = 1
    EXHAUSTED = 2
    DIED = 3
    UNFINISHED = 4


MEANINGS = tuple(fate.name.lower() for fate in Fate)
"""Names of the fates, in the order of their numbers."""
Classify = Callable[["xr.Dataset"], Ids]
"""A rule: a run in, the Fate of each patient (patient,) out."""


@dataclass(frozen=True)
class FateRule:
    """How a run is judged; an object to be called with it.

    In this order: who died has DIED; whose run failed is UNFINISHED; whose signal at the end is at least
    `storm` times that at rest (the first moment) is in a STORM; whose signal is above `calm` times that at
    rest is UNFINISHED; of the others, who has more than `most_spent` of `spent` is EXHAUSTED, and the rest
    RESOLVED. With a signal that is 0 at rest, give `at_rest`, what counts as such.

    signal : a read-out of inflammation; spent : a read-out of cells that cannot respond, None for none.
    storm, calm : fold changes; at_rest : lowest level that counts as that at rest, in the signal's unit;
    most_spent : in the unit of `spent`.
    """

    signal: str = "il6"
    storm: float = 30.0
    calm: float = 5.0
    at_rest: float = 1e-12
    spent: str | None = None
    most_spent: float = 0.5

    def __post_init__(self) -> None:
        """Refuse a rule that could not tell its fates apart."""
        if not 1 <= self.calm <= self.storm < np.inf or not self.at_rest > 0:
            raise InputError(
                f"calm is {self.calm:g}, storm {self.storm:g}, at_rest {self.at_rest:g}",
                "1 <= calm <= storm, at_rest above 0", "choose other limits",
            )  # fmt: skip

    @property
    def names(self) -> list[str]:
        """What a run must hold to be judged."""
        return [self.signal] + ([self.spent] if self.spent is not None else [])

    def __call__(self, run: xr.Dataset) -> Ids:
        """Return the Fate of each patient (patient,)."""
        signal = np.asarray(run[self.signal].values, float)
        rest = np.maximum(signal[:, 0], self.at_rest)
        with np.errstate(invalid="ignore"):
            fold = signal[:, -1] / rest
            fate = np.where(fold > self.calm, Fate.UNFINISHED, Fate.RESOLVED)
            if self.spent is not None:
                spent = np.asarray(run[self.spent].values, float)[:, -1] > self.most_spent
                fate = np.where((fate == Fate.RESOLVED) & spent, Fate.EXHAUSTED, fate)
            fate = np.where(fold >= self.storm, Fate.STORM, fate)
        fate = np.where(np.isfinite(fold), fate, Fate.UNFINISHED)
        fate = np.where(np.asarray(run["status"].values) == OK, fate, Fate.UNFINISHED)
        return np.where(died(run), Fate.DIED, fate).astype(np.int64)


def died(run: xr.Dataset) -> NDArray[np.bool_]:
    """Return who died in a run; nobody in one that knows no death."""
    if "died_at" not in run:
        return np.zeros(run.sizes["patient"], bool)
    return np.isfinite(np.asarray(run["died_at"].values, float))


def fates(
    model: Model,
    first: tuple[str, Sequence[float | str]],
    second: tuple[str, Sequence[float | str]],
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    *,
    hours: float = 672.0,
    patient: int = 0,
    classify: Classify | None = None,
    quantities: Sequence[str] | None = None,
) -> xr.Dataset:
    """Return what becomes of one person for every pair of values of two parameters.

    first, second : name of a parameter and its values, numbers in its own unit or text with a unit.
    cohort, patient : the person, by index; None is the model's own numbers. regimen : as `simulate` takes it.
    hours : length of the runs; the grid is simulated as one ensemble.
    classify : the rule, a run in and a Fate per patient out; None is FateRule().
    quantities : what the run that is judged holds; None is what the rule says it needs, or every lab.

    Returns a Dataset of `fate` (first, second), with the parameters' names as dimensions, values in their own
    units; `flag_meanings` says what the numbers mean. Raises InputError for names, units and values that
    cannot be.
    """
    import xarray as xr

    names = [first[0], second[0]]
    if names[0] == names[1]:
        raise InputError(f"{names[0]!r} is given twice", "two parameters", "choose another one")
    axes = [values_of(model, *axis) for axis in (first, second)]
    grid = np.meshgrid(*axes, indexing="ij")
    people = varied(model, one_of(cohort, patient), dict(zip(names, (g.ravel() for g in grid), strict=True)))
    found = judged(model, people, regimen, hours, classify=classify, quantities=quantities)
    about: dict[str, Any] = {
        "units": "1", "label": "fate",
        "flag_values": list(range(len(Fate))), "flag_meanings": " ".join(MEANINGS),
    }  # fmt: skip
    coords = {
        name: (name, axis, {"units": model.parameter(name).unit, "label": model.parameter(name).label})
        for name, axis in zip(names, axes, strict=True)
    }
    own = own_values(model, one_of(cohort, patient), names)
    attrs = {
        "model": model.name, "fingerprint": model.fingerprint, "hours": hours, "own": own,
        "regimen": (regimen or Regimen()).text(), "disclaimer": DISCLAIMER,
    }  # fmt: skip
    return xr.Dataset({"fate": (names, found.reshape(grid[0].shape), about)}, coords, attrs)


def judged(
    model: Model,
    people: xr.Dataset,
    regimen: Regimen | None,
    hours: float,
    *,
    classify: Classify | None = None,
    quantities: Sequence[str] | None = None,
) -> Ids:
    """Return the Fate of each person (patient,) after a run of that many hours."""
    rule = FateRule() if classify is None else classify
    wanted = list(quantities) if quantities is not None else getattr(rule, "names", None)
    if classify is None and "il6" not in model.names:
        raise InputError(
            f"model {model.name!r} has no il6 by which to tell fates", "a rule about what it has",
            "give classify=FateRule(signal=...)",
        )  # fmt: skip
    run = simulate(model, people, regimen, np.linspace(0.0, hours, 97), quantities=wanted)
    found = np.asarray(rule(run), np.int64)
    if found.shape != (people.sizes["patient"],) or not np.isin(found, list(Fate)).all():
        raise InputError(
            f"the rule returned {str(found)[:60]}", f"a Fate for each of {people.sizes['patient']} patients",
            "return an array of Fate.RESOLVED, ...",
        )  # fmt: skip
    return found


def values_of(model: Model, name: str, values: Sequence[float | str]) -> Array:
    """Return the values of a parameter in its own unit; raise InputError for what cannot be one."""
    parameter = model.parameter(name)
    if isinstance(values, str) or len(values) == 0:
        raise InputError(
            f"values of {name} are {values!r}", "a list of values", "give at least one, in a list"
        )
    return np.array([to_coherent(parameter, v) for v in values]) / parameter.factor


def varied(model: Model, person: xr.Dataset | None, columns: dict[str, Array]) -> xr.Dataset:
    """Return a cohort of one person again and again, with some parameters of its own for each row.

    columns : values in the parameters' own units (patient,), all of one length.
    """
    import xarray as xr

    size = len(next(iter(columns.values())))
    held = {} if person is None else {str(k): float(person[k].values[0]) for k in person.data_vars}
    variables: dict[str, Any] = {k: ("patient", np.full(size, v)) for k, v in held.items()}
    variables |= {k: ("patient", v, {"units": model.parameter(k).unit}) for k, v in columns.items()}
    return xr.Dataset(variables, {"patient": np.arange(size)})


def own_values(model: Model, person: xr.Dataset | None, names: Sequence[str]) -> list[float]:
    """Return a person's own values of some parameters, in their own units."""
    return [
        float(person[n].values[0]) if person is not None and n in person
        else model.values[model.parameter(n)] / model.parameter(n).factor
        for n in names
    ]  # fmt: skip


def fate_named(name: str) -> Fate:
    """Return the fate of a name, such as "resolved"; raise InputError if there is none."""
    if name.lower() not in MEANINGS:
        raise InputError(f"there is no fate {name!r}", "one of them", did_you_mean(name, MEANINGS))
    return Fate(MEANINGS.index(name.lower()))
