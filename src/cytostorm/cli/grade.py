"""cytostorm grade: a hospital's table in; grades, problems and a report out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, limitless, number, out, out_json, table
from cytostorm.dataset import DISCLAIMER

if TYPE_CHECKING:
    import pandas as pd

    from cytostorm.report.stay import Told

EXAMPLE = """\
\b
Examples:
  cytostorm grade labs.csv
  cytostorm grade labs.csv --map mapping.toml --scores SOFA,HScore --out graded
  cytostorm grade labs.xlsx --patient 17 --json
  cytostorm grade labs.csv --outcome died
  cytostorm grade bundle.json --fhir

For research and education only, never for the care of a patient.
"""
SHOWN = 8
"""Reasons and scores that are printed."""


@click.command("grade", epilog=EXAMPLE)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="What columns are (.toml)."
)
@click.option(
    "--scores", metavar="NAMES", help="Scores, with commas between [default: all that the table bears on]."
)
@click.option("--every", default="day", show_default=True, help='"day", "stay", or hours.')
@click.option(
    "--carry",
    type=click.FloatRange(0),
    metavar="HOURS",
    help="How long a value stands where there is no later one [default: as each score says].",
)
@click.option(
    "--patient", default="", metavar="NAME", help="Show and draw this patient [default: medians of all]."
)
@click.option(
    "--outcome",
    default="",
    metavar="COLUMN",
    help="A column of yes and no: tell how well scores foretell it.",
)
@click.option(
    "-o",
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of grades.csv, problems.csv and report.html.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object; no files unless --out is given."
)
@click.option("--fhir", is_flag=True, help="Write readings and grades as FHIR too: grades.fhir.json.")
@click.option("--zero", default="", metavar="DATE", help="Of hour 0, for --fhir of a table without dates.")
@click.option("--quiet", is_flag=True, help="No progress and no advice.")
def grade(
    file: Path, *, mapping: Path | None, scores: str | None, every: str, carry: float | None, patient: str,
    outcome: str,
    folder: Path | None, as_json: bool, fhir: bool, zero: str, quiet: bool,
) -> None:  # fmt: skip
    """Grade the patients of FILE, a table (.csv, .xlsx) or a FHIR bundle (.json), by published scores."""
    from cytostorm.cli.fhir import GRADES, grades_text
    from cytostorm.cli.folder import claim, release
    from cytostorm.report.files import put
    from cytostorm.report.stay import write_stay

    place = folder or (None if as_json else Path(f"cytostorm-{_name(file)}"))
    new = place is not None and claim(place)
    try:
        told = _told(
            file, mapping, outcome, quiet=quiet, scores=scores, every=every, carry=carry, patient=patient
        )
        text = grades_text(told, zero, place) if fhir else ""
        page = write_stay(told, place) if place is not None else None
        if text and place is not None:
            put(place / GRADES, text)
    finally:
        if place is not None and new:
            release(place)
    if as_json:
        out_json(_summary(told))
    else:
        _show(told)
    if page is not None and not as_json:
        out(f"report: {page}")
    if not as_json:
        out(DISCLAIMER)


def _told(
    file: Path, mapping: Path | None, outcome: str, *, quiet: bool, scores: str | None, every: str, carry:
    float | None,
    patient: str,
) -> Told:  # fmt: skip
    """Read and grade a table."""
    from cytostorm.cli.fhir import is_json, no_table
    from cytostorm.report.stay import Told
    from cytostorm.ward.fhir_read import read_bundle
    from cytostorm.ward.grading import grade as graded
    from cytostorm.ward.mapping import Mapping, read_mapping
    from cytostorm.ward.outcome import outcomes, with_aside
    from cytostorm.ward.reading import read_table
    from cytostorm.ward.separation import separation, why_poor

    bundled = is_json(file)
    if bundled:
        no_table(map=mapping, outcome=outcome)
    said = with_aside(read_mapping(mapping) if mapping else Mapping(), outcome)
    so = outcomes(file, outcome, said) if outcome else None
    reading = read_bundle(file) if bundled else read_table(file, said)
    if not quiet:
        complain(
            f"read {reading.counts['entries']:,} entries, {reading.counts['not used']:,} of them not used"
        )
    names = [s.strip() for s in scores.split(",") if s.strip()] if scores else None
    found = graded(reading.table, names, every if every in ("day", "stay") else _hours(every), carry=carry)
    separated = separation(found, so) if so is not None and len(found) else None
    why = why_poor(found, so, separated) if separated is not None else {}
    return Told(reading, found, file.name, patient, so, separated, why, carry)


def _hours(text: str) -> float:
    from cytostorm.errors import InputError

    try:
        return float(text)
    except ValueError:
        raise InputError(f"--every is {text!r}", '"day", "stay", or hours', "choose one") from None


def _name(file: Path) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in file.stem)[:60] or "table"


def _summary(told: Told) -> dict[str, Any]:
    """Return counts, reasons, the worst of each patient's stay by score, and the areas."""
    return {
        "disclaimer": DISCLAIMER,
        "file": told.name,
        "counts": told.reading.counts,
        "reasons": told.reading.reasons.to_dict("records"),
        "grades": _worst(told.grades).to_dict("records"),
        "outcome": None if told.separated is None else told.separated.to_dict("records"),
        "why": dict(told.why),
    }


