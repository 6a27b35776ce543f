"""cytostorm explain: what a mechanism or a number is, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import number, out, out_json

if TYPE_CHECKING:
    from cytostorm.model import Module, Quantity

EXAMPLE = """\
\b
Examples:
  cytostorm explain endotoxin
  cytostorm explain il6
  cytostorm explain endotoxin.dose --json
"""


@click.command("explain", epilog=EXAMPLE)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(name: str, *, as_json: bool) -> None:
    """Explain NAME: a mechanism such as il6, or a number or read-out such as endotoxin.dose."""
    found = _find(name)
    if as_json:
        out_json(found[0] if len(found) == 1 else {"name": name, "meanings": found})
        return
    for k, entry in enumerate(found):
        if k:
            out()
        _print(entry)


def _find(name: str) -> list[dict[str, Any]]:
    """Return everything of that name; raise InputError with the nearest names if there is nothing."""
    from cytostorm.errors import InputError, did_you_mean
    from cytostorm.formats.tables import public_name
    from cytostorm.library.catalogue import modules

    known = modules()
    found = [_module(known[name])] if name in known else []
    names = list(known)
    for module in known.values():
        for quantity in module.quantities.values():
            names += [quantity.name, public_name(quantity)]
            if name in (quantity.name, public_name(quantity)):
                found.append(_quantity(quantity, module))
    if not found:
        names = sorted(set(names))
        alike = [n for n in names if n.rpartition(".")[2] == name] or names
        raise InputError(
            f"there is nothing called {name!r}",
            "a mechanism, a number or a read-out",
            did_you_mean(name, alike),
        )
    return found


def _module(module: Module) -> dict[str, Any]:
    from cytostorm.formats.tables import parameter_rows, quantity_rows
    from cytostorm.formats.text import process_lines

    return {
        "name": module.name,
        "kind": module.kind,
        "label": module.label,
        "about": module.about,
        "quantities": quantity_rows(module),
        "equations": process_lines(module),
        "parameters": [_cited(dict(row)) for row in parameter_rows(module)],
    }


def _quantity(quantity: Quantity, module: Module) -> dict[str, Any]:
    from cytostorm.formats.tables import parameter_row, public_name
    from cytostorm.model import Lab, Observable, Parameter, Species

    if isinstance(quantity, Parameter):
        return {"kind": "parameter", **_cited(dict(parameter_row(quantity))), "module": module.name}
    entry: dict[str, Any] = {
        "kind": quantity.kind,
        "name": public_name(quantity),
        "unit": quantity.unit,
        "label": quantity.label,
        "module": module.name,
    }
    if isinstance(quantity, Observable):
        entry["equations"] = [f"{public_name(quantity)} = {quantity.expression}"]
    if isinstance(quantity, Species):
        entry["equations"] = [
            f"{p.name}: {c} at {p.rate}" for p in module.processes for s, c in p.changes if s == quantity
        ]
        entry["initial"] = str(quantity.initial)
    if isinstance(quantity, Lab):
        entry |= {"normal": list(quantity.normal), "limits": list(quantity.limits)}
        entry |= _cited({"source": quantity.source, "note": quantity.note})
    return entry


def _cited(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the full reference of its source."""
    from cytostorm.library.catalogue import citation, references

    source = str(row.get("source") or "")
    row["citation"] = citation(source) if source in references() else None
    return row


# --- for people -----------------------------------------------------------------------------------------


def _print(entry: dict[str, Any]) -> None:
    if entry["kind"] == "parameter":
        _print_parameter(entry)
        return
    unit = f" [{entry['unit']}]" if entry.get("unit") else ""
    out(f"{entry['name']}{unit}: {entry['label']} ({entry['kind']})")
    if entry.get("module"):
        out(f"  part of: {entry['module']}")
    if entry.get("about"):
        out(f"  {entry['about']}")
    if any(x is not None for x in entry.get("normal", ())):
        low, high = entry["normal"]
        out(f"  normal: {number(low)} to {number(high)}{unit}")
    _print_source(entry)
    for head, lines in _blocks(entry):
        out(f"\n{head}")
        for line in lines:
            out(f"  {line}")
    for row in entry.get("parameters", ()):
        _print_parameter(row, indent="  ")


def _blocks(entry: dict[str, Any]) -> list[tuple[str, list[str]]]:
    blocks = []
    if entry.get("quantities"):
        blocks.append(
            ("quantities", [f"{q['name']} [{q['unit']}]: {q['label']}" for q in entry["quantities"]])
        )
    if entry.get("equations"):
        blocks.append(("equations", list(entry["equations"])))
    if entry.get("parameters"):
        blocks.append(("parameters", []))
    return blocks


def _print_parameter(row: dict[str, Any], indent: str = "") -> None:
    spread = f" {row['spread']}" if row["spread"] else ""
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    out(f"{indent}{row['name']} = {row['value']:g}{unit}{spread}: {row['label']}")
    _print_source(row, f"{indent}  ")


def _print_source(row: dict[str, Any], indent: str = "  ") -> None:
    if row.get("source"):
        out(f"{indent}source: {row['citation'] or row['source']}")
    if row.get("note"):
        out(f"{indent}note: {row['note']}")
