"""What was measured as a page, as numbers for programs, and as pictures."""

from __future__ import annotations

import csv
import json
import os
import platform
from pathlib import Path
from typing import Any

from harness.matching import TARGETS, rows

HEADER = (
    "| engine | µs @1e-3 | ratio | µs @1e-5 | ratio | set-up s | memory MB | flips | failed |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


def machine() -> str:
    """Return processor, cores, load and interpreter in a line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [
            x.split(":", 1)[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")
        ]
        cpu = named[0] if named else cpu
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    return (
        f"{cpu}, {os.cpu_count()} cores, load {load}; {platform.system()}, Python {platform.python_version()}"
    )


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{float(f'{value:.{digits}g}'):,.12g}"


def _table(found: list[dict[str, Any]]) -> str:
    lines = [HEADER]
    for r in found:
        cells = [r["label"]]
        for target in TARGETS:
            cells += [_number(r[f"us@{target:g}"]), _number(r[f"ratio@{target:g}"], 2)]
        cells += [
            _number(r["setup_s"], 2),
            f"{r['rss_mb']:.0f}",
            f"{r['flips']}/{r['patients']}",
            str(r["failed"]),
        ]
        lines.append("| " + " | ".join(cells) + " |\n")
    return "".join(lines)


def _absent(results: dict[str, dict[str, Any]], task: dict[str, Any]) -> list[str]:
    """Return a line for each engine or cell that gave no numbers."""
    lines = []
    for result in results.values():
        label = result["label"]
        if result["missing"]:
            lines.append(f"- {label}: {result['missing']}\n")
            continue
        for key in task["titles"]:
            cell = result["cells"].get(key, {"failed": "no time left, or the process died"})
            if "points" not in cell:
                lines.append(f"- {label}, {key}: {cell['failed'][:200]}\n")
    return lines


def page(
    results: dict[str, dict[str, Any]], task: dict[str, Any], found: dict[str, list[dict[str, Any]]]
) -> str:
    """Return the page."""
    about = (
        f"{machine()}. Processor time per patient, one thread, at equal achieved error. "
        f"{task['patients']} patients in one call of cytostorm; "
        "for a peer as many patients of the same cohort, one after another, as "
        f"{task['seconds']:g} s allow for each point.\n"
    )
    parts = ["# cytostorm and its peers\n\n", about]
    for key, title in task["titles"].items():
        agreement = ", ".join(f"{name} {error:.1e}" for name, error in task["agreement"][key].items())
        parts.append(f"\n## {title}\n\nLargest difference of the truth from {agreement}.\n\n")
        parts.append(_table(found[key]))
    parts.append(
        "\nError of a patient: largest |y − truth| / (|truth| + 1e-3 max |truth|) over states and times; "
        "median over patients. Times are corrected by a yardstick, cytostorm before and between; "
        "memory is that of the whole process, harness and yardstick included. "
        "Flips: runs in which a rule decided otherwise than in the truth (left out of the error). "
        "Ratio: times ours. A dash: not reached.\n\n## What each row is\n\n"
    )
    for result in results.values():
        if not result["missing"]:
            known = ", ".join(f"{p} {v}" for p, v in result["versions"].items())
            parts.append(f"- {result['label']} ({known}): {result['note']}.\n")
    absent = _absent(results, task)
    if absent:
        parts += ["\n## Without numbers\n\n", *absent]
    return "".join(parts)


def _write_csv(path: Path, table: list[dict[str, Any]]) -> None:
    if table:
        names = list(dict.fromkeys(name for row in table for name in row))
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(table)


def write(folder: Path, task: dict[str, Any], engines: list[str]) -> str:
    """Write table.md, ratios.csv, points.csv, result.json and the pictures; return the page."""
    results = {}
    for name in engines:
        path = folder / "raw" / f"{name}.json"
        if path.exists():
            results[name] = json.loads(path.read_text())
    found = {key: rows(results, key) for key in task["titles"]}
    text = page(results, task, found)
    (folder / "table.md").write_text(text)
    _write_csv(folder / "ratios.csv", [row for table in found.values() for row in table])
    points = [
        {"engine": name, "scenario": key} | point
        for name, result in results.items()
        for key, cell in result["cells"].items()
        for point in cell.get("points", ())
    ]
    _write_csv(folder / "points.csv", points)
    everything = {"machine": machine(), "task": task, "results": results, "rows": found}
    (folder / "result.json").write_text(json.dumps(everything, indent=1))
    try:
        from harness import picture
    except ImportError as error:
        return f"{text}\nno pictures: {error}\n"
    picture.ratios(folder, task["titles"], found)
    picture.curves(folder, task["titles"], results)
    return text
