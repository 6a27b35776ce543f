"""What treatment did, in sentences that follow the numbers, whatever these are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from cytostorm.observe import survival
from cytostorm.report.arms import DAY, Arm, Storm
from cytostorm.report.clinic import told
from cytostorm.report.numbers import between, number, percent

LATER = 48.0
"""Hours after the moment at which levels are compared."""
ALIKE = 1.1
"""Ratio up to which two levels are told as one."""
COMPARED = (("temperature", "a temperature"), ("crp", "a C-reactive protein"), ("il6", "an IL-6"))
BLOCKER = "tocilizumab"
"""Drug under which IL-6 in blood rises, since it leaves by the receptor that is blocked."""


def headline(storm: Storm) -> str:
    """Return in one sentence what treatment in time and too late does to how many die."""
    if not storm.people:
        return "No virtual patient comes to the moment of treatment."
    said = [
        f"{_place(arm)}, {'it' if k else 'treatment'} {_did(storm, arm)}"
        for k, arm in enumerate(storm.arms[1:])
    ]
    return f"{_capital('; '.join(said))}."


def _place(arm: Arm) -> str:
    return f"given {arm.after / DAY:g} days later" if arm.after else "given in time"


def _did(storm: Storm, arm: Arm) -> str:
    better, worse = storm.saved(arm)
    net, of = better - worse, f"of {storm.people}"
    if net == 0:
        return f"saves none {of}" if not better else f"saves as many as it costs, {better} {of}"
    lives = "its life" if storm.people == 1 else "their lives"
    text = f"saves {net} {of}" if net > 0 else f"costs {-net} {of} {lives}"
    return text if storm.clear(arm) else f"{text}, which may be chance"


def paragraph(storm: Storm) -> str:
    """Return who is looked at, how many die in each arm, and what treatment in time does to the typical."""
    return " ".join(parts(storm))


def parts(storm: Storm) -> list[str]:
    """Return the same in its parts."""
    said = [_who(storm)]
    if storm.people:
        said += [_dead(storm), _levels(storm)]
    return [part for part in said if part]


def _who(storm: Storm) -> str:
    whole = int(storm.followed.sum())
    spared = storm.followed & ~storm.who
    text = f"{storm.people} of {whole} virtual patients {storm.words}"
    if not storm.people:
        return f"{text}, so there is nothing to show."
    middle = float(np.median(storm.moments[storm.who])) / DAY
    text += f", half of them by day {middle:.1f} after {storm.since}; what follows is of these."
    if spared.any():
        gone = int(np.isfinite(survival.died_at(storm.untreated.run)[spared]).sum())
        others = "The other one is" if spared.sum() == 1 else f"The other {spared.sum()} are"
        text += f" {others} left out; {gone or 'none'} of them die{'s' if gone == 1 else ''}."
    return text


def _dead(storm: Storm) -> str:
    days = f"within {storm.window / DAY:g} days"
    first = int(storm.died(storm.untreated).sum())
    said = [f"Untreated, {_dying(first, storm)} {days}."]
    for arm in storm.arms[1:]:
        better, worse = storm.saved(arm)
        dead = int(storm.died(arm).sum())
        when = f"{arm.after / DAY:g} days later" if arm.after else "at that moment"
        changed = (
            f"{better or 'nobody'} live{'' if better > 1 else 's'} who would have died, and "
            f"{worse or 'nobody'} die{'' if worse > 1 else 's'} who would have lived"
        )
        said.append(f"Treated {when}, {_dying(dead, storm)}: {changed}.")
    return " ".join(said)


def _dying(count: int, storm: Storm) -> str:
    if not count:
        return "nobody dies"
    return f"{count} ({percent(count / storm.people)}) die{'s' if count == 1 else ''}"


def _levels(storm: Storm) -> str:
    """Return what the median patient has two days later, treated in time and untreated."""
    arm, said, rises = storm.arms[1], [], False
    for name, word in COMPARED:
        if not storm.has(name):
            continue
        here, there = (storm.typical(one, name, LATER) for one in (arm, storm.untreated))
        if not (math.isfinite(here) and math.isfinite(there)):
            continue
        unit = str(arm.run[name].attrs["units"])
        alike = (
            abs(here - there) < 0.15 if name == "temperature" else max(here, there) < ALIKE * min(here, there)
        )
        other = "as untreated" if alike else f"instead of {told(there, unit)}"
        said.append(f"{word} of {told(here, unit)} {other}")
        rises = rises or (name == "il6" and here > ALIKE * there)
    if not said:
        return ""
    text = ", ".join(said[:-1]) + f" and {said[-1]}" if len(said) > 1 else said[0]
    text = f"Two days after that moment the median patient treated in time has {text}."
    if rises and any(dose.route.startswith(f"{BLOCKER}.") for dose in arm.doses):
        text += " IL-6 rises because it leaves the blood by the receptor that tocilizumab blocks."
    return text


def numbers(storm: Storm) -> list[dict[str, Any]]:
    """Return what stands in the table and in JSON, one entry for each arm."""
    return [_arm(storm, arm) for arm in storm.arms]


def _arm(storm: Storm, arm: Arm) -> dict[str, Any]:
    dead = int(storm.died(arm).sum())
    better, worse = storm.saved(arm)
    levels = {}
    for name in storm.shown:
        if storm.has(name):
            low = name in LOWEST
            found = storm.extremes(arm, name, low=low)
            quartiles = np.percentile(found, [25, 50, 75]).tolist() if found.size else [None] * 3
            levels[name] = {
                "what": "lowest" if low else "highest",
                "unit": str(arm.run[name].attrs["units"]),
                **dict(zip(("q1", "median", "q3"), quartiles, strict=True)),
            }
    return {
        "key": arm.key,
        "name": arm.name,
        "after_h": arm.after,
        "treated": storm.given(arm),
        "died": dead,
        "alive": storm.people - dead,
        "saved": better,
        "lost": worse,
        "beyond_chance": storm.clear(arm),
        "levels": levels,
    }


LOWEST = ("spo2", "pf_ratio", "platelets", "map")
"""Quantities that are bad when low."""


def table(storm: Storm) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows of the numbers, one row for each arm."""
    rows, heads = [], ["arm", "treated", "died", "alive"]
    entries = numbers(storm)
    for entry in entries:
        share = percent(entry["alive"] / storm.people if storm.people else None)
        row = [entry["name"], str(entry["treated"] or "none"), str(entry["died"]), share]
        for level in entry["levels"].values():
            spread = between(level["q1"], level["q3"])
            row.append(f"{number(level['median'])} ({spread})" if spread else number(None))
        rows.append(row)
    first = entries[0]["levels"]
    heads += [f"{level['what']} {label_of(storm, name)}" for name, level in first.items()]
    return heads, rows


def label_of(storm: Storm, name: str) -> str:
    """Return what a quantity is called, with its unit."""
    from cytostorm.plot.style import unit_text

    attrs = storm.untreated.run[name].attrs
    unit = unit_text(str(attrs["units"]))
    label = SHORT.get(name, str(attrs["label"]))
    return f"{label}, {unit}" if unit else label


SHORT = {
    "il6": "IL-6", "ifng": "interferon-γ", "temperature": "temperature", "crp": "C-reactive protein",
    "crs_grade": "CRS grade", "sofa": "SOFA", "spo2": "saturation", "pf_ratio": "PaO2/FiO2",
}  # fmt: skip
"""Names in the table."""


def heads(storms: Sequence[Storm]) -> str:
    """Return the headlines of all storms, each after its title."""
    return " ".join(f"{storm.title}: {headline(storm)}" for storm in storms)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
