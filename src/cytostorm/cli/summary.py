"""A run in numbers: for people as a table, for programs as one JSON object."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Any

from cytostorm._version import __version__
from cytostorm.cli.console import number, out, table

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.observe.acceptance import Comparison
    from cytostorm.plot.clock import Clock
    from cytostorm.scenario import Plan

METRICS = ("peak", "time_of_peak", "trough", "time_of_trough", "auc", "final")
LIMITS = {"unsafe": "given though unsafe", "unchecked": "not checked before giving"}
"""Attributes of a run about the limits of drugs, and what they are called."""
WIDEST = 100
"""Letters in a line of text at most."""
HEADS = ("quantity", "unit", "baseline", "peak median [IQR]", "peak at, {unit}", "lowest", "last seen")


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


def deaths(run: xr.Dataset) -> dict[str, int]:
    """Return how many patients died; nothing where nobody can."""
    from cytostorm.dataset import DIED

    return {"died": int(run[DIED].notnull().sum())} if DIED in run else {}


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
        "severity": severity(plan),
        "seed": plan.scenario.population.seed,
        "n": int(run.sizes["patient"]),
        "status": statuses(run),
        **deaths(run),
        "warnings": plan.model.warnings(),
        **limits(run),
        "quantities": numbers,
        "disclaimer": disclaimer(),
        "version": __version__,
    }


def limits(run: xr.Dataset) -> dict[str, list[str]]:
    """Return which limits of drugs were broken, and what forbids an order and nobody checked."""
    return {key: [said for said in str(run.attrs.get(key, "")).split("; ") if said] for key in LIMITS}


def severity(plan: Plan) -> str | None:
    """Return how bad it is: as named, or as the trigger usually is; None if it knows no severities."""
    from cytostorm.library.catalogue import recipe

    return plan.scenario.trigger.severity or recipe(plan.scenario.trigger.name).usual or None


def show(run: xr.Dataset) -> None:
    """Print the table in clinical order, what happened in words, and how many patients count."""
    from cytostorm.observe.metrics import summary
    from cytostorm.plot.clock import Clock
    from cytostorm.report.clinic import paragraph
    from cytostorm.report.groups import grouped

    entries, clock = summary(run), Clock.of(run)
    order = [name for _, names in grouped({n: e["unit"] for n, e in entries.items()}) for name in names]
    heads = [head.format(unit=clock.unit) for head in HEADS]
    out()
    table(heads, [_row(name, entries[name], run, clock) for name in order], right=(2, 3, 4, 5, 6), keep=4)
    out()
    if statuses(run)["ok"]:
        out(fill(paragraph(run), min(WIDEST, get_terminal_size().columns)))
        out()
    out(ending(run))
    show_limits(run)


def show_limits(run: xr.Dataset) -> None:
    """Print which limits of drugs were broken, and what nobody checked."""
    for key, said in limits(run).items():
        if said:
            out(f"{LIMITS[key]}: {'; '.join(said)}")


def ending(run: xr.Dataset) -> str:
    """Return in words of how many patients the run is ok, how many of them died, and how the others ended."""
    counts = statuses(run)
    text = f"{counts['ok']:,} of {sum(counts.values()):,} patients ok"
    if counts["ok"]:
        text += "".join(f", of whom {n:,} died ({n / counts['ok']:.1%})" for n in deaths(run).values())
    return "; ".join([text, *(f"{n:,} {name}" for name, n in counts.items() if name != "ok")])


def show_comparison(comparison: Comparison) -> None:
    """Print how many published curves the model meets, counted as the report counts them."""
    overall = comparison.counts["overall"]
    out(
        f"{overall.inside} of {overall.scored} published curves of human endotoxaemia inside "
        "(many of them were used to calibrate; see the report)"
    )


def _row(name: str, entry: dict[str, Any], run: xr.Dataset, clock: Clock) -> tuple[str, ...]:
    peak = entry["peak"]
    middle = number(peak["median"])
    if peak["median"] is not None and entry.get("n", 2) > 1:
        middle += f" [{number(peak['q1'])}-{number(peak['q3'])}]"
    at = entry["time_of_peak"]["median"]
    when = number(None if at is None else at / clock.hours)
    rest = (number(entry[key]["median"]) for key in ("trough", "final"))
    return (name, entry["unit"], number(_baseline(run, name)), middle, when, *rest)


def _baseline(run: xr.Dataset, name: str) -> float | None:
    """Return the median at the start of the patients that are ok, and alive by then."""
    import numpy as np

    from cytostorm.observe.metrics import usable

    first = np.asarray(usable(run, name).isel(time=0).values, dtype=float)
    first = first[np.isfinite(first)]
    return float(np.median(first)) if first.size else None


def advise(target: str, plan: Plan, changed: Collection[str] = ()) -> None:
    """Print three commands to try next, none of which was just run.

    changed : names of the numbers that were set on the command line.
    """
    out("next:")
    for line in _advice(target, plan, changed)[:3]:
        out(f"  {line}")


def _advice(target: str, plan: Plan, changed: Collection[str]) -> list[str]:
    from cytostorm.library.catalogue import modules

    labs = [lab.short for lab in plan.model.labs]
    first = "il6" if "il6" in labs or not labs else labs[0]
    where = f'"{target}"' if " " in target else target
    lines = [f"cytostorm explain {first}"]
    if plan.model.challenges:
        dose = plan.model.challenges[0].amount
        value = plan.model.values[dose] / dose.factor / 2
        if dose.name not in changed and value > 0:
            lines.append(f'cytostorm run {where} --set {dose.name}="{value:g} {dose.unit}"')
    new = Path("my-scenario.toml")
    if not Path(target).is_file():
        lines.append(f"cytostorm run {new}" if new.is_file() else f"cytostorm new {new}")
    kinds = {module.kind for module in modules().values()}
    lines += [f"cytostorm list {kind}" for kind in ("drug", "support") if kind in kinds]
    lines.append(f"cytostorm list --quantities {plan.scenario.trigger.name}")
    lines.append(f"cytostorm explain {plan.scenario.trigger.name}")
    return lines
