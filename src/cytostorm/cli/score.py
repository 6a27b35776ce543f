"""cytostorm score: one patient by a published score, the list of scores, and cases with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import columns, limitless, out, out_json, table
from cytostorm.cli.json_file import read_json
from cytostorm.cli.main import IN_PART, OK
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError

if TYPE_CHECKING:
    from cytostorm.criteria.definition import Definition, Part
    from cytostorm.criteria.evaluate import Graded
    from cytostorm.criteria.facts import Fact

EXAMPLE = """\
\b
Examples:
  cytostorm score --list
  cytostorm score SOFA
  cytostorm score SOFA --set platelets=80 --set bilirubin_umol_L=40 --set gcs=13
  cytostorm score HScore --set ferritin_ug_L=7000 --set temp_C=39.6 --json
  cytostorm score --cases cases.json --json

For research and education only, never for the care of a patient.
"""
LONGEST = 300
"""Characters of a key and its value at most."""


@click.command("score", epilog=EXAMPLE)
@click.argument("names", metavar="NAME", nargs=-1)
@click.option(
    "--set", "facts", multiple=True, metavar="KEY=VALUE", help="A fact; the unit may stand behind its name."
)
@click.option("--list", "listed", is_flag=True, help="List the scores.")
@click.option(
    "--cases", type=click.Path(path_type=Path), metavar="FILE", help="Hold cases (JSON) against the scores."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score(
    names: tuple[str, ...], *, facts: tuple[str, ...], listed: bool, cases: Path | None, as_json: bool
) -> int:
    """Grade one patient by NAME, such as SOFA; what is unknown is told, never guessed."""
    if [len(names) > 0, listed, cases is not None].count(True) != 1:
        raise click.UsageError("name one score, or ask for --list or --cases")
    if len(names) > 1:
        raise click.UsageError(
            f"{len(names)} scores are named: ask for one; cytostorm grade grades by several at once"
        )
    if facts and not names:
        raise click.UsageError("--set belongs to one score: name it")
    if listed:
        return _list(as_json=as_json)
    if cases is not None:
        return _cases(cases, as_json=as_json)
    from cytostorm.criteria.catalogue import find
    from cytostorm.criteria.evaluate import evaluate
    from cytostorm.criteria.given import numbers

    definition = find(names[0])
    known = numbers(definition, given(facts))
    graded = evaluate(definition, {k: [v] for k, v in known.items()})
    if as_json:
        out_json(_told(definition, graded))
    else:
        _show(definition, graded)
        out(DISCLAIMER)
    return OK


def given(facts: tuple[str, ...]) -> dict[str, str]:
    """Return the facts that were set, as text."""
    given: dict[str, str] = {}
    for text in facts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or len(text) > LONGEST:
            raise InputError(f"--set {text[:LONGEST]!r}", "a fact and its value: gcs=13", "write KEY=VALUE")
        if key.strip() in given:
            raise InputError(f"{key.strip()!r} is set twice", "one value for each", "leave one out")
        given[key.strip()] = value.strip()
    return given


def _told(definition: Definition, graded: Graded) -> dict[str, Any]:
    """Return all that is to be told of one patient."""
    from cytostorm.library.catalogue import citation

    return {
        "score": definition.name,
        "label": definition.label,
        "about": definition.about,
        "items": {p.name: _range(p, graded) for p in definition.items},
        "answers": {p.name: _range(p, graded) for p in definition.answers},
        "complete": bool(graded.complete[0]),
        "known": int(graded.known[0]),
        "asked": len(definition.facts),
        "settled": int(graded.settled[0]),
        "missing": [f.name for f in definition.facts if graded.missing[f.name][0]],
        "missing_rule": definition.missing,
        "window_h": definition.window,
        "source": definition.source,
        "citation": citation(definition.source),
        "confidence": definition.confidence,
        "note": definition.note,
        "disclaimer": DISCLAIMER,
    }


def _range(part: Part, graded: Graded) -> dict[str, Any]:
    """Return a part's lower and higher answer."""
    ends = {end: part.told(float(getattr(graded, end)[part.name][0])) for end in ("low", "high")}
    return {"label": part.label, **ends}


def _show(definition: Definition, graded: Graded) -> None:
    """Print what is told of one patient."""
    told = _told(definition, graded)
    out(f"{definition.name}: {definition.label}")
    if definition.about:
        out(definition.about)
    out()
    rows = [
        (k, _words(v["low"]), _words(v["high"]), v["label"])
        for k, v in (*told["items"].items(), *told["answers"].items())
    ]
    table(["", "low", "high", "what it is"], rows, right=[1, 2])
    out()
    out(f"complete: {_words(told['complete'])}, {told['known']} of {told['asked']} facts known")
    if definition.items:
        out(f"tested: {told['settled']} of {len(definition.items)} items, which hold whatever the unknown is")
    if told["missing"]:
        missing = ", ".join(_asked(f) for f in definition.facts if f.name in told["missing"])
        out(f"missing: {missing}")
    out(f"low takes what is unknown as normal, high as the worst; rule: {definition.missing}")
    out(f"source: {told['citation']}")
    out(f"confidence: {definition.confidence}" + (f"; {definition.note}" if definition.note else ""))


def _words(value: object) -> str:
    """Return an answer for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return limitless(value, lambda x: f"{x:.3g}") if isinstance(value, float) else str(value)


def _asked(fact: Fact) -> str:
    """Return how a fact is asked for."""
    kind = "/".join(fact.words) if fact.words else fact.unit
    return f"{fact.name} ({kind})" if kind else fact.name


def _list(*, as_json: bool) -> int:
    """Print the scores."""
    from cytostorm.criteria.catalogue import everything

    found = everything().values()
    if as_json:
        out_json({"scores": [_entry(d) for d in found]})
        return OK
    table(
        ["score", "confidence", "what for"],
        [(d.name, d.confidence, d.label) for d in found],
    )
    return OK


def _entry(definition: Definition) -> dict[str, Any]:
    """Return a definition for programs: what it asks for, and what it tells."""
    facts = [
        {"name": f.name, "label": f.label, "unit": f.unit, "words": list(f.words), "spelled": list(f.spelled)}
        for f in definition.facts
    ]
    parts = {kind: {p.name: p.label for p in getattr(definition, kind)} for kind in ("items", "answers")}
    return {
        "score": definition.name,
        "label": definition.label,
        "about": definition.about,
        "facts": facts,
        **parts,
        "missing_rule": definition.missing,
        "window_h": definition.window,
        "source": definition.source,
        "confidence": definition.confidence,
        "note": definition.note,
    }


def _cases(file: Path, *, as_json: bool) -> int:
    """Print how many cases of a file agree, and where the others differ."""
    from cytostorm.criteria.cases import compared

    read = read_json(file)
    cases = read.get("cases") if isinstance(read, dict) else read
    if not isinstance(cases, list):
        raise InputError(f"{str(file)!r} holds no cases", 'a list, or {"cases": [...]}', "write them so")
    found = compared(cases)
    if as_json:
        out_json(found)
    else:
        out(f"{found['agree']} of {found['cases']} cases agree")
        rows = [
            (
                str(d["id"]),
                d["score"],
                d["part"] or "-",
                str(d["expected"]),
                str(d["got"]),
                d.get("reason", "").split("\n")[0],
            )
            for d in found["disagreements"]
        ]
        for line in columns(["case", "score", "part", "expected", "got", "why"], rows) if rows else ():
            out(line)
    return OK if found["agree"] == found["cases"] else IN_PART
