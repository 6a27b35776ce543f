"""Screenings: the same numbers as a run, in parts that survive interruption, damage and a full disk."""

from __future__ import annotations

import errno
import json
import os

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.model import Dose, LogNormal, Module, Regimen, Rule, compose
from cytostorm.population import sample
from cytostorm.simulation import screen, screening, simulate, store

SUMMARIES = ("peak toy.level", "area toy.level", "first toy.level < 0.5 mg/L", "final toy.amount")
NAMES = ("peak_toy_level", "area_toy_level", "first_toy_level_below_0.5", "final_toy_amount")
PLAN = Regimen() + Dose("toy.iv", "10 mg", duration=1.0)
RULE = Rule.parse("toy.level < 1 mg/L, then once", Dose("toy.iv", "10 mg"), check="2 h")
PART = 64


def people() -> Module:
    """Return a drug in one compartment, whose loss and volume differ between people."""
    m = Module("toy", "drug", "a drug in one compartment")
    note = {"source": "assumed", "note": "a number of a test"}
    rate = m.parameter("rate", 0.3, "1/h", "rate", spread=LogNormal(1.5), **note)
    volume = m.parameter("volume", 5.0, "L", "volume", spread=LogNormal(1.2), **note)
    amount = m.species("amount", "mg", "drug in the body")
    m.observable("level", amount / volume, "mg/L", "drug in serum")
    m.remove(amount, "elimination", rate * amount)
    m.route("iv", amount, "vein")
    return compose(m)


MODEL = people()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(screening, "PART", PART)


def screened(folder, n: int = 150, **how):
    how = {"summaries": SUMMARIES, "hours": 12, "regimen": PLAN, "seed": 3, "precision": "float64", **how}
    return screen(MODEL, n, folder, **how)


def parts(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("part-*.npz")}


def interrupted(folder, after: int, n: int = 150, **how) -> None:
    """Screen until some patients are done, then press Ctrl-C."""

    def stop(done: int, total: int) -> None:
        assert total == n
        if done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screened(folder, n, progress=stop, **how)


# --- the same as a run --------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [PLAN, PLAN + RULE])
def test_numbers_are_those_of_a_run(tmp_path, plan) -> None:
    """To the bit, also across the border of two parts."""
    found = screened(tmp_path / "a", regimen=plan)
    run = simulate(MODEL, sample(MODEL, 150, 3), plan, [12.0], quantities=[], summaries=SUMMARIES)
    for name in (*NAMES, "status", "steps", "tries", "failed_at"):
        assert found[name].to_numpy().tobytes() == run[name].to_numpy().tobytes()
        assert found[name].attrs == run[name].attrs
    assert found["patient"].to_numpy().tolist() == list(range(150))
    assert ("given" in found) == bool(plan.rules)
    if plan.rules:
        assert found["given"].to_numpy().tolist() == run["given"].to_numpy().tolist()
        assert 0 < int(found["given"].sum()) <= 150


def test_what_is_fixed_is_fixed(tmp_path) -> None:
    found = screened(tmp_path / "a", 5, fixed={"toy.rate": "0.3 1/h", "toy.volume": 5.0})
    assert len(set(found["peak_toy_level"].to_numpy().tolist())) == 1


