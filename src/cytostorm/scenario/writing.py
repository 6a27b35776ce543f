"""A Scenario as TOML text, and the format as a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cytostorm.scenario.fields import Scenario

SCHEMA_NAME = "https://json-schema.org/draft/2020-12/schema"


def dumps(scenario: Scenario) -> str:
    """Return a scenario as TOML text that `loads` reads back as the same scenario.

    >>> from cytostorm.scenario import loads
    >>> print(dumps(loads('trigger = {name = "endotoxin", dose = "2 ng/kg"}')))
    [trigger]
    name = "endotoxin"
    dose = "2 ng/kg"
    """
    values = {k: v for k, v in scenario.model_dump(mode="json", exclude_defaults=True).items() if v}
    blocks = []
    plain = [line for key, v in values.items() if not isinstance(v, (dict, list)) for line in _pair(key, v)]
    if plain:
        blocks.append("\n".join(plain))
    for key, value in values.items():
        if isinstance(value, dict):
            blocks.append("\n".join([f"[{key}]", *_pairs(value)]))
        elif isinstance(value, list):
            blocks += ["\n".join([f"[[{key}]]", *_pairs(entry)]) for entry in value]
    return "\n\n".join(blocks) + "\n"


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield from _pair(key, value)


def _pair(key: str, value: Any) -> Iterator[str]:
    if value is not None:
        bare = key.replace("_", "").replace("-", "").isalnum() and key.isascii()
        yield f"{key if bare else _text(key)} = {literal(value)}"


def literal(value: Any) -> str:
    """Return a text, number, truth or list as TOML."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return repr(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def schema() -> dict[str, Any]:
    """Return the format as a JSON Schema, made from the definition the reader uses."""
    return {"$schema": SCHEMA_NAME, **Scenario.model_json_schema()}


def schema_text() -> str:
    """Return the JSON Schema as text, as docs/schema/scenario.json holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
