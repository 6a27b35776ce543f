"""Which states make up the immune loop, and what in their equations is new activation, what is transfer.

The Jacobian of the states of the loop is split into F - V, as for the next-generation matrix of an epidemic
(van den Driessche and Watmough 2002, doi 10.1016/S0025-5564(02)00108-6). See docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from sympy import Mul

from cytostorm.errors import InputError, did_you_mean
from cytostorm.model import Model
from cytostorm.understand.slopes import Slopes, slopes, terms_of
from cytostorm.understand.trace import Trace

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEVELS = {"cell": 0, "trigger": 0, "person": 0, "organ": 1, "support": 1, "mediator": 2, "drug": 2}
"""Kinds of modules, makers before what they make: making goes from a lower level to a higher one."""
IN_THE_LOOP = ("cell", "organ", "mediator")
"""Kinds of modules whose states may carry the loop; triggers, drugs and support are held."""
RESERVE = 0.25
"""Share of a pool of cells at rest from which on a state that feeds others counts as their reserve."""
LASTING = 1e-9
"""Loss per hour that every state is given: what never goes has an enormous gain, not an infinite one."""


@dataclass(frozen=True, eq=False)
class Loop:
    """The states of a model that may carry its loop, and how each slope of each process counts.

    states : indices of species, in order; held : names of those that are kept as they are.
    Each part is a change of a process times a slope of it: `change` and `slope` are their places in the
    program, `to` and `by` indices into `states` of the state that is changed and of the one that acts;
    `consumed` where the one that acts is used up or moved by the process, `made` where the process may be
    the making of something by it. divides : (process, change, state) of cells that multiply: a process that
    only gives, of whose rate the state itself is a factor.
    """

    model: Model
    program: Slopes
    states: Ids
    held: tuple[str, ...]
    change: Ids
    slope: Ids
    to: Ids
    by: Ids
    consumed: Bools
    made: Bools
    divides: tuple[tuple[int, int, int], ...]

    @property
    def names(self) -> list[str]:
        """Names of the states."""
        return [str(self.model.species[k].name) for k in self.states]

    def split(self, course: Trace) -> tuple[Array, Array]:
        """Return F and V along a patient's course, each (moment, state, state), per hour."""
        _, coefficients, found = self.program.along(course)
        parts = coefficients[self.change] * found[self.slope]
        size, moments = len(self.states), parts.shape[1]
        place = self.to * size + self.by
        taken = self._sum(place[self.consumed], parts[self.consumed])
        made = self._sum(place[self.made], parts[self.made])
        other = ~(self.consumed | self.made)
        new = self._sum(place[other], parts[other]) + np.minimum(made, 0.0)
        kept = -(taken + np.maximum(made, 0.0))
        shape = (moments, size, size)
        return new.T.reshape(shape), kept.T.reshape(shape)

    def division(self, course: Trace) -> Array:
        """Return the part of F by which cells multiply (moment, state), its diagonal, per hour."""
        rates, coefficients, found = self.program.along(course)
        total = np.zeros((len(self.states), rates.shape[1]))
        for process, change, state in self.divides:
            species = int(self.states[state])
            y = course.y[species]
            slope = found[self.program.pattern.index((process, species))]  # at 0 it is nothing else
            with np.errstate(divide="ignore", invalid="ignore"):
                total[state] += coefficients[change] * np.where(y > 0, rates[process] / y, slope)
        return total.T

    def _sum(self, place: Ids, parts: Array) -> Array:
        total = np.zeros((len(self.states) ** 2, parts.shape[1]))
        np.add.at(total, place, parts)
        return total


def loop_of(model: Model, course: Trace, *, held: Sequence[str] | None, also: Sequence[str]) -> Loop:
    """Return the loop of a model as it is in one patient; see `loop_gain`."""
    kinds = {m.name: m.kind for m in model.modules}
    kind = [kinds[s.owner.name] if s.owner is not None else "person" for s in model.species]
    inside = np.array([k in IN_THE_LOOP for k in kind])
    inside[[_index(model, name) for name in _species(model, also)]] = True
    program = slopes(model)
    coefficients = program.along(course)[1][:, 0]
    reserve = _reserve(program, coefficients, course.y[:, 0], np.array([k == "cell" for k in kind]))
    if held is not None:
        reserve = np.zeros_like(inside)
        reserve[[_index(model, name) for name in _species(model, held)]] = True
    kept = tuple(str(model.species[k].name) for k in np.flatnonzero(reserve & inside))
    states = np.flatnonzero(inside & ~reserve)
    place = np.full(len(model.species), -1)
    place[states] = np.arange(len(states))
    level = np.array([LEVELS.get(k, 2) for k in kind])
    parts = _parts(program, coefficients, place, level)
    divides = tuple(_dividing(model, program, coefficients, np.where(level == 0, place, -1)))
    return Loop(model, program, states, kept, **parts, divides=divides)


