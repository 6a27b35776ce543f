"""Timing of one engine on one problem: processor time per patient against achieved error."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import peers
from peers import Peer

from harness.problem import Problem
from harness.reference import Reference

TIGHT = 4e-6
"""An engine has shown enough once its error is below this."""
LEAST = 4
"""Patients that every point has, however slow the engine."""
MOST = 60
"""Times a point's seconds after which an engine gets no further point on a problem."""
YARD_RTOL = 1e-4


class Yardstick:
    """Ours on the same problem in the same process: shows how loaded the machine is."""

    def __init__(self, problem: Problem) -> None:
        self.ours, self.patients = peers.engine("cytostorm_engine"), problem.patients
        self.ours.prepare(problem)

    def read(self, seconds: float = 0.1) -> float:
        """Return microseconds per patient."""
        start, rounds = time.process_time(), 0
        while time.process_time() - start < seconds:
            self.ours.simulate(self.patients, YARD_RTOL)
            rounds += 1
        return 1e6 * (time.process_time() - start) / (rounds * self.patients)


def curve(
    engine: Peer, problem: Problem, truth: Reference, seconds: float, then: Callable[[], None]
) -> list[dict[str, Any]]:
    """Return one point per tolerance: microseconds per patient, error, what went wrong.

    seconds : processor time for one point; then : called after each point.
    """
    points, end = [], time.process_time() + MOST * seconds
    for share in engine.shares:
        for rtol in engine.rtols:
            if time.process_time() > end:
                return points
            point = _batch(engine, problem, truth, rtol, seconds) if engine.batches else None
            point = point or _one_by_one(engine, truth, rtol, share, seconds)
            points.append(point | {"rtol": rtol, "share": share})
            then()
            if point["error"] < TIGHT:
                break
    return points


def _batch(engine: Any, problem: Problem, truth: Reference, rtol: float, seconds: float) -> dict[str, Any]:
    """Time calls for all patients at once; errors on those whose truth is known."""
    start, rounds = time.process_time(), 0
    while rounds == 0 or time.process_time() - start < seconds:
        run = engine.simulate(problem.patients, rtol)
        rounds += 1
    spent = time.process_time() - start
    results = engine.results(run)[: len(truth.fired)]
    return {"us": 1e6 * spent / (rounds * problem.patients), "patients": problem.patients} | _judge(
        results, truth
    )


def _one_by_one(engine: Peer, truth: Reference, rtol: float, share: float, seconds: float) -> dict[str, Any]:
    """Time one patient after another until the time is used up."""
    results, spent, before = [], 0.0, engine.extra()
    for patient in range(len(truth.fired)):
        start = time.process_time()
        try:
            results.append(engine.run(patient, rtol, share))
        except Exception:  # noqa: BLE001  # an engine that gives up on a patient is counted
            results.append((np.full(truth.states.shape[1:], np.nan), truth.fired[patient]))
        spent += time.process_time() - start
        if spent > seconds and len(results) >= LEAST:
            break
    done = len(results)
    after = engine.extra()
    extra = {f"{name}_us": 1e6 * (after[name] - before[name]) / done for name in after}
    return {"us": 1e6 * spent / done, "patients": done} | extra | _judge(results, truth)


def _judge(results: list[Any], truth: Reference) -> dict[str, Any]:
    """Return median and 95th percentile of the errors; other decisions than the truth's are left out."""
    same = [truth.same_decisions(k, fired) for k, (_, fired) in enumerate(results)]
    errors = [truth.error(k, y) for k, (y, _) in enumerate(results) if same[k]]
    finite = [e for e in errors if math.isfinite(e)]
    return {
        "error": float(np.median(errors)) if errors else math.inf,
        "p95": float(np.quantile(finite, 0.95)) if finite else math.inf,
        "flips": len(results) - sum(same),
        "failed": len(errors) - len(finite),
    }


def _children() -> float:
    """Return the processor time of compilers that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(
    engine: Peer, problem: Problem, truth: Reference, make_yard: Callable[[], Yardstick], seconds: float
) -> dict[str, Any]:
    """Return set-up time, curve, readings of the yardstick before and between, and memory."""
    start, others = time.process_time(), _children()
    engine.prepare(problem)
    if not engine.batches:
        engine.run(0, 1e-3, engine.shares[0])
    setup, compilers = time.process_time() - start, _children() - others
    yard = make_yard()  # only now: it would warm up what ours needs at its set-up
    readings = [yard.read(), yard.read()]
    points = curve(engine, problem, truth, seconds, lambda: readings.append(yard.read()))
    return {
        "setup_s": setup,
        "compilers_s": compilers,
        "points": points,
        "yard_us": readings,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }
