"""Where a step's time goes, and how near it comes to what the processor could issue.

    python bench/where.py

Operations on vectors are counted in the programs that the engine prints; what the processor does of them in a
second is measured with loops of nothing else. The bound takes products, sums fused or not, and divisions as
sharing one pipe, and loads as free: no code can be faster with these operations.
"""

from __future__ import annotations

import ctypes
import time
from collections import Counter
from collections.abc import Sequence

import numpy as np
from models.storm import OUTPUT_TIMES, daily_doses, storm

import cytostorm as cs
from cytostorm.codegen import system
from cytostorm.codegen.flow import Flow
from cytostorm.codegen.lanes import Lanes
from cytostorm.codegen.native import Library, compile_text, host
from cytostorm.codegen.tape import Tape
from cytostorm.simulation.engine.workspace import STAGES
from cytostorm.simulation.solvers.rodas5p import A

CHAINS = 10
"""Independent operations in flight: enough to hide how long one takes."""
LONG = {"exp": 21, "log": 22, "tanh": 24}
"""Operations that a function takes besides a division, as lanes.py writes it."""
EVEN = ("mul", "fma", "fms", "fnma")
FLEXIBLE = ("add", "sub", "max", "min", "select", "lt", "le", "and")


def seconds_each(operation: str) -> float:
    """Return the time of one operation on a vector when many are in flight."""
    target = host()
    lanes = target.lanes()
    flow = Flow(lanes)
    with flow.function("void @busy(ptr %out, i64 %times)"):
        slots = [flow.slot(lanes.vector, lanes.const(1.0 + k / 8)) for k in range(CHAINS)]
        with flow.count("%times"):
            values = [flow.new(f"load {lanes.vector}, ptr {slot}, align 64") for slot in slots]
            for _ in range(20):
                values = [_one(lanes, operation, value) for value in values]
            for value, slot in zip(values, slots, strict=True):
                flow.line(f"store {lanes.vector} {value}, ptr {slot}, align 64")
    made = Library(compile_text(lanes.text(), target), target)
    busy = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(made.address("busy"))
    best = np.inf
    for _ in range(5):
        start = time.process_time()
        busy(None, 20_000)
        best = min(best, (time.process_time() - start) / (20_000 * 20 * CHAINS))
    return float(best)


def _one(lanes: Lanes, operation: str, value: str) -> str:
    if operation == "fma":
        return lanes.fma(value, lanes.const(0.999), lanes.const(0.001))
    return lanes.arithmetic(operation, value, lanes.const(1.0000001))


def operations(tape: Tape) -> Counter[str]:
    """Return products, sums and divisions of a program; functions written out."""
    found: Counter[str] = Counter()
    for op, _ in tape.code:
        if op in EVEN:
            found["fma"] += 1
        elif op == "div":
            found["div"] += 1
        elif op in LONG:
            found["fma"] += LONG[op]
            found["div"] += op != "exp"
    return found


def step_of(model: cs.Model) -> dict[str, Counter[str]]:
    """Return what a step of a vector of lanes takes, by part."""
    s = system(model)
    n = len(s.species)
    rows = sum(len(a) for a in A[: STAGES - 2])
    sums = Counter(fma=n * (rows + sum(range(1, STAGES)) + STAGES - 1))

    def times(k: int, tape: Tape) -> Counter[str]:
        return Counter({op: k * count for op, count in operations(tape).items()})

    return {
        "rates, 7 times": times(STAGES - 1, s.rates),
        "rates, Jacobian and factors": operations(s.linearise),
        "linear systems, 8": times(STAGES, s.solve),
        "sums of stages": sums,
        "error": Counter(fma=6 * n),
    }


def measured(model: cs.Model, regimen: cs.Regimen | None, times: Sequence[float]) -> tuple[float, float]:
    """Return steps per patient and seconds of a patient's step, only the last time kept."""
    cohort = cs.sample(model, 1024, seed=1)
    names = [s.name for s in model.species][:1]
    best, steps = np.inf, 0.0
    for _ in range(5):
        start = time.process_time()
        run = cs.simulate(model, cohort, regimen, [0, times[-1]], quantities=names, rtol=3e-5, threads=1)
        best, steps = min(best, time.process_time() - start), float(run["steps"].sum())
    return steps / 1024, best / steps


def main() -> None:
    """Print the table."""
    width = host().width
    cost = {"fma": seconds_each("fma"), "div": seconds_each("fdiv")}
    print(f"{host().cpu}, {width} lanes: product and sum {cost['fma'] * 1e9:.3f} ns per vector, "
          f"division {cost['div'] * 1e9:.3f} ns")  # fmt: skip
    cases = (
        ("endotoxin", cs.model_for("endotoxin"), None, [0, 48.0]),
        ("storm", storm(), None, OUTPUT_TIMES),
        ("storm, daily doses", storm(), daily_doses(), OUTPUT_TIMES),
    )
    for name, model, regimen, times in cases:
        bound = 0.0
        print(f"\n{name}: {len(model.species)} states")
        for part, count in step_of(model).items():
            spent = sum(cost[op] * k for op, k in count.items())
            bound += spent
            products, divisions = count["fma"], count["div"]
            print(
                f"  {part:28s} {products:6d} products and sums {divisions:4d} divisions {spent * 1e9:6.0f} ns"
            )
        steps, each = measured(model, regimen, times)
        share = bound / (each * width)
        print(
            f"  bound {bound * 1e6:.2f} µs per vector of lanes, measured {each * width * 1e6:.2f} µs "
            f"({share:.0%}) with all else, {steps:.0f} steps per patient"
        )


if __name__ == "__main__":
    main()
