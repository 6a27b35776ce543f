"""Summaries on the way, as code: each accepted step adds its share to what is kept of its patient."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cytostorm.simulation.engine.workspace import Workspace
from cytostorm.simulation.quarters import QUARTIC
from cytostorm.simulation.summaries import Sum

POINTS = 5
"""Moments of a step that are looked at: its quarters, ends included."""
BOOLE = (7.0, 32.0, 12.0, 32.0, 7.0)
"""Weights of Boole's rule, over 90."""


def print_gather(work: Workspace, sums: Sequence[Sum], columns: int) -> None:
    """Print `gather`: for the lanes in %bits, the step from t over `span` is added to `sums`.

    `quarters.gather` says the same in NumPy.
    """
    flow = work.flow
    with flow.function("void @gather(ptr noalias %c, ptr noalias %w, i64 %bits)"):
        for point in range(POINTS):
            work.put("theta", work.within(work.lanes.const(point / (POINTS - 1))))
            flow.line("call void @note(ptr %w)")
            for column in range(columns):
                work.put("points", work.get("noted", column), point * columns + column)
        mask = flow.to_mask("%bits")
        for s in sums:
            v = [work.widen(work.get("points", point * columns + s.column)) for point in range(POINTS)]
            _Sum(work, s, mask).add(v)


