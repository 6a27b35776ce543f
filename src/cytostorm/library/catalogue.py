"""Every mechanism that can be found, by name: the library's files, plug-ins, and a user's own folder.

There is no list to edit. A file that defines a module `m` is found because it lies where it lies:
in a folder of this package, in an installed package that declares the entry point
"cytostorm.modules", or in a folder named by the environment variable CYTOSTORM_MODULES. Files in such a
folder are programs and are run as such: name only folders whose content you trust.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from threading import RLock
from types import MappingProxyType, ModuleType

from cytostorm.errors import CytostormError, InputError, ModelError, did_you_mean
from cytostorm.library.recipes import Recipe, all_recipes, body
from cytostorm.model import Model, Module, closure, compose

FOLDERS = "CYTOSTORM_MODULES"
OWN = "cytostorm_user"
"""Package that files in such a folder belong to: `from cytostorm_user import my_mediator`."""


_lock = RLock()
_loading: set[str] = set()


def modules() -> Mapping[str, Module]:
    """Return every mechanism by name.

    Raises ModelError if two files define one name, or a file of a user's folder cannot be loaded;
    InputError if such a folder is not there.
    """
    folders = os.environ.get(FOLDERS, "")
    with _lock:  # another thread waits; the same one comes back only from a file that is being loaded
        if folders in _loading:
            raise ModelError(
                "the catalogue is asked for while it is being made",
                "files that import what they use",
                f"write 'from {OWN} import name' or 'from cytostorm.library.mediators import il6'",
            )
        _loading.add(folders)
        try:
            return _found(folders)
        finally:
            _loading.discard(folders)


@lru_cache(maxsize=8)
def _found(folders: str) -> Mapping[str, Module]:
    table: dict[str, Module] = {}
    where: dict[str, str] = {}
    for place, source in _sources(folders):
        module = source.m
        other = table.setdefault(module.name, module)
        if other is not module:
            raise ModelError(
                f"{place} and {where[module.name]} both define {module.name!r}",
                "one file for each mechanism",
                "rename the module in one of them",
            )
        where[module.name] = place
    return MappingProxyType(dict(sorted(table.items())))


def _sources(folders: str) -> Iterator[tuple[str, ModuleType]]:
    import cytostorm.library as package

    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        name = info.name.rsplit(".", 1)[-1]
        if not info.ispkg and not name.startswith("_") and name not in {"catalogue", "recipes", "kinetics"}:
            source = importlib.import_module(info.name)
            if isinstance(getattr(source, "m", None), Module):
                yield info.name, source
    for point in entry_points(group="cytostorm.modules"):
        yield point.value, _loaded(point.value, point.load)
    yield from _own(folders)


def _own(folders: str) -> Iterator[tuple[str, ModuleType]]:
    """Yield the files of a user's folders; they import each other from the package `cytostorm_user`."""
    places = [Path(folder) for folder in folders.split(os.pathsep) if folder]
    for folder in places:
        if not folder.is_dir():
            raise InputError(
                f"{FOLDERS} names {str(folder)!r}", "a folder that is there", "make it, or unset the variable"
            )
    for name in [n for n in sys.modules if n == OWN or n.startswith(f"{OWN}.")]:
        del sys.modules[name]
    package = ModuleType(OWN)
    package.__path__ = [str(folder) for folder in places]
    sys.modules[OWN] = package
    importlib.invalidate_caches()
    for folder in places:
        for path in sorted(folder.glob("*.py")):
            if not path.name.startswith("_"):
                yield str(path), _loaded(str(path), partial(importlib.import_module, f"{OWN}.{path.stem}"))


def _loaded(place: str, load: Callable[[], ModuleType]) -> ModuleType:
    """Return a file that somebody else wrote; raise ModelError, with its name, whatever is wrong with it."""
    try:
        source = load()
    except (Exception, SystemExit) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        what = error.thing if isinstance(error, CytostormError) else f"{type(error).__name__}: {error}"
        raise ModelError(
            f"{place}{line} cannot be loaded: {what}",
            error.expected if isinstance(error, CytostormError) else "a file that defines a mechanism",
            error.remedy if isinstance(error, CytostormError) else "mend the file, or take it away",
        ) from error
    if not isinstance(getattr(source, "m", None), Module):
        raise ModelError(f"{place} defines no module", "m = Module(...)", "see any file of the library")
    return source


def find(name: str) -> Module:
    """Return a mechanism by name; raise InputError with the nearest names if there is none."""
    table = modules()
    if name not in table:
        raise InputError(
            f"there is no mechanism {name!r}", "a name from cytostorm list", did_you_mean(name, list(table))
        )
    return table[name]


