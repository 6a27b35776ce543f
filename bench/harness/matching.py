"""Time at a given error from points of (error, time), and ratios to ours."""

from __future__ import annotations

import itertools
import math
import statistics
from typing import Any

TARGETS = (1e-3, 1e-5)


def front(points: list[dict[str, Any]], what: str = "us") -> list[tuple[float, float]]:
    """Return (error, microseconds) of the points that no other point beats in both, loosest first."""
    found = sorted((p["error"], p[what]) for p in points if math.isfinite(p["error"]) and what in p)
    kept: list[tuple[float, float]] = []
    for error, us in found:  # from the most exact: a looser point must be faster to stay
        if not kept or us < kept[-1][1]:
            kept.append((max(error, 1e-16), us))
    return kept[::-1]


def at_error(points: list[dict[str, Any]], target: float, what: str = "us") -> float | None:
    """Return the time at an error by log-log interpolation; None if no point is as exact.

    An engine that is more exact than asked at its loosest setting is charged that setting's time.
    """
    line = front(points, what)
    if not line or line[-1][0] > target:
        return None
    if line[0][0] <= target:
        return line[0][1]
    for (e0, t0), (e1, t1) in itertools.pairwise(line):
        if e1 <= target <= e0:
            part = math.log(target / e0) / math.log(e1 / e0)
            return t0 * (t1 / t0) ** part
    return None


def rows(results: dict[str, dict[str, Any]], scenario: str) -> list[dict[str, Any]]:
    """Return one row per engine that ran: times at the targets, corrected for load, and ratios to ours."""
    cells = {n: r["cells"][scenario] for n, r in results.items() if scenario in r.get("cells", {})}
    cells = {n: c for n, c in cells.items() if "points" in c}
    if not cells:
        return []
    usual = statistics.median(statistics.median(c["yard_us"]) for c in cells.values())
    found = []
    for name, cell in cells.items():
        load = statistics.median(cell["yard_us"]) / usual
        row: dict[str, Any] = {"engine": name, "label": results[name]["label"], "scenario": scenario}
        row["load"] = load
        for target in TARGETS:
            spent = at_error(cell["points"], target)
            row[f"us@{target:g}"] = None if spent is None else spent / load
        row["setup_s"] = cell["setup_s"] / load + cell["compilers_s"]
        row["rss_mb"] = cell["rss_mb"]
        for count in ("patients", "flips", "failed"):
            row[count] = sum(p[count] for p in cell["points"])
        found.append(row)
        solver = [p for p in cell["points"] if "solver_us" in p]
        if solver:
            inner = row | {"engine": f"{name}:solver", "label": f"{row['label']}, solver alone"}
            for target in TARGETS:
                spent = at_error(solver, target, "solver_us")
                inner[f"us@{target:g}"] = None if spent is None else spent / load
            found.append(inner)
    ours = next((r for r in found if r["engine"] == "cytostorm_engine"), None)
    for row in found:
        for target in TARGETS:
            mine, own = row[f"us@{target:g}"], ours and ours[f"us@{target:g}"]
            row[f"ratio@{target:g}"] = mine / own if mine and own else None
    return sorted(found, key=lambda r: r["us@1e-05"] or r["us@0.001"] or math.inf)
