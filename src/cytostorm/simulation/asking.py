"""What is asked of some patients when slopes are wanted, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.model import Model, Parameter, Regimen
from cytostorm.simulation.status import OK

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Question:
    """Slopes with respect to some parameters, of some patients.

    values, sizes : of the parameters (parameter, patient), in display units; the size of what is zero is
    that of the model or of the mechanism. people : what else differs between patients.
    seen : what is seen of the patients themselves (quantity, patient, time).
    relative, step : see `gradient`; how : what every run is told.
    """

    model: Model
    plan: Regimen
    parameters: tuple[Parameter, ...]
    values: Array
    sizes: Array
    people: dict[str, Array]
    seen: Array
    relative: bool
    step: float
    how: dict[str, Any]

    @classmethod
    def of(
        cls,
        model: Model,
        parameters: tuple[Parameter, ...],
        cohort: xr.Dataset | None,
        seen: Array,
        **rest: Any,
    ) -> Question:
        """Return the question; rest : plan, relative, step, how."""
        people = {} if cohort is None else {str(k): cohort[k].to_numpy() for k in cohort.data_vars}
        values = np.array(
            [people.get(p.name, np.full(seen.shape[1], model.values[p] / p.factor)) for p in parameters],
            float,
        )
        typical = np.array([model.values[p] / p.factor or p.value or 1.0 for p in parameters])
        sizes = np.where(values == 0.0, typical[:, None], values)
        return cls(
            model=model, parameters=parameters, values=values, sizes=sizes, people=people, seen=seen, **rest
        )

    def about(self, chosen: list[int]) -> Question:
        """Return the question for some of the parameters."""
        return replace(
            self,
            parameters=tuple(self.parameters[k] for k in chosen),
            values=self.values[chosen],
            sizes=self.sizes[chosen],
        )


@dataclass(frozen=True)
class Slopes:
    """What came of a question.

    slopes (quantity, parameter, patient, time); doubt (quantity, parameter, patient), NaN without one;
    failed : a status per patient.
    """

    slopes: Array
    doubt: Array
    failed: NDArray[np.int8]


def cohort_of(variables: dict[str, Array]) -> xr.Dataset:
    """Return a cohort from arrays of one shape, the last axis fastest."""
    import xarray as xr

    lanes = next(iter(variables.values())).size
    return xr.Dataset(
        {name: ("patient", v.reshape(lanes)) for name, v in variables.items()},
        coords={"patient": np.arange(lanes)},
    )


def first_failure(ended: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the first status that is not ok of each patient, from (parameter, patient, ...)."""
    rows = np.moveaxis(ended, 1, 0).reshape(ended.shape[1], -1)
    return np.asarray(rows[np.arange(len(rows)), (rows != OK).argmax(axis=1)])
