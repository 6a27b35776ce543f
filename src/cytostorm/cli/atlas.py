"""cytostorm atlas: every drug after every trigger, started earlier and later, cell by cell."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, out, out_json, progress, table
from cytostorm.cli.main import INTERRUPTED, OK
from cytostorm.cli.target import SEED, Count
from cytostorm.errors import CancelledError, InputError

if TYPE_CHECKING:
    import xarray as xr

EXAMPLE = """\
\b
Examples:
  cytostorm atlas -o atlas
  cytostorm atlas --triggers sars_cov_2,car_t --drugs tocilizumab,dexamethasone -o atlas

Interrupted, the same command goes on where it stopped; further triggers add to those that are there.
"""
HEADS = ("trigger", "drug", "does", "start [h]", "dead without", "dead", "95 % of the change")


def _names(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return names that were given one by one or with commas."""
    return tuple(name.strip() for text in texts for name in text.split(",") if name.strip())


@click.command("atlas", epilog=EXAMPLE)
@click.option(
    "-o", "--out", "folder", type=click.Path(path_type=Path), required=True,
    help="Folder of the cells, the table and the map: new, empty, or of this very atlas.",
)  # fmt: skip
@click.option(
    "--triggers", multiple=True, metavar="NAMES", callback=_names, help="Only these; commas or repeated."
)
@click.option(
    "--severity", "severities", multiple=True, metavar="NAMES", callback=_names,
    help="Only these [default: all but mild].",
)  # fmt: skip
@click.option(
    "--drugs", multiple=True, metavar="NAMES", callback=_names, help="Only these; commas or repeated."
)
@click.option("--patients", type=Count(1, 100_000), default=300, show_default=True, help="Virtual patients.")
@click.option("--starts", type=Count(1, 100), default=6, show_default=True, help="Starts of each drug.")
@SEED
@click.option("--threads", type=Count(1, 1024), help="Workers at most [default: one per core].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def atlas(folder: Path, *, seed: int | None, as_json: bool, **how: Any) -> int:
    """Give each drug after each trigger, started earlier and later, and tell who dies."""
    from cytostorm import treatment
    from cytostorm.dataset import DISCLAIMER
    from cytostorm.treatment.gathering import lines

    try:
        with progress("cells", quiet=as_json and not sys.stderr.isatty()) as told:
            found = treatment.atlas(folder, seed=seed or 0, progress=told, **how)
    except CancelledError as error:
        complain(f"stopped: {error}")
        return INTERRUPTED
    rows = lines(found)
    try:
        _write(found, rows, folder)
    except OSError as error:
        raise InputError(
            f"the atlas cannot be written to {str(folder)!r}: {error.strerror or error}",
            "a folder with room that can be written to", "free some; the cells are kept",
        ) from error  # fmt: skip
    if as_json:
        out_json({"asked": dict(found.attrs), "lines": rows})
    else:
        _show(rows)
        out(DISCLAIMER)
        out(f"written: {folder} (atlas.svg, atlas.png, atlas.csv, atlas.json)")
    return OK


def _show(rows: list[dict[str, Any]]) -> None:
    """Print what helps or harms at its best start, and how many cells do neither."""
    best = [row for row in rows if row["best"]]
    told = [
        (
            row["row"], row["drug"], row["verdict"], f"{row['start_h']:g}",
            f"{100 * row['dead_without']:.1f} %", f"{100 * row['dead']:.1f} %",
            f"{100 * row['change_low']:+.1f} to {100 * row['change_high']:+.1f}",
        )
        for row in best
        if row["verdict"] != "none"
    ]  # fmt: skip
    if told:
        table(HEADS, told, right=(3, 4, 5, 6), keep=6)
    refused = sum(row["verdict"] == "refused" for row in rows)
    whole, same = len(best) + refused, len(best) - len(told)
    out(f"{same} of {whole} cells show no change beyond chance, {refused} are refused")


def _write(found: xr.Dataset, rows: list[dict[str, Any]], folder: Path) -> None:
    import csv
    import io
    import json

    from cytostorm.dataset import plain
    from cytostorm.plot import atlas_map, svg

    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "atlas.csv").write_text(lines.getvalue(), encoding="utf-8")
    about = {str(name): dict(da.attrs) for name, da in found.data_vars.items()}
    text = json.dumps(
        plain({"asked": dict(found.attrs), "about": about, "lines": rows}), allow_nan=False, indent=1
    )
    (folder / "atlas.json").write_text(text + "\n", encoding="utf-8")
    figure = atlas_map(found)
    (folder / "atlas.svg").write_text(svg(figure), encoding="utf-8")
    figure.savefig(folder / "atlas.png", dpi=150)
