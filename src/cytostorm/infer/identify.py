"""What the rows tell of the free parameters: how sure each is, and which are told apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cytostorm.errors import InputError, did_you_mean
from cytostorm.infer.looking import Looks
from cytostorm.infer.problem import Array, Problem, Values

LOOSE = 3.0
"""Values that may change together by this factor, at the cost of one curve, are not told apart."""
PART = 0.3
"""Smallest share of a parameter in a direction that is named."""
FLOOR = 1e-14
"""Information, relative to the largest, below which there is none."""


@dataclass(frozen=True)
class Direction:
    """Parameters that may change together and hardly a row sees it.

    factor : how far they may, as a factor along the direction, at the cost of one curve; infinite if the
        rows see nothing at all.
    shares : the parameters and how they change, by logarithm: of k1 and k2 with 0.7 and -0.7 the rows see
        the product alone.
    """

    factor: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class Identifiability:
    """What the rows tell of the free parameters at given values.

    factors : standard error of each as a factor (×/÷), priors included; infinite if nothing is known.
    correlations : (parameter, parameter), of the logarithms.
    information : eigenvalues of the Fisher information of the rows alone, falling; per logarithm squared.
    loose : directions that are not told apart by the rows, priors left aside; the loosest first.
    curves, allowed : curves that count, and how many free parameters they carry.
    """

    values: dict[str, float]
    factors: dict[str, float]
    correlations: Array
    information: Array
    loose: tuple[Direction, ...]
    curves: int
    allowed: int
    reason: str

    @property
    def names(self) -> tuple[str, ...]:
        """The free parameters."""
        return tuple(self.values)


def identifiability(problem: Problem, values: Values) -> Identifiability:
    """Return what the rows tell of the free parameters near given values.

    Differences of the residuals give the Fisher information, with the edge of a tolerance as the unit of
    error and each curve as one observation. It is local: see `profile` for what holds further away.
    Raises InputError if a value is missing.
    """
    place = problem.places(values)
    here = problem.values(place)
    looks = Looks(problem, 2 * place.size)
    slopes = looks.slopes(place, central=True)
    assert looks.evidence is not None
    relative = slopes / [free.relative(here[free.name]) for free in problem.free]
    rows = relative[: len(looks.evidence.ids)]
    sizes, axes = np.linalg.eigh(rows.T @ rows)
    covariance = _inverse(relative.T @ relative)
    errors = np.sqrt(np.diag(covariance))
    names = list(here)
    return Identifiability(
        here,
        {name: _factor(error) for name, error in zip(names, errors.tolist(), strict=True)},
        covariance / np.outer(errors, errors),
        np.maximum(sizes[::-1], 0.0),
        tuple(_direction(names, s, axis) for s, axis in zip(sizes, axes.T, strict=True) if _is_loose(s)),
        len(looks.evidence.names),
        looks.evidence.allowed,
        problem.reason,
    )


def _inverse(information: Array) -> Array:
    """Return the covariance; where there is no information it is huge and not infinite."""
    sizes, axes = np.linalg.eigh(information)
    held = np.maximum(sizes, max(float(sizes[-1]), 1.0) * FLOOR)
    return np.asarray((axes / held) @ axes.T)


def _is_loose(size: float) -> bool:
    return bool(size * math.log(LOOSE) ** 2 < 1)


def _direction(names: list[str], size: float, axis: Array) -> Direction:
    axis = axis * np.sign(axis[np.argmax(np.abs(axis))])
    order = np.argsort(-np.abs(axis), kind="stable")
    shares = tuple((names[k], float(axis[k])) for k in order if abs(axis[k]) >= PART)
    return Direction(_factor(size**-0.5 if size > 0 else math.inf), shares)


def _factor(error: float) -> float:
    """Return an error of a logarithm as a factor."""
    return math.exp(error) if error < 700 else math.inf


@dataclass(frozen=True, eq=False)
class Profile:
    """The least cost for each value of one parameter, the others fitted anew.

    values, costs : (point), the value in the parameter's unit.
    low, high : values at which the cost has risen by one curve; None if it has not, within the points.
    """

    name: str
    values: Array
    costs: Array
    low: float | None
    high: float | None


def profile(
    problem: Problem, values: Values, name: str, *, times: float = 2.0, points: int = 5, descents: int = 6
) -> Profile:
    """Return the profile of one parameter around its value, up to a factor `times` on both sides.

    values : where to start, best the result of `calibrate`.
    points : number of values, odd so that the given one is among them.
    descents : steps of fitting at each.
    Raises InputError for a parameter that is not free.
    """
    names = [free.name for free in problem.free]
    if name not in names:
        raise InputError(f"{name!r} is not free", "a free parameter", did_you_mean(name, names))
    if points < 3 or points % 2 == 0 or not times > 1:
        raise InputError(
            f"{points} points up to a factor {times:g}", "an odd number from 3, and more than 1", "change it"
        )
    place, fixed = problem.places(values), names.index(name)
    free, centre = problem.free[fixed], points // 2
    spread = times ** (np.arange(points) / centre - 1)
    grid = np.clip(free.value(float(place[fixed])) * spread, free.low, free.high)
    costs = np.empty(points)
    for side in (range(centre, points), range(centre - 1, -1, -1)):
        near = place
        for k in side:
            near = near.copy()
            near[fixed] = free.place(float(grid[k]))
            near, costs[k] = _refitted(problem, near, fixed, descents)
    at = np.array([free.place(float(value)) for value in grid])
    low, high = (_crossing(at[side], costs[side]) for side in (slice(centre, None, -1), slice(centre, None)))
    ends = [None if x is None else free.value(x) for x in (low, high)]
    return Profile(name, grid, costs, *ends)


def _refitted(problem: Problem, place: Array, fixed: int, descents: int) -> tuple[Array, float]:
    """Return the best place with one coordinate held, and its cost."""
    looks = Looks(problem, 10**9)
    if place.size > 1:
        from scipy.optimize import least_squares

        def whole(free: Array) -> Array:
            return np.insert(free, fixed, place[fixed])

        others = np.delete(np.arange(place.size), fixed).tolist()
        least_squares(
            lambda free: looks.one(whole(free)),
            place[others],
            jac=lambda free: looks.slopes(whole(free), others),
            bounds=(0.0, 1.0), ftol=1e-3, xtol=1e-3, gtol=1e-3, max_nfev=descents,
        )  # fmt: skip
    else:
        looks.one(place)
    assert looks.best is not None
    return looks.best.place, looks.best.cost


def _crossing(places: Array, costs: Array) -> float | None:
    """Return the place at which the cost has risen by one since the first; it rises as a square does."""
    rise = np.sqrt(np.maximum(costs - costs[0], 0.0))
    above = np.flatnonzero(rise >= 1)
    if above.size == 0:
        return None
    k = int(above[0])
    share = (1 - rise[k - 1]) / (rise[k] - rise[k - 1])
    return float(places[k - 1] + share * (places[k] - places[k - 1]))
