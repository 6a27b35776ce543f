"""Results of a long run on disk, part by part: what is finished stays, whatever happens to the rest."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError

MANIFEST = "screen.json"
UNFINISHED = ".unfinished-"
STALE = 3600.0
"""Seconds after which what was left unfinished is swept away; until then another process may be at work."""
COUNT = "_arrays"
"""Number of arrays of a part; the directory of a damaged file may have lost some."""


@dataclass(frozen=True)
class Store:
    """A folder with one file per part; each is complete or absent, and its checksums are its own.

    identity : all that the numbers depend on; a folder holds the parts of one identity only.
    """

    folder: Path
    identity: Mapping[str, Any]

    @classmethod
    def open(
        cls,
        folder: str | Path,
        identity: Mapping[str, Any],
        *,
        what: str = "screening",
        manifest_name: str = MANIFEST,
    ) -> Store:
        """Make the folder, or go on in it; raise InputError if it holds something else.

        what : how messages call the run whose parts they are.
        manifest_name : file that holds the identity.
        """
        place = Path(folder)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no path"
            raise InputError(
                f"{str(place)!r} cannot be used: {reason}", "a folder", "choose another"
            ) from None
        known = json.loads(json.dumps(identity, sort_keys=True))
        manifest = place / manifest_name
        if manifest.exists():
            try:
                found = json.loads(manifest.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = None
            found = found if isinstance(found, dict) else {}
            other = sorted(k for k in {*known, *found} if known.get(k) != found.get(k))
            if other:
                raise InputError(
                    f"folder {str(place)!r} holds another {what}: " + ", ".join(other) + " differ",
                    f"an empty folder, or the one of this very {what}",
                    "choose another folder",
                )
        elif place.exists() and any(not f.name.startswith(UNFINISHED) for f in place.iterdir()):
            raise InputError(
                f"folder {str(place)!r} is not empty", "an empty or new folder", "choose another folder"
            )
        store = cls(place, known)
        old = time.time() - STALE
        for left in (f for f in place.glob(f"{UNFINISHED}*") if f.stat().st_mtime < old):
            left.unlink(missing_ok=True)
        if not manifest.exists():
            store._write(manifest, lambda file: file.write(json.dumps(known, indent=1).encode()))
        return store

    def path(self, part: int) -> Path:
        """Return the file of a part."""
        return self.folder / f"part-{part:06d}.npz"

    def read(self, part: int) -> dict[str, NDArray[Any]] | None:
        """Return the arrays of a part; None if it is not there or damaged."""
        try:
            with self.path(part).open("rb") as file, np.load(file, allow_pickle=False) as found:
                arrays = {name: found[name] for name in found.files}
            return arrays if arrays.pop(COUNT) == len(arrays) else None
        except Exception:  # noqa: BLE001 - NumPy and zipfile raise many kinds; it is computed again
            return None

    def write(self, part: int, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays of a part."""
        whole: dict[str, Any] = {**arrays, COUNT: np.array(len(arrays))}
        self._write(self.path(part), lambda file: np.savez(file, **whole))

    def put(self, name: str, text: str) -> Path:
        """Write a text beside the parts, over an earlier one of the same name; return where it is."""
        path = self.folder / name
        self._write(path, lambda file: file.write(text.encode()))
        return path

    def _write(self, path: Path, fill: Any) -> None:
        """Write a file completely or not at all, even if the power fails."""
        number, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
        try:
            with os.fdopen(number, "wb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
