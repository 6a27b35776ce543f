"""The files of library/regimens and library/protocols, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from cytostorm.errors import ModelError
from cytostorm.formulary.fields import DrugFile, ProtocolEntry, Table

T = TypeVar("T", bound=Table)


def _read(folder: str, kind: type[T]) -> Iterator[T]:
    place = files("cytostorm.library").joinpath(folder)
    for file in sorted(place.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            try:
                yield kind.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
            except (ValidationError, ValueError) as error:
                raise ModelError(
                    f"{folder}/{file.name} cannot be read: {error}", "the fields of formulary"
                ) from None


@lru_cache(maxsize=1)
def drugs() -> Mapping[str, DrugFile]:
    """Return what is known of each drug, by its name, whether or not the library has it."""
    return MappingProxyType({entry.drug: entry for entry in _read("regimens", DrugFile)})


@lru_cache(maxsize=1)
def protocol_entries() -> Mapping[str, ProtocolEntry]:
    """Return protocols by name."""
    return MappingProxyType({entry.name: entry for entry in _read("protocols", ProtocolEntry)})
