"""cytostorm differential: which syndrome findings are consistent with, by cause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cytostorm.cli.console import out, out_json
from cytostorm.cli.score import given
from cytostorm.errors import InputError

EXAMPLE = """\
\b
Examples:
  cytostorm differential --set ferritin_ug_L=12000 --set temp_C=39.6 --context sJIA
  cytostorm differential --set temp_C=39.5 --set vasopressors=1 --context "CAR-T on day 0" --day 3
  cytostorm differential --file labs.csv --patient 17 --day 9 --context "no infection" --json

For research and education only, never for the care of a patient.
"""


@click.command("differential", epilog=EXAMPLE)
@click.option(
    "--set", "facts", multiple=True, metavar="KEY=VALUE", help="A fact; the unit may stand behind its name."
)
@click.option(
    "--context",
    multiple=True,
    metavar="WORDS",
    help='A disease, infection or treatment, such as "CAR-T on day 0" or "no infection".',
)
@click.option(
    "--day", type=float, help="The day of the facts, by the count of the context [of a table: the last]."
)
@click.option(
    "--file", type=click.Path(path_type=Path), help="A table (.csv, .xlsx) or FHIR bundle (.json), or none."
)
@click.option(
    "--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="What its columns are (.toml)."
)
@click.option("--patient", metavar="NAME", help="Whom of the table.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def differential(
    *, facts: tuple[str, ...], context: tuple[str, ...], day: float | None, file: Path | None,
    mapping: Path | None, patient: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Say which cytokine storm or release findings are consistent with, by cause, and what stays open.

    It reads published criteria and no more: what is met, near and unknown, and the one test that would
    settle most.
    """
    if file is None and (patient or mapping):
        raise click.UsageError("--patient and --map belong to a table: name it with --file")
    if file is not None and facts:
        raise click.UsageError("facts come from --set or from --file, not from both")
    if file is None and not facts and not context and day is None:
        raise click.UsageError("nothing is told: name facts with --set, or a table with --file")
    told = _of_table(file, mapping, patient, day, context) if file else _of_facts(facts, day, context)
    if as_json:
        out_json(told)
    else:
        _show(told)


def _of_facts(facts: tuple[str, ...], day: float | None, context: tuple[str, ...]) -> dict[str, Any]:
    from cytostorm.ward.differential import differential as tell

    return tell(given(facts), context, day)


def _of_table(
    file: Path, mapping: Path | None, patient: str | None, day: float | None, context: tuple[str, ...]
) -> dict[str, Any]:
    from cytostorm.cli.fhir import is_json, no_table
    from cytostorm.ward.differential import differential_of
    from cytostorm.ward.fhir_read import read_bundle
    from cytostorm.ward.reading import read_table

    if day is not None and day != int(day):
        raise InputError(f"--day is {day:g}", "a whole day of the table", "name one")
    if is_json(file):
        no_table(map=mapping)
        table = read_bundle(file).table
    else:
        table = read_table(file, mapping).table
    names = sorted(table["patient"].astype(str).unique())
    if patient is None and len(names) != 1:
        raise InputError(
            f"{str(file)!r} holds {len(names)} patients", "one, or --patient", "name one: " + names[0]
            if names else "check the table with cytostorm grade",
        )  # fmt: skip
    told = differential_of(table, patient or names[0], context, None if day is None else int(day))
    return told | {"patient": patient or names[0]}


def _show(told: dict[str, Any]) -> None:
    """Print what is told of one patient."""
    from cytostorm.ward.differential_text import text

    for line in text(told):
        out(line)