def test_single_precision_is_near_and_says_what_it_checked(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("cytostorm.simulation.outcome.MARGIN", 50.0)  # so that some are near a limit
    exact = screened(tmp_path / "a", regimen=PLAN + RULE)
    single = screened(tmp_path / "b", regimen=PLAN + RULE, precision="float32")
    for name in ("peak_toy_level", "area_toy_level"):
        np.testing.assert_allclose(single[name], exact[name], rtol=1e-3)
    assert single["given"].to_numpy().tolist() == exact["given"].to_numpy().tolist()
    assert single.attrs["computed"] == 3 * PART
    assert 0 < single.attrs["rerun"] <= 3 * PART
    assert "rerun" not in exact.attrs


def test_what_it_carries(tmp_path) -> None:
    found = screened(tmp_path / "a", 3)
    known = json.loads((tmp_path / "a" / store.MANIFEST).read_text())
    for about in (found.attrs, known):
        assert about["fingerprint"] == MODEL.fingerprint
        assert about["seed"] == 3
        assert "never for the care of a patient" in about["disclaimer"]
    assert (found.attrs["n"], found.attrs["failed"]) == (3, 0)


def test_hours_may_be_text(tmp_path) -> None:
    one = screened(tmp_path / "a", 3, hours="0.5 d")
    again = screened(tmp_path / "a", 3, hours=12.0)
    assert one.identical(again)


def test_a_failed_patient_is_counted_and_has_no_numbers(tmp_path, monkeypatch) -> None:
    real = screening.sample

    def sick(*args, **more):
        cohort = real(*args, **more)
        cohort["toy.rate"][cohort["patient"].to_numpy() == 70] = np.nan
        return cohort

    monkeypatch.setattr(screening, "sample", sick)
    found = screened(tmp_path / "a")
    assert np.flatnonzero(found["status"].to_numpy()).tolist() == [70]
    assert np.flatnonzero(np.isnan(found["peak_toy_level"].to_numpy())).tolist() == [70]
    assert found.attrs["failed"] == 1


# --- interruption, extension --------------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_interrupted_and_resumed_is_as_if_nothing_had_happened(tmp_path, precision) -> None:
    whole = screened(tmp_path / "a", precision=precision)
    interrupted(tmp_path / "b", 128, precision=precision)
    before = parts(tmp_path / "b")
    assert sorted(before) == ["part-000000.npz", "part-000001.npz"]
    told = []
    resumed = screened(tmp_path / "b", precision=precision, progress=lambda *now: told.append(now))
    assert told == [(64, 150), (128, 150), (150, 150)]
    assert resumed.identical(whole)
    after = parts(tmp_path / "b")
    assert after == parts(tmp_path / "a")
    assert {name: after[name] for name in before} == before


def test_what_is_done_is_not_done_again(tmp_path, monkeypatch) -> None:
    one = screened(tmp_path / "a")
    monkeypatch.setattr(screening, "course_of", lambda *_: pytest.fail("simulated again"))
    assert screened(tmp_path / "a").identical(one)
    assert screened(tmp_path / "a", threads=2).identical(one)


def test_more_patients_add_to_those_who_are_there(tmp_path) -> None:
    screened(tmp_path / "a", 70)
    before = parts(tmp_path / "a")
    more = screened(tmp_path / "a", 300)
    assert {name: data for name, data in parts(tmp_path / "a").items() if name in before} == before
    assert more.identical(screened(tmp_path / "b", 300))
    fewer = screened(tmp_path / "a", 10)
    assert fewer["peak_toy_level"].identical(more["peak_toy_level"].isel(patient=slice(10)))


# --- damage -------------------------------------------------------------------------------------------


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    """Return the bytes with one bit of a number turned over."""
    place = len(data) // 3
    return data[:place] + bytes([data[place] ^ 16]) + data[place + 1 :]


@pytest.mark.parametrize(
    "harm", [truncated, flipped, lambda _: b"", lambda _: b"hello", lambda data: data[:-1]]
)
def test_a_damaged_part_is_computed_again(tmp_path, harm) -> None:
    whole = screened(tmp_path / "a")
    good = parts(tmp_path / "a")
    (tmp_path / "a" / "part-000001.npz").write_bytes(harm(good["part-000001.npz"]))
    assert screened(tmp_path / "a").identical(whole)
    assert parts(tmp_path / "a") == good


def test_no_byte_of_a_part_can_be_wrong_unseen(tmp_path) -> None:
    """Whichever is turned over: the part reads as it was, or not at all; nothing is thrown."""
    screened(tmp_path / "a", 1)
    kept = store.Store(tmp_path / "a", {})
    path = kept.path(0)
    good, data = kept.read(0), path.read_bytes()
    assert good is not None
    for place in [*range(0, len(data) - 1200, 9), *range(max(len(data) - 1200, 0), len(data))]:
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])
        found = kept.read(0)
        if found is not None:
            assert set(found) == set(good)
            assert all(found[name].tobytes() == good[name].tobytes() for name in good)


def test_nothing_is_unpickled(tmp_path) -> None:
    """A part that holds an object is damaged; its code is never run."""

    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("unpickled",))

    whole = screened(tmp_path / "a")
    with (tmp_path / "a" / "part-000000.npz").open("wb") as file:
        np.savez(file, peak_toy_level=np.array([Bomb()], dtype=object))
    assert screened(tmp_path / "a").identical(whole)


def test_no_part_holds_an_object(tmp_path) -> None:
    screened(tmp_path / "a", regimen=PLAN + RULE, precision="float32")
    for path in (tmp_path / "a").glob("part-*.npz"):
        with np.load(path, allow_pickle=False) as found:
            kinds = {name: found[name].dtype.kind for name in found.files}
        assert set(kinds.values()) <= {"i", "f"}


