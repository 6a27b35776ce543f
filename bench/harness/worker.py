"""One engine in a process of its own: what it does to memory, threads or signals stays with it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import peers

from harness.measure import Yardstick, measure
from harness.reference import Reference, load
from harness.scenarios import SCENARIOS


def versions(engine: peers.Peer) -> dict[str, str]:
    """Return the versions of an engine's packages."""
    found = {}
    for package in engine.packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "from source"
    return found


def work(name: str, task: dict[str, Any], out: Path) -> None:
    """Measure one engine on every scenario of a task; write what is known after each."""
    engine_class = peers.engine(name)
    result: dict[str, Any] = {"engine": name, "label": engine_class.label, "note": engine_class.note}
    result["missing"] = engine_class.available()
    result["versions"], result["cells"] = versions(engine_class), {}
    out.write_text(json.dumps(result))
    if result["missing"]:
        return
    if engine_class.batches:  # its set-up is measured without compiled code from earlier runs
        os.environ["CYTOSTORM_CACHE"] = tempfile.mkdtemp()
    for key, path in task["references"].items():
        start = time.process_time()
        try:
            cell = _cell(peers.engine(name), key, load(Path(path)), task)
        except Exception as error:  # noqa: BLE001  # one engine that fails never stops the others
            cell = {"failed": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        result["cells"][key] = cell | {"cpu_s": time.process_time() - start}
        out.write_text(json.dumps(result))


def _cell(engine: peers.Peer, key: str, truth: Reference, task: dict[str, Any]) -> dict[str, Any]:
    """Measure an engine on one scenario; the yardstick is the same for all engines."""
    _, make = SCENARIOS[key]
    problem = make(task["patients"] if engine.batches else len(truth.fired))
    return measure(engine, problem, truth, lambda: Yardstick(make(task["yard"])), task["seconds"])