class _Sum:
    """Prints one sum."""

    def __init__(self, work: Workspace, s: Sum, mask: str) -> None:
        self.work, self.s, self.mask, self.clock = work, s, mask, work.clock

    def add(self, v: list[str]) -> None:
        """Print what a step adds; v are the values at its points."""
        clock, s = self.clock, self.s
        if s.kind in ("max", "min"):
            self._extreme(v)
        elif s.kind == "area":
            total = clock.arithmetic("fmul", clock.const(BOOLE[0] / 90), v[0])
            for weight, value in zip(BOOLE[1:], v[1:], strict=True):
                total = clock.fma(clock.const(weight / 90), value, total)
            self._keep(clock.fma(self.work.get(self.work.span), total, self._kept()))
        elif s.kind == "final":
            self._keep(v[-1])
        else:
            over = [clock.arithmetic("fsub", value, clock.const(s.limit)) for value in v]
            if s.kind.endswith("below"):
                over = [self._negative(value) for value in over]
            if s.kind in ("above", "below"):
                self._time_above(over)
            else:
                self._first(over)

    def _extreme(self, v: list[str]) -> None:
        """Print the larger of what is kept, the points, and what is seen where a parabola has its top."""
        clock, work = self.clock, self.work
        signed = [self._signed(value) for value in v]
        best, when = self._signed(self._kept()), self._kept(1)
        for k in range(POINTS):
            best, when = self._better((signed[k], clock.const(k / 4)), best, when)
        share = self._top(signed)
        work.put("theta", work.within(work.narrow(share)))
        work.flow.line("call void @note(ptr %w)")
        seen = self._signed(work.widen(work.get("noted", self.s.column)))
        best, when = self._better((seen, share), best, when)
        self._keep(self._signed(best))
        self._keep(when, 1)

    def _top(self, v: list[str]) -> str:
        """Return where the highest of three parabolas is highest; see `quarters.top_of`."""
        clock, half = self.clock, self.clock.const(0.5)
        best, where = clock.const(float("-inf")), clock.const(0.0)
        for k in range(1, POINTS - 1):
            bend = clock.fma(half, clock.arithmetic("fadd", v[k - 1], v[k + 1]), self._negative(v[k]))
            slope = clock.arithmetic("fmul", half, clock.arithmetic("fsub", v[k + 1], v[k - 1]))
            shift = clock.arithmetic("fmul", clock.const(-0.5), clock.arithmetic("fdiv", slope, bend))
            top = clock.fma(clock.arithmetic("fmul", half, slope), shift, v[k])
            better = clock.compare("olt", bend, clock.const(0.0))
            for holds in (
                clock.compare("ole", clock.intrinsic("fabs", shift), clock.const(1.0)),
                clock.compare("ogt", top, best),
            ):
                better = clock.new(f"and {clock.mask} {better}, {holds}")
            best = clock.choose(better, top, best)
            share = clock.fma(clock.const(0.25), shift, clock.const(k / 4))
            where = clock.choose(better, share, where)
        return where

    def _signed(self, value: str) -> str:
        """Return a value so that the larger one is wanted."""
        return value if self.s.kind == "max" else self._negative(value)

    def _better(self, candidate: tuple[str, str], best: str, when: str) -> tuple[str, str]:
        clock = self.clock
        value, share = candidate
        more = clock.compare("ogt", value, best)
        moment = clock.fma(share, self.work.get(self.work.span), self.work.get("t"))
        return clock.choose(more, value, best), clock.choose(more, moment, when)

    def _time_above(self, over: list[str]) -> None:
        clock, zero = self.clock, self.clock.const(0.0)
        total, curve = zero, self._curve(over)
        holds = [clock.compare(self._relation, value, zero) for value in over]
        for k, (up, on) in enumerate(pairwise(holds)):
            x = self._crossing(over, curve, k)
            falling = clock.arithmetic("fsub", x, clock.const(k))
            rising = clock.arithmetic("fsub", clock.const(k + 1), x)
            share = clock.choose(up, falling, clock.choose(on, rising, zero))
            both = clock.new(f"and {clock.mask} {up}, {on}")
            total = clock.arithmetic("fadd", total, clock.choose(both, clock.const(1.0), share))
        quarter = clock.arithmetic("fmul", clock.const(0.25), self.work.get(self.work.span))
        self._keep(clock.fma(quarter, total, self._kept()))

    @property
    def _relation(self) -> str:
        return "ogt" if self.s.strict else "oge"

    def _first(self, over: list[str]) -> None:
        clock, zero = self.clock, self.clock.const(0.0)
        t, h = self.work.get("t"), self.work.get(self.work.span)
        found = self._unless_known(clock.compare(self._relation, over[0], zero), t, self._kept())
        curve = self._curve(over)
        for k in range(POINTS - 1):
            share = clock.arithmetic("fmul", clock.const(0.25), self._crossing(over, curve, k))
            holds = clock.compare(self._relation, over[k + 1], zero)
            found = self._unless_known(holds, clock.fma(share, h, t), found)
        self._keep(found)

    def _curve(self, v: list[str]) -> list[str]:
        """Return the coefficients of the quartic through the points."""
        clock, found = self.clock, []
        for row in QUARTIC:
            total = clock.arithmetic("fmul", clock.const(row[0]), v[0])
            for weight, value in zip(row[1:], v[1:], strict=True):
                total = clock.fma(clock.const(weight), value, total)
            found.append(total)
        return found

    def _crossing(self, v: list[str], curve: list[str], k: int) -> str:
        """Return where the quartic is zero between k and k + 1; see `quarters.crossing`."""
        clock = self.clock
        line = clock.arithmetic("fdiv", v[k], clock.arithmetic("fsub", v[k], v[k + 1]))
        x = clock.arithmetic("fadd", clock.const(k), line)
        for _ in range(2):
            value, slope = curve[4], clock.arithmetic("fmul", clock.const(4.0), curve[4])
            for power in (3, 2, 1, 0):
                value = clock.fma(value, x, curve[power])
                if power:
                    part = clock.arithmetic("fmul", clock.const(power), curve[power])
                    slope = clock.fma(slope, x, part)
            better = clock.arithmetic("fsub", x, clock.arithmetic("fdiv", value, slope))
            low = clock.compare("oge", better, clock.const(k))
            high = clock.compare("ole", better, clock.const(k + 1))
            x = clock.choose(clock.new(f"and {clock.mask} {low}, {high}"), better, x)
        return x

    def _unless_known(self, holds: str, moment: str, known: str) -> str:
        clock = self.clock
        unknown = clock.compare("uno", known, known)
        return clock.choose(clock.new(f"and {clock.mask} {unknown}, {holds}"), moment, known)

    def _kept(self, k: int = 0) -> str:
        return self.work.get("sums", self.s.start + k)

    def _keep(self, value: str, k: int = 0) -> None:
        self.work.put("sums", self.clock.choose(self.mask, value, self._kept(k)), self.s.start + k)

    def _negative(self, value: str) -> str:
        return self.work.flow.new(f"fneg {self.clock.vector} {value}")
