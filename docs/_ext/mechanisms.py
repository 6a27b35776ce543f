"""Pages written at each build from the library itself: one for each mechanism, one for what can be run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from drug_pages import picture, sections

from cytostorm.formats import module_page
from cytostorm.library.catalogue import citation, modules, recipes
from cytostorm.library.labs.absent import ABSENT
from cytostorm.library.recipes import Recipe
from cytostorm.model import Module

KINDS = {
    "trigger": ("Triggers", "What starts it all."),
    "mediator": ("Mediators", "What cells say to each other, and what triggers show them."),
    "cell": ("Cells", "Who listens and answers."),
    "organ": ("Organs", "What is harmed, and what becomes of the person."),
    "drug": ("Drugs", "What is given."),
    "support": ("Support", "What keeps alive."),
    "lab": ("Labs", "What can be measured."),
    "score": ("Scores", "What doctors sum it up in."),
    "person": ("Person", "What is true before anything happens."),
}
LONG = re.compile(r"\d+\.\d{6,}")
RUNS = "what-can-be-run"
"""Name of the page on recipes; no mechanism can be called so."""


def write_pages(folder: Path) -> None:
    """Write the pages and their indexes; files that are no longer wanted go."""
    folder.mkdir(exist_ok=True)
    kinds = {k: [m for m in modules().values() if m.kind == k] for k in KINDS}
    kinds = {k: found for k, found in kinds.items() if found}
    pages = {f"{RUNS}.md": runs_page(), "index.md": index_page(kinds)}
    pages |= {f"all-{k}.md": kind_page(k, found) for k, found in kinds.items() if len(found) > 1}
    pages |= {f"{m.name}.md": shortened(module_page(m, citation)) for m in modules().values()}
    for drug, more in sections(folder).items():
        before, head, after = pages[f"{drug}.md"].partition("## Numbers")
        pages[f"{drug}.md"] = f"{before}{more}\n\n{head}{after}"
    for name, text in pages.items():
        renew(folder / name, text)
    wanted = {*pages, *(picture(name) for name in modules())}
    for stale in {p.name for kind in ("*.md", "*.svg") for p in folder.glob(kind)} - wanted:
        (folder / stale).unlink()


def index_page(kinds: Mapping[str, Sequence[Module]]) -> str:
    """Return the index of all mechanisms, by kind."""
    inside = "\n".join([RUNS, *(f"all-{k}" if len(v) > 1 else v[0].name for k, v in kinds.items())])
    parts = [
        "# Mechanisms",
        (
            "Each page is made from the file of the mechanism: equations, numbers, sources. "
            f"[What can be run]({RUNS}.md) tells which triggers there are, and how bad they get."
        ),
        f"```{{toctree}}\n:hidden:\n\n{inside}\n```",
    ]
    for kind, found in kinds.items():
        parts += [f"## {KINDS[kind][0]}", KINDS[kind][1], _table(found)]
    return "\n\n".join(parts) + "\n"


def kind_page(kind: str, found: Sequence[Module]) -> str:
    """Return the page that holds the mechanisms of one kind."""
    title, about = KINDS[kind]
    inside = "\n".join(m.name for m in found)
    more = _absent() if kind == "lab" else ""
    return f"# {title}\n\n{about}\n\n{_table(found)}\n\n{more}```{{toctree}}\n:hidden:\n\n{inside}\n```\n"


def _absent() -> str:
    """Return what wards measure and the model cannot tell."""
    rows = [f"| {name} | {why} |" for name, why in ABSENT.items()]
    head = "## Absent\n\nWards measure these as well. No mechanism makes them here, so no number is given."
    return "\n".join([f"{head}\n", "| name | why |", "|---|---|", *rows]) + "\n\n"


def _table(found: Sequence[Module]) -> str:
    rows = [f"| [{m.name}]({m.name}.md) | {m.label} |" for m in found]
    return "\n".join(["| name | what it is |", "|---|---|", *rows])


def runs_page() -> str:
    """Return the page on what can be run: each recipe, its patients, its severities and its limits."""
    known = recipes().values()
    rows = [
        f"| [{r.name}](#{r.name}) | {r.label} | {r.evidence} | {', '.join(r.severities)} |" for r in known
    ]
    parts = [
        "# What can be run",
        (
            "Each of these is a trigger and the one body on which all act; `cytostorm run NAME` runs it. "
            "Those marked calibrated were held against measured courses; the others are plausible at best."
        ),
        "\n".join(["| name | what it is | evidence | severities |", "|---|---|---|---|", *rows]),
    ]
    for r in known:
        parts += [f"## {r.name}", f"*{r.label}, {r.evidence}.* {r.about}", *_details(r)]
    parts.append("For research and education only, never for the care of a patient.")
    return "\n\n".join(parts) + "\n"


def _details(r: Recipe) -> list[str]:
    triggers = ", ".join(f"{{doc}}`{m.name}`" for m in r.modules if m.kind == "trigger")
    rows = [
        (f"{name} (usual)" if name == r.usual else name, _values(values))
        for name, values in {"of its own": r.settings, **r.severities}.items()
        if name != "of its own" or values
    ]
    table = ["| | numbers |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)]
    return [
        f"Trigger: {triggers}. A run looks over {r.hours / 24:g} days.",
        "\n".join(table) if rows else "",
        "\n".join(f"- {limit}" for limit in r.limits),
    ]


def _values(values: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` {value}" for name, value in values.items()) or "as it is"


def shortened(text: str) -> str:
    """Return a page with the numbers in its equations to four digits: 0.6944, not 0.694444444444445."""
    return LONG.sub(lambda found: f"{float(found.group()):.4g}", text)


def renew(path: Path, text: str) -> None:
    """Write a file only if it changes, so that Sphinx does not read it again for nothing."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Write the pages before Sphinx looks for sources."""
    write_pages(Path(app.srcdir) / "mechanisms")
    return {"parallel_read_safe": True}
