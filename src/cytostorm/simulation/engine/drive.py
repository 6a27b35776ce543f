"""The loop of a worker, as code: lanes filled, stepped, judged, emptied until no patient is left."""

from __future__ import annotations

from itertools import groupby

from cytostorm.codegen.printer import call, print_functions
from cytostorm.model.dose import NEAR
from cytostorm.simulation.engine.fate import print_fate, who_ended
from cytostorm.simulation.engine.flush import flushed
from cytostorm.simulation.engine.lane import LANE, print_lane, print_loss, print_next, whole
from cytostorm.simulation.engine.step import print_leaves, print_step
from cytostorm.simulation.engine.workspace import Workspace
from cytostorm.simulation.solvers.rodas5p import (
    CLOSE,
    GROWTH,
    GROWTH_AFTER_EVENT,
    REJECTED,
    SAFETY,
    SHRINK,
)
from cytostorm.simulation.status import NO_CONVERGENCE, NONFINITE, STEP_LIMIT


def print_engine(work: Workspace) -> str:
    """Return the text of a model's engine: `drive(call, memory)` and all that it needs."""
    print_functions(work.lanes)
    if work.clock.element != work.lanes.element:
        print_functions(work.clock)
    print_leaves(work)
    print_step(work)
    print_lane(work)
    print_pass(work)
    print_fate(work)
    _print_judge(work)
    _print_drive(work)
    return work.lanes.text()


def _print_drive(work: Workspace) -> None:
    """Print `drive`: until no patient waits and no lane is busy, or all are told to stop."""
    flow = work.flow
    with flow.function("void @drive(ptr noalias %c, ptr noalias %w)"), flushed(work):
        busy, fresh, waiting = flow.slot("i64", "0"), flow.slot("i64", "0"), flow.slot("i64", "1")
        with flow.loop() as end:
            idle = flow.whole("xor", flow.load("i64", busy), (1 << work.lanes.width) - 1)
            some = flow.holds("ne", flow.whole("mul", idle, flow.load("i64", waiting)), 0)
            with flow.when(some):
                _print_fill(work, idle, (busy, fresh, waiting))
            flow.leave(flow.holds("eq", flow.load("i64", busy), 0), end)
            told = flow.new(f"load volatile i64, ptr {work.field('stop')}, align 8")
            flow.leave(flow.holds("ne", told, 0), end)
            _print_events(work, busy, fresh)
            _print_choice(work)
            flow.line("call void @step(ptr %c, ptr %w)")
            flow.line(f"call void @judge(ptr %c, ptr %w, ptr {busy}, ptr {fresh})")


def _print_fill(work: Workspace, idle: str, slots: tuple[str, str, str]) -> None:
    """Print how idle lanes take the next patients."""
    flow = work.flow
    busy, fresh, waiting = slots
    taken_fresh = flow.whole("and", flow.load("i64", fresh), flow.whole("xor", idle, -1))
    flow.store("i64", taken_fresh, fresh)
    taken = flow.slot("i64", "0")
    flow.store("i64", "0", taken)
    with flow.bits(idle) as lane:
        turn = flow.new(f"atomicrmw add ptr {work.field('counter')}, i64 1 monotonic")
        with flow.when(flow.holds("sge", turn, work.field("count", "i64"))):
            flow.store("i64", "0", waiting)
        with flow.when(flow.holds("slt", turn, work.field("count", "i64"))):
            patient = flow.load("i64", flow.element("i64", work.field("queue"), turn))
            flow.line(f"call void @enter(ptr %c, ptr %w, i64 {lane}, i64 {patient})")
            bit = flow.whole("shl", 1, lane)
            flow.store("i64", flow.whole("or", flow.load("i64", taken), bit), taken)
            bit = flow.whole("shl", flow.load("i64", whole(work, "fresh", patient)), lane)
            flow.store("i64", flow.whole("or", flow.load("i64", fresh), bit), fresh)
    new = flow.load("i64", taken)
    flow.store("i64", flow.whole("or", flow.load("i64", busy), new), busy)