def recipes() -> Mapping[str, Recipe]:
    """Return what can be run by name: each trigger with the body it acts on, at its severities.

    A trigger for which nobody wrote a recipe can be run all the same, over four weeks.
    """
    named = dict(all_recipes())
    used = {module.name for recipe in named.values() for module in recipe.modules}
    for module in modules().values():
        if module.kind == "trigger" and module.name not in used:
            named[module.name] = Recipe(
                module.name, module.label, module.about, (module, *body()), hours=672.0, step=1.0
            )
    return MappingProxyType(named)


def recipe(name: str) -> Recipe:
    """Return a recipe by name; raise InputError with the nearest names if there is none."""
    table = recipes()
    if name not in table:
        raise InputError(
            f"there is nothing to run called {name!r}",
            "a trigger, or a scenario file (.toml)",
            did_you_mean(name, list(table)),
        )
    return table[name]


def numbers_for(trigger: str, severity: str = "") -> Mapping[str, str]:
    """Return the values "parameter": "number unit" of a trigger at a severity: its own, then the severity's.

    severity : one of the trigger's; empty for the one it usually has.
    Raises InputError, with those that exist, for an unknown trigger or severity.
    """
    made = recipe(trigger)
    chosen = severity or made.usual
    if chosen and chosen not in made.severities:
        raise InputError(
            f"{trigger!r} has no severity {chosen!r}",
            "one of " + ", ".join(made.severities) if made.severities else f"none: {trigger} is of one kind",
            did_you_mean(chosen, list(made.severities)) if made.severities else "leave severity out",
        )
    return MappingProxyType({**made.settings, **(made.severities[chosen] if chosen else {})})


def trigger_parameter(trigger: str, short: str) -> str:
    """Return the full name of what a scenario calls by a short name: a parameter of the trigger's modules.

    A trigger may be made of modules with other names; if none of them has the parameter, or there is no
    such trigger, the name is that of a module called as the trigger.
    """
    made = recipes().get(trigger)
    owners = [m for m in made.modules if m.kind == "trigger"] if made is not None else []
    named = [m.name for m in owners if f"{m.name}.{short}" in {q.name for q in m.quantities.values()}]
    return f"{named[0] if named and trigger not in named else trigger}.{short}"


def model_for(
    trigger: str, routes: Iterable[str] = (), include: Iterable[str] = (), *, severity: str = ""
) -> Model:
    """Return the model of a trigger, what the routes of a plan need, and further mechanisms by name.

    Every lab and score that can be read off what is then in the model comes with it.

    routes : names "module.route" of doses.
    include : names of further mechanisms.
    severity : one of the trigger's, such as "storm"; empty for the one it usually has.
    Raises InputError for unknown names.
    """
    numbers = numbers_for(trigger, severity)
    return composed_for(trigger, routes, include).replace(numbers)


def composed_for(trigger: str, routes: Iterable[str] = (), include: Iterable[str] = ()) -> Model:
    """Return the model as `model_for` does, with every number as the mechanisms declare it."""
    chosen = list(recipe(trigger).modules)
    chosen += [find(route.split(".")[0]) for route in routes]
    chosen += [find(name) for name in ([include] if isinstance(include, str) else include)]
    held = set(closure(chosen))
    readable = [m for m in modules().values() if m.kind in ("lab", "score") and m not in held]
    chosen += [m for m in readable if _reads(m, held)]
    return compose(*chosen, name=trigger)


def _reads(module: Module, held: set[Module]) -> bool:
    """Return whether all that a lab or score needs, save other labs, is in the model."""
    return all(other in held or other.kind in ("lab", "score") for other in closure([module]))


_ENTRY = re.compile(r"@(\w+)\{([^,\s]+),(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?\s*$", re.MULTILINE)


@lru_cache(maxsize=1)
def references() -> Mapping[str, Mapping[str, str]]:
    """Return the bibliography: citation key to its fields (title, author, year, doi, ...)."""
    text = files("cytostorm.library").joinpath("references.bib").read_text(encoding="utf-8")
    return MappingProxyType({
        key: MappingProxyType({"type": kind.lower(), **{k.lower(): v for k, v in _FIELD.findall(body)}})
        for kind, key, body in _ENTRY.findall(text)
    })  # fmt: skip


def citation(key: str) -> str:
    """Return a reference as one line; the key itself if the bibliography lacks it."""
    entry = references().get(key)
    if entry is None:
        return key
    parts = [entry.get("author", ""), f"({entry['year']})" if "year" in entry else "", entry.get("title", "")]
    parts += [entry.get("journal", ""), entry.get("note", "")]
    if entry.get("doi"):
        parts.append(f"doi:{entry['doi']}")
    text = ". ".join(p.strip("{}").rstrip(".") for p in parts if p).replace(". (", " (")
    return text.replace("\\&", "&")
