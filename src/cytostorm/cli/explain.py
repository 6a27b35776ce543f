"""cytostorm explain: what a mechanism or a number is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import number, out, out_json

if TYPE_CHECKING:
    from cytostorm.library.recipes import Recipe
    from cytostorm.model import Module, Quantity

GREEK = {"α": "alpha", "β": "beta", "γ": "gamma"}
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
    """Return everything of that name; raise InputError with the nearest names if there is nothing.

    What has no name like it is looked for by its label, without regard to case, hyphens and spaces.
    """
    from cytostorm.errors import InputError, did_you_mean
    from cytostorm.formats.tables import public_name
    from cytostorm.library.catalogue import modules, recipes

    entries: list[tuple[set[str], set[str], Module, Quantity | None]] = []
    for module in modules().values():
        entries.append(({module.name}, _called(module.label), module, None))
        entries += [
            ({q.name, public_name(q)}, _called(q.label), module, q) for q in module.quantities.values()
        ]
    wanted = plain_name(name)
    found = (
        [(m, q) for names, _, m, q in entries if name in names]
        or [(m, q) for names, _, m, q in entries if wanted in map(plain_name, names)]
        or [(m, q) for _, labels, m, q in entries if wanted in labels]
        or [(m, q) for names, _, m, q in entries if wanted.removesuffix("alpha") in names]
    )
    runs = [_recipe(r) for r in recipes().values() if wanted == plain_name(r.name) and not found]
    if not found and not runs:
        names = sorted({*recipes()}.union(*(names for names, *_ in entries)))
        near = did_you_mean(name.lower(), [n for n in names if n.rpartition(".")[2] == name.lower()] or names)
        raise InputError(
            f"there is nothing called {name!r}",
            "a mechanism, a number or a read-out",
            near
            if near.startswith("did")
            else "see cytostorm list, or cytostorm list --quantities endotoxin",
        )
    return [*runs, *(_module(m) if q is None else _quantity(q, m) for m, q in found)]


def plain_name(text: str) -> str:
    """Return a name or a label as it is compared: no case, no hyphens, no spaces, Greek letters in words.

    >>> plain_name("IL-1β"), plain_name("heart_rate")
    ('il1beta', 'heartrate')
    """
    for letter, word in GREEK.items():
        text = text.replace(letter, word)
    return "".join(c for c in text.casefold() if c not in " -_\u2010\u2011")


def _called(label: str) -> set[str]:
    """Return what a label calls a thing: all of it, without what is in brackets, and what is in brackets."""
    head, _, inside = label.partition("(")
    return {plain_name(part) for part in (label, head, inside.rstrip(") ")) if part.strip()}


def _recipe(recipe: Recipe) -> dict[str, Any]:
    """Return what can be run by a name that no mechanism has."""
    return {
        "name": recipe.name,
        "kind": "recipe",
        "label": recipe.label,
        "about": recipe.about,
        **_severities(recipe),
        "limits": list(recipe.limits),
    }


def _severities(recipe: Recipe) -> dict[str, Any]:
    return {
        "evidence": recipe.evidence,
        "settings": dict(recipe.settings),
        "severities": {name: dict(values) for name, values in recipe.severities.items()},
        "usual": recipe.usual or None,
    }


def _module(module: Module) -> dict[str, Any]:
    from cytostorm.formats.tables import parameter_rows, quantity_rows
    from cytostorm.formats.text import process_lines
    from cytostorm.library.catalogue import recipes

    run = recipes().get(module.name)
    return {
        "name": module.name,
        "kind": module.kind,
        "label": module.label,
        "about": module.about,
        "quantities": quantity_rows(module),
        "equations": process_lines(module),
        "parameters": [_cited(dict(row)) for row in parameter_rows(module)],
        **(_severities(run) if run is not None and module.kind == "trigger" else {}),
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
        limits = [limit for limit in quantity.limits if limit is not None]
        entry |= {"normal": list(quantity.normal), "limits": limits}
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
    if entry.get("settings"):
        blocks.append(("its own numbers", [_values(entry["settings"])]))
    if entry.get("severities"):
        usual = entry["usual"]
        lines = [
            f"{name}{' (usual)' if name == usual else ''}: {_values(values)}"
            for name, values in entry["severities"].items()
        ]
        blocks.append(("severities", lines))
    if entry.get("limits"):
        blocks.append(("limits", list(entry["limits"])))
    if entry.get("quantities"):
        blocks.append(
            ("quantities", [f"{q['name']} [{q['unit']}]: {q['label']}" for q in entry["quantities"]])
        )
    if entry.get("equations"):
        blocks.append(("equations", list(entry["equations"])))
    if entry.get("parameters"):
        blocks.append(("parameters", []))
    return blocks


def _values(numbers: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in numbers.items()) or "nothing more"


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
