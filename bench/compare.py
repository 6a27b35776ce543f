"""cytostorm and its peers on the same models, side by side, at equal achieved error.

    python bench/compare.py --out FOLDER [--quick] [--engines a,b] [--scenarios a,b] [--patients N]

Every engine runs in a process of its own, one thread, processor time counts; see bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
LONGEST = 420.0
"""Seconds after which an engine is stopped; what it measured until then counts."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for table, numbers and pictures")
    parser.add_argument("--engines", default="", help="names of files in bench/peers, with commas")
    parser.add_argument("--scenarios", default="", help="such as storm,storm-doses")
    parser.add_argument("--patients", type=int, default=1024, help="patients in one call of ours")
    parser.add_argument("--quick", action="store_true", help="fewer patients, less time for each point")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


def _names(wanted: str, known: tuple[str, ...]) -> list[str]:
    """Return the chosen names, in the known order."""
    chosen = wanted.split(",") if wanted else list(known)
    strange = set(chosen) - set(known)
    if strange:
        sys.exit(f"unknown: {', '.join(sorted(strange))}; known: {', '.join(known)}")
    return [name for name in known if name in chosen]


def _task(options: argparse.Namespace, raw: Path) -> dict[str, Any]:
    """Compute the truth of every scenario and hold it against SciPy; return what workers need."""
    from harness import reference
    from harness.scenarios import SCENARIOS

    known = 24 if options.quick else 48
    task: dict[str, Any] = {
        "patients": options.patients,
        "yard": 256,
        "seconds": 0.3 if options.quick else 0.6,
        "references": {},
        "agreement": {},
        "titles": {},
    }
    for key in _names(options.scenarios, tuple(SCENARIOS)):
        title, make = SCENARIOS[key]
        problem = make(known)
        path = reference.compute(problem, known, raw)
        found = reference.cross_check(problem, reference.load(path), 1 if options.quick else 3)
        agreement = ", ".join(f"{name} {error:.1e}" for name, error in found.items())
        print(f"{title}: {known} patients; our truth against {agreement}", flush=True)
        task["references"][key], task["agreement"][key] = str(path), found
        task["titles"][key] = title
    return task


def main() -> None:
    """Measure and report."""
    options = _arguments()
    raw = options.out / "raw"
    if options.worker:
        from harness.worker import work

        work(options.worker, json.loads((raw / "task.json").read_text()), raw / f"{options.worker}.json")
        return
    raw.mkdir(parents=True, exist_ok=True)
    os.environ |= ONE_THREAD
    import peers
    from harness import report

    engines = _names(options.engines, peers.ENGINES)
    started = time.time()
    task = _task(options, raw)
    (raw / "task.json").write_text(json.dumps(task))
    for name in engines:
        print(f"{name} ...", end=" ", flush=True)
        before = time.time()
        command = [sys.executable, __file__, "--out", str(options.out), "--worker", name]
        with (raw / f"{name}.log").open("w") as log:
            try:
                ended = subprocess.run(command, check=False, stdout=log, stderr=log, timeout=LONGEST)
                if ended.returncode:
                    print(f"died with {ended.returncode}, see {log.name},", end=" ")
            except subprocess.TimeoutExpired:
                print("stopped by the clock,", end=" ")
        print(f"{time.time() - before:.0f} s", flush=True)
    print(report.write(options.out, task, engines))
    print(f"all in {time.time() - started:.0f} s; table and pictures in {options.out}")


if __name__ == "__main__":
    main()