def _print_events(work: Workspace, busy: str, fresh: str) -> None:
    """Print how lanes get what is due; those are fresh: their last step says nothing about the next."""
    flow, clock = work.flow, work.clock
    soon = clock.arithmetic("fadd", work.get("t"), clock.const(NEAR))
    due = flow.to_bits(clock.compare("ole", work.get("due"), soon))
    due = flow.whole("and", due, flow.load("i64", busy))
    with flow.bits(due) as lane:
        flow.line(f"call void @give(ptr %c, ptr %w, i64 {lane})")
    flow.store("i64", flow.whole("or", flow.load("i64", fresh), due), fresh)


def _print_choice(work: Workspace) -> None:
    """Print the choice of each lane's step: to its next stop, or half the way if one more would do."""
    clock = work.clock
    until = work.everywhere(work.field("until", "double"), clock)
    due, t, h = work.get("due"), work.get("t"), work.get("h")
    stop = clock.choose(clock.compare("olt", due, until), due, until)
    left = clock.arithmetic("fsub", stop, t)
    lands = clock.compare("oge", clock.arithmetic("fmul", h, clock.const(CLOSE)), left)
    twice = clock.compare("oge", clock.arithmetic("fadd", h, h), left)
    half = clock.arithmetic("fmul", left, clock.const(0.5))
    step = clock.choose(lands, left, clock.choose(twice, half, h))
    work.put("step", step)
    # the moment of arrival is the stop itself, to the bit; not t + step
    work.put("arrival", clock.choose(lands, stop, clock.arithmetic("fadd", t, step)))


def _print_judge(work: Workspace) -> None:
    """Print `judge`: steps are accepted or rejected, samples taken, the next step is chosen."""
    flow, clock = work.flow, work.clock
    with flow.function("internal void @judge(ptr noalias %c, ptr noalias %w, ptr %busy, ptr %fresh)"):
        busy, fresh = flow.load("i64", "%busy"), flow.load("i64", "%fresh")
        # a state may end below zero by no more than an error
        error, below = work.widen(work.get("error")), work.widen(work.get("below"))
        error = clock.choose(clock.compare("ogt", below, error), below, error)
        finite = clock.compare("oeq", work.widen(work.get("poison")), clock.const(0.0))
        small = clock.compare("ole", error, clock.const(1.0))
        good = clock.new(f"and {clock.mask} {finite}, {small}")
        accepted = clock.new(f"and {clock.mask} {good}, {flow.to_mask(busy)}")
        bits = flow.to_bits(accepted)
        with flow.when(flow.holds("ne", bits, 0)):
            if work.system.endings:
                flow.line(f"call void @fate(ptr %w, i64 {bits})")
            _print_samples(work, bits)
            _print_gather(work, bits)
        factor, most = _factor(work, error, finite, (good, flow.to_mask(fresh)))
        _print_accept(work, accepted, bits)
        _print_pace(work, accepted, factor, most)
        _print_ends(work, (busy, bits), finite)
        settled = flow.whole("xor", bits, -1)
        flow.store("i64", flow.whole("and", fresh, settled), "%fresh")


def _factor(work: Workspace, error: str, finite: str, grows: tuple[str, str]) -> tuple[str, str]:
    """Return by what each step is multiplied for the next, and the most that it may be.

    A method of order 5 takes the fifth root of the error.
    """
    clock = work.clock
    good, fresh = grows
    size = clock.choose(clock.compare("ogt", error, clock.const(1e-10)), error, clock.const(1e-10))
    root = clock.arithmetic("fmul", call(clock, "log", size), clock.const(-0.2))
    factor = clock.arithmetic("fmul", clock.const(SAFETY), call(clock, "exp", root))
    factor = clock.choose(finite, factor, clock.const(SHRINK))
    most = clock.choose(fresh, clock.const(GROWTH_AFTER_EVENT), clock.const(GROWTH))
    most = clock.choose(good, most, clock.const(REJECTED))
    factor = clock.choose(clock.compare("ogt", factor, most), most, factor)
    small = clock.compare("olt", factor, clock.const(SHRINK))
    return clock.choose(small, clock.const(SHRINK), factor), most


