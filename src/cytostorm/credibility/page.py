"""The table as a page that stands by itself, and as JSON."""

from __future__ import annotations

import json
import math
from importlib import resources
from pathlib import Path
from typing import Any

from cytostorm._version import __version__
from cytostorm.credibility import clinic
from cytostorm.credibility.judging import Row
from cytostorm.credibility.table import Table, curve_inside, why
from cytostorm.dataset import DISCLAIMER, plain

PARTS = ("calibration", "treatment")
"""Names of the two tables in JSON: untreated people, and treated ones."""
PAGE, NUMBERS, MARKER = "credibility.html", "credibility.json", ".cytostorm-run"


def write(untreated: Table, treated: Table, folder: Path) -> Path:
    """Write both tables as credibility.html and credibility.json into a folder, and return the page's path.

    Raises OSError if it cannot be written.
    """
    import jinja2

    source = (resources.files("cytostorm.credibility") / "page" / "credibility.html.j2").read_text("utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    tables = (untreated, treated)
    said = {name: table.as_json() for name, table in zip(PARTS, tables, strict=True)}
    heads = ("Untreated people", "Treated people")
    text = environment.from_string(source).render(
        disclaimer=DISCLAIMER,
        version=__version__,
        parts=[
            {"name": name, "head": head, "said": said[name], "groups": _groups(table)}
            for name, head, table in zip(PARTS, heads, tables, strict=True)
            if table.rows
        ],
        definitions=_definitions(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    numbers = json.dumps(plain(said), ensure_ascii=False, allow_nan=False, indent=1)
    (folder / MARKER).write_text("This folder was written by cytostorm.\n", encoding="utf-8")
    (folder / NUMBERS).write_text(numbers + "\n", encoding="utf-8")
    (folder / PAGE).write_text(text, encoding="utf-8")
    return folder / PAGE


def _definitions() -> list[tuple[str, str]]:
    """Return how events of a patient are dated, as their functions say it."""
    found = []
    for event in clinic.DEFINITIONS:
        text = (event.__doc__ or "").splitlines()[0].removeprefix("Return ")
        found.append((event.__name__.replace("_", " "), text))
    return found


def _groups(table: Table) -> list[dict[str, Any]]:
    """Return the curves of each group with their rows, the good beside the bad, in the order of the file."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for name, rows in table.curves().items():
        entry = {"name": name, "mark": _mark(curve_inside(rows)), "rows": [_row(row) for row in rows]}
        groups.setdefault(rows[0].target.group, []).append(entry)
    return [{"name": name, "curves": curves} for name, curves in groups.items()]


def _mark(inside: bool | None, *, wrong: bool = False) -> dict[str, str]:
    if inside is None:
        return {"style": "open", "word": "not scored"}
    if inside:
        return {"style": "in", "word": "inside"}
    return {"style": "out", "word": "wrong direction" if wrong else "outside"}


def _row(row: Row) -> dict[str, Any]:
    t = row.target
    return {
        "id": t.id,
        "what": t.variable,
        "who": t.population + (f", {t.arm}" if t.arm and t.arm != "none" else ""),
        "when": t.time,
        "published": f"{number(t.value) if t.value is not None else t.text} {t.plain_unit}".strip(),
        "spread": f"{number(t.low)} to {number(t.high)}" if t.low is not None and t.high is not None else "",
        "model": number(row.model),
        "accepted": _between(row.accepted),
        "rule": row.tolerance,
        "unit": "" if row.unit == "1" else row.unit,
        "mark": _mark(row.inside if row.counted else None, wrong=row.wrong_direction),
        "reason": row.reason if row.counted else why(row),
        "experiment": row.experiment,
        "study": t.study,
        "link": t.link,
    }


def _between(accepted: tuple[float, float] | None) -> str:
    if accepted is None:
        return ""
    low, high = accepted
    if math.isinf(low):
        return f"at most {number(high)}"
    return f"at least {number(low)}" if math.isinf(high) else f"{number(low)} to {number(high)}"


def number(value: float | None) -> str:
    """Return about three digits, or an empty text for none.

    >>> number(0.04567), number(1234.5), number(None)
    ('0.0457', '1,234', '')
    """
    if value is None or not math.isfinite(value):
        return ""
    size = abs(value)
    if size != 0 and (size < 0.001 or size >= 1e7):
        return f"{value:.2e}"
    return f"{value:,.0f}" if size >= 99.95 else f"{value:.3g}"
