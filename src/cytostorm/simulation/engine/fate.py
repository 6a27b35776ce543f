"""Endings on the way, as code: whether and when a patient's run ends within an accepted step."""

from __future__ import annotations

from cytostorm.simulation.engine.gather import POINTS
from cytostorm.simulation.engine.view import print_look
from cytostorm.simulation.engine.workspace import Workspace
from cytostorm.simulation.look import Seen, pick
from cytostorm.simulation.quarters import HALVINGS


def print_fate(work: Workspace) -> None:
    """Print `fate`: for the lanes in %bits, how much of the step just accepted counts.

    `share` is 1 for who lives on. For who reaches a threshold it is the share of the step up to there, and
    `arrival` and `died_at` are that moment. `quarters.reached` says the same in NumPy. A model without
    endings has nothing of it.
    """
    system = work.system
    if not system.endings:
        return
    watched = pick(system, [Seen(system.species[k]) for k in system.endings])
    print_look(work, watched, "watch", "watched")
    flow, clock = work.flow, work.clock
    with flow.function("internal void @fate(ptr noalias %w, i64 %bits)"):
        found, low, high, margin = _looked(work)
        dying = clock.new(f"and {clock.mask} {found}, {flow.to_mask('%bits')}")
        work.put("low", low)
        work.put("high", high)
        with flow.when(flow.holds("ne", flow.to_bits(dying), 0)):
            _print_halvings(work)
        step, one = work.get("step"), clock.const(1.0)
        share = clock.choose(dying, work.get("high"), one)
        work.put("share", work.narrow(share))
        span = clock.arithmetic("fmul", share, step)
        work.put("span", span)
        moment = clock.arithmetic("fadd", work.get("t"), span)
        work.put("arrival", clock.choose(dying, moment, work.get("arrival")))
        work.put("died_at", clock.choose(dying, moment, work.get("died_at")))
        old = work.get("nearest")
        nearer = clock.choose(clock.compare("olt", margin, old), margin, old)
        work.put("nearest", clock.choose(dying, margin, nearer))


def who_ended(work: Workspace) -> str:
    """Return the lanes, as bits, whose patient's run has ended."""
    died = work.get("died_at")
    return work.flow.to_bits(work.clock.compare("ord", died, died))


def _looked(work: Workspace) -> tuple[str, str, str, str]:
    """Return whether a threshold is reached at a point of the step, between which shares, and how clearly."""
    clock = work.clock
    found, best = _seen(work, clock.const(0.0))
    high = clock.const(0.0)
    for point in range(1, POINTS):
        here = clock.const(point / (POINTS - 1))
        over, excess = _seen(work, here)
        high = clock.choose(found, high, here)
        found = clock.new(f"or {clock.mask} {found}, {over}")
        best = clock.choose(clock.compare("ogt", excess, best), excess, best)
    low = clock.arithmetic("fsub", high, clock.const(1 / (POINTS - 1)))
    low = clock.choose(clock.compare("ogt", low, clock.const(0.0)), low, clock.const(0.0))
    return found, low, high, clock.intrinsic("fabs", best)


def _seen(work: Workspace, share: str) -> tuple[str, str]:
    """Return whether a threshold is reached at a share of the step, and by what share of it at most."""
    clock = work.clock
    work.put("theta", work.narrow(share))
    work.flow.line("call void @watch(ptr %w)")
    over = most = ""
    for k in range(len(work.system.endings)):
        value, limit = work.widen(work.get("watched", k)), work.get("threshold", k)
        size = clock.intrinsic("fabs", limit)
        excess = clock.arithmetic("fdiv", clock.arithmetic("fsub", value, limit), size)
        reached = clock.compare("oge", value, limit)
        over = clock.new(f"or {clock.mask} {over}, {reached}") if over else reached
        most = clock.choose(clock.compare("ogt", excess, most), excess, most) if most else excess
    return over, most


def _print_halvings(work: Workspace) -> None:
    """Print how the moment is closed in upon from both sides."""
    clock, flow = work.clock, work.flow
    with flow.count(HALVINGS):
        low, high = work.get("low"), work.get("high")
        middle = clock.arithmetic("fmul", clock.const(0.5), clock.arithmetic("fadd", low, high))
        over, _ = _seen(work, middle)
        work.put("high", clock.choose(over, middle, high))
        work.put("low", clock.choose(over, low, middle))