def _print_samples(work: Workspace, bits: str) -> None:
    """Print the samples that lie within the steps just accepted, each from the dense output of its lane."""
    flow, clock = work.flow, work.clock

    def passed() -> str:
        return flow.whole(
            "and", flow.to_bits(clock.compare("ole", work.get("next"), work.get("arrival"))), bits
        )

    with flow.when(flow.holds("ne", passed(), 0)), flow.loop() as end:
        here = passed()
        flow.leave(flow.holds("eq", here, 0), end)
        since = clock.arithmetic("fsub", work.get("next"), work.get("t"))
        theta = clock.arithmetic("fdiv", since, work.get("step"))
        late = clock.compare("ogt", theta, clock.const(1.0))
        work.put("theta", work.narrow(clock.choose(late, clock.const(1.0), theta)))
        flow.line(f"call void {work.field('view')}(ptr %c, ptr %w, i64 {here})")
        with flow.bits(here) as lane:
            flow.line(f"call void @pass(ptr %c, ptr %w, i64 {lane})")


def _print_gather(work: Workspace, bits: str) -> None:
    """Print the call of what gathers summaries, if anything does."""
    flow = work.flow
    gather = work.field("gather")
    with flow.when(flow.new(f"icmp ne ptr {gather}, null")):
        flow.line(f"call void {gather}(ptr %c, ptr %w, i64 {bits})")


def _print_accept(work: Workspace, accepted: str, bits: str) -> None:
    """Print how accepted lanes take over the end of their step, below zero only what is signed."""
    flow, clock, lanes = work.flow, work.clock, work.lanes
    zero = lanes.const(0.0)
    mask = flow.to_mask(bits)
    for first, many, signed in _stretches(work.system.signed):
        with flow.count(many) as n:
            offset = flow.whole("mul", n, work.stride("y"))
            place = flow.element("i8", work.address("y", first), offset)
            new = work.read("state", flow.element("i8", work.address("state", first), offset))
            if not signed:
                new = lanes.choose(lanes.compare("ogt", new, zero), new, zero)
            work.write("y", lanes.choose(mask, new, work.read("y", place)), place)
    below = work.widen(work.get("below"))
    worse = clock.compare("ogt", below, work.get("clamped"))
    worse = clock.new(f"and {clock.mask} {worse}, {accepted}")
    work.put("clamped", clock.choose(worse, below, work.get("clamped")))


def _stretches(signed: tuple[bool, ...]) -> list[tuple[int, int, bool]]:
    """Return the first, the number and the kind of species side by side that are alike."""
    found, first = [], 0
    for kind, group in groupby(signed):
        many = len(list(group))
        found.append((first, many, kind))
        first += many
    return found


def _print_pace(work: Workspace, accepted: str, factor: str, most: str) -> None:
    """Print how time moves on, and how long each next step will be."""
    flow, clock = work.flow, work.clock
    proposal = clock.arithmetic("fmul", factor, work.get("step"))
    old = work.get("h")
    # a step cut short by a stop says little about the next one: keep the longer of the two proposals
    cut = clock.compare("olt", work.get("step"), old)
    cut = clock.new(f"and {clock.mask} {cut}, {clock.compare('oge', factor, most)}")
    cut = clock.new(f"and {clock.mask} {cut}, {accepted}")
    longer = clock.choose(clock.compare("ogt", proposal, old), proposal, old)
    work.put("h", clock.choose(cut, longer, proposal))
    fresh = clock.new(f"and {clock.mask} {flow.to_mask(flow.load('i64', '%fresh'))}, {accepted}")
    work.put("after", clock.choose(fresh, proposal, work.get("after")))
    work.put("t", clock.choose(accepted, work.get("arrival"), work.get("t")))


