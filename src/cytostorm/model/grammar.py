"""The grammar of treat-when rules: from text to its parts.

    rule      = condition { " and " condition } [ " for " DURATION ] { ", " ending }
    condition = QUANTITY ( "<" | "<=" | ">" | ">=" ) VALUE [ UNIT ] | FLAG | "not " FLAG
    ending    = [ "then " ] ( "once" | "at most " N | "repeat after " DURATION )

Text is split at words and signs, never evaluated, so that hostile text costs no time.
"""

from __future__ import annotations

import re

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.model.dose import MAX_DOSES, hours

Compared = tuple[str, str, float, str]
"""Quantity, relation, value, unit."""
Flagged = tuple[str, bool]
"""Quantity, and whether it is to hold."""
MAX_RULE = 5 * units.MAX_TEXT
"""Longest rule that is read or written, in characters."""
MAX_CONDITIONS = 16
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The relations, and what each becomes after 'not'."""
_SIGNS = {"≤": "<=", "≥": ">="}
_WORDS = ("and", "not", "for")
_NAME = re.compile(r"[a-z][a-z0-9_.]{0,95}")
_WORD = re.compile(r"\S+")


def read(text: str) -> tuple[list[Compared | Flagged], float, int, float]:
    """Return the conditions of a rule, for how long they must hold, most givings, and hours between two.

    Raises InputError with what could not be read, and where.

    >>> read("crp > 75 mg/L and not on_oxygen for 1 d, once")
    ([('crp', '>', 75.0, 'mg/L'), ('on_oxygen', False)], 24.0, 1, 0.0)
    """
    check_length(text)
    body, *endings = text.split(",")
    pieces, lasting = _split(body)
    check_count(len(pieces))
    return _conditions(pieces), lasting, *_endings(endings, len(body) + 1)


def plain(value: float) -> str:
    """Return a number as short as it can be read back exactly.

    >>> plain(75.0), plain(0.1 + 0.2)
    ('75', '0.30000000000000004')
    """
    return repr(float(value)).removesuffix(".0")


def short(value: object) -> str:
    """Return what something looks like, for a message."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        text = type(value).__name__
    return text if len(text) <= 60 else text[:60] + "..."


# --- limits -----------------------------------------------------------------------------------------


def check_length(text: str) -> None:
    """Raise InputError if a rule is too long to be read."""
    if len(text) > MAX_RULE:
        raise InputError(f"rule has {len(text):,} characters", f"at most {MAX_RULE} characters", "split it")


def check_count(conditions: int) -> None:
    """Raise InputError if a rule has too many conditions, or none."""
    if not 1 <= conditions <= MAX_CONDITIONS:
        raise InputError(
            f"rule has {conditions} conditions", f"1 to {MAX_CONDITIONS} conditions", "split it into rules"
        )


def check_relation(relation: str) -> None:
    """Raise InputError if a sign is none that compares."""
    if relation not in OPPOSITE:
        raise InputError(
            f"relation {short(relation)} cannot be read", "one of < <= > >=", "write such as '>='"
        )


def check_name(name: str) -> None:
    """Raise InputError, which says how to write it, unless a name can stand in a condition."""
    if _NAME.fullmatch(name) and name not in _WORDS:
        return
    fixed = "_".join(name.replace("-", " ").lower().split())
    marks = {
        "capitals": name != name.lower(),
        "a space": len(name.split()) > 1,
        "a hyphen": "-" in name,
    }
    if any(marks.values()) and _NAME.fullmatch(fixed) and fixed not in _WORDS:
        raise InputError(
            f"name {short(name)} holds {' and '.join(mark for mark, seen in marks.items() if seen)}",
            "a comparison such as 'crp > 75 mg/L', or a name such as 'on_oxygen'",
            f"write {fixed!r}",
        )
    raise InputError(
        f"name {short(name)} cannot be read" if name else "a name is missing",
        "quantity, relation, value with unit, such as 'crp > 75 mg/L'",
        "join several with 'and'; end with 'for 24 h' and ', then once'",
    )


# --- parts ------------------------------------------------------------------------------------------


