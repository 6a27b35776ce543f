"""What a drug's page shows besides its mechanism: regimens, and what one of them does in a storm.

One model of each kind of trigger holds all its drugs, so that few are compiled. Pictures are made again only
when the library changed; CYTOSTORM_DOCS_DRUGS names the drugs to do it for (with commas), none for none.
"""

from __future__ import annotations

import hashlib
import json
import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import cytostorm
from cytostorm import plot
from cytostorm.formulary import regimen, regimens, usual
from cytostorm.formulary.regimens import Named, found
from cytostorm.library import catalogue
from cytostorm.library.catalogue import citation
from cytostorm.model import Model, Module
from cytostorm.plot import style
from cytostorm.simulation import simulate
from cytostorm.understand import loop_gain

if TYPE_CHECKING:
    import xarray as xr

CHOSEN = "CYTOSTORM_DOCS_DRUGS"
OTHERWISE = "car_t"
"""Storm of drugs whose regimens name none."""
SEEN = ("il6", "crp", "temperature", "infection_hazard")
DEATHLESS = {"fate.endurance": "1e9"}
STEP, LATER = 4.0, 26.0
"""Hours between looks, and from the start until the loop is looked at, two hours after a dose."""
FIRST = 8.0
"""Days from the start for which the level of the drug is drawn."""
MANY = 3
"""Sockets up to which each is told with its label."""
LITTLE = 0.1
"""Share of a gain below which no arrows of what is left are told."""
TELLING = 0.02
"""Least change of a share of the loop that is told."""


@dataclass(frozen=True)
class Shown:
    """What a drug does in a storm: its plan, where, from when on, and the text and picture of it."""

    text: str
    picture: str


def storm_of(drug: str) -> tuple[str, str]:
    """Return the trigger and severity in which a drug is shown: the first for which a regimen is usual."""
    entry = found(usual(drug))[1]
    trigger = entry.triggers[0] if entry.triggers else OTHERWISE
    severities = catalogue.recipe(trigger).severities
    return trigger, "severe" if "severe" in severities else next(iter(severities), "")


def sections(folder: Path) -> Mapping[str, str]:
    """Return what to add to the page of each drug, by name; pictures are written beside the pages."""
    known = [named for named in regimens() if named.here]
    drugs = list(dict.fromkeys(named.drug for named in known))
    wanted = os.environ.get(CHOSEN)
    chosen = drugs if wanted is None else [drug for drug in drugs if drug in wanted.split(",")]
    courses = _kept(folder, chosen)
    texts = {}
    for drug in drugs:
        parts = [_regimens([named for named in known if named.drug == drug]), courses.get(drug, "")]
        texts[drug] = "\n\n".join(part for part in parts if part)
    return texts


def _regimens(known: Sequence[Named]) -> str:
    rows = [
        f"| {n.entry.name} | {n.entry.indication} | {'<br>'.join(_lines(n.name))} | {_source(n)} |"
        for n in known
    ]
    head = "| regimen | for | given, from its start | source |\n|---|---|---|---|"
    return "## Regimens\n\n" + "\n".join([head, *rows])


def _lines(name: str) -> Iterator[str]:
    for line in regimen(name).text().splitlines():
        yield line.replace("|", r"\|").replace("<", "&lt;").replace(">", "&gt;")


def _source(named: Named) -> str:
    entry = named.entry
    said = citation(entry.source) if entry.source in catalogue.references() else entry.source
    return f"{said}: {entry.note}".replace("|", r"\|") if entry.note else said


def _kept(folder: Path, drugs: Sequence[str]) -> dict[str, str]:
    """Return the texts of the courses; those of an earlier build if nothing has changed since."""
    note = folder / "drugs.json"
    stamp = _stamp(drugs)
    if note.exists():
        old = json.loads(note.read_text(encoding="utf-8"))
        if old["stamp"] == stamp and all((folder / picture(drug)).exists() for drug in drugs):
            return dict(old["texts"])
    texts = {}
    for drug, shown in courses(drugs).items():
        (folder / picture(drug)).write_text(shown.picture, encoding="utf-8")
        texts[drug] = shown.text
    note.write_text(json.dumps({"stamp": stamp, "texts": texts}, indent=1), encoding="utf-8")
    return texts


