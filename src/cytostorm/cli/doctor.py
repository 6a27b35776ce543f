"""cytostorm doctor: what is installed, and where things are kept."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from cytostorm._version import __version__
from cytostorm.cli.console import out, out_json

NEEDED = ("click", "jinja2", "llvmlite", "numpy", "pint", "pydantic", "rich", "scipy", "sympy", "xarray")
EXTRAS = {"plot": ("matplotlib",), "excel": ("openpyxl",)}
EXAMPLE = """\
\b
Example:
  cytostorm doctor
"""


@click.command("doctor", epilog=EXAMPLE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(*, as_json: bool) -> int:
    """Say which versions are installed, how many cores there are, and where the cache is."""
    facts = _facts()
    if as_json:
        out_json(facts)
    else:
        _print(facts)
    return 0 if all(facts["packages"].values()) else 2


def _facts() -> dict[str, Any]:
    from cytostorm.codegen.cache import folder

    return {
        "cytostorm": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": _cores(),
        "packages": {name: _version(name) for name in NEEDED},
        "extras": {extra: {name: _version(name) for name in names} for extra, names in EXTRAS.items()},
        "cache": str(folder()),
        "modules": [p for p in os.environ.get("CYTOSTORM_MODULES", "").split(os.pathsep) if p],
    }


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _print(facts: dict[str, Any]) -> None:
    out(
        f"cytostorm {facts['cytostorm']}, Python {facts['python']}, {facts['system']}, {facts['cores']} cores"
    )
    for name, found in facts["packages"].items():
        out(f"  {name:<12} {found or 'MISSING: pip install cytostorm'}")
    for extra, names in facts["extras"].items():
        for name, found in names.items():
            missing = f'not installed: pip install "cytostorm[{extra}]"'
            out(f"  {name:<12} {found or missing}")
    out(f"cache: {facts['cache']}")
    out(f"mechanisms of your own: {', '.join(facts['modules']) or 'none (set CYTOSTORM_MODULES)'}")