def _split(body: str) -> tuple[list[tuple[str, int]], float]:
    """Return the conditions, each with its place in the text, and for how many hours they must hold."""
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(body)]
    stop = next((k for k, word in enumerate(words) if word[0] == "for"), len(words))
    lasting = _lasting(body, *words[stop][1:]) if stop < len(words) else 0.0
    ends = [k for k in range(stop) if words[k][0] == "and"] + [stop]
    pieces = []
    for first, end in zip([0, *(k + 1 for k in ends)], ends, strict=False):
        start = words[first][1] if first < len(words) else len(body)
        pieces.append((body[start : words[end - 1][2]] if first < end else "", start))
    return pieces, lasting


def _lasting(body: str, start: int, end: int) -> float:
    """Return the hours after the word 'for', which stands from `start` to `end`."""
    duration = body[end:].strip()
    try:
        return hours(duration, "duration")
    except InputError as error:
        raise InputError(
            f"{short(f'for {duration}'.strip())} at character {start + 1}: {error.thing}",
            "one time such as '24 h' after the last condition",
            "write 'for 24 h'; it counts for all conditions",
        ) from None


def _conditions(pieces: list[tuple[str, int]]) -> list[Compared | Flagged]:
    """Read every condition; raise InputError with all that cannot be read."""
    found: list[Compared | Flagged] = []
    faults = []
    for piece, start in pieces:
        try:
            found.append(_condition(piece))
        except InputError as error:
            where = f"condition {short(piece)} at character {start + 1}"
            faults.append((f"{where}: {error.thing}", error.expected, _hint(piece) or error.remedy))
    if faults:
        things, expected, remedies = zip(*faults, strict=True)
        raise InputError("; ".join(things), expected[0], "; ".join(dict.fromkeys(remedies)))
    return found


def _condition(text: str) -> Compared | Flagged:
    cut = next((k for k, sign in enumerate(text) if sign in "<>=≤≥"), None)
    wanted = text.split()[:1] != ["not"]
    if cut is None:
        name = text if wanted else text.removeprefix("not").lstrip()
        check_name(name)
        return name, wanted
    end = cut + (2 if text[cut + 1 : cut + 2] == "=" else 1)
    name, sign, value = text[:cut].strip(), text[cut:end], text[end:].strip()
    relation = _SIGNS.get(sign, sign)
    check_relation(relation)
    if not wanted:
        turned = f"{name.removeprefix('not').lstrip()} {OPPOSITE[relation]} {value}"
        raise InputError("'not' stands before a comparison", "'not' before a bare name", f"write {turned!r}")
    try:
        check_name(name)
    except InputError as error:
        if not _lacks_unit(value):
            raise
        raise InputError(
            f"{error.thing}, and {value} has no unit",
            error.expected,
            f"{error.remedy}, and a unit after {value} unless it is a score",
        ) from None
    return name, relation, *units.quantity(value)


def _lacks_unit(value: str) -> bool:
    try:
        return not units.quantity(value)[1]
    except InputError:
        return False


def _hint(piece: str) -> str:
    """Return what to do about a word of the grammar that stands where or as it should not."""
    words = piece.split()
    if words[:2] == ["not", "not"]:
        return "write 'not' once, or leave it out"
    for word in words:
        low = word.lower()
        if low == "or":
            return "write one rule for each side of 'or'"
        if low in ("then", "once", "repeat"):
            return f"put a comma before {low!r}"
        if low in _WORDS and word != low:
            return f"write {low!r} in lower case"
    return ""


def _endings(parts: list[str], start: int) -> tuple[int, float]:
    """Return most givings and the hours from one to the next; `start` is where the first ending begins."""
    most, pause = None, None
    for part in parts:
        words, blanks = part.split(), len(part) - len(part.lstrip())
        words = words[1:] if words[:1] == ["then"] else words
        if words == ["once"] and most is None:
            most = 1
        elif words[:2] == ["at", "most"] and len(words) == 3 and most is None and _is_count(words[2]):
            most = int(words[2])
        elif words[:2] == ["repeat", "after"] and pause is None:
            pause = hours(" ".join(words[2:]), "pause of a rule")
        else:
            raise InputError(
                f"ending {short(part.strip())} at character {start + blanks + 1} cannot be read",
                "'then once' or 'then at most 3', and 'repeat after 8 h', after a comma each",
                "write such as ', then at most 3, repeat after 8 h'",
            )
        start += len(part) + 1
    return MAX_DOSES if most is None else most, pause or 0.0


def _is_count(word: str) -> bool:
    return word.isascii() and word.isdecimal()
