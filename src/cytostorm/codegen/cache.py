"""Programs and object code kept on disk, so that a model seen before is ready in milliseconds.

The cache is a convenience: whatever goes wrong with it, the caller does the work. What is kept is used only
if its folder belongs to the user, nobody else can write there, and its checksum holds.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import resources
from pathlib import Path

KEPT = 200
"""Entries that stay on disk, newest first."""

_DIGEST = hashlib.sha256().digest_size


def folder() -> Path:
    """Return where object code is kept: $CYTOSTORM_CACHE, or the system's folder for caches."""
    chosen = os.environ.get("CYTOSTORM_CACHE")
    if chosen:
        return Path(chosen) / "native"
    system = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(system) if system else Path.home() / ".cache") / "cytostorm" / "native"


@cache
def sources() -> str:
    """Return a digest of the files that make code, so that what an older state of them made is not used."""
    package = resources.files("cytostorm")
    digest = hashlib.sha256()
    engine = package / "simulation" / "engine", package / "simulation" / "solvers"
    for room in (package / "model", package / "codegen", *engine):
        for file in sorted(room.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def recall(key: str) -> bytes | None:
    """Return the code remembered under a key; None if there is none that can be trusted."""
    try:
        place = _trusted(folder()) / key
        content = place.read_bytes()
        digest, code = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(code).digest() != digest:
            return None
    except (OSError, RuntimeError):  # the latter: a user without a home
        return None
    with suppress(OSError):
        os.utime(place)  # what is in use counts as new
    return code


def remember(key: str, code: bytes) -> None:
    """Keep code under a key: complete or not at all, even if the process dies on the way."""
    with suppress(OSError, RuntimeError):
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        home = _trusted(folder())
        number, name = tempfile.mkstemp(dir=home)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(hashlib.sha256(code).digest() + code)
            Path(name).replace(home / key)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_oldest(home)


def _trusted(home: Path) -> Path:
    """Return the folder if only its owner, who is the user, can write there."""
    if sys.platform != "win32":
        status = home.stat()
        if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(home)
    return home


def _forget_oldest(home: Path) -> None:
    entries = sorted(home.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[KEPT:]:
        entry.unlink(missing_ok=True)
