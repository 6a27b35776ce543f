"""cytostorm timing: the same patients, once for each start of a drug."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, number, out, out_json, progress, table
from cytostorm.cli.folder import MARKER, claim, release
from cytostorm.cli.main import INTERRUPTED, OK
from cytostorm.cli.target import HOURS, SEED, SEVERITY, Count, no_nan
from cytostorm.errors import CancelledError, CytostormError

if TYPE_CHECKING:
    import xarray as xr

EXAMPLE = """\
\b
Examples:
  cytostorm timing sars_cov_2 "dexamethasone, COVID-19" --severity severe -o timing
  cytostorm timing car_t tocilizumab --severity severe --start "2 d" --start "4 d"

cytostorm list regimen shows what can be given.
"""
HEADS = ("start [h]", "dead", "95 %", "saved", "harmed", "infections per 100 d")


@click.command("timing", epilog=EXAMPLE)
@click.argument("trigger")
@click.argument("what")
@click.option(
    "-o", "--out", "folder", type=click.Path(path_type=Path), help="Folder of the figure and its numbers."
)
@click.option(
    "--start", "starts", multiple=True, metavar="TIME",
    help='When it is started, such as "4 d"; repeatable [default: twelve, from too early to too late].',
)  # fmt: skip
@click.option(
    "--patients", type=Count(1, 1_000_000), default=1000, show_default=True, help="Virtual patients."
)
@SEVERITY
@SEED
@HOURS
@click.option(
    "--rtol", type=click.FloatRange(1e-12, 1e-2), default=1e-3, show_default=True, callback=no_nan,
    help="Relative tolerance of the solver.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def timing(
    trigger: str,
    what: str,
    *,
    folder: Path | None,
    starts: tuple[str, ...],
    severity: str | None,
    seed: int | None,
    hours: str | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Start WHAT, a regimen or a drug, earlier and later after TRIGGER, and tell who dies."""
    from cytostorm.dataset import DISCLAIMER
    from cytostorm.treatment import timing as compared

    new = claim(folder) if folder is not None else False
    try:
        with progress("arms", quiet=as_json and not sys.stderr.isatty()) as told:
            found = compared(
                trigger, what, starts or None, severity=severity or "", seed=seed or 0,
                hours=_hours(hours), progress=told, **how,
            )  # fmt: skip
    except CytostormError as error:
        if new and folder is not None:
            release(folder)
        if isinstance(error, CancelledError):
            complain("stopped: nothing was kept")
            return INTERRUPTED
        raise
    if as_json:
        out_json(as_told(found))
    else:
        _show(found)
        out(DISCLAIMER)
    if folder is not None:
        _write(found, folder)
        if not as_json:
            out(f"written: {folder} (timing.svg, timing.png, timing.csv, timing.json)")
    return OK


def _hours(text: str | None) -> str | float | None:
    """Return a bare number as hours, text with a unit as it is."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def as_told(found: xr.Dataset) -> dict[str, Any]:
    """Return a comparison as JSON has it: what was asked, the variables, and what they are."""
    columns = {"start": found["start"], **found.data_vars}
    return {
        "asked": dict(found.attrs),
        "values": {str(name): da.to_numpy() for name, da in columns.items()},
        "about": {str(name): dict(da.attrs) for name, da in columns.items()},
    }


def _show(found: xr.Dataset) -> None:
    rate = found.get("infection_rate")
    rows = [
        (
            f"{float(one['start']):g}",
            f"{100 * float(one['dead']):.1f} %",
            f"{100 * float(one['dead_low']):.1f} to {100 * float(one['dead_high']):.1f} %",
            f"{int(one['saved']):,}",
            f"{int(one['harmed']):,}",
            number(None if rate is None else 100 * float(one["infection_rate"])),
        )
        for one in (found.isel(start=k) for k in range(found.sizes["start"]))
    ]
    rest = [100 * float(found[f"dead{end}_without"]) for end in ("", "_low", "_high")]
    other = None if rate is None else 100 * float(found["infection_rate_without"])
    never = ("never", f"{rest[0]:.1f} %", f"{rest[1]:.1f} to {rest[2]:.1f} %", "-", "-", number(other))
    out(f"{found.attrs['given']} after {found.attrs['trigger']} {found.attrs['severity']}".rstrip())
    table(HEADS, [*rows, never], right=(0, 1, 2, 3, 4, 5), keep=5)


def _write(found: xr.Dataset, folder: Path) -> None:
    import csv
    import io
    import json

    from cytostorm.dataset import plain
    from cytostorm.plot import svg, timing_curve

    (folder / MARKER).write_text("", encoding="utf-8")
    figure = timing_curve(found)
    (folder / "timing.svg").write_text(svg(figure), encoding="utf-8")
    figure.savefig(folder / "timing.png", dpi=150)
    text = json.dumps(plain(as_told(found)), allow_nan=False, indent=1)
    (folder / "timing.json").write_text(text + "\n", encoding="utf-8")
    names = [str(name) for name, da in found.data_vars.items() if da.dims == ("start",)]
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["start_h", *names])
    for k, start in enumerate(found["start"].to_numpy().tolist()):
        writer.writerow([start, *(found[name].to_numpy()[k].item() for name in names)])
    (folder / "timing.csv").write_text(lines.getvalue(), encoding="utf-8")
