"""cytostorm new and cytostorm schema: a scenario to start from, and what editors need."""

from __future__ import annotations

from pathlib import Path

import click

from cytostorm.cli.console import complain, out
from cytostorm.errors import InputError

NEW_EXAMPLE = """\
\b
Example:
  cytostorm new my-scenario.toml
  cytostorm run my-scenario.toml
"""
SCHEMA_EXAMPLE = """\
\b
Example:
  cytostorm schema > scenario.json
"""


def write_new(file: Path, text: str) -> None:
    """Write a text to a new file; raise InputError if it exists or cannot be written."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(f"{str(file)!r} exists", "a new file", "choose another name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(
            f"{str(file)!r} cannot be written: {reason}", "a place to write to", "choose another"
        ) from None


@click.command("new", epilog=NEW_EXAMPLE)
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write a commented scenario to FILE, which must end in .toml; nothing is overwritten."""
    from cytostorm.scenario.template import template

    if file.suffix != ".toml":
        raise InputError(
            f"{str(file)!r} is no scenario file", "a name that ends in .toml", f"write {file}.toml"
        )
    shown = file.name if file.parent == Path() else str(file)
    write_new(file, template(f'"{shown}"' if " " in shown else shown))
    out(str(file))
    complain(f"edit it, then: cytostorm run {shown}")


@click.command("schema", epilog=SCHEMA_EXAMPLE)
def schema() -> None:
    """Print the JSON Schema of scenario files; editors complete and check with it."""
    from cytostorm.scenario.writing import schema_text

    out(schema_text().rstrip())
