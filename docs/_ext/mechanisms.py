"""A page for every mechanism that the catalogue finds, written at each build from the mechanism itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cytostorm.formats import module_page
from cytostorm.library.catalogue import citation, modules

KINDS = {
    "trigger": "Triggers",
    "mediator": "Mediators",
    "cell": "Cells",
    "organ": "Organs",
    "drug": "Drugs",
    "support": "Support",
    "lab": "Labs",
    "score": "Scores",
    "person": "Persons",
}


def write_pages(folder: Path) -> None:
    """Write the pages and their index; files that are no longer wanted go."""
    folder.mkdir(exist_ok=True)
    index = ["# Mechanisms", "Each page is made from the file of the mechanism: equations, numbers, sources."]
    wanted = {"index.md"}
    for kind, title in KINDS.items():
        found = [m for m in modules().values() if m.kind == kind]
        if not found:
            continue
        index.append(f"```{{toctree}}\n:caption: {title}\n\n" + "\n".join(m.name for m in found) + "\n```")
        for module in found:
            wanted.add(f"{module.name}.md")
            renew(folder / f"{module.name}.md", module_page(module, citation))
    renew(folder / "index.md", "\n\n".join(index) + "\n")
    for stale in {p.name for p in folder.glob("*.md")} - wanted:
        (folder / stale).unlink()


def renew(path: Path, text: str) -> None:
    """Write a file only if it changes, so that Sphinx does not read it again for nothing."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Write the pages before Sphinx looks for sources."""
    write_pages(Path(app.srcdir) / "mechanisms")
    return {"parallel_read_safe": True}
