"""cytostorm run: a scenario in, numbers and a report out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cytostorm.cli.console import complain, out, out_json, progress
from cytostorm.cli.target import (
    CHANGES,
    GIVE,
    HOURS,
    INCLUDE,
    OVERLAY,
    SEED,
    SEVERITY,
    UNSAFE,
    Count,
    changed_by,
    is_file,
    no_nan,
    overlaid,
    scenario_of,
)
from cytostorm.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.observe.acceptance import Comparison
    from cytostorm.scenario import Plan, Scenario

VOLUNTEERS = 1000
"""Virtual volunteers in each published experiment the model is compared with, whatever the run has."""
EXAMPLE = """\
\b
Examples:
  cytostorm run endotoxin
  cytostorm run endotoxin --patients 200 --set endotoxin.dose="1 ng/kg"
  cytostorm run sars_cov_2 --give "dexamethasone 6 mg oral at day 8 every 24 h, 10 times"
  cytostorm run car_t --give "tocilizumab, CAR-T CRS label at day 4"
  cytostorm run car_t --give "CAR-T CRS protocol"
  cytostorm run my-scenario.toml --json
"""


@click.command("run", epilog=EXAMPLE)
@click.argument("target")
@click.option("--patients", type=Count(1, 1_000_000), help="Number of virtual patients.")
@SEVERITY
@SEED
@CHANGES
@GIVE
@UNSAFE
@OVERLAY
@INCLUDE
@HOURS
@click.option(
    "--rtol",
    type=click.FloatRange(1e-12, 1e-2),
    callback=no_nan,
    help="Relative tolerance of the solver [default: 1e-6].",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object; no report unless --out is given."
)
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), help="Folder of the report.")
@click.option("--no-report", is_flag=True, help="Print the summary only.")
@click.option(
    "--no-comparison", is_flag=True, help="Do not compare the model with published experiments (15 s)."
)
@click.option("--quiet", is_flag=True, help="No progress and no advice.")
def run(
    target: str,
    *,
    patients: int | None,
    seed: int | None,
    severity: str | None,
    changes: tuple[str, ...],
    give: tuple[str, ...],
    unsafe: bool,
    overlay: Path | None,
    include: tuple[str, ...],
    hours: str | None,
    rtol: float | None,
    as_json: bool,
    folder: Path | None,
    no_report: bool,
    no_comparison: bool,
    quiet: bool,
) -> int:
    """Simulate TARGET, which is a trigger's name or a scenario file (.toml), and report."""
    from cytostorm.cli import summary
    from cytostorm.scenario import build, including, ordering
    from cytostorm.understand.surge import surge

    if no_report and folder is not None:
        raise click.UsageError("--no-report and --out exclude each other")
    scenario = changed_by(
        scenario_of(target), patients=patients, seed=seed, hours=hours, severity=severity, changes=changes,
        unsafe=unsafe,
    )  # fmt: skip
    scenario = including(scenario, include) if include else scenario
    scenario = ordering(scenario, give) if give else scenario
    scenario = overlaid(scenario, overlay) if overlay else scenario
    plan = build(scenario)
    place = None if no_report else _place(scenario, target, folder, as_json=as_json, quiet=quiet)
    with _claimed(place):
        for said in _warnings(plan):
            complain(f"warning: {said}")
        done = _simulate(plan, rtol, quiet=quiet)
        loop = surge(plan.model, plan.regimen, float(plan.times[-1]))
        if as_json:
            out_json(summary.as_json(done, plan) | {"loop": loop.as_dict()})
        else:
            summary.show(done)
            out(f"typical person: {loop.text()}")
        if place is not None:
            compare = not no_comparison and summary.statuses(done)["ok"] > 0
            comparison, page = _report(plan, done, place, loop.text(), compare=compare, quiet=quiet)
            if comparison is not None and not as_json:
                summary.show_comparison(comparison)
            if page is not None and not as_json:
                out(f"report: {page}")
    if not as_json:
        if not quiet:
            summary.advise(target, plan, [change.partition("=")[0].strip() for change in changes])
        out(summary.disclaimer())
    return 4 if summary.failed(done) else 0


