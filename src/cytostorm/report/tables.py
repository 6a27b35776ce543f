"""Rows of the report's tables about the run and its model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, STATUS, TIME
from cytostorm.model import Model, Parameter
from cytostorm.plot.style import unit_text
from cytostorm.report.numbers import between, decimals, number, with_unit

References = Mapping[str, Mapping[str, str]]


def statuses(run: xr.Dataset) -> dict[str, int]:
    """Return how many patients ended in which way; "ok" always comes first, and is there even if 0."""
    codes = np.asarray(run[STATUS].values, dtype=int)
    words = [w.replace("_", " ") for w in str(run[STATUS].attrs.get("flag_meanings", "ok")).split()]
    table = {"ok": int((codes == 0).sum())}
    for code in sorted(set(codes.tolist()) - {0}):
        name = words[code] if 0 <= code < len(words) else f"status {code}"
        table[name] = table.get(name, 0) + int((codes == code).sum())
    return table


def facts(run: xr.Dataset, model: Model) -> list[tuple[str, str]]:
    """Return what was simulated, as (name, text)."""
    attrs, hours = run.attrs, run[TIME].values
    triggers = [m.label for m in model.modules if m.kind == "trigger"]
    given = [
        f"{with_unit(model.values[c.amount] / c.amount.factor, c.amount.unit)} by {c.route} at 0 h"
        for c in model.challenges
    ]
    seed = int(attrs.get("seed", -1))
    changed = str(attrs.get("set", "")).strip()
    died = [("died", f"{attrs['died']:,} of {run.sizes[PATIENT]:,}")] if "died" in attrs else []
    return [
        ("trigger", ", ".join(triggers) or "none"),
        ("dose of the trigger", "; ".join(given) or "none"),
        ("further doses", str(attrs["regimen"]).replace("\n", "; ") or "none"),
        ("virtual patients", f"{run.sizes[PATIENT]:,}"),
        *died,
        ("seed", str(seed) if seed >= 0 else "none: typical person, nothing drawn"),
        ("time", f"{hours[0]:g} to {hours[-1]:g} h from the trigger"),
        ("model", f"{attrs['model']} (mechanisms: {len(model.modules)}, states: {len(model.species)})"),
        ("fingerprint of the model", str(attrs["fingerprint"])),
        ("changed numbers", _changes(changed)),
        ("solver's relative tolerance", f"{float(attrs['rtol']):g}"),
        ("version of cytostorm", str(attrs["version"])),
    ]


def summaries(table: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of the summary table: median and quartiles over patients of each metric."""
    rows = []
    for entry in table.values():
        row: dict[str, Any] = {
            "label": entry["label"],
            "unit": unit_text(entry["unit"]),
            "n": str(entry["n"]),
        }
        for name in ("peak", "time_of_peak", "trough", "time_of_trough", "auc", "final"):
            part = entry[name]
            row[name] = {"median": number(part["median"]), "quartiles": between(part["q1"], part["q3"])}
        row["gsd"] = decimals(entry["peak"]["gsd"])
        rows.append(row)
    return rows


def parameters(model: Model, references: References) -> list[dict[str, Any]]:
    """Return every number of the model with its source, by mechanism."""
    table = []
    for module in model.modules:
        mine = [p for p in model.parameters if p.owner is not None and p.owner.name == module.name]
        if mine:
            rows = [parameter(p, model, references) for p in mine]
            table.append({"name": module.name, "label": module.label, "about": module.about, "rows": rows})
    return table


def parameter(p: Parameter, model: Model, references: References) -> dict[str, Any]:
    """Return one number with its source."""
    return {
        "name": p.name,
        "label": p.label,
        "value": with_unit(model.values[p] / p.factor, p.unit),
        "spread": str(p.spread) if p.spread is not None else "",
        "sources": sources(p.source, references),
        "note": p.note,
    }


def sources(text: str, references: References) -> list[dict[str, str]]:
    """Return the citations of a source: text, and address where a DOI is known."""
    found = []
    for key in filter(None, re.split(r"\s*[,;]\s*|\s+and\s+", text)):
        entry = references.get(key, {})
        doi = entry.get("doi", "")
        found.append(
            {
                "text": key,
                "title": ". ".join(
                    filter(None, (entry.get("author"), entry.get("title"), entry.get("year")))
                ),
                "link": f"https://doi.org/{doi}" if doi else "",
            }
        )
    return found


def calibrated(model: Model, references: References) -> list[dict[str, Any]]:
    """Return the numbers that were fitted to data and not taken from a source."""
    return [parameter(p, model, references) for p in model.parameters if p.source == "calibrated"]


def _changes(text: str) -> str:
    """Return numbers that differ from the library's as words."""
    changed = json.loads(text or "{}")
    return "; ".join(f"{name} = {value}" for name, value in changed.items()) or "none"
