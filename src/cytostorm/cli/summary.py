"""A run in numbers: for people as a table, for programs as one JSON object."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cytostorm._version import __version__
from cytostorm.cli.console import number, out, table

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.observe.acceptance import Comparison
    from cytostorm.scenario import Plan

METRICS = ("peak", "time_of_peak", "trough", "time_of_trough", "auc", "final")
HEADS = ("quantity", "unit", "baseline", "peak median [IQR]", "peak at, h", "lowest", "final")


def disclaimer() -> str:
    """Return the sentence that stands on everything."""
    from cytostorm.dataset import DISCLAIMER

    return DISCLAIMER


def statuses(run: xr.Dataset) -> dict[str, int]:
    """Return how many patients ended in which way: ok always, others if there are any."""
    import numpy as np

    codes = np.asarray(run["status"].values, dtype=int)
    words = str(run["status"].attrs.get("flag_meanings", "ok")).split()
    counts = {"ok": int((codes == 0).sum())}
    for code in sorted(set(codes.tolist()) - {0}):
        name = words[code].replace("_", " ") if 0 <= code < len(words) else f"status {code}"
        counts[name] = int((codes == code).sum())
    return counts


def failed(run: xr.Dataset) -> int:
    """Return how many patients failed."""
    return sum(statuses(run).values()) - statuses(run)["ok"]


def as_json(run: xr.Dataset, plan: Plan) -> dict[str, Any]:
    """Return the run as the object `--json` prints."""
    from cytostorm.observe.metrics import summary

    numbers = {
        name: {key: entry.get(key) for key in ("label", "unit", *METRICS)}
        for name, entry in summary(run).items()
    }
    return {
        "model": {"name": plan.model.name, "fingerprint": plan.model.fingerprint},
        "seed": plan.scenario.population.seed,
        "n": int(run.sizes["patient"]),
        "status": statuses(run),
        "quantities": numbers,
        "disclaimer": disclaimer(),
        "version": __version__,
    }


def show(run: xr.Dataset, comparison: Comparison | None) -> None:
    """Print the table, how many patients count, and how many published results are met."""
    from cytostorm.observe.metrics import summary

    rows = [_row(name, entry, run) for name, entry in summary(run).items()]
    out()
    table(HEADS, rows, right=(2, 3, 4, 5, 6))
    out()
    counts = statuses(run)
    text = f"{counts['ok']:,} of {sum(counts.values()):,} patients ok"
    out("; ".join([text, *(f"{n:,} {name}" for name, n in counts.items() if name != "ok")]))
    if comparison is not None:
        judged = [row.inside for row in comparison.rows if row.inside is not None]
        out(f"{sum(judged)} of {len(judged)} published results of human endotoxaemia met (see the report)")


def _row(name: str, entry: dict[str, Any], run: xr.Dataset) -> tuple[str, ...]:
    peak = entry["peak"]
    middle = number(peak["median"])
    if peak["median"] is not None and entry.get("n", 2) > 1:
        middle += f" [{number(peak['q1'])}-{number(peak['q3'])}]"
    rest = (number(entry[key]["median"]) for key in ("time_of_peak", "trough", "final"))
    return (name, entry["unit"], number(_baseline(run, name)), middle, *rest)


def _baseline(run: xr.Dataset, name: str) -> float | None:
    """Return the median at the start of the patients that are ok."""
    import numpy as np

    from cytostorm.observe.metrics import usable

    first = np.asarray(usable(run, name).isel(time=0).values, dtype=float)
    return float(np.median(first)) if first.size else None


def advise(target: str, plan: Plan) -> None:
    """Print three commands to try next."""
    labs = [lab.short for lab in plan.model.labs]
    first = "il6" if "il6" in labs or not labs else labs[0]
    challenges = plan.model.challenges
    where = f'"{target}"' if " " in target else target
    lines = [f"cytostorm explain {first}"]
    if challenges:
        dose = challenges[0].amount
        value = plan.model.values[dose] / dose.factor / 2
        lines.append(f'cytostorm run {where} --set {dose.name}="{value:g} {dose.unit}"')
    lines.append("cytostorm new my-scenario.toml" if not Path(target).is_file() else "cytostorm list drug")
    out("next:")
    for line in lines:
        out(f"  {line}")