def _print_ends(work: Workspace, masks: tuple[str, str], finite: str) -> None:
    """Print who leaves: those who arrived, and those whose steps get too small or too many."""
    flow, clock = work.flow, work.clock
    busy, accepted = masks
    until = work.everywhere(work.field("until", "double"), clock)
    enough = clock.arithmetic("fsub", until, clock.const(NEAR))
    there = flow.whole("and", flow.to_bits(clock.compare("oge", work.get("t"), enough)), busy)
    if work.system.endings:
        there = flow.whole("or", there, flow.whole("and", who_ended(work), busy))
    size = clock.choose(
        clock.compare("ogt", work.get("t"), clock.const(1.0)), work.get("t"), clock.const(1.0)
    )
    smallest = work.everywhere(work.field("smallest", "double"), clock)
    tiny = clock.compare("olt", work.get("h"), clock.arithmetic("fmul", smallest, size))
    steps = _print_count(work, "steps", flow.to_mask(busy))
    _print_count(work, "rejected", flow.to_mask(flow.whole("and", busy, flow.whole("xor", accepted, -1))))
    integers = f"<{clock.width} x i64>"
    one = flow.new(f"insertelement {integers} poison, i64 {work.field('most', 'i64')}, i64 0")
    zeros = f"<{clock.width} x i32> zeroinitializer"
    most = flow.new(f"shufflevector {integers} {one}, {integers} poison, {zeros}")
    over = flow.to_bits(flow.new(f"icmp sge {integers} {steps}, {most}"))
    small = flow.to_bits(tiny)
    lost = flow.whole("or", small, over)
    lost = flow.whole("and", lost, flow.whole("and", busy, flow.whole("xor", there, -1)))
    known = flow.to_bits(finite)
    with flow.bits(lost) as lane:
        bit = flow.whole("shl", 1, lane)
        number = flow.holds("ne", flow.whole("and", known, bit), 0)
        stuck = flow.holds("ne", flow.whole("and", small, bit), 0)
        why = flow.new(f"select i1 {number}, i64 {NO_CONVERGENCE}, i64 {NONFINITE}")
        print_loss(work, lane, flow.new(f"select i1 {stuck}, i64 {why}, i64 {STEP_LIMIT}"))
    fresh = flow.whole("and", flow.load("i64", "%fresh"), flow.whole("xor", accepted, -1))
    with flow.bits(there) as lane:
        patient = flow.load("i64", work.single("patient", lane, "i64"))
        bit = flow.whole("and", flow.whole("lshr", fresh, lane), 1)
        flow.store("i64", bit, whole(work, "fresh", patient))
        flow.line(f"call void @leave(ptr %c, ptr %w, i64 {lane})")
    gone = flow.whole("xor", flow.whole("or", lost, there), -1)
    flow.store("i64", flow.whole("and", busy, gone), "%busy")


def _print_count(work: Workspace, name: str, mask: str) -> str:
    """Print that a counter goes up in some lanes; return it."""
    flow, integers = work.flow, f"<{work.clock.width} x i64>"
    place = work.address(name)
    old = flow.new(f"load {integers}, ptr {place}, align 16")
    one = flow.new(f"zext {work.clock.mask} {mask} to {integers}")
    new = flow.new(f"add {integers} {old}, {one}")
    flow.line(f"store {integers} {new}, ptr {place}, align 16")
    return new


def print_pass(work: Workspace) -> None:
    """Print `pass`: a lane's sample is done, the next one waits."""
    flow = work.flow
    with flow.function(f"internal void @pass({LANE})"):
        place = work.single("sample", "%lane", "i64")
        flow.store("i64", flow.whole("add", flow.load("i64", place), 1), place)
        print_next(work)