def _dividing(
    model: Model, program: Slopes, coefficients: Array, place: Ids
) -> Iterator[tuple[int, int, int]]:
    """Yield (process, change, state) of cells that multiply."""
    takes = {process for c, (process, _) in enumerate(program.changes) if coefficients[c] < 0}
    for c, (process, species) in enumerate(program.changes):
        state = model.species[species]
        terms = terms_of(model.processes[process])
        if process not in takes and place[species] >= 0 and all(state in Mul.make_args(t) for t in terms):
            yield process, c, int(place[species])


def _parts(program: Slopes, coefficients: Array, place: Ids, level: Ids) -> dict[str, Any]:
    """Return the parts of a loop, as arrays."""
    changes: dict[int, list[tuple[int, int]]] = {}
    for c, (process, species) in enumerate(program.changes):
        changes.setdefault(process, []).append((c, species))
    rows: list[tuple[int, int, int, int, bool, bool]] = []
    for entry, (process, acts) in enumerate(program.pattern):
        if place[acts] < 0:
            continue
        mine = changes[process]
        taken = {species for c, species in mine if coefficients[c] < 0}
        for c, species in mine:
            if place[species] < 0:
                continue
            moved = acts in taken and (species == acts or species not in taken)
            made = not taken and bool(level[acts] < level[species])
            rows.append((c, entry, int(place[species]), int(place[acts]), moved, made))
    columns = np.array(rows, np.int64).reshape(-1, 6).T
    names = ("change", "slope", "to", "by")
    found: dict[str, Any] = dict(zip(names, columns[:4], strict=True))
    return found | {"consumed": columns[4].astype(bool), "made": columns[5].astype(bool)}


def _reserve(program: Slopes, coefficients: Array, rest: Array, cell: Bools) -> Bools:
    """Return which states are reserves: cells at rest that others are made from by moving.

    As those who are susceptible in an epidemic, they do not grow. A pool is what moves connect.
    """
    sources: dict[int, list[int]] = {}
    targets: dict[int, list[int]] = {}
    for c, (process, species) in enumerate(program.changes):
        if cell[species]:
            (sources if coefficients[c] < 0 else targets).setdefault(process, []).append(species)
    pairs = [(a, b) for k, first in sources.items() for a in first for b in targets.get(k, ())]
    size = len(cell)
    if not pairs:
        return np.zeros(size, bool)
    rows, columns = np.array(pairs).T
    joined = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))
    pool = connected_components(joined, directed=False)[1]
    total = np.bincount(pool, np.maximum(rest, 0.0), minlength=size)[pool]
    feeds = np.zeros(size, bool)
    feeds[rows] = True
    return feeds & (rest > 0) & (rest >= RESERVE * total)


def circles(new: Array, kept: Array) -> Bools:
    """Return which states lie on a circle that passes through new activation, somewhere along a course.

    new, kept : F and V (moment, state, state). What only follows the loop, or only feeds it, is left out.
    """
    effect = (new != 0).any(axis=0)
    any_edge = effect | (kept != 0).any(axis=0)
    part = connected_components(csr_array(any_edge.T.astype(float)), directed=True, connection="strong")[1]
    to, by = np.nonzero(effect)
    return np.isin(part, part[to[part[to] == part[by]]])


def _species(model: Model, names: Sequence[str]) -> list[str]:
    """Return the species that names of species or of modules mean."""
    if isinstance(names, str):
        raise InputError(f"states are {names!r}, one text", "a list of names", f"write [{names!r}]")
    known = {str(s.name) for s in model.species}
    found: list[str] = []
    for name in names:
        mine = [name] if name in known else [n for n in sorted(known) if n.partition(".")[0] == name]
        if not mine:
            modules = sorted({n.partition(".")[0] for n in known})
            raise InputError(
                f"model {model.name!r} has no state {name!r}", "a species, or a module that has some",
                did_you_mean(name, [*sorted(known), *modules]),
            )  # fmt: skip
        found += mine
    return found


def _index(model: Model, name: str) -> int:
    return next(k for k, s in enumerate(model.species) if s.name == name)