def _worst(grades: pd.DataFrame) -> pd.DataFrame:
    """Return the worst of each patient's stay, by score, of its first answer."""
    from cytostorm.criteria.catalogue import find

    firsts = {s: find(s).answers[0].name for s in (grades["score"].cat.categories if len(grades) else ())}
    mine = grades[grades["part"].astype(str) == grades["score"].astype(str).map(firsts)]
    worst = mine.groupby(["patient", "score"], observed=True).agg(
        low=("low", "max"), high=("high", "max"), days=("day", "size")
    )
    return worst.reset_index().astype({"patient": str, "score": str})


def _points(value: float) -> str:
    """Return points: whole ones as they are counted."""
    return f"{value:,.0f}" if value.is_integer() else number(value)


def _show(told: Told) -> None:
    counts = told.reading.counts
    out(", ".join(f"{v:,} {k}" for k, v in counts.items()))
    reasons = told.reading.reasons.head(SHOWN)
    if len(reasons):
        table(
            ["not used", "column", "the entry"],
            [[f"{r.entries:,}", str(r.column), str(r.reason)] for r in reasons.itertuples()],
            right=[0],
        )
        more = len(told.reading.reasons) - len(reasons)
        if more:
            out(f"and {more:,} more; problems.csv lists each entry")
        out()
    worst = _worst(told.drawn)
    rows = [
        [score, f"{len(mine):,}", *(limitless(mine[side].median(), _points) for side in ("low", "high"))]
        for score, mine in worst.groupby("score", sort=False)
    ]
    if not rows:
        out("nothing is left that a score asks for")
    elif told.patient:
        table(
            [f"worst of {told.patient}'s stay", "low", "high"], [[r[0], *r[2:]] for r in rows], right=[1, 2]
        )
    else:
        table(["worst of stay", "patients", "median, low", "median, high"], rows, right=[1, 2, 3])
    if told.separated is not None:
        out()
        best = (
            told.separated.sort_values("auc", ascending=False, kind="stable")
            .drop_duplicates("score")
            .head(SHOWN)
        )
        table(
            [f"tells {told.outcome.name}" if told.outcome is not None else "", "answer", "of", "AUC", "95 %"],
            [
                [r.score, r.answer, r.span, f"{r.auc:.2f}", f"{r.auc_low:.2f} to {r.auc_high:.2f}"]
                for r in best.itertuples()
            ],
            right=[3],
        )  # fmt: skip
        for text in told.why.values():
            out(text)
