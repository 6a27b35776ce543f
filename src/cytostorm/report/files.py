"""What a report is put into: a folder of ours, files that are whole or not there, and filled pages."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path
from typing import Any

from cytostorm.errors import InputError

PAGE, NUMBERS, MARKER = "report.html", "summary.json", ".cytostorm-run"
"""What a folder of a run holds; the marker says that the rest may be replaced by the next run."""


def mark(folder: Path) -> None:
    """Say in a folder that it is ours."""
    put(folder / MARKER, "This folder was written by cytostorm; the next run into it replaces its files.\n")


def folder_of(folder: Path) -> Path:
    """Return the folder, made if need be; refuse one with a report that is not ours."""
    ours = (folder / MARKER).exists()
    taken = [name for name in (PAGE, NUMBERS) if (folder / name).exists()]
    if taken and not ours:
        raise InputError(
            f"{folder} already holds {' and '.join(taken)}, not written by cytostorm",
            "a new folder, or one of an earlier run",
            "choose another folder",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made: {error.strerror}", "a place to write to", "choose another"
        ) from error
    return folder


def put(path: Path, text: str) -> None:
    """Write a file so that readers see the old one or the whole new one, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}", "room and permission", "check disk"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def render(name: str, *sheets: str, **context: Any) -> str:
    """Fill the page of a name; whatever comes from outside is escaped.

    sheets : style sheets that come after that of the report.
    """
    import jinja2
    from markupsafe import Markup

    here = resources.files("cytostorm.report") / "page"
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((here / f"{name}.html.j2").read_text(encoding="utf-8"))
    css = "".join((here / f"{sheet}.css").read_text(encoding="utf-8") for sheet in ("report", *sheets))
    return template.render(css=Markup(css), **context) + "\n"  # noqa: S704 - our own file
