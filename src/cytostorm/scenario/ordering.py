"""Orders in the words of a ward: `--give "tocilizumab 8 mg/kg at day 3"`.

What runs is ordered by its rate or setting, and for how long: `noradrenaline 0.1 ug/kg/min over 3 d`,
`ventilation peep 10 cmH2O over 2 d`. A dose is an amount, so the rate is multiplied by that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model.dose import PER_PERSON, amount_over, hours, is_rate
from cytostorm.scenario.fields import Scenario
from cytostorm.scenario.giving import mechanism, with_routes
from cytostorm.scenario.reading import from_values
from cytostorm.scenario.values import MAX_NOTE, shown

WORDS = {"at": "time", "over": "duration", "every": "every", "until": "until", "by": "route"}
"""What follows each of these words in an order, as the scenario file calls it."""
FORM = "WHAT AMOUNT [by ROUTE] [over DURATION] [at TIME] [every INTERVAL, N times | until TIME]"
RATE = 'write such as --give "noradrenaline 0.1 ug/kg/min over 3 d at day 2"'
EXAMPLE = 'write such as --give "tocilizumab 8 mg/kg at day 3"'
FORM_BY_NAME = "DRUG, REGIMEN [at TIME], or PROTOCOL protocol [at TIME]"
EXAMPLE_BY_NAME = 'write such as --give "tocilizumab, CAR-T CRS label at day 4"'
_SPLIT = re.compile(r"\s*\b(" + "|".join(WORDS) + r")\b\s*")
_TIMES = re.compile(
    r"^(?P<every>.+?),?\s+(?P<count>\d{1,5})\s+times$|^(?P<once>.+?)\s*,?\s*x\s*(?P<n>\d{1,5})$"
)
_NAMED = re.compile(r"^(?P<unit>day|hour)s?\s+(?P<number>\d+(?:\.\d+)?)$")
_SPAN = re.compile(r"^(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>day|hour|minute)s?$")
_NAME = re.compile(
    r"^(?:(?P<regimen>[a-z][a-z0-9_]*\s*,.*?)|(?P<protocol>.+?)\s+protocol)(?:\s+at\b\s*(?P<time>.*))?$",
    re.IGNORECASE,
)
_SHORT = {"day": "d", "hour": "h", "minute": "min"}


def order(text: str) -> dict[str, Any]:
    """Return an order as an entry of `[[give]]`.

    Raises InputError if it cannot be read.

    >>> order("endotoxin 2 ng/kg at day 3")
    {'what': 'endotoxin', 'amount': '2 ng/kg', 'time': '3 d'}
    >>> order("endotoxin 1 ng/kg/h over 3 h")
    {'what': 'endotoxin', 'amount': '3 ng/kg', 'duration': '3 h'}
    >>> order("tocilizumab, CAR-T CRS label at day 4")
    {'regimen': 'tocilizumab, CAR-T CRS label', 'time': '4 d'}
    """
    if len(text) > MAX_NOTE:
        raise InputError(f"--give {shown(text)} is too long", FORM, EXAMPLE)
    found = _NAME.match(" ".join(text.split()))
    if found:
        return _by_name(found, text)
    head, *rest = _SPLIT.split(" ".join(text.split()))
    what, _, amount = head.partition(" ")
    if not what or not amount:
        raise InputError(f"--give {shown(text)} cannot be read", FORM, EXAMPLE)
    entry: dict[str, Any] = {"what": what, "amount": amount}
    for word, said in zip(rest[::2], rest[1::2], strict=True):
        key, value = WORDS[word], said
        if not value or key in entry:
            why = "says nothing after" if not value else "says twice"
            raise InputError(f"--give {shown(text)} {why} {word!r}", FORM, EXAMPLE)
        if key == "every" and (many := _TIMES.match(value)):
            value, count = many["every"] or many["once"], many["count"] or many["n"]
            entry["count"] = int(count)
        entry[key] = value if key == "route" else _time(value)
    entry = _by_route(entry)
    return entry | {"amount": _whole(entry, text)}


def ordering(scenario: Scenario, orders: Iterable[str]) -> Scenario:
    """Return the scenario with further orders behind those it gives itself.

    Raises InputError if an order cannot be read, ScenarioError if it cannot be given.

    >>> from cytostorm.scenario import loads
    >>> ordering(loads('trigger = {name = "endotoxin"}'), ["endotoxin 1 ng/kg at 24 h"]).give[0].amount
    '1 ng/kg'
    """
    data = scenario.model_dump(exclude_unset=True)
    source = scenario.source
    given = list(data.get("give", ()))
    for text in orders:
        entry = order(text)
        for path in (("give", len(given)), *(("give", len(given), key) for key in (*entry, "route"))):
            source = source.with_option(path, f"option --give {shown(text)}")
        given.append(entry)
    return from_values(data | {"give": given}, source)


def _time(text: str) -> str:
    """Return "day 3" and "3 days" as "3 d"; anything else as it stands."""
    found = _NAMED.match(text) or _SPAN.match(text)
    return f"{found['number']} {_SHORT[found['unit']]}" if found else text


def _whole(entry: dict[str, Any], text: str) -> str:
    """Return the amount of one giving: as it was said, or a rate or setting times how long it runs.

    Raises InputError for a rate that does not say how long.
    """
    said = str(entry["amount"])
    try:
        unit = units.quantity(said)[1]
    except InputError:
        return said  # told, with its place, when the order is built
    if not is_rate(unit) and not _is_setting(entry, unit):
        return said
    if "duration" not in entry:
        raise InputError(f"--give {shown(text)} says a rate, and not for how long", "over DURATION", RATE)
    try:
        return amount_over(said, hours(entry["duration"], "duration"))
    except InputError:
        return said


def _is_setting(entry: dict[str, Any], unit: str) -> bool:
    """Return whether what is given has this unit for each hour: 10 cmH2O, held for hours."""
    if entry["what"] not in with_routes():
        return False
    routes = mechanism(entry["what"]).routes
    route = routes.get(entry.get("route") or (next(iter(routes)) if len(routes) == 1 else ""))
    if route is None:
        return False
    dims = dict(units.dimension(unit))
    for per in PER_PERSON:
        dims.pop(per, None)
    dims["time"] = dims.get("time", 0.0) + 1.0
    return tuple(sorted((k, v) for k, v in dims.items() if v)) == route.species.dimension


def _by_name(found: re.Match[str], text: str) -> dict[str, Any]:
    """Return an order of a regimen or a protocol; what stands after its name is when it starts."""
    name, said = found["regimen"] or found["protocol"], found["time"]
    if said is not None and not said:
        raise InputError(f"--give {shown(text)} says nothing after 'at'", FORM_BY_NAME, EXAMPLE_BY_NAME)
    entry: dict[str, Any] = {"regimen" if found["regimen"] else "protocol": name.strip()}
    return entry | ({"time": _time(said)} if said else {})


def _by_route(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the order with a route that stands beside the amount, as in "anakinra sc 100 mg", told apart."""
    if "route" in entry or entry["what"] not in with_routes():
        return entry
    routes = mechanism(entry["what"]).routes
    first, _, behind = entry["amount"].partition(" ")
    before, _, last = entry["amount"].rpartition(" ")
    for route, amount in ((first, behind), (last, before)):
        if route in routes and amount:
            return entry | {"route": route, "amount": amount}
    return entry