def _place(
    scenario: Scenario, target: str, folder: Path | None, *, as_json: bool, quiet: bool
) -> Path | None:
    """Return where the report goes; None if none is asked for."""
    if folder is not None or not as_json:
        return folder or Path(scenario.output.folder or f"cytostorm-{_name(target)}")
    if scenario.output.folder is not None and not quiet:
        complain(
            f"no report: with --json, folder = {scenario.output.folder!r} of the file is left aside; "
            f"--out {scenario.output.folder} writes one"
        )
    return None


@contextmanager
def _claimed(place: Path | None) -> Iterator[None]:
    """Hold a folder for the report; leave none behind if nothing was written into it."""
    from cytostorm.cli.folder import claim, release

    new = place is not None and claim(place)
    try:
        yield
    finally:
        if place is not None and new:
            release(place)


def _name(target: str) -> str:
    """Return what the report's folder is called after."""
    stem = Path(target).stem if is_file(target) else target
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in stem)[:60] or "run"


def _warnings(plan: Plan) -> list[str]:
    """Return what makes this run a guess, and what of its orders comes too late for it."""
    end = float(plan.times[-1])
    late = [dose.text() for dose in plan.regimen.doses if dose.time >= end]
    return plan.model.warnings() + [
        f"not given, the run ends at {end:g} h: {dose}; --hours makes it longer" for dose in late
    ]


def _simulate(plan: Plan, rtol: float | None, *, quiet: bool) -> xr.Dataset:
    from cytostorm.simulation import simulate

    patients = int(plan.cohort.sizes["patient"])
    if not quiet:
        people = "patient" if patients == 1 else "patients"
        complain(f"simulating {patients:,} {people} for {plan.times[-1]:g} h ({plan.model.name})")
    with progress("patients", quiet=quiet) as told:
        return simulate(
            plan.model,
            plan.cohort,
            plan.regimen,
            plan.times,
            quantities=plan.quantities,
            progress=told,
            rtol=rtol,
        )


def _report(
    plan: Plan, done: xr.Dataset, place: Path, loop: str, *, compare: bool, quiet: bool
) -> tuple[Comparison | None, Path | None]:
    """Write the report; return the comparison with published data, and the page."""
    from cytostorm.library.catalogue import recipe, references

    made = recipe(plan.scenario.trigger.name)
    try:
        from cytostorm.report import write

        comparison = _compared(plan, quiet=quiet) if compare else None
        page = write(
            done,
            place,
            model=plan.model,
            cohort=plan.cohort,
            comparison=comparison,
            title=plan.scenario.title,
            loop=loop,
            references=references(),
            recipe=made,
            severity=plan.scenario.trigger.severity or made.usual,
        )
    except MissingExtraError as error:
        complain(f"no report: {error}")
        return None, None
    except OSError as error:
        raise InputError(
            f"the report cannot be written to {str(place)!r}: {error.strerror}",
            "a folder with room that can be written to",
            "choose another: --out FOLDER",
        ) from error
    return comparison, page


def _compared(plan: Plan, *, quiet: bool) -> Comparison | None:
    """Return the published experiments beside the model; None if there are none of this trigger."""
    if plan.scenario.trigger.name != "endotoxin":
        return None
    from cytostorm.observe.acceptance import Comparison
    from cytostorm.population import sample
    from cytostorm.report.endotoxin import comparison_runs
    from cytostorm.simulation import simulate

    if not quiet:
        complain("comparing the model with published experiments (about 15 s; --no-comparison leaves it out)")
    # the experiments set the dose; how long it is given goes back to what the library says
    usual = {c.duration.name: c.duration.value for c in plan.model.challenges if c.duration is not None}
    model = plan.model.replace(usual)
    seed = plan.scenario.population.seed
    with progress("published experiments", quiet=quiet) as told:
        runs = comparison_runs(model, VOLUNTEERS, seed, simulate, sample, progress=told)
    return Comparison.of(runs)
