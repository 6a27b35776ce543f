"""What happens to one lane at a time, as code: a patient takes a place, gets a dose, leaves."""

from __future__ import annotations

from cytostorm.model.dose import NEAR
from cytostorm.simulation.block import FATE, REAL, WHOLE
from cytostorm.simulation.engine.workspace import Workspace

LANE = "ptr noalias %c, ptr noalias %w, i64 %lane"
PER_PATIENT = ("y", "p", "u", "hoisted")
"""Arrays of a patient's numbers, as they are called here and in a worker's memory."""


def print_lane(work: Workspace) -> None:
    """Print `enter`, `give` and `leave`."""
    _print_enter(work)
    _print_give(work)
    _print_leave(work)


def _print_enter(work: Workspace) -> None:
    """Print `enter`: a patient takes a lane."""
    flow = work.flow
    with flow.function(f"internal void @enter({LANE}, i64 %patient)"):
        for name in PER_PATIENT:
            length = work.areas[name].length
            base = flow.element("double", work.field(name), flow.whole("mul", "%patient", length))
            with flow.count(length) as k:
                value = _narrow(work, flow.load("double", flow.element("double", base, k)))
                flow.store(work.lanes.element.name, value, work.single(name, "%lane", index=k))
        for name in ("t", "h", "after", "clamped"):
            flow.store("double", flow.load("double", _real(work, name)), work.single(name, "%lane"))
        for name in ("steps", "rejected", "event", "events_end", "sample"):
            flow.store("i64", flow.load("i64", whole(work, name)), work.single(name, "%lane", "i64"))
        flow.store("i64", "%patient", work.single("patient", "%lane", "i64"))
        _print_sums(work, "%patient", enter=True)
        _print_fate(work, "%patient", enter=True)
        print_due(work)
        print_next(work)


def _print_leave(work: Workspace) -> None:
    """Print `leave`: a patient's numbers are put back."""
    flow = work.flow
    with flow.function(f"internal void @leave({LANE})"):
        patient = flow.load("i64", work.single("patient", "%lane", "i64"))
        for name in ("y", "u"):
            length = work.areas[name].length
            base = flow.element("double", work.field(name), flow.whole("mul", patient, length))
            with flow.count(length) as k:
                value = flow.load(work.lanes.element.name, work.single(name, "%lane", index=k))
                flow.store("double", _widen(work, value), flow.element("double", base, k))
        for name in ("t", "h", "after", "clamped"):
            value = flow.load("double", work.single(name, "%lane"))
            flow.store("double", value, _real(work, name, patient))
        for name in ("steps", "rejected", "event", "sample"):
            value = flow.load("i64", work.single(name, "%lane", "i64"))
            flow.store("i64", value, whole(work, name, patient))
        _print_sums(work, patient, enter=False)
        _print_fate(work, patient, enter=False)


def _print_sums(work: Workspace, patient: str, *, enter: bool) -> None:
    """Print how the summaries gathered so far come in, or go out; how many there are is known at run time."""
    flow, width = work.flow, work.lanes.width
    kept = work.field("kept", "i64")
    base = flow.element("double", work.field("sums"), flow.whole("mul", patient, kept))
    area = flow.new(f"getelementptr i8, ptr %w, i64 {work.size}")
    with flow.count(kept) as k:
        outside = flow.element("double", base, k)
        inside = flow.element("double", area, flow.whole("add", flow.whole("mul", k, width), "%lane"))
        source, target = (outside, inside) if enter else (inside, outside)
        flow.store("double", flow.load("double", source), target)


def _print_fate(work: Workspace, patient: str, *, enter: bool) -> None:
    """Print how a patient's fate and thresholds come in, or go out; nothing for a model without endings."""
    if not work.system.endings:
        return
    flow, size = work.flow, len(FATE) + len(work.system.endings)
    base = flow.element("double", work.field("fate"), flow.whole("mul", patient, size))
    for k in range(size):
        outside = flow.element("double", base, str(k))
        name, index = (FATE[k], 0) if k < len(FATE) else ("threshold", k - len(FATE))
        inside = work.single(name, "%lane", index=str(index))
        source, target = (outside, inside) if enter else (inside, outside)
        flow.store("double", flow.load("double", source), target)


