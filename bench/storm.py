"""What a patient of the shipped storms costs: by trigger and precision, and beside a peer at equal error.

    python bench/storm.py [--patients N] [--triggers a,b] [--peer roadrunner_cvode]

Four weeks, one thread, processor time of the fastest of several calls, patients sampled as usual. Nobody
dies here, so that everyone is computed to the end: with deaths the mean is lower. The first row is the
made-up storm of `compare.py`, for scale. With `--peer` all states are stored every 6 hours, and the error and
the correction for other load are those of `compare.py`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before numpy is loaded

import numpy as np
import peers
from harness import matching, measure
from harness.problem import Problem, problem
from harness.reference import RTOL, Reference
from models.storm import OUTPUT_TIMES, storm

import cytostorm as cs

MAIN = (
    "endotoxin", "sepsis", "sars_cov_2", "influenza", "car_t", "bispecific", "superagonist", "hlh", "mas",
    "sterile_injury",
)  # fmt: skip
WAYS = (("float64", 1e-6), ("float64", 1e-4), ("float32", 1e-3))
MONTH = 672.0
ROUNDS = 5
IMMORTAL = "1e9"
KNOWN = 24
"""Patients whose truth is computed."""


def model_of(trigger: str) -> cs.Model:
    """Return a trigger's model in which nobody dies."""
    return cs.model_for(trigger).replace({"fate.endurance": IMMORTAL})


def people(model: cs.Model, n: int) -> Any:
    """Return sampled patients, none of whom dies."""
    mortal = any(p.name == "fate.endurance" for p in model.parameters)
    return cs.sample(model, n, seed=1, fixed={"fate.endurance": IMMORTAL} if mortal else None)


def fastest(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the shortest processor time of several calls, and the last answer."""
    best, answer = np.inf, call()
    for _ in range(ROUNDS):
        start = time.process_time()
        answer = call()
        best = min(best, time.process_time() - start)
    return best, answer


def cost(name: str, model: cs.Model, sums: tuple[str, ...], n: int) -> str:
    """Return a row: states, and for each way microseconds, steps and rejected steps of a patient."""
    cohort, cells = people(model, n), []
    for precision, rtol in WAYS:

        def call(precision: str = precision, rtol: float = rtol) -> Any:
            return cs.simulate(
                model, cohort, times=[MONTH], quantities=[], summaries=sums, rtol=rtol, threads=1,
                precision=precision,
            )  # fmt: skip

        spent, run = fastest(call)
        steps, most = float(run["steps"].mean()), int(run["steps"].max())
        failed = f" FAILED {run.attrs['failed']}" if run.attrs["failed"] else ""
        each = 1e6 * spent / n
        cells.append(
            f"{each:7.1f} µs {steps:5.0f} steps (most {most:4d}, {1e3 * each / steps:4.0f} ns){failed}"
        )
    return f"{name:16s} {len(model.species):3d}  " + " | ".join(cells)


def _truth(task: Problem) -> Reference:
    ours = peers.engine("cytostorm_engine")
    ours.prepare(task)
    states = np.array([y for y, _ in ours.results(ours.simulate(KNOWN, RTOL))])
    return Reference(states, task.scales, [[] for _ in range(KNOWN)])


def beside(name: str, model: cs.Model, peer: str, n: int) -> str:
    """Return a row: times at the same error of ours and of a peer, and their ratio."""
    task = problem(name, model, cs.Regimen(), np.asarray(OUTPUT_TIMES), patients=n)
    truth = _truth(task)
    points: dict[str, list[dict[str, Any]]] = {"cytostorm_engine": [], peer: []}
    readings = []
    for engine in points:
        one = peers.engine(engine)
        one.prepare(task)
        if not one.batches:
            one.run(0, 1e-3, one.shares[0])
        yard = measure.Yardstick(task)
        found: list[float] = []
        points[engine] = measure.curve(one, task, truth, 0.5, lambda f=found, y=yard: f.append(y.read()))
        readings.append(float(np.median(found)))
    load = readings[1] / readings[0]
    cells = []
    for target in matching.TARGETS:
        ours, theirs = (matching.at_error(points[e], target) for e in points)
        if ours is None or theirs is None:
            cells.append(f"at {target:g} not reached")
            continue
        theirs /= load
        times = f"{theirs / ours:4.0f} times"
        cells.append(f"at {target:g} ours {ours:6.1f} µs, {peer} {theirs:8.0f} µs, {times}")
    failed = sum(p["failed"] for p in points[peer])
    return f"{name:16s} " + " | ".join(cells) + f" | load {load:.2f}, runs of the peer that failed {failed}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--patients", type=int, default=1024)
    parser.add_argument("--triggers", default="", help="with commas; all main ones if left out")
    parser.add_argument("--peer", default="", help="a file of bench/peers, such as roadrunner_cvode")
    options = parser.parse_args()
    triggers = options.triggers.split(",") if options.triggers else MAIN
    print("model, states, " + ", ".join(f"{p} at rtol {r:g}" for p, r in WAYS))
    seen = ("peak il6", "peak crp", "trough map")
    print(cost("storm of compare", storm(), seen, options.patients), flush=True)
    for name in triggers:
        print(cost(name, model_of(name), seen, options.patients), flush=True)
    if options.peer:
        print(f"\nbeside {options.peer}, all states every 6 h, at the same error")
        print(beside("storm of compare", storm(), options.peer, options.patients), flush=True)
        for name in triggers:
            print(beside(name, model_of(name), options.peer, options.patients), flush=True)


if __name__ == "__main__":
    main()
