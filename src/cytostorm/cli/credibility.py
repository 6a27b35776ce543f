"""cytostorm credibility: published results, and what the models say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, number, out, out_json, progress, table
from cytostorm.cli.target import CHANGES, SEED, Count
from cytostorm.errors import InputError

if TYPE_CHECKING:
    from cytostorm.credibility import Table

EXAMPLE = """\
\b
Examples:
  cytostorm credibility
  cytostorm credibility --group viral --patients 200 -o credibility
  cytostorm credibility --json > credibility.json
"""


@click.command("credibility", epilog=EXAMPLE)
@click.option("--group", metavar="NAME", help="One group of rows, such as endotoxin or viral.")
@click.option(
    "--patients", type=Count(10, 100_000), help="Virtual patients in each experiment [default: 300 to 1000]."
)
@SEED
@CHANGES
@click.option("--rows", is_flag=True, help="Print every row that counts, not only how many are inside.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every row.")
@click.option(
    "-o",
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of the table as a page and as JSON.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
def credibility(
    *,
    group: str | None,
    patients: int | None,
    seed: int | None,
    changes: tuple[str, ...],
    rows: bool,
    as_json: bool,
    folder: Path | None,
    quiet: bool,
) -> int:
    """Simulate the patients of published studies, and hold each published row against them."""
    from cytostorm.cli.folder import claim
    from cytostorm.credibility import both
    from cytostorm.credibility.page import PARTS, write

    if folder is not None:
        claim(folder)
    with progress("virtual patients of all experiments", quiet=quiet) as told:
        found = both(_values(changes), group=group, patients=patients, seed=seed or 0, progress=told)
    page = None if folder is None else write(*found, folder)
    if as_json:
        out_json({name: table.as_json() for name, table in zip(PARTS, found, strict=True)})
        return 0
    for name, done in zip(("untreated", "treated"), found, strict=True):
        if done.rows:
            out(f"{name} people:")
            _show(done, rows=rows)
            out()
    if page is not None:
        out(f"table: {page}")
    from cytostorm.cli.summary import disclaimer

    out(disclaimer())
    return 0


def _values(changes: tuple[str, ...]) -> dict[str, str]:
    """Return the numbers to try; raise InputError for what is not NAME=VALUE."""
    made = {}
    for text in changes:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise InputError(f"--set {text!r}", "NAME=VALUE", 'write such as --set il6.half="2 h"')
        made[name] = value
    return made


def _show(done: Table, *, rows: bool) -> None:
    """Print counts per group, what was not scored and why, and what counts for nothing."""
    said = done.as_json()
    if rows:
        table(
            ("row", "what", "published", "model", "accepted", "inside", "remark"),
            [_line(row) for row in said["rows"] if row["counted"]],
            right=(2, 3),
        )
        out()
    lines = [
        (
            name,
            str(c["inside"]),
            str(c["scored"]),
            _share(c),
            "" if c["gated"] else "fewer than 5: shown only",
        )
        for name, c in said["groups"].items()
    ]
    whole = {"inside": said["inside"], "scored": said["scored"]}
    lines.append(("all", str(said["inside"]), str(said["scored"]), _share(whole), ""))
    table(("group", "curves inside", "of", "share", ""), lines, right=(1, 2, 3))
    out(
        f"rows: {said['rows_inside']} of {said['rows_scored']} inside; "
        f"{said['wrong_direction']} clearly in the wrong direction; "
        f"levels within ×/÷ 1.5: {said['levels_within_1.5']} of {said['levels_scored']}"
    )
    pairs = said["contrasts"]
    if clear := pairs["kept"] + pairs["lost"] + pairs["reversed"]:
        out(
            f"groups that clearly differ in their study: {clear}; in the model {pairs['kept']} differ "
            f"the same way, {pairs['lost']} hardly, {pairs['reversed']} the other way"
        )
    reasons: dict[str, int] = {}
    for entry in said["unscored"]:
        reasons[entry["reason"]] = reasons.get(entry["reason"], 0) + 1
    if reasons:
        out("not scored:")
        for reason, count in sorted(reasons.items(), key=lambda pair: -pair[1]):
            out(f"  {count:>4}  {reason}")
    for name, unknown in said["settings_not_in_the_model"].items():
        complain(f"warning: {name}: not in the model and left aside: {', '.join(unknown)}")
    for name, left in said["patients_left_out"].items():
        complain(f"warning: {name}: {left['failed']} of {left['of']} patients failed and are left out")


def _share(count: dict[str, Any]) -> str:
    return f"{100 * count['inside'] / count['scored']:.0f} %" if count["scored"] else "-"


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    published = row["compared_with"]
    accepted = "" if row["accepted"] is None else " to ".join(number(end) for end in row["accepted"])
    return (
        row["id"], f"{row['variable'][:48]}, {row['time'] or row['population'][:30]}",
        str(row["published"]) if published is None else number(published), number(row["model"]), accepted,
        "yes" if row["inside"] else "WRONG WAY" if row["wrong_direction"] else "no", row["reason"],
    )  # fmt: skip
