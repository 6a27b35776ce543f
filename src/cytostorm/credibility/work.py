"""Experiments simulated one after the other, and what they lacked."""

from __future__ import annotations

from collections.abc import Mapping

from cytostorm.credibility.experiment import Experiment, perform, prepare
from cytostorm.credibility.people import People
from cytostorm.errors import InputError


class Work:
    """Simulates experiments, and remembers what they lacked."""

    def __init__(self, values: Mapping[str, str | float], patients: int | None, seed: int) -> None:
        self.values, self.patients, self.seed = values, patients, seed
        self.unknown: dict[str, tuple[str, ...]] = {}
        self.failed: dict[str, tuple[int, int]] = {}
        self.used: set[str] = set()
        self.tried = False

    def of(self, experiment: Experiment) -> People | str:
        """Return the people of an experiment, or why there are none."""
        if experiment.lacking:
            return experiment.lacking
        prepared = prepare(experiment, self.values, patients=self.patients, seed=self.seed)
        self.tried = True
        self.used |= {p.name for p in prepared.model.parameters} & set(self.values)
        if prepared.unknown:
            self.unknown[experiment.name] = prepared.unknown
        everyone = perform(prepared)
        people = People.of(everyone)
        whole = int(everyone.sizes["patient"])
        if len(people) < whole:
            self.failed[experiment.name] = (whole - len(people), whole)
        return people

    def refuse_unused(self) -> None:
        """Raise InputError for values that no model has."""
        unused = [name for name in self.values if name not in self.used]
        if unused and self.tried:
            raise InputError(
                f"no experiment's model has {', '.join(unused)}",
                "names of parameters",
                "cytostorm list shows the mechanisms; cytostorm explain their numbers",
            )