def picture(drug: str) -> str:
    """Return the name of a drug's picture."""
    return f"drug-{drug}.svg"


def _stamp(drugs: Sequence[str]) -> str:
    """Return what tells one state of package and extension from another."""
    said = hashlib.sha256(" ".join(drugs).encode())
    places = [Path(cytostorm.__file__).parent, Path(__file__).parent]
    for file in sorted(f for place in places for f in place.rglob("*") if f.suffix in (".py", ".toml")):
        said.update(file.read_bytes())
    return said.hexdigest()


def courses(drugs: Sequence[str]) -> dict[str, Shown]:
    """Return what each drug does in its storm."""
    groups: dict[frozenset[Module], list[str]] = {}
    for drug in drugs:
        triggers = frozenset(m for m in catalogue.recipe(storm_of(drug)[0]).modules if m.kind == "trigger")
        groups.setdefault(triggers, []).append(drug)
    shown = {}
    for group in groups.values():
        plain = _composed(group)
        for drug in group:
            trigger, severity = storm_of(drug)
            numbers = {**catalogue.numbers_for(trigger, severity), **DEATHLESS}
            shown[drug] = _shown(drug, plain.replace(numbers), trigger, severity)
    return shown


def _composed(drugs: Sequence[str]) -> Model:
    routes = sorted({dose.route for drug in drugs for dose in regimen(usual(drug)).given})
    return catalogue.composed_for(storm_of(drugs[0])[0], routes, ["infection"])


def _shown(drug: str, model: Model, trigger: str, severity: str) -> Shown:
    name = usual(drug, trigger)
    hours = np.arange(0.0, catalogue.recipe(trigger).hours_of(severity) + 1, STEP)
    level = _level(model, drug)
    seen = [*SEEN, *([level] if level else [])]
    never = simulate(model, None, None, hours, quantities=seen)
    start = _start(never)
    plan = regimen(name, start, unsafe=True)
    given = simulate(model, None, plan, hours, quantities=seen)
    when = [0.0, start + LATER]
    loops = [loop_gain(model, None, p, when).isel(patient=0, time=1) for p in (None, plan)]
    storm = f"{catalogue.recipe(trigger).label}, {severity}".rstrip(", ")
    figure = _drawn(never.isel(patient=0), given.isel(patient=0), level, start)
    about = (
        f"*{name}* in the typical person with {storm}, from hour {start:g} on, when CRP passes half of its "
        "peak. Nobody can die here, so that the course is seen to its end."
    )
    shows = f"Level of {drug}, IL-6, CRP, temperature and hazard of infection, with it and without"
    effects = _effects(never.isel(patient=0), given.isel(patient=0), start)
    parts = ["## In a storm", about, f"![{shows}.]({picture(drug)})", effects]
    text = "\n\n".join([*parts, _loop(catalogue.find(drug), *loops)])
    return Shown(text, plot.svg(figure))


def _level(model: Model, drug: str) -> str:
    """Return what is drawn as exposure: the lab of the drug's name, else its first lab or state."""
    own = catalogue.find(drug).quantities.values()
    labs = [q.short for q in own if q.kind == "lab"]
    states = [str(q.name) for q in own if q.kind == "species" and q in model.species]
    return next((n for n in (*(lab for lab in labs if lab == drug), *labs, *states)), "")


def _start(never: xr.Dataset) -> float:
    """Return when CRP first passes half of the way to its peak."""
    crp = never["crp"].to_numpy()[0]
    half = crp[0] + (crp.max() - crp[0]) / 2
    return float(never["time"].to_numpy()[np.argmax(crp >= half)])


