"""From a problem to values: many starts spread over the bounds, the best of them followed down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from cytostorm._version import __version__
from cytostorm.errors import InputError
from cytostorm.infer.looking import Looks, SpentError
from cytostorm.infer.misfit import PER_PARAMETER, Evidence
from cytostorm.infer.problem import Array, Problem
from cytostorm.simulation.store import Store

MANIFEST = "calibration.json"
"""File of a folder that says what is calibrated there."""
SPREAD = 8
"""Points looked at for each start that is followed."""
NEAR = 1e-4
"""Change of cost, relative, and of place, at which a descent ends: medians of few people are not smoother."""
OPTIMISER = "Sobol points, the best followed by scipy.optimize.least_squares (trust region reflective)"
DONE, SPENT, INTERRUPTED = "done", "evaluations used up", "interrupted"
"""How a calibration may end."""


@dataclass(frozen=True, eq=False)
class Fit:
    """What a calibration found.

    values : the best values, in the units of the free parameters.
    before, cost : sum of squares at the values the model had, and at these.
    inside_before, inside : curves inside at both.
    ends : cost at the end of each descent; equal ones are one valley.
    evaluations, failed : sets of values looked at, and those with which somebody could not be simulated.
    ended : why it ended.
    """

    problem: Problem
    values: dict[str, float]
    evidence: Evidence
    before: float
    cost: float
    inside_before: int
    inside: int
    ends: tuple[float, ...]
    evaluations: int
    failed: int
    ended: str
    seed: int
    starts: int


def calibrate(
    problem: Problem,
    folder: str | Path | None = None,
    *,
    starts: int = 4,
    seed: int = 0,
    evaluations: int = 400,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Fit:
    """Return the values with which the rows of a problem fit best.

    folder : where each set of values is kept as it is looked at; None keeps none. The file `overlay.toml`
        is written there by `cytostorm calibrate`, not here.
    starts : how many descents are made, the first from the values the model has.
    seed : of the points they are chosen from.
    evaluations : how many sets of values are looked at at most.
    resume : go on in a folder; what it holds is not simulated again, and the result is the same to the bit
        as without the interruption. More evaluations may then be asked for.
    progress : called with sets of values looked at, and the most that will be.

    An interrupt from the keyboard ends the search and keeps the best values so far. Raises InputError for a
    folder of something else, and for more free parameters than the curves carry without a reason given.
    """
    for name, number, least in (("starts", starts, 1), ("seed", seed, 0), ("evaluations", evaluations, 1)):
        if type(number) is not int or number < least:
            raise InputError(f"{name} is {number!r}", f"a whole number, {least} or more", "choose another")
    store = None if folder is None else _store(problem, Path(folder), starts, seed, resume=resume)
    looks = Looks(problem, evaluations, store, progress)
    first = problem.start
    ends: list[float] = []
    before = None
    ended = DONE
    try:
        looks.one(first)
        before = looks.best
        _check_count(problem, looks.evidence)
        # one by one, so that an interrupt keeps those that are done
        ends.extend(_descent(looks, place) for place in _spread(looks, first, starts, seed))
    except SpentError:
        ended = SPENT
    except KeyboardInterrupt:
        if looks.best is None:
            raise
        ended = INTERRUPTED
    best, evidence = looks.best, looks.evidence
    before = before or best
    assert best is not None
    assert before is not None
    assert evidence is not None
    return Fit(
        problem, problem.values(best.place), evidence, before.cost, best.cost,
        evidence.inside(before.far), evidence.inside(best.far),
        tuple(ends), looks.spent, looks.failed, ended, seed, starts,
    )  # fmt: skip


def _store(problem: Problem, folder: Path, starts: int, seed: int, *, resume: bool) -> Store:
    """Return the folder, new or, if asked for, as it is."""
    if (folder / MANIFEST).exists() and not resume:
        raise InputError(
            f"folder {str(folder)!r} holds a calibration", "a new folder", "go on in it: --resume"
        )
    identity = {
        "problem": problem.name,
        "free": [asdict(free) for free in problem.free],
        "about": dict(problem.about),
        "starts": starts,
        "seed": seed,
        "version": __version__,
    }
    return Store.open(folder, identity, what="calibration", manifest_name=MANIFEST)


def _check_count(problem: Problem, evidence: Evidence | None) -> None:
    assert evidence is not None
    if len(problem.free) > evidence.allowed and not problem.reason.strip():
        raise InputError(
            f"{len(problem.free)} free parameters against {len(evidence.names)} curves",
            f"at most one for {PER_PARAMETER} curves, here {evidence.allowed}",
            "free fewer, in a new folder, or give the problem a reason why more are needed",
        )


def _spread(looks: Looks, first: Array, starts: int, seed: int) -> list[Array]:
    """Return where descents begin: the model's own values, and the best of points spread evenly."""
    if starts == 1:
        return [first]
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(SPREAD * starts)))
    even = qmc.Sobol(first.size, scramble=False).random_base2(power)
    # shifted as a whole, round the edge: as even as before, and another set for another seed
    points = np.ascontiguousarray((even + np.random.default_rng(seed).random(first.size)) % 1.0)
    costs = (looks(points) ** 2).sum(axis=1)
    return [first, *points[np.argsort(costs, kind="stable")[: starts - 1]]]


def _descent(looks: Looks, place: Array) -> float:
    """Follow the cost down from a place; return the cost where it ended."""
    from scipy.optimize import least_squares

    found = least_squares(
        looks.one, place, jac=looks.slopes, bounds=(0.0, 1.0), method="trf", ftol=NEAR, xtol=NEAR, gtol=NEAR
    )
    return float(2 * found.cost)
