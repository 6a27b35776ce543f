"""Rows of the report's tables about the run and its model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from cytostorm.dataset import PATIENT, STATUS, TIME
from cytostorm.library.recipes import Recipe
from cytostorm.model import Model, Parameter
from cytostorm.plot.clock import HOURS, Clock
from cytostorm.plot.style import unit_text
from cytostorm.report.groups import grouped
from cytostorm.report.numbers import between, decimals, number, with_unit

LIMITS = {"unsafe": "given though unsafe", "unchecked": "not checked before giving"}
"""Attributes of a run about the limits of drugs, and what the report calls them."""
References = Mapping[str, Mapping[str, str]]
EVIDENCE = {
    "calibrated": "Calibrated: held against measured courses, within the limits stated below.",
    "plausible": "Plausible only: put together from published mechanisms, not fitted to courses of patients.",
}
"""What it means how sure a model is."""


def statuses(run: xr.Dataset) -> dict[str, int]:
    """Return how many patients ended in which way; "ok" always comes first, and is there even if 0."""
    codes = np.asarray(run[STATUS].values, dtype=int)
    words = [w.replace("_", " ") for w in str(run[STATUS].attrs.get("flag_meanings", "ok")).split()]
    table = {"ok": int((codes == 0).sum())}
    for code in sorted(set(codes.tolist()) - {0}):
        name = words[code] if 0 <= code < len(words) else f"status {code}"
        table[name] = table.get(name, 0) + int((codes == code).sum())
    return table


def heading(run: xr.Dataset, recipe: Recipe | None, severity: str) -> str:
    """Return what the page is called if its maker does not say."""
    what = str(run.attrs["model"])
    if recipe is not None:
        what = recipe.label[:1].upper() + recipe.label[1:]
    return f"{what}{', ' + severity if severity else ''}: {run.sizes[PATIENT]:,} virtual patients"


def facts(
    run: xr.Dataset, model: Model, cohort: xr.Dataset | None = None, severity: str = "", loop: str = ""
) -> list[tuple[str, str]]:
    """Return what was simulated, as (name, text)."""
    attrs, hours, clock = run.attrs, run[TIME].values, Clock.of(run)
    first, last = (float(clock.shown(float(hours[k]))) for k in (0, -1))
    triggers = [m.label for m in model.modules if m.kind == "trigger"]
    given = [
        f"{with_unit(model.values[c.amount] / c.amount.factor, c.amount.unit)} by {c.route} at 0 h"
        for c in model.challenges
    ]
    seed = int(attrs.get("seed", -1))
    changed = str(attrs.get("set", "")).strip()
    died = [("died", f"{attrs['died']:,} of {run.sizes[PATIENT]:,}")] if "died" in attrs else []
    people = _people(cohort)
    return [
        ("trigger", ", ".join(triggers) or "none"),
        *([("severity", severity)] if severity else []),
        ("dose of the trigger", "; ".join(given) or "none"),
        ("further doses", str(attrs["regimen"]).replace("\n", "; ") or "none"),
        *[(words, str(attrs[key])) for key, words in LIMITS.items() if attrs.get(key)],
        ("virtual patients", f"{run.sizes[PATIENT]:,}"),
        *died,
        *([("who they are", people)] if people else []),
        *([("the loop, in the typical person", loop)] if loop else []),
        ("seed", str(seed) if seed >= 0 else "none: typical person, nothing drawn"),
        ("time", f"{first:g} to {last:g} {clock.word} from the trigger"),
        ("model", f"{attrs['model']} (mechanisms: {len(model.modules)}, states: {len(model.species)})"),
        ("fingerprint of the model", str(attrs["fingerprint"])),
        ("changed numbers", _changes(changed)),
        ("solver's relative tolerance", f"{float(attrs['rtol']):g}"),
        ("version of cytostorm", str(attrs["version"])),
    ]


def _people(cohort: xr.Dataset | None) -> str:
    """Return in words who the patients are: median, and the middle 90 % where they differ."""
    said = []
    for name, da in cohort.data_vars.items() if cohort is not None else ():
        if str(name).startswith("person."):
            low, middle, high = (float(q) for q in np.percentile(np.asarray(da.values, float), [5, 50, 95]))
            spread = f" ({between(low, high)})" if low < high else ""
            short = str(name).partition(".")[2].replace("_", " ")
            said.append(f"{short} {with_unit(middle, str(da.attrs['units']))}{spread}")
    return "; ".join(said)


def summaries(
    table: Mapping[str, Mapping[str, Any]], clock: Clock = HOURS, scores: Sequence[str] = ()
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rows of the summary table by heading: median and quartiles over patients of each metric."""
    groups = grouped({name: str(entry["unit"]) for name, entry in table.items()}, scores)
    return [(group.heading, _summary_rows([table[name] for name in names], clock)) for group, names in groups]


def _summary_rows(entries: Sequence[Mapping[str, Any]], clock: Clock) -> list[dict[str, Any]]:
    rows = []
    for entry in entries:
        row: dict[str, Any] = {
            "label": entry["label"],
            "unit": unit_text(entry["unit"]),
            "n": str(entry["n"]),
        }
        for name in ("peak", "time_of_peak", "trough", "time_of_trough", "auc", "final"):
            part = entry[name]
            if name.startswith("time_"):
                part = {k: None if part[k] is None else part[k] / clock.hours for k in ("median", "q1", "q3")}
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
    return "; ".join(f"{name} = {value.removesuffix(' 1')}" for name, value in changed.items()) or "none"
