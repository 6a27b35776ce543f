"""Numbers too small for single precision count as zero while the engine runs, as code.

A processor works on numbers below 1e-38 a hundred times more slowly, and a storm has many: infected cells
that die out, and steep laws of what is hardly there. Such numbers hold no digits that single precision could
use. In double precision they end at 1e-308, are too rare to matter, and are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cytostorm.codegen.lanes import DOUBLE
from cytostorm.simulation.engine.workspace import Workspace

X86 = 0x8040
"""Bits of MXCSR: what is too small becomes zero, as a result and as an operand."""
ARM = 1 << 24
"""Bit of FPCR that says the same."""


@contextmanager
def flushed(work: Workspace) -> Iterator[None]:
    """Print what is inside so that it treats tiny numbers as zero, and the thread's own way after it.

    On processors other than x86 and ARM of 64 bits nothing is changed.
    """
    single = work.lanes.element != DOUBLE
    arch = work.triple.partition("-")[0]
    if single and arch == "x86_64":
        with _on_x86(work):
            yield
    elif single and arch in ("aarch64", "arm64"):
        with _on_arm(work):
            yield
    else:
        yield


@contextmanager
def _on_x86(work: Workspace) -> Iterator[None]:
    flow, name = work.flow, "@llvm.x86.sse.{}mxcsr"
    work.lanes.declarations |= {f"declare void {name.format(way)}(ptr)" for way in ("ld", "st")}
    old, new = flow.slot("i32", "0"), flow.slot("i32", "0")
    flow.line(f"call void {name.format('st')}(ptr {old})")
    flow.store("i32", flow.new(f"or i32 {flow.load('i32', old)}, {X86}"), new)
    flow.line(f"call void {name.format('ld')}(ptr {new})")
    yield
    flow.line(f"call void {name.format('ld')}(ptr {old})")


@contextmanager
def _on_arm(work: Workspace) -> Iterator[None]:
    flow, name = work.flow, "@llvm.aarch64.{}.fpcr"
    work.lanes.declarations |= {
        f"declare i64 {name.format('get')}()",
        f"declare void {name.format('set')}(i64)",
    }
    old = flow.slot("i64", "0")
    flow.store("i64", flow.new(f"call i64 {name.format('get')}()"), old)
    new = flow.whole("or", flow.load("i64", old), ARM)
    flow.line(f"call void {name.format('set')}(i64 {new})")
    yield
    flow.line(f"call void {name.format('set')}(i64 {flow.load('i64', old)})")
