"""What the tests of scores share."""

import json
from pathlib import Path

from cytostorm.criteria.catalogue import find
from cytostorm.criteria.evaluate import evaluate
from cytostorm.criteria.given import numbers

HERE = Path(__file__).parent


def cases(file):
    return json.loads((HERE / file).read_text(encoding="utf-8"))["cases"]


def graded(score, **given):
    """Return what a score says of one patient."""
    definition = find(score)
    return evaluate(definition, numbers(definition, given))


def spread(score, part, **given):
    """Return the lower and the higher answer of a part."""
    found = graded(score, **given)
    return float(found.low[part][0]), float(found.high[part][0])


def points(score, part, fact, values, **given):
    """Return the lower answers of a part for each of the values of a fact."""
    return [spread(score, part, **{fact: value}, **given)[0] for value in values]
