"""cytostorm export: a scenario's model and doses in a format that other simulators read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cytostorm.cli.console import complain, out
from cytostorm.cli.files import write_new
from cytostorm.cli.target import SEVERITY, Count, changed_by, scenario_of
from cytostorm.errors import InputError

EXAMPLE = """\
\b
Examples:
  cytostorm export sbml endotoxin > endotoxin.xml
  cytostorm export sbml my-scenario.toml --out my-scenario.xml --patient 3
"""


@click.command("export", epilog=EXAMPLE)
@click.argument("form", metavar="FORMAT", type=click.Choice(["sbml"]))
@click.argument("target")
@click.option("-o", "--out", "file", type=click.Path(path_type=Path), help="New file to write to.")
@click.option(
    "--patient",
    type=Count(0, 999_999),
    help="Number of the patient, from 0 [default: the typical person].",
)
@SEVERITY
def export(
    form: str,  # noqa: ARG001 - one format yet
    target: str,
    *,
    file: Path | None,
    patient: int | None,
    severity: str | None,
) -> None:
    """Write TARGET, a trigger's name or a scenario file (.toml), in FORMAT, which is sbml.

    Model and doses are written for one person, in coherent units and hours; nothing is overwritten.
    """
    from cytostorm.formats import to_sbml
    from cytostorm.scenario import build

    plan = build(changed_by(scenario_of(target), severity=severity))
    people = int(plan.cohort.sizes["patient"])
    if patient is not None and patient >= people:
        raise InputError(
            f"there is no patient {patient}", f"0 to {people - 1}", "raise patients in the scenario"
        )
    typical = json.loads(plan.cohort.attrs["fixed"])
    person = typical if patient is None else plan.cohort.isel(patient=patient)
    text = to_sbml(plan.model, plan.regimen, patient=person)
    if file is None:
        out(text.rstrip())
        return
    write_new(file, text)
    out(str(file))
    complain("for research and education only, never for the care of a patient")
