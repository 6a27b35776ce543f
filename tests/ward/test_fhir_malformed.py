"""Bundles that are broken at random: each entry is still accounted for, or the file is refused."""

import copy
import json
import random

import pytest

from cytostorm.errors import InputError
from cytostorm.ward.fhir_file import parse
from cytostorm.ward.fhir_read import read
from cytostorm.ward.fhir_values import branch
from cytostorm.ward.fhir_write import bundle
from tests.ward.fhir_examples import ZERO, grades, table

RUBBISH = [
    None,
    True,
    -1,
    10**400,
    1e308,
    -1e-308,
    "",
    "x",
    "\x00",
    "NaN",
    "9999-99-99",
    [],
    {},
    [[]],
    [None],
    {"value": []},
]


def places(here):
    """Yield each holder and key in a document."""
    keys = here if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()
    for key in keys:
        yield here, key
        yield from places(here[key])


def broken(made, chance):
    """Break a few places."""
    made = copy.deepcopy(made)
    for _ in range(chance.randint(1, 12)):
        holder, key = chance.choice(list(places(made)))
        match chance.randrange(4):
            case 0:
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(chance.choice(RUBBISH))
            case 2:
                other, taken = chance.choice(list(places(made)))
                holder[key] = copy.deepcopy(other[taken])
            case _ if isinstance(holder, dict):
                holder[chance.choice(["value", "valueString", "component", "code", "id"])] = chance.choice(
                    RUBBISH
                )
    return made


def accounted(made):
    """Read, and check that each entry was used or is told with a reason; return whether it was read."""
    try:
        found = read(made)
    except InputError:
        return False
    counts, told = found.counts, set(found.problems["row"])
    assert counts["entries"] == len(made.get("entry", []))
    assert counts["accepted"] + counts["converted"] + counts["not used"] == counts["entries"]
    silent = set(range(1, counts["entries"] + 1)) - told - set(found.table["row"])
    people = {n for n in silent if branch(made["entry"][n - 1], "resource")["resourceType"] == "Patient"}
    assert len(silent - people) <= len(found.grades)
    assert (found.problems[["column", "reason"]] != "").all(axis=None)
    numbers = found.table["value"].tolist() + found.table["time"].tolist()
    assert all(abs(n) < 1e300 for n in numbers)
    assert found.table["limit"].isin(["", "<", ">"]).all()
    return True


@pytest.mark.parametrize("seed", range(200))
def test_broken_bundles_are_accounted_for(seed):
    made = json.loads(json.dumps(bundle(table(), zero=ZERO, grades=grades())))
    accounted(broken(made, random.Random(seed)))


def test_most_broken_bundles_are_read_all_the_same():
    made = json.loads(json.dumps(bundle(table(), zero=ZERO, grades=grades())))
    assert sum(accounted(broken(made, random.Random(seed))) for seed in range(200)) > 150


@pytest.mark.parametrize("seed", range(50))
def test_broken_texts_are_read_or_refused(seed):
    chance = random.Random(seed)
    text = json.dumps(bundle(table(), zero=ZERO))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text))
        text = (
            text[:place]
            + chance.choice(["", "}", '"', "9", "\\u0000", "[", ",", "\ud800"])
            + text[place + chance.randrange(9) :]
        )
    try:
        made = parse(text)
    except InputError:
        return
    accounted(made)
