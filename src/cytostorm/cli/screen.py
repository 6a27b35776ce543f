"""cytostorm screen: very many patients, of whom only summaries are kept, part by part."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, number, out, out_json, progress, table
from cytostorm.cli.main import IN_PART, INTERRUPTED, OK
from cytostorm.cli.target import (
    CHANGES,
    GIVE,
    HOURS,
    INCLUDE,
    SEED,
    SEVERITY,
    UNSAFE,
    Count,
    changed_by,
    no_nan,
    scenario_of,
)
from cytostorm.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.scenario import Plan

EXAMPLE = """\
\b
Examples:
  cytostorm screen endotoxin --patients 100000 --summary "peak il6" -o screened
  cytostorm screen my-scenario.toml --patients 1000000 -o screened \\
    --summary "time crp > 75 mg/L" --summary "first temperature >= 38 degC"

Interrupted, the same command goes on where it stopped; more patients add to those that are there.
"""
HEADS = ("summary", "unit", "median", "5 %", "95 %", "patients")
SHARES = {"median": 0.5, "p5": 0.05, "p95": 0.95}


@click.command("screen", epilog=EXAMPLE)
@click.argument("target")
@click.option("--patients", type=Count(1, 10_000_000), required=True, help="Number of virtual patients.")
@click.option(
    "--summary", "summaries", multiple=True, metavar="TEXT",
    help='A number per patient, such as "peak il6", "area il6" or "time crp > 75 mg/L"; repeatable. '
    "Needed unless patients may die.",
)  # fmt: skip
@click.option(
    "-o", "--out", "folder", type=click.Path(path_type=Path), required=True,
    help="Folder of the numbers: new, empty, or of this very screening.",
)  # fmt: skip
@HOURS
@SEVERITY
@SEED
@CHANGES
@GIVE
@UNSAFE
@INCLUDE
@click.option(
    "--precision",
    type=click.Choice(["float32", "float64"]),
    default="float32",
    show_default=True,
    help="float32 runs those again in double who come near a rule's limit.",
)
@click.option(
    "--rtol",
    type=click.FloatRange(1e-12, 1e-2),
    callback=no_nan,
    help="Relative tolerance of the solver [default: 1e-4 in float32, 1e-6 in float64].",
)
@click.option("--threads", type=Count(1, 1024), help="Workers at most [default: one per core].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def screen(
    target: str,
    *,
    patients: int,
    seed: int | None,
    hours: str | None,
    severity: str | None,
    changes: tuple[str, ...],
    give: tuple[str, ...],
    unsafe: bool,
    include: tuple[str, ...],
    folder: Path,
    as_json: bool,
    **how: Any,
) -> int:
    """Simulate many patients of TARGET, a trigger's name or a scenario file (.toml), and keep summaries."""
    from cytostorm.cli import summary
    from cytostorm.scenario import build, including, ordering

    # one patient is enough to check the scenario: the others are drawn on the way
    scenario = changed_by(
        scenario_of(target), patients=1, seed=seed, hours=hours, severity=severity, changes=changes,
        unsafe=unsafe,
    )  # fmt: skip
    scenario = including(scenario, include) if include else scenario
    scenario = ordering(scenario, give) if give else scenario
    plan = build(scenario)
    if not (how["summaries"] or plan.model.endings):
        raise InputError("no summary is asked for", "at least one", 'give --summary "peak il6"')
    if not scenario.population.vary:
        raise InputError(
            "population.vary is false: everyone is the same person",
            "people who differ",
            "delete vary from the file, or simulate one with cytostorm run",
        )
    for said in plan.model.warnings():
        complain(f"warning: {said}")
    done = _screened(plan, patients, folder, how)
    if done is None:
        return INTERRUPTED
    if as_json:
        out_json(_as_json(done, plan, folder))
    else:
        _show(done, folder)
        out(summary.disclaimer())
    return IN_PART if summary.failed(done) else OK


