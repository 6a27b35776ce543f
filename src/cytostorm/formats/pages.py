"""A page of documentation for each mechanism, made from the mechanism itself."""

from __future__ import annotations

from collections.abc import Callable

from cytostorm.formats.latex import equations
from cytostorm.formats.tables import parameter_rows, quantity_rows
from cytostorm.model import Module


def module_page(module: Module, cite: Callable[[str], str] = str) -> str:
    """Return a mechanism's page as Markdown: what it is, equations, numbers with their sources.

    cite : turns a citation key into a full reference.
    """
    parts = [f"# {module.name}", f"*{module.kind}*: {module.label}.", module.about]
    rows = quantity_rows(module)
    if rows:
        parts += [
            "## Quantities",
            _table(["kind", "name", "unit", "what"], [[str(v) for v in r.values()] for r in rows]),
        ]
    lines = equations(module)
    if lines:
        parts.append("## Equations")
        parts += [f"{what}:\n\n$$\n{latex}\n$$" for what, latex in lines]
    for route in module.routes.values():
        parts.append(f"Route `{route.full}`: {route.label}, into `{route.species.name}`.")
    for e in module.endings.values():
        parts.append(
            f"The run of a patient ends by {e.label} when `{e.species.name}` reaches `{e.threshold}`."
        )
    numbers = parameter_rows(module)
    if numbers:
        body = [
            [
                f"`{r['name']}`",
                f"{r['value']:g}",
                str(r["unit"]),
                str(r["spread"] or "–"),
                str(r["label"]),
                _source(r),
            ]
            for r in numbers
        ]
        parts += ["## Numbers", _table(["name", "value", "unit", "between people", "what", "source"], body)]
        keys = sorted({str(r["source"]) for r in numbers} - {"assumed", "calibrated"})
        if keys:
            parts += ["## Sources", "\n".join(f"- **{k}**: {cite(k)}" for k in keys)]
    parts.append("For research and education only, never for the care of a patient.")
    return "\n\n".join(p for p in parts if p) + "\n"


def _source(row: dict[str, str | float | None]) -> str:
    note = f": {row['note']}" if row["note"] else ""
    return f"{row['source']}{note}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [
        "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines)
