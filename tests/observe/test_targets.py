"""Every published row is read, typed and understood."""

import math

import pytest

from cytostorm import units
from cytostorm.errors import InputError
from cytostorm.observe import readout
from cytostorm.observe.targets import LABELS, QUANTITIES, Kind, curves, groups, load

ROWS = load()
ENDOTOXIN = load("endotoxin")


@pytest.mark.parametrize("target", ROWS, ids=lambda t: t.id)
def test_row_parses(target):
    assert target.id
    assert target.source
    assert target.curve
    assert isinstance(target.kind, Kind)
    assert target.value is not None or target.text
    assert all(x is None or math.isfinite(x) for x in (target.value, target.low, target.high, target.hours))
    assert set(target.quantities) <= set(LABELS)
    if target.low is not None and target.high is not None:
        assert target.low <= target.high


def test_counts_of_the_file():
    assert len(ROWS) == 617
    assert len({t.id for t in ROWS}) == 617
    assert len(ENDOTOXIN) == 278
    assert len(curves([t for t in ENDOTOXIN if t.scored])) == 61
    assert sum(len(rows) for rows in curves().values()) == 617
    assert "endotoxin" in groups()
    assert set(QUANTITIES.values()) == set(LABELS)


def test_unknown_group_is_refused_with_a_hint():
    with pytest.raises(InputError, match="did you mean 'sepsis'"):
        load("sepssis")


@pytest.mark.parametrize("target", ENDOTOXIN, ids=lambda t: t.id)
def test_endotoxin_row_can_be_placed(target):
    assert readout.scenario(target) is not None
    if not readout.why_not(target) and not readout.absent(target):
        assert target.kind not in {Kind.OTHER, Kind.DIRECTION, Kind.SCORE}
        units.dimension(target.plain_unit)
        if target.kind in {Kind.LEVEL, Kind.CHANGE}:
            assert target.hours is not None or target.time.startswith("sample")


def find(name):
    return next(t for t in ROWS if t.id == name)


@pytest.mark.parametrize(
    "name, kind, quantities, hours, window",
    [
        ("A-LPS-003", Kind.LEVEL, ("tnf",), 1.5, None),
        ("A-LPS-009", Kind.PEAK, ("tnf",), None, (0.0, 6.0)),
        ("A-LPS-010", Kind.GEOMETRIC_SD, ("tnf",), None, (0.0, 6.0)),
        ("A-LPS-011", Kind.TIME_OF_PEAK, ("tnf",), None, (0.0, 6.0)),
        ("A-LPSD-056", Kind.CHANGE, ("temperature",), 3.0, None),
        ("A-LPSD-190", Kind.LEVEL, ("map",), 4.0, None),
        ("A-LPSX-003b", Kind.TIME_OF_PEAK, ("il8",), None, (0.0, 24.0)),
        ("A-LPSX-004", Kind.RISE, ("temperature",), None, (0.0, 24.0)),
        ("A-LPSX-008a", Kind.TIME_OF_NADIR, ("lymphocytes",), None, None),
        ("A-LPSX-008b", Kind.TIME_OF_RECOVERY, ("lymphocytes",), None, None),
        ("A-LPSX-029", Kind.REDUCTION, ("tnf",), None, (96.0, 120.0)),
        ("A-LPSX-037", Kind.SCORE, (), None, (0.0, 24.0)),
        ("A-LPSX-043", Kind.DIRECTION, ("temperature", "tnf", "il6", "il8", "il1ra"), None, (0.0, 24.0)),
        ("A-LPSX-047", Kind.RATIO, ("il1ra", "il1b"), None, (0.0, 24.0)),
        ("B-070", Kind.EVENT, (), 336.0, None),
        ("B-071", Kind.EFFECT, (), 336.0, None),
    ],
)
def test_row_is_understood(name, kind, quantities, hours, window):
    target = find(name)
    assert (target.kind, target.quantities, target.hours, target.window) == (kind, quantities, hours, window)


def test_links_and_studies():
    assert find("A-LPSD-037").link == "https://doi.org/10.1186/s12950-014-0028-1"
    assert find("A-LPS-001").link == "https://github.com/msolufse/Inflammation_Bolus_Cont"
    assert find("A-LPS-001").study == readout.FITTED
    assert find("A-LPSX-043").link == "https://pubmed.ncbi.nlm.nih.gov/9103468/"
    assert find("A-LPSX-029").link == ""


@pytest.mark.parametrize(
    "name, dose, days",
    [
        ("A-LPS-001", 2, 1),
        ("A-LPSD-037", 1, 1),
        ("A-LPSL-005", 0, 1),
        ("A-LPSX-003a", 4, 1),
        ("A-LPSX-033", 2, 5),
    ],
)
def test_experiment_of_a_row(name, dose, days):
    assert readout.scenario(find(name)) == readout.ScenarioKey(dose, days)


def test_experiments_needed():
    key = readout.ScenarioKey
    assert readout.needed(ROWS) == [key(0.0), key(1.0), key(2.0), key(2.0, 5), key(4.0)]
    assert [k.label for k in readout.needed(ROWS)][:3] == ["saline", "1 ng/kg", "2 ng/kg"]