def test_left_over_files_are_swept(tmp_path) -> None:
    """Those of a process that was killed while it wrote a part, or before anything was there."""
    whole = screened(tmp_path / "a")
    (tmp_path / "a" / f"{store.UNFINISHED}abc").write_bytes(b"half a part")
    (tmp_path / "a" / "notes.txt").write_text("mine")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / f"{store.UNFINISHED}abc").write_bytes(b"half a manifest")
    for name in ("a", "b"):
        (left,) = (tmp_path / name).glob(f"{store.UNFINISHED}*")
        screened(tmp_path / name)
        assert left.exists()  # another process may be at work on it
        os.utime(left, (0, 0))
        assert screened(tmp_path / name).identical(whole)
        assert not list((tmp_path / name).glob(f"{store.UNFINISHED}*"))
    assert (tmp_path / "a" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("where", ["os.fsync", "numpy.savez"])
def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch, where) -> None:
    interrupted(tmp_path / "a", 64)
    before = parts(tmp_path / "a")
    assert len(before) == 1

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        with pytest.raises(OSError, match="No space left"):
            screened(tmp_path / "a")
    assert parts(tmp_path / "a") == before
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [*before, store.MANIFEST]
    assert screened(tmp_path / "a").identical(screened(tmp_path / "b"))


def test_interrupted_while_writing(tmp_path, monkeypatch) -> None:
    def stop(*_, **__):
        raise KeyboardInterrupt

    interrupted(tmp_path / "a", 64)
    before = sorted(p.name for p in (tmp_path / "a").iterdir())
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            screened(tmp_path / "a")
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == before


# --- another screening --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change, differs",
    [
        ({"seed": 4}, "seed"),
        ({"regimen": PLAN + Dose("toy.iv", "1 mg", time=1)}, "regimen"),
        ({"regimen": PLAN + RULE}, "regimen"),
        ({"summaries": SUMMARIES[:-1]}, "summaries"),
        ({"hours": 13}, "hours"),
        ({"precision": "float32"}, "precision"),
        ({"rtol": 1e-7}, "settings"),
        ({"fixed": {"toy.rate": 0.3}}, "fixed"),
    ],
)
def test_another_screening_is_refused(tmp_path, change, differs) -> None:
    screened(tmp_path / "a", 3)
    before = parts(tmp_path / "a")
    with pytest.raises(InputError, match=f"holds another screening: .*{differs}.* differ"):
        screened(tmp_path / "a", 3, **change)
    assert parts(tmp_path / "a") == before


@pytest.mark.parametrize("other", ["another model", "another version"])
def test_another_model_or_version_is_refused(tmp_path, monkeypatch, other) -> None:
    screened(tmp_path / "a", 3)
    model = MODEL
    if other == "another model":
        model = MODEL.replace({"toy.volume": 6.0})
    else:
        monkeypatch.setattr(screening, "__version__", "0.0.0")
    with pytest.raises(InputError, match="holds another screening"):
        screen(
            model, 3, tmp_path / "a", summaries=SUMMARIES, hours=12, regimen=PLAN, seed=3, precision="float64"
        )


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"seed": 3'])
def test_a_folder_whose_manifest_cannot_be_read_is_refused(tmp_path, text) -> None:
    screened(tmp_path / "a", 3)
    (tmp_path / "a" / store.MANIFEST).write_text(text)
    with pytest.raises(InputError, match="holds another screening"):
        screened(tmp_path / "a", 3)


def test_a_folder_of_a_user_is_left_alone(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.txt").write_text("years")
    (tmp_path / "file").write_text("a file")
    with pytest.raises(InputError, match="is not empty"):
        screened(tmp_path / "a")
    for name in ("file", "file/below", "a\0b"):
        with pytest.raises(InputError, match="cannot be used"):
            screened(tmp_path / name)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "change",
    [
        {"n": 0}, {"n": 2.5}, {"n": True}, {"n": 10**9}, {"summaries": ()}, {"summaries": ["peak toy.levl"]},
        {"hours": 0}, {"hours": -1}, {"hours": float("nan")}, {"hours": "3 kg"}, {"hours": None},
        {"seed": -1}, {"fixed": {"toy.rat": 1.0}}, {"precision": "float16"}, {"rtol": 1.0}, {"threads": 0},
        {"precision": "float32", "rtol": 1e-9}, {"regimen": Regimen() + Dose("toy.po", "1 mg")},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(tmp_path, change) -> None:
    with pytest.raises(InputError) as caught:
        screened(tmp_path / "a", **change)
    assert caught.value.remedy
    assert not parts(tmp_path / "a")
