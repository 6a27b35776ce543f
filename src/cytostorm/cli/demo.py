"""cytostorm demo: two storms, each untreated, treated in time and too late, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cytostorm.cli.console import complain, out, out_json, progress
from cytostorm.cli.main import IN_PART, OK
from cytostorm.cli.target import SEED, Count
from cytostorm.errors import InputError

if TYPE_CHECKING:
    from cytostorm.report.arms import Storm

FOLDER = "cytostorm-demo"
PATIENTS, START = 200, 1
EXAMPLE = """\
\b
Examples:
  cytostorm demo
  cytostorm demo --patients 1000 -o my-demo
  cytostorm demo --json

The second time it is quicker: what was compiled is kept.
"""


@click.command("demo", epilog=EXAMPLE)
@click.option(
    "-o", "--out", "folder", type=click.Path(path_type=Path), help=f"Folder of the page [default: {FOLDER}]."
)
@click.option(
    "--patients", type=Count(1, 100_000), default=PATIENTS, show_default=True,
    help="Number of virtual patients in each storm.",
)  # fmt: skip
@SEED
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; no page unless --out is given.")
@click.option("--quiet", is_flag=True, help="No progress.")
def demo(*, folder: Path | None, patients: int, seed: int | None, as_json: bool, quiet: bool) -> int:
    """Simulate two cytokine storms, each untreated, treated in time and too late, and write a page."""
    from cytostorm.cli.folder import claim, release

    start = START if seed is None else seed
    place = folder or (None if as_json else Path(FOLDER))
    new = place is not None and claim(place)
    try:
        storms = _storms(patients, start, quiet=quiet)
        page = _page(storms, place, start) if place is not None else None
    finally:
        if place is not None and new:
            release(place)
    if as_json:
        from cytostorm.report.demo import as_json as numbers

        out_json(numbers(storms, start) | {"page": None if page is None else str(page)})
    else:
        _show(storms, page)
    return IN_PART if any((~storm.followed).any() for storm in storms) else OK


def _storms(patients: int, seed: int, *, quiet: bool) -> list[Storm]:
    from cytostorm.cli.storms import SETTINGS, simulated

    found = []
    for setting in SETTINGS:
        if not quiet:
            people = "patient" if patients == 1 else "patients"
            complain(f"{setting.title}: {patients:,} {people}, untreated, treated in time and too late")
        with progress("patients", quiet=quiet) as told:
            found.append(simulated(setting, patients, seed, told))
    return found


def _page(storms: Sequence[Storm], place: Path, seed: int) -> Path:
    from cytostorm.report.demo import write

    try:
        return write(storms, place, seed=seed)
    except OSError as error:
        raise InputError(
            f"the page cannot be written to {str(place)!r}: {error.strerror}",
            "a folder with room that can be written to",
            "choose another: --out FOLDER",
        ) from error


def _show(storms: Sequence[Storm], page: Path | None) -> None:
    from cytostorm.cli.console import table
    from cytostorm.cli.summary import disclaimer
    from cytostorm.report import telling

    for storm in storms:
        heads, rows = telling.table(storm)
        out()
        out(f"{storm.title}: {storm.people} of {storm.followed.size} patients {storm.words}")
        out(telling.headline(storm))
        out()
        table(heads[:4], [row[:4] for row in rows], right=(1, 2, 3))
    out()
    if page is not None:
        out(f"page: {page}")
    out(disclaimer())
