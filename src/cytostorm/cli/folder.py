"""Where a report may go: a new folder, an empty one, or one of an earlier run. Never a user's."""

from __future__ import annotations

from pathlib import Path

from cytostorm.errors import InputError

MARKER = ".cytostorm-run"
"""File that says: written by cytostorm, may be replaced by the next run."""


def claim(folder: Path) -> None:
    """Raise InputError, before anything is computed, unless a report may be written there."""
    try:
        if not folder.exists() and not folder.is_symlink():
            return
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
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(
            f"{str(folder)!r} cannot be used: {reason}", "a folder", "choose another: --out FOLDER"
        ) from None