def _screened(plan: Plan, patients: int, folder: Path, how: dict[str, Any]) -> xr.Dataset | None:
    """Return what is known of all patients; None, and a word, if it was interrupted."""
    from cytostorm import simulation

    fixed = {f"person.{name}": value for name, value in plan.scenario.person.items()}
    so_far = 0
    try:
        with progress("patients", quiet=not sys.stderr.isatty(), rate=True) as told:

            def note(done: int, total: int) -> None:
                nonlocal so_far
                so_far = done
                if told is not None:
                    told(done, total)

            return simulation.screen(
                plan.model, patients, folder,
                regimen=plan.regimen, hours=float(plan.times[-1]), seed=plan.scenario.population.seed,
                fixed=fixed, progress=note, **how,
            )  # fmt: skip
    except KeyboardInterrupt:
        complain(
            f"stopped: {so_far:,} of {patients:,} patients are done and kept in {folder}; "
            "the same command goes on from there"
        )
    except OSError as error:
        raise InputError(
            f"the numbers cannot be kept in {str(folder)!r}: {error.strerror or error}",
            "a folder with room that can be written to",
            f"free some; the same command goes on after {so_far:,} patients",
        ) from error
    return None


# --- what came of it ------------------------------------------------------------------------------------


def _summarised(run: xr.Dataset) -> dict[str, dict[str, Any]]:
    """Return label, unit and quantiles of each summary, over the patients that are ok and have one."""
    import numpy as np

    well = run["status"].to_numpy() == 0
    found = {}
    for name, values in run.data_vars.items():
        if name in ("status", "failed_at", "steps", "tries", "given"):
            continue
        numbers = values.to_numpy()[well]
        numbers = numbers[np.isfinite(numbers)]
        shares: dict[str, float | None] = dict.fromkeys(SHARES)
        if numbers.size:
            shares = dict(zip(SHARES, np.quantile(numbers, list(SHARES.values())).tolist(), strict=True))
        about = {"label": values.attrs["label"], "unit": values.attrs["units"]}
        found[str(name)] = {**about, **shares, "n": int(numbers.size)}
    return found


def _checks(run: xr.Dataset) -> dict[str, int] | None:
    """Return the figures of single precision held against double; None if all is in double."""
    names = ("computed", "rerun", "flipped", "control", "control_flipped")
    return {name: int(run.attrs[name]) for name in names} if "rerun" in run.attrs else None


def _given(run: xr.Dataset, plan: Plan) -> list[dict[str, Any]]:
    """Return to how many patients each rule gave."""
    rules = plan.regimen.rules
    counts = (run["given"].to_numpy() > 0).sum(axis=1).tolist() if rules else []
    return [{"rule": rule.text(), "patients": n} for rule, n in zip(rules, counts, strict=True)]


def _as_json(run: xr.Dataset, plan: Plan, folder: Path) -> dict[str, Any]:
    from cytostorm._version import __version__
    from cytostorm.cli import summary

    return {
        "model": {"name": plan.model.name, "fingerprint": plan.model.fingerprint},
        "severity": summary.severity(plan),
        "seed": plan.scenario.population.seed,
        "n": int(run.sizes["patient"]),
        "hours": float(plan.times[-1]),
        "precision": run.attrs["precision"],
        "status": summary.statuses(run),
        **summary.deaths(run),
        "warnings": plan.model.warnings(),
        **summary.limits(run),
        "summaries": _summarised(run),
        "rules": _given(run, plan),
        "checks": _checks(run),
        "folder": str(folder),
        "disclaimer": summary.disclaimer(),
        "version": __version__,
    }


def _show(run: xr.Dataset, folder: Path) -> None:
    from cytostorm.cli import summary

    rows = [
        (entry["label"], entry["unit"], *(number(entry[share]) for share in SHARES), f"{entry['n']:,}")
        for entry in _summarised(run).values()
    ]
    table(HEADS, rows, right=(2, 3, 4, 5), keep=3)
    out()
    out(summary.ending(run))
    summary.show_limits(run)
    checks = _checks(run)
    if checks is not None:
        for line in _told(checks, mortal=bool(summary.deaths(run))):
            out(line)
    out(f"numbers: {folder} (one file of NumPy arrays per part, and screen.json, which says of what)")


def _told(checks: dict[str, int], *, mortal: bool) -> list[str]:
    """Return what single precision came to, in words; mortal : whether patients may die."""
    death = ", or near to dying or living on" if mortal else ""
    first = (
        f"run again in double precision: {checks['rerun']:,} of {checks['computed']:,} computed, who failed "
        f"or came near a rule's limit{death}; {checks['flipped']:,} of them decided otherwise"
    )
    control = (
        f"control: {checks['control']:,} of the others were run again, too; "
        f"{checks['control_flipped']:,} of them decided otherwise"
    )
    return [first, control] if checks["control"] else [first]