def _print_give(work: Workspace) -> None:
    """Print `give`: all events of a lane that are due are carried out."""
    flow, element = work.flow, work.lanes.element.name
    with flow.function(f"internal void @give({LANE})"):
        place = work.single("event", "%lane", "i64")
        end = flow.load("i64", work.single("events_end", "%lane", "i64"))
        limit = flow.new(f"fadd double {flow.load('double', work.single('t', '%lane'))}, {flow.real(NEAR)}")
        with flow.loop() as out:
            event = flow.load("i64", place)
            flow.leave(flow.holds("sge", event, end), out)
            time = flow.load("double", flow.element("double", work.field("time"), event))
            flow.leave(flow.new(f"fcmp ogt double {time}, {limit}"), out)
            index = flow.load("i64", flow.element("i64", work.field("index"), event))
            value = flow.load("double", flow.element("double", work.field("value"), event))
            with flow.when(flow.holds("sge", index, 0)):
                state = work.single("y", "%lane", index=index)
                old = flow.load(element, state)
                flow.store(element, flow.new(f"fadd {element} {old}, {_narrow(work, value)}"), state)
            with flow.when(flow.holds("slt", index, 0)):
                row = flow.whole("sub", -1, index)
                flow.store(element, _narrow(work, value), work.single("u", "%lane", index=row))
            flow.store("i64", flow.whole("add", event, 1), place)
        print_due(work)
        step, after = (work.single(name, "%lane") for name in ("h", "after"))
        old, fits = flow.load("double", step), flow.load("double", after)
        smaller = flow.new(f"fcmp olt double {fits}, {old}")
        flow.store("double", flow.new(f"select i1 {smaller}, double {fits}, double {old}"), step)


def print_due(work: Workspace) -> None:
    """Print the time of a lane's next event, infinity if there is none."""
    flow = work.flow
    event = flow.load("i64", work.single("event", "%lane", "i64"))
    end = flow.load("i64", work.single("events_end", "%lane", "i64"))
    _print_time(work, "due", flow.element("double", work.field("time"), event), flow.holds("slt", event, end))


def print_next(work: Workspace) -> None:
    """Print the time of a lane's next sample, infinity if there is none."""
    flow = work.flow
    sample = flow.load("i64", work.single("sample", "%lane", "i64"))
    left = flow.holds("slt", sample, work.field("moments", "i64"))
    _print_time(work, "next", flow.element("double", work.field("grid"), sample), left)


def _print_time(work: Workspace, name: str, address: str, exists: str) -> None:
    flow = work.flow
    place = work.single(name, "%lane")
    flow.store("double", flow.real(float("inf")), place)
    with flow.when(exists):
        flow.store("double", flow.load("double", address), place)


def _real(work: Workspace, name: str, patient: str = "%patient") -> str:
    """Return the address of one of a patient's REAL numbers."""
    flow = work.flow
    index = flow.whole("add", flow.whole("mul", patient, len(REAL)), REAL.index(name))
    return flow.element("double", work.field("real"), index)


def whole(work: Workspace, name: str, patient: str = "%patient") -> str:
    """Return the address of one of a patient's WHOLE numbers."""
    flow = work.flow
    index = flow.whole("add", flow.whole("mul", patient, len(WHOLE)), WHOLE.index(name))
    return flow.element("i64", work.field("whole"), index)


def print_loss(work: Workspace, lane: str, status: str) -> None:
    """Print the end of a patient who failed: status, time and steps; all else stays as it was taken up."""
    flow = work.flow
    patient = flow.load("i64", work.single("patient", lane, "i64"))
    flow.store("i64", status, whole(work, "status", patient))
    for name in ("steps", "rejected"):
        flow.store("i64", flow.load("i64", work.single(name, lane, "i64")), whole(work, name, patient))
    flow.store("double", flow.load("double", work.single("t", lane)), _real(work, "failed_at", patient))


def _narrow(work: Workspace, value: str) -> str:
    element = work.lanes.element.name
    return value if element == "double" else work.flow.new(f"fptrunc double {value} to {element}")


def _widen(work: Workspace, value: str) -> str:
    element = work.lanes.element.name
    return value if element == "double" else work.flow.new(f"fpext {element} {value} to double")
