"""Where a report may go: a new folder, an empty one, or one of an earlier run. Never a user's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from cytostorm.errors import InputError

MARKER = ".cytostorm-run"
"""File that says: written by cytostorm, may be replaced by the next run."""


def claim(folder: Path) -> bool:
    """Make the folder, before anything is computed; return whether it is new.

    Raises InputError unless a report may be written there, and can be.
    """
    try:
        new = not folder.exists() and not folder.is_symlink()
        folder.parent.mkdir(parents=True, exist_ok=True)
        if new:
            folder.mkdir()
        if not folder.is_dir():
            raise InputError(
                f"{str(folder)!r} is a file", "a folder for the report", "choose another: --out FOLDER"
            )
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise InputError(
                f"folder {str(folder)!r} holds files that no run of cytostorm wrote",
                "a new or empty folder, or one of an earlier run",
                "choose another: --out FOLDER",
            )
        _try(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(
            f"{str(folder)!r} cannot be used: {reason}", "a folder", "choose another: --out FOLDER"
        ) from None
    return new


def _try(folder: Path) -> None:
    """Write a file there and take it away again."""
    probe = folder / f".cytostorm-{os.getpid()}.part"
    try:
        probe.write_text("", encoding="utf-8")
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def release(folder: Path) -> None:
    """Take away a folder that was made for nothing; one that holds anything stays."""
    with suppress(OSError):
        folder.rmdir()
