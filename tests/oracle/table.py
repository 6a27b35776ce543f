"""The table of inputs in README.md: `python -m tests.oracle.table` prints it anew."""

import sys

from tests.oracle import INPUTS, OPTIONAL
from tests.oracle.spec import Choice, Flag


def rows():
    """Give each input of each score as a row of the table."""
    for score, specs in INPUTS.items():
        for name, spec in specs.items():
            yield _row(score, name, spec, "")
        for name, spec in OPTIONAL.get(score, {}).items():
            yield _row(score, name, spec, "optional")


def _row(score, name, spec, need):
    if isinstance(spec, Flag):
        unit, kind, span, limits = "", "flag", "", ""
    elif isinstance(spec, Choice):
        unit, kind, span, limits = "", "choice", ", ".join(spec.values), ""
    else:
        kind = "integer" if spec.decimals == 0 else f"number, {spec.decimals} decimals"
        unit, span = spec.unit, f"{spec.low} to {spec.high}"
        limits = ", ".join(str(limit) for limit in spec.boundaries)
    return f"| {score} | `{name}` | {unit} | {kind} | {span} | {limits} | {need} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows()) + "\n")
