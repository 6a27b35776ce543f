"""cytostorm list: what there is."""

from __future__ import annotations

from typing import Any

import click

from cytostorm.cli.console import out, out_json, table

KINDS = (
    "recipe",
    "person",
    "mediator",
    "cell",
    "trigger",
    "organ",
    "drug",
    "support",
    "lab",
    "absent",
    "score",
    "regimen",
    "protocol",
)
ORDERED = ("regimen", "protocol")
EXAMPLE = """\
\b
Examples:
  cytostorm list
  cytostorm list mediator
  cytostorm list regimen
  cytostorm list --quantities endotoxin
"""


@click.command("list", epilog=EXAMPLE)
@click.argument("kind", required=False)
@click.option("--quantities", metavar="NAME", help="What can be read off the model of a trigger.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def listing(kind: str | None, quantities: str | None, *, as_json: bool) -> None:
    """List mechanisms of a KIND, or all, and what can be run.

    KIND is recipe, person, mediator, cell, trigger, organ, drug, support, lab, absent, score, regimen or
    protocol; absent is what wards measure and the model cannot tell.
    """
    if quantities is not None:
        _quantities(quantities, as_json=as_json)
        return
    rows = _rows(_kind(kind) if kind else None)
    if as_json:
        out_json(rows)
    elif not rows:
        out(f"there is no {kind} yet")
    else:
        table(("kind", "name", "what it is"), [(r["kind"], r["name"], _told(r)) for r in rows])


def _told(row: dict[str, Any]) -> str:
    """Return what a thing is; of what can be run, also how sure it is and which severities there are."""
    if row["kind"] != "recipe":
        return str(row["label"])
    levels = f"; severity {', '.join(row['severities'])}" if row["severities"] else ""
    return f"{row['label']} ({row['evidence']}{levels})"


def _kind(text: str) -> str:
    from cytostorm.errors import InputError, did_you_mean

    kind = text.lower()
    kind = kind[:-1] if kind.endswith("s") and kind[:-1] in KINDS else kind
    if kind not in KINDS:
        raise InputError(
            f"there is no kind {text!r}", "one of " + ", ".join(KINDS), did_you_mean(kind, KINDS)
        )
    return kind


def _rows(kind: str | None) -> list[dict[str, Any]]:
    from cytostorm.library.catalogue import modules, recipes

    rows: list[dict[str, Any]] = [
        {
            "kind": "recipe",
            "name": r.name,
            "label": r.label,
            "evidence": r.evidence,
            "severities": {name: dict(values) for name, values in r.severities.items()},
            "usual": r.usual or None,
        }
        for r in recipes().values()
    ]
    for module in sorted(modules().values(), key=lambda m: (KINDS.index(m.kind), m.name)):
        rows.append({"kind": module.kind, "name": module.name, "label": module.label})
        if module.routes:
            rows[-1]["routes"] = list(module.routes)
    rows += _absent() if kind in (None, "lab", "absent") else []
    rows += _ordered() if kind in (None, *ORDERED) else []
    return [row for row in rows if kind in (None, row["kind"]) or (kind, row["kind"]) == ("lab", "absent")]


def _absent() -> list[dict[str, Any]]:
    """Return what wards measure and the model cannot tell, with the reason."""
    from cytostorm.library.labs.absent import ABSENT

    return [{"kind": "absent", "name": name, "label": why} for name, why in ABSENT.items()]


def _ordered() -> list[dict[str, Any]]:
    """Return regimens and protocols, as far as the library has their drugs."""
    from cytostorm.formulary import protocols, regimens

    rows: list[dict[str, Any]] = [
        {"kind": "regimen", "name": r.name, "label": r.entry.indication, "confidence": r.entry.confidence}
        for r in regimens()
        if r.here
    ]
    for p in protocols():
        if len(p.lacks) < len({step.give.partition(",")[0] for step in p.entry.step}):
            lacks = f" (without {', '.join(p.lacks)}, which the library lacks)" if p.lacks else ""
            rows.append({"kind": "protocol", "name": p.name, "label": f"{p.entry.words}{lacks}"})
    return rows


def _quantities(name: str, *, as_json: bool) -> None:
    from cytostorm.formats.tables import public_name
    from cytostorm.library.catalogue import model_for

    model = model_for(name, [])
    found = [*model.labs, *model.scores]
    found += [o for o in model.observables if o not in found]
    rows = [
        {"name": public_name(q), "kind": q.kind, "unit": q.unit, "label": q.label}
        for q in [*found, *model.species]
    ]
    if as_json:
        out_json(rows)
    else:
        heads = ("name", "kind", "unit", "label")
        table(heads, [tuple(str(row[h]) for h in heads) for row in rows])