def _drawn(never: xr.Dataset, given: xr.Dataset, level: str, start: float) -> Any:
    from matplotlib.figure import Figure

    names = [*([level] if level else []), *SEEN]
    with style.settings():
        figure = Figure(figsize=(10.5, 2.6), layout="constrained")
        for axes, name in zip(figure.subplots(1, len(names)), names, strict=True):
            days = never["time"].to_numpy() / 24
            if name == level:
                axes.set_xlim(start / 24 - 0.5, start / 24 + FIRST)
            else:
                axes.plot(days, never[name], color=style.INK, linestyle="--", linewidth=1.2, label="nothing")
            axes.plot(days, given[name], color=style.BLUE, linewidth=1.2, label="treated")
            axes.axvline(start / 24, color=style.NORMAL, linewidth=0.8, linestyle=":")
            label = style.plain(str(given[name].attrs["label"]))
            axes.set_title("\n".join(textwrap.wrap(label, 26)[:2]), loc="left", fontsize=8)
            axes.set_ylabel(style.unit_text(str(given[name].attrs["units"])))
            axes.set_xlabel("days from the trigger")
            if name != "temperature":
                axes.set_ylim(bottom=0)
        handles, labels = axes.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper right", ncols=2)
        style.settle(figure)
    return figure


def _effects(never: xr.Dataset, given: xr.Dataset, start: float) -> str:
    """Return the table of what is seen from the start on: highest, and mean for the hazard."""
    rows = []
    for name in SEEN:
        after = [run[name].to_numpy()[run["time"].to_numpy() >= start] for run in (never, given)]
        what, numbers = (
            ("mean", [a.mean() for a in after]) if name == SEEN[-1] else ("highest", [a.max() for a in after])
        )
        unit = style.unit_text(str(given[name].attrs["units"]))
        rows.append(
            f"| {given[name].attrs['label']}, {what} | {numbers[0]:.3g} | {numbers[1]:.3g} | {unit} |"
        )
    return "\n".join(["| from the start on | nothing | treated | |", "|---|---|---|---|", *rows])


def _loop(module: Module, never: xr.Dataset, given: xr.Dataset) -> str:
    """Return what the drug plugs into, and what it leaves of the loop a day later."""
    sockets = {str(s.name): s for s, _, _ in module.plugs}
    many = len(sockets) > MANY
    acts = ", ".join(
        f"[`{name}`]({s.owner.name}.md)" + ("" if many else f" ({s.label})") for name, s in sockets.items()
    )
    gains = [float(run[f"gain{k}"]) for k in ("", "_without_division") for run in (never, given)]
    said = [
        f"It acts on {acts}." if acts else "",
        (
            f"After {LATER:g} h the [loop gain](../understanding.md) is {gains[1]:.2f}, without the drug "
            f"{gains[0]:.2f}; if cells did not multiply, {gains[3]:.2f} and {gains[2]:.2f}."
        ),
    ]
    name = "carried_without_division"
    shares = [
        {str(n): float(v) for n, v in zip(run["state"].values, run[name].values, strict=True)}
        for run in (never, given)
    ]
    if gains[3] < LITTLE * gains[2]:
        said.append("Hardly anything is left of the loop that does without division.")
    if not gains[3] > LITTLE * gains[2]:
        return "\n\n".join(["### The loop", *(part for part in said if part)])
    pairs = {n: (a, shares[1].get(n, 0.0)) for n, a in shares[0].items()}
    cut = [n for n, (a, b) in pairs.items() if a >= TELLING and b < a / 2]
    cut.sort(key=lambda n: pairs[n][1] - pairs[n][0])
    told = ", ".join(f"`{n}`" for n in cut)
    said.append(
        f"It cuts the arrows from {told}: less than half is left of their share of the loop."
        if cut
        else "It cuts no arrow of the loop: each that counts keeps half of its share or more."
    )
    shown = [n for n, pair in pairs.items() if max(map(abs, pair)) >= TELLING]
    moved = sorted(shown, key=lambda n: -abs(pairs[n][1] - pairs[n][0]))[:6]
    rows = [f"| `{n}` | {100 * pairs[n][0]:.0f} % | {100 * pairs[n][1]:.0f} % |" for n in moved]
    said.append(
        "\n".join(["| share of the loop, without division | nothing | treated |", "|---|---|---|", *rows])
    )
    said.append("Brakes have shares below zero; the shares add up to 100 %.")
    return "\n\n".join(["### The loop", *(part for part in said if part)])
