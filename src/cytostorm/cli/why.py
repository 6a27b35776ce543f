"""cytostorm why and cytostorm wiring: what made a quantity rise or fall, and who acts on whom."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cytostorm.cli.console import complain, out, out_json
from cytostorm.cli.files import write_new
from cytostorm.cli.target import (
    CHANGES,
    GIVE,
    INCLUDE,
    SEED,
    SEVERITY,
    UNSAFE,
    Count,
    changed_by,
    scenario_of,
)
from cytostorm.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.scenario import Plan, Scenario

WHY_EXAMPLE = """\
\b
Examples:
  cytostorm why endotoxin il6 --at "2 h"
  cytostorm why endotoxin temperature --at "6 h" --window "3 h"
  cytostorm why my-scenario.toml crp --at "1 d" --patient 3 --json
"""
WIRING_EXAMPLE = """\
\b
Examples:
  cytostorm wiring endotoxin
  cytostorm wiring endotoxin -o endotoxin.svg
  cytostorm wiring endotoxin -o endotoxin.dot
"""
SIGNS = {1: "raises", -1: "lowers", 0: "raises or lowers"}


@click.command("why", epilog=WHY_EXAMPLE)
@click.argument("target")
@click.argument("quantity")
@click.option(
    "--at", required=True, metavar="TIME", help='When, from the trigger: hours, or text such as "2 d".'
)
@click.option("--window", metavar="TIME", help="Explain the change over this time before, not the rate then.")
@click.option("--most", type=Count(1, 100), default=6, show_default=True, help="Causes told at most.")
@click.option(
    "--patient", type=Count(0, 999_999), help="Number of the patient, from 0 [default: the typical person]."
)
@SEED
@SEVERITY
@CHANGES
@GIVE
@UNSAFE
@INCLUDE
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def why(
    target: str,
    quantity: str,
    *,
    at: str,
    window: str | None,
    most: int,
    patient: int | None,
    seed: int | None,
    severity: str | None,
    changes: tuple[str, ...],
    give: tuple[str, ...],
    unsafe: bool,
    include: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what made QUANTITY, such as il6, rise or fall in TARGET, a trigger's name or a scenario file."""
    from cytostorm.understand import why as reasons

    plan = _plan(
        changed_by(scenario_of(target), seed=seed, severity=severity, changes=changes, unsafe=unsafe),
        include,
        give,
    )
    person, span = _person(plan, patient), None if window is None else _time(window)
    found = reasons(plan.model, quantity, _time(at), person, plan.regimen, window=span)
    if as_json:
        out_json(found.as_dict())
        return
    out(found.text(most))
    complain("for research and education only, never for the care of a patient")


@click.command("wiring", epilog=WIRING_EXAMPLE)
@click.argument("target")
@SEVERITY
@CHANGES
@INCLUDE
@click.option(
    "-o", "--out", "file", type=click.Path(path_type=Path), help="New file, .svg or .dot (Graphviz)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def wiring(
    target: str,
    *,
    severity: str | None,
    changes: tuple[str, ...],
    include: tuple[str, ...],
    file: Path | None,
    as_json: bool,
) -> None:
    """Show who raises and who lowers whom in TARGET, a trigger's name or a scenario file."""
    from dataclasses import asdict

    from cytostorm.understand import wiring as drawn

    if file is not None and file.suffix not in (".svg", ".dot"):
        raise InputError(f"{str(file)!r} is no picture", "a name that ends in .svg or .dot", "choose one")
    plan = _plan(changed_by(scenario_of(target), severity=severity, changes=changes), include)
    found = drawn(plan.model)
    if file is not None:
        write_new(file, found.dot() if file.suffix == ".dot" else found.svg(plan.model.name))
        out(str(file))
    elif as_json:
        out_json(asdict(found))
    else:
        for arrow in found.arrows:
            out(f"{arrow.source} {SIGNS[arrow.sign]} {arrow.target}: {', '.join(arrow.why)}")


def _plan(scenario: Scenario, include: tuple[str, ...], give: tuple[str, ...] = ()) -> Plan:
    from cytostorm.scenario import build, including, ordering

    scenario = including(scenario, include) if include else scenario
    return build(ordering(scenario, give) if give else scenario)


def _person(plan: Plan, patient: int | None) -> xr.Dataset:
    """Return the cohort of one patient; the typical person if none is named."""
    from cytostorm.population import sample

    if patient is None:
        fixed = json.loads(plan.cohort.attrs["fixed"])
        return sample(plan.model, 1, vary=False, fixed=fixed)
    people = int(plan.cohort.sizes["patient"])
    if patient >= people:
        raise InputError(
            f"there is no patient {patient}", f"0 to {people - 1}", "raise patients in the scenario"
        )
    return plan.cohort.isel(patient=[patient])


def _time(text: str) -> str | float:
    """Return a bare number as hours, "day 2" as orders say it as "2 day", text with a unit as it is."""
    try:
        return float(text)
    except ValueError:
        return re.sub(r"^\s*(day|hour)\s+(\S+)$", r"\2 \1", text)
